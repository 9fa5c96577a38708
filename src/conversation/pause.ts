import type { Fact } from '../checklist/checklist.ts';
import { factValue } from '../checklist/walk.ts';
import { type Draft, say, update } from './draft.ts';
import type { Session } from './session.ts';

const HOUR_MS = 3_600_000;

/**
 * When Pandu answers again by itself after a person wrote in this chat, epoch milliseconds; null when nobody did since
 * Pandu last spoke. Counted from that person's last message, so a chat that is forgotten is no dead end (faults.md F80).
 */
export function pausedUntil(facts: readonly Fact[], { operatorAt }: Session): number | null {
  return operatorAt === undefined ? null : pauseAfter(facts, operatorAt);
}

/** The end of a pause that began, or went on, at this moment. */
export function pauseAfter(facts: readonly Fact[], operatorAt: number): number {
  return operatorAt + Number(factValue(facts, 'operator.pause-hours')) * HOUR_MS;
}

/** The end of the pause that Pandu is in, null when it may speak. */
export function pauseEnd({ knowledge, session, at }: Draft): number | null {
  const until = pausedUntil(knowledge.checklist.facts, session);
  return until !== null && at < until ? until : null;
}

/** Handed back or called for: the pause is over, and that it is Pandu again is still to be said. */
export function endPause(draft: Draft): void {
  update(draft, { operatorAt: 0 });
}

/** Before the first reply after a person wrote: it is Pandu again. Who never met Pandu is told so by the notice. */
export function sayHereAgain(draft: Draft): void {
  if (draft.session.operatorAt === undefined) return;
  forgetOperator(draft);
  if (draft.session.notice !== null) say(draft, 'say.here-again');
}

export function forgetOperator(draft: Draft): void {
  const { operatorAt: _, ...session } = draft.session;
  draft.session = session;
}
