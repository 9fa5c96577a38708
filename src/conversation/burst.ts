import { act, takeAnswers } from './act.ts';
import { answerLabel } from './answer.ts';
import { type Draft, say, silently, update } from './draft.ts';
import { hear } from './hear.ts';
import type { Given, Heard, MessageEvent } from './heard.ts';
import { keepNames } from './names.ts';
import type { Order, Owed } from './session.ts';
import { keepTyped } from './take-typed.ts';

/** More of the same chat is waiting: take what is certain, say nothing yet. */
export function keepForLater(draft: Draft, event: MessageEvent): void {
  const owed: Owed = draft.session.owed ?? { messages: 0, recorded: [], order: null };
  const heard = hear(draft, event, owed);
  if (heard.kind === 'typed') draft.holdsNames = true;
  const before = draft.session.order;
  // Before the notice was shown nothing is an answer (decision 11).
  if (draft.session.notice !== null && !changesCase(owed.order))
    silently(draft, (silent) => takeSilently(silent, heard));
  const taken = draft.session.order === before ? [] : givenBy(heard);
  const order = isUrgent(owed.order) ? owed.order : (orderIn(heard) ?? owed.order);
  update(draft, {
    owed: { messages: owed.messages + 1, recorded: [...owed.recorded, ...taken].slice(-MOST_TOLD), order },
  });
}

/** The answers in it count; nothing else of it happens yet. */
export function takeSilently(silent: Draft, heard: Heard): void {
  if (heard.kind === 'answers') takeAnswers(silent, heard.answers);
  else if (heard.kind === 'pick' && heard.pick.kind === 'answer') act(silent, heard.pick, heard.revision);
  else if (heard.kind === 'names') keepNames(silent, heard.pair);
  else if (heard.kind === 'typed') keepTyped(silent, heard.typed);
}

/** More answers than this are not listed one by one after a burst. */
const MOST_TOLD = 5;

/** The answers in it. */
export function givenBy(heard: Heard): readonly Given[] {
  if (heard.kind === 'answers') return heard.answers;
  return heard.kind === 'pick' && heard.pick.kind === 'answer' ? [heard.pick] : [];
}

/** Despair, a fraud under way, and what nobody should have to say twice. */
const URGENT: ReadonlySet<Order['id']> = new Set(['distress', 'paid-help', 'stop', 'delete-data']);

/** Nothing that came in the same moment may push these aside. */
export function isUrgent(order: Order | null): boolean {
  return order !== null && URGENT.has(order.id);
}

/** What is said behind such an order is about the case it leads to, where it is asked once more. */
export function changesCase(order: Order | null): boolean {
  return order?.kind === 'switch-case' || order?.id === 'restart-other';
}

export function orderIn(heard: Heard): Order | null {
  if (heard.kind === 'order') return heard.order;
  if (heard.kind === 'answers') return heard.order;
  if (heard.kind === 'remind') return { kind: 'control', id: 'remind' };
  if (heard.kind === 'pick' && heard.pick.kind === 'control')
    return { kind: 'control', id: heard.pick.control };
  if (heard.kind === 'pick' && heard.pick.kind === 'topic') return { kind: 'topic', id: heard.pick.topic };
  if (heard.kind === 'pick' && (heard.pick.kind === 'switch-case' || heard.pick.kind === 'close-case'))
    return { kind: heard.pick.kind, id: heard.pick.case };
  return null;
}

export function tellOwed(draft: Draft, owed: Owed): void {
  say(draft, 'say.burst', { count: owed.messages + 1 });
  for (const { question, answer } of owed.recorded) {
    if (draft.session.answers[question]?.answerId === answer) {
      say(draft, 'say.noted', { answer: answerLabel(draft, question, answer) });
    }
  }
}
