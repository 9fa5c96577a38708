import type { HiddenIncoming } from '../message.ts';
import { act, takeAnswers } from './act.ts';
import { answerLabel } from './answer.ts';
import { conclude, sendMenu } from './ask.ts';
import { changesCase, givenBy, isUrgent, orderIn, takeSilently } from './burst.ts';
import { takeLabel } from './case-talk.ts';
import type { Pick } from './choice.ts';
import { type Draft, labelOf, positionOf, say, silently, update, words } from './draft.ts';
import { LONGEST_READ } from './hear.ts';
import type { Heard } from './heard.ts';
import { namesCameLate, namesUnread } from './names.ts';
import { carryOut } from './order.ts';
import { remindAsTold } from './reminders.ts';
import type { Order, Owed } from './session.ts';
import { takeNames } from './take-names.ts';
import { takeTyped } from './take-typed.ts';
import { sayHours, verdictKey } from './tell.ts';
import { zoneOf } from './zone.ts';

/** Answers the last message of a moment. `owed`: what came before it and was not answered yet. */
export function respond(draft: Draft, message: HiddenIncoming, heard: Heard, owed: Owed | null): void {
  const { dialogue } = draft.session;
  // Both came in the same moment as this: it does not matter what was written behind them.
  if (
    heard.kind !== 'names' &&
    dialogue?.kind === 'names' &&
    dialogue.kemnaker !== null &&
    dialogue.prakerja !== null
  )
    return takeNames(draft, dialogue);
  const owedOrder = owed?.order ?? null;
  const unreadable = message.kind !== 'text' && message.kind !== 'choice';
  const hasWords = heard.kind !== 'nothing-to-read' && heard.kind !== 'not-understood';
  if (unreadable && !hasWords) say(draft, `say.cannot-read.${message.kind}`);
  if (heard.kind === 'order' || heard.kind === 'pick' || heard.kind === 'answers')
    update(draft, { misunderstood: 0 });
  if (owedOrder !== null && (isUrgent(owedOrder) || (orderIn(heard) === null && heard.kind !== 'pick'))) {
    return answerAndMore(draft, heard, owedOrder);
  }
  switch (heard.kind) {
    case 'pick':
      return act(draft, heard.pick, heard.revision);
    case 'order':
      // Whoever wrote something secret was warned already, and what is left of it says little.
      if (heard.order.kind === 'matter' && message.hidden.length > 0 && !isUrgent(heard.order))
        return conclude(draft, { lead: true });
      if (heard.also !== null) offerAlso(draft, heard.also);
      return carryOut(draft, heard.order);
    case 'which-topic':
      return message.hidden.length > 0 ? conclude(draft, { lead: true }) : askWhichTopic(draft, heard.ids);
    case 'answers':
      if (heard.also !== null && heard.also !== heard.order?.id) offerAlso(draft, heard.also);
      if (heard.order !== null) return answerAndMore(draft, heard, heard.order);
      return takeAnswers(draft, heard.answers);
    case 'names':
      return takeNames(draft, heard.pair);
    case 'no-name':
      return namesUnread(draft, heard.problem);
    case 'typed':
      return takeTyped(draft, heard.typed);
    case 'late-name':
      return namesCameLate(draft);
    case 'zone':
      say(draft, 'say.zone.noted', { zone: zoneOf(draft.session) });
      return conclude(draft, { lead: true });
    case 'remind':
      return remindAsTold(draft, heard.days);
    case 'label':
      return dialogue?.kind === 'new-case'
        ? takeLabel(draft, dialogue, heard.label)
        : conclude(draft, { lead: true });
    case 'no-label':
      say(draft, `dialogue.new-case.unread.${heard.problem}`);
      return conclude(draft);
    case 'which':
      return askWhich(draft, heard);
    case 'too-early':
      say(draft, 'say.which-number');
      return conclude(draft);
    case 'again':
      return conclude(draft, { lead: true });
    case 'agreed':
      say(draft, 'say.agreed');
      return conclude(draft, { lead: true });
    case 'which-choice':
      say(draft, 'say.which');
      return conclude(draft);
    case 'nothing-to-read':
      if (!unreadable && message.hidden.length === 0)
        say(draft, message.text.length > LONGEST_READ ? 'say.cannot-read.long' : 'say.cannot-read.empty');
      return conclude(draft, { lead: true });
    case 'not-understood':
      // Nobody has to be told of a filler behind answers that were taken.
      if (message.hidden.length > 0 || unreadable || (owed !== null && owed.recorded.length > 0))
        return conclude(draft, { lead: true });
      return notUnderstood(draft, heard.isSmallTalk ? 'matter.chat' : 'say.not-understood.first');
  }
}

/** An answer and a question in one message: both count. */
function answerAndMore(draft: Draft, heard: Heard, order: Order): void {
  const before = draft.session.order;
  if (!changesCase(order)) silently(draft, (silent) => takeSilently(silent, heard));
  const given = draft.session.order === before ? [] : givenBy(heard);
  for (const { question, answer } of given)
    say(draft, 'say.noted', { answer: answerLabel(draft, question, answer) });
  if (given.length > 0 && order.kind === 'topic' && hasNewVerdict(draft)) {
    // What holds it up is the answer to most questions, and a better one; the question itself stays at hand.
    if (!isAboutVerdict(draft, order)) offerAlso(draft, order.id);
    return conclude(draft);
  }
  carryOut(draft, order);
}

function hasNewVerdict(draft: Draft): boolean {
  const { verdict } = positionOf(draft);
  return verdict !== null && verdictKey(verdict) !== draft.session.told;
}

function isAboutVerdict(draft: Draft, order: Order): boolean {
  const topic = draft.knowledge.topics.find(({ id }) => id === order.id);
  return topic?.requirement === positionOf(draft).verdict?.requirement;
}

function askWhich(draft: Draft, heard: Extract<Heard, { kind: 'which' }>): void {
  say(draft, heard.why === 'two' ? 'say.two-answers' : 'say.which');
  const picks = heard.answers.map((answer): Pick => ({ kind: 'answer', question: heard.question, answer }));
  sendMenu(draft, picks);
  update(draft, { focus: heard.question, asked: heard.question });
}

/** A second matter of the same message waits behind a button. */
function offerAlso(draft: Draft, topic: string): void {
  const pick: Pick = { kind: 'topic', topic };
  const label = labelOf(draft.knowledge, words(draft), pick);
  if (label === null) return;
  say(draft, 'say.also', { topic: label });
  draft.offers.push(pick);
}

/** What could be meant, in the words of the buttons, and the menu for everything else. */
function askWhichTopic(draft: Draft, ids: readonly string[]): void {
  const isTopic = (id: string): boolean => draft.knowledge.topics.some((topic) => topic.id === id);
  say(draft, ids.length === 1 ? 'say.which-topic.one' : 'say.which-topic.many');
  sendMenu(draft, [
    ...ids.map((id): Pick => (isTopic(id) ? { kind: 'topic', topic: id } : { kind: 'control', control: id })),
    { kind: 'control', control: 'menu' },
  ]);
}

/** Once: say it differently. Twice: numbered choices. Three times: a person. */
function notUnderstood(draft: Draft, first: string): void {
  const misunderstood = Math.min(draft.session.misunderstood + 1, 3);
  update(draft, { misunderstood });
  if (misunderstood === 1) say(draft, first);
  else if (misunderstood === 2) say(draft, 'say.not-understood.second');
  else {
    say(draft, 'say.not-understood.third');
    sayHours(draft);
  }
  conclude(draft);
}
