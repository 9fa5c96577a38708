import { underCurrentIds } from '../checklist/answers.ts';
import { walk } from '../checklist/walk.ts';
import type { HiddenIncoming, Language } from '../message.ts';
import { act, takeAnswers } from './act.ts';
import { answerLabel } from './answer.ts';
import { askQuestion, conclude, numbered, pendingOf } from './ask.ts';
import { type Pick, parseChoice } from './choice.ts';
import {
  addParagraph,
  type Draft,
  labelOf,
  newBubble,
  positionOf,
  say,
  sendBubbles,
  silently,
  update,
  words,
} from './draft.ts';
import { type Given, type Heard, hearText } from './hear.ts';
import type { Knowledge } from './knowledge.ts';
import { carryOut } from './order.ts';
import type { Event, Order, Owed, Session, Step } from './session.ts';
import { sayHours, verdictKey } from './tell.ts';
import { warnAboutSecrets } from './warn.ts';

/** Longer messages are not read: nobody's answer is longer, and reading must stay cheap (faults.md S13). */
const LONGEST_READ = 2_000;

/**
 * Decides what one event does to one conversation.
 *
 * Pure: reads no clock, store or network and leaves its arguments as they were; waits are counted from `event.at`.
 * The caller saves `session` and carries out `effects` in one transaction (turn/turn.ts). Never throws on anything a
 * participant can send.
 */
export function step(knowledge: Knowledge, session: Session | null, event: Event): Step {
  const draft: Draft = {
    knowledge,
    at: event.at,
    session: session === null ? newSession(event) : broughtUpToDate(knowledge, session),
    bubbles: [],
    effects: [],
    channel: event.kind === 'message' ? event.message.channel : null,
  };
  if (event.kind === 'message') hearMessage(draft, event);
  else if (event.kind === 'reminder') comeBack(draft, event);
  else apologise(draft);
  const position = positionOf(draft);
  const pending = pendingOf(draft, position);
  const asking = pending.kind === 'question' ? pending.question : null;
  return { session: draft.session, effects: draft.effects, position, asking };
}

/** The checklist may have been edited since: what was renamed is found under its new name from here on. */
function broughtUpToDate({ checklist }: Knowledge, session: Session): Session {
  return { ...session, answers: underCurrentIds(checklist, session.answers) };
}

/** The epoch second as first revision keeps menus of an earlier, erased session apart from those of this one. */
export function newSession(event: Event): Session {
  const revision = Math.floor(event.at / 1000);
  return {
    version: 1,
    language: firstLanguage(event),
    answers: {},
    order: 0,
    revision,
    menu: [],
    asked: null,
    firstRevision: revision + 1,
    focus: null,
    meanwhile: false,
    told: null,
    settled: [],
    dialogue: null,
    misunderstood: 0,
    notice: null,
    consent: null,
    stopped: 'no',
    forSomebodyElse: false,
    warned: {},
    owed: null,
  };
}

/** What a phone is set to is nobody's wish (decision 16); at a terminal somebody typed it. */
function firstLanguage(event: Event): Language {
  if (event.kind !== 'message' || event.message.channel !== 'terminal') return 'id';
  return event.message.language ?? 'id';
}

type MessageEvent = Extract<Event, { kind: 'message' }>;

function hearMessage(draft: Draft, event: MessageEvent): void {
  const { message } = event;
  if (message.kind === 'left')
    return void draft.effects.push({ kind: 'forget-reminders' }, { kind: 'withdraw-unsent' });
  if (message.kind === 'returned') return;
  warnAboutSecrets(draft, message);
  if (event.moreWaiting) {
    sendBubbles(draft, []);
    return keepForLater(draft, event);
  }
  const { owed } = draft.session;
  update(draft, { owed: null });
  if (draft.session.notice === null) return firstContact(draft, event, owed);
  if (draft.session.stopped === 'yes') {
    update(draft, { stopped: 'told' });
    say(draft, 'say.stopped-reply');
  }
  if (owed !== null) tellOwed(draft, owed);
  respond(draft, message, hear(draft, event, owed), owed);
}

