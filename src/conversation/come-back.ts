import type { RequirementId } from '../checklist/checklist.ts';
import { isDaytime, nextMorning } from '../language/dates.ts';
import { conclude, pendingOf } from './ask.ts';
import { type Draft, positionOf, say, update } from './draft.ts';
import { FORGET_NAMES, forgetWords, letGoOfNames } from './names.ts';
import { forgetOperator, pauseEnd } from './pause.ts';
import { type Event, OUTAGE, type Step } from './session.ts';
import { verdictKey } from './tell.ts';

/** A reminder speaks only when the participant has not moved on and still waits for the same thing. */
export function comeBack(draft: Draft, { reminder }: Extract<Event, { kind: 'reminder' }>): void {
  const { session } = draft;
  if (reminder.requirement === FORGET_NAMES) {
    if (session.dialogue?.kind === 'names') letGoOfNames(draft, session.dialogue);
    // What could not be sent till now goes too; what was written since is something else.
    else forgetWords(draft, draft.at);
    return;
  }
  if (session.stopped !== 'no') return;
  // A person is writing to them; and after a night's restart everything overdue comes at once: nobody is woken for it.
  const mayAt = pauseEnd(draft) ?? draft.at;
  const dueAt = isDaytime(mayAt) ? mayAt : nextMorning(mayAt);
  if (dueAt > draft.at) return void draft.effects.push({ kind: 'remind', reminder: { ...reminder, dueAt } });
  if (reminder.requirement === OUTAGE) comeBackLate(draft);
  else if (session.firstRevision === reminder.armedBy) askWhetherChanged(draft, reminder.requirement);
  draft.effects.splice(0, Infinity, ...draft.effects.map(asReminder));
  // Reminders say by themselves that it is Pandu.
  if (draft.effects.some(({ kind }) => kind === 'send')) forgetOperator(draft);
}

/** Whoever was in the middle of something may have written in vain. */
function comeBackLate(draft: Draft): void {
  if (pendingOf(draft).kind === 'nothing') return;
  say(draft, 'say.outage');
  conclude(draft, { lead: true });
}

function askWhetherChanged(draft: Draft, requirement: RequirementId): void {
  const { verdict } = positionOf(draft);
  if (verdict?.requirement !== requirement) return;
  const isSame = verdictKey(verdict) === draft.session.told;
  update(draft, { dialogue: isSame ? { kind: 'changed', requirement } : null });
  conclude(draft);
}

function asReminder<E extends Step['effects'][number]>(
  effect: E,
): E | (E & { outgoing: { priority: 'reminder' } }) {
  if (effect.kind !== 'send' || effect.outgoing.kind !== 'say') return effect;
  return { ...effect, outgoing: { ...effect.outgoing, priority: 'reminder' } };
}