/** The notice and the first question, in two messages; what was asked first is taken up right after them. */
function firstContact(draft: Draft, event: MessageEvent, owed: Owed | null): void {
  update(draft, { notice: { hash: draft.knowledge.noticeHash, shownAt: draft.at } });
  say(draft, 'notice.text');
  newBubble(draft);
  const heard = hear(draft, event, owed);
  const order = heard.kind === 'order' ? heard.order : (owed?.order ?? null);
  if (order?.kind === 'control' && BEFORE_ANYTHING.has(order.id)) return carryOut(draft, order);
  const topic =
    order?.kind === 'topic'
      ? labelOf(draft.knowledge, words(draft), { kind: 'topic', topic: order.id })
      : null;
  if (topic !== null) say(draft, 'say.heard', { topic });
  else if (heard.kind === 'answers') say(draft, 'say.heard-story');
  conclude(draft);
}

/** Orders that nobody should have to give twice, even as their very first message. */
const BEFORE_ANYTHING = new Set(['stop', 'delete-data', 'language', 'language-id', 'language-en', 'human']);

/** After an order that is not carried out yet, a plain word may be meant for what that order will ask. */
function hear(draft: Draft, event: MessageEvent, owed: Owed | null): Heard {
  const { message } = event;
  if (message.kind === 'choice') {
    const choice = parseChoice(message.choice ?? '');
    return choice === null
      ? { kind: 'pick', pick: { kind: 'question', question: '' }, revision: -1 }
      : { kind: 'pick', ...choice };
  }
  if (!READABLE.has(message.kind) || message.text.length > LONGEST_READ) return { kind: 'nothing-to-read' };
  const deliveredMenu = owed?.order == null ? event.deliveredMenu : null;
  return hearText(draft, message.text, { deliveredMenu });
}

/** What carries words of the participant. An edit rewrites what was said before; it is not an answer to what is asked now. */
const READABLE: ReadonlySet<string> = new Set(['text', 'photo', 'video', 'document']);

/** More of the same chat is waiting: take what is certain, say nothing yet. */
function keepForLater(draft: Draft, event: MessageEvent): void {
  const owed: Owed = draft.session.owed ?? { messages: 0, recorded: [], order: null };
  if (draft.session.notice === null) {
    return update(draft, { owed: { ...owed, messages: owed.messages + 1 } });
  }
  const heard = hear(draft, event, owed);
  const before = draft.session.order;
  if (heard.kind === 'answers') silently(draft, (silent) => takeAnswers(silent, heard.answers));
  else if (heard.kind === 'pick' && heard.pick.kind === 'answer') {
    silently(draft, (silent) => act(silent, heard.pick, heard.revision));
  }
  const taken = draft.session.order === before ? [] : givenBy(heard);
  const order = isUrgent(owed.order) ? owed.order : (orderIn(heard) ?? owed.order);
  update(draft, {
    owed: { messages: owed.messages + 1, recorded: [...owed.recorded, ...taken].slice(-MOST_TOLD), order },
  });
}

/** More answers than this are not listed one by one after a burst. */
const MOST_TOLD = 5;

function givenBy(heard: Heard): readonly Given[] {
  if (heard.kind === 'answers') return heard.answers;
  return heard.kind === 'pick' && heard.pick.kind === 'answer' ? [heard.pick] : [];
}

/** Nothing that came in the same moment may push these aside. */
function isUrgent(order: Order | null): boolean {
  return order !== null && (order.id === 'stop' || order.id === 'delete-data');
}

function orderIn(heard: Heard): Order | null {
  if (heard.kind === 'order') return heard.order;
  if (heard.kind === 'answers') return heard.order;
  if (heard.kind === 'pick' && heard.pick.kind === 'control')
    return { kind: 'control', id: heard.pick.control };
  if (heard.kind === 'pick' && heard.pick.kind === 'topic') return { kind: 'topic', id: heard.pick.topic };
  return null;
}

function tellOwed(draft: Draft, owed: Owed): void {
  say(draft, 'say.burst', { count: owed.messages + 1 });
  for (const { question, answer } of owed.recorded) {
    if (draft.session.answers[question]?.answerId === answer) {
      say(draft, 'say.noted', { answer: answerLabel(draft, question, answer) });
    }
  }
}

function respond(draft: Draft, message: HiddenIncoming, heard: Heard, owed: Owed | null): void {
  const owedOrder = owed?.order ?? null;
  const unreadable = message.kind !== 'text' && message.kind !== 'choice';
  const hasWords = heard.kind !== 'nothing-to-read' && heard.kind !== 'not-understood';
  if (unreadable && !hasWords) say(draft, `say.cannot-read.${message.kind}`);
  if (heard.kind === 'order' || heard.kind === 'pick' || heard.kind === 'answers')
    update(draft, { misunderstood: 0 });
  if (owedOrder !== null && (isUrgent(owedOrder) || orderIn(heard) === null) && heard.kind !== 'pick') {
    return answerAndMore(draft, givenBy(heard), owedOrder);
  }
  switch (heard.kind) {
    case 'pick':
      return act(draft, heard.pick, heard.revision);
    case 'order':
      return carryOut(draft, heard.order);
    case 'answers':
      if (heard.order !== null) return answerAndMore(draft, heard.answers, heard.order);
      return takeAnswers(draft, heard.answers);
    case 'which':
      return askWhich(draft, heard);
    case 'too-early':
      say(draft, 'say.which-number');
      return conclude(draft);
    case 'again':
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
      return notUnderstood(draft);
  }
}

/** An answer and a question in one message: both count. */
function answerAndMore(draft: Draft, answers: readonly Given[], order: Order): void {
  if (answers.length > 0) silently(draft, (silent) => takeAnswers(silent, answers));
  for (const { question, answer } of answers)
    say(draft, 'say.noted', { answer: answerLabel(draft, question, answer) });
  if (answers.length > 0 && isToldByVerdict(draft, order)) return conclude(draft);
  carryOut(draft, order);
}

/** The answer settled what the question was about: the verdict says it, and better. */
function isToldByVerdict(draft: Draft, order: Order): boolean {
  const { verdict } = positionOf(draft);
  const topic = draft.knowledge.topics.find(({ id }) => order.kind === 'topic' && id === order.id);
  return (
    verdict !== null &&
    topic?.requirement === verdict.requirement &&
    verdictKey(verdict) !== draft.session.told
  );
}

function askWhich(draft: Draft, heard: Extract<Heard, { kind: 'which' }>): void {
  say(draft, heard.why === 'two' ? 'say.two-answers' : 'say.which');
  const picks = heard.answers.map((answer): Pick => ({ kind: 'answer', question: heard.question, answer }));
  if (draft.session.misunderstood >= 2) addParagraph(draft, numbered(draft, picks));
  sendBubbles(draft, picks);
  update(draft, { focus: heard.question, asked: heard.question });
}

/** Once: say it differently. Twice: numbered choices. Three times: a person. */
function notUnderstood(draft: Draft): void {
  const misunderstood = Math.min(draft.session.misunderstood + 1, 3);
  update(draft, { misunderstood });
  if (misunderstood === 1) say(draft, 'say.not-understood.first');
  else if (misunderstood === 2) say(draft, 'say.not-understood.second');
  else {
    say(draft, 'say.not-understood.third');
    sayHours(draft);
  }
  conclude(draft);
}

/** A reminder speaks only when the participant has not moved on and still waits for the same thing. */
function comeBack(draft: Draft, { reminder }: Extract<Event, { kind: 'reminder' }>): void {
  const { session, knowledge } = draft;
  const { verdict } = walk(knowledge.checklist, session.answers, draft.at, session.settled);
  if (
    session.stopped !== 'no' ||
    session.order !== reminder.armedBy ||
    verdict?.requirement !== reminder.requirement
  )
    return;
  if (verdictKey(verdict) === session.told)
    update(draft, { dialogue: { kind: 'changed', requirement: reminder.requirement } });
  else update(draft, { dialogue: null });
  conclude(draft);
  draft.effects.splice(0, Infinity, ...draft.effects.map(asReminder));
}

function asReminder<E extends Step['effects'][number]>(
  effect: E,
): E | (E & { outgoing: { priority: 'reminder' } }) {
  if (effect.kind !== 'send' || effect.outgoing.kind !== 'say') return effect;
  return { ...effect, outgoing: { ...effect.outgoing, priority: 'reminder' } };
}

/** A message of theirs could not be handled: our fault, their place is kept. */
function apologise(draft: Draft): void {
  say(draft, 'say.failed');
  const pending = pendingOf(draft);
  if (pending.kind === 'question') return askQuestion(draft, pending.question);
  conclude(draft);
}
