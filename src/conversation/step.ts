import type { Language } from '../message.ts';
import { askQuestion, conclude, pendingOf } from './ask.ts';
import { isUrgent, keepForLater, orderIn, tellOwed } from './burst.ts';
import { emptyCase } from './cases.ts';
import { comeBack } from './come-back.ts';
import { type Draft, labelOf, newBubble, positionOf, say, sendBubbles, update, words } from './draft.ts';
import { hear } from './hear.ts';
import type { MessageEvent } from './heard.ts';
import type { Knowledge } from './knowledge.ts';
import { armForgetting, forgetWords } from './names.ts';
import { carryOut } from './order.ts';
import { pauseEnd, sayHereAgain } from './pause.ts';
import { sayProgramme } from './programme.ts';
import { closeForgotten, closeRequest, keepTimer } from './request.ts';
import { respond } from './respond.ts';
import type { Event, Order, Owed, Session, Step } from './session.ts';
import { handBack, hearDesk, hearInPause, takeOver } from './takeover.ts';
import { heldSince } from './typed.ts';
import { underCurrentFlows } from './up-to-date.ts';
import { warnAboutSecrets } from './warn.ts';
import { hearZone } from './zone.ts';

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
    session: session === null ? newSession(event) : underCurrentFlows(knowledge.checklist, session),
    bubbles: [],
    effects: [],
    passing: new Set(),
    pictures: new Map(),
    holdsNames: false,
    offers: [],
    channel: event.kind === 'message' ? event.message.channel : null,
    said: event.kind === 'message' ? event.message.text : '',
    walked: null,
    isCaseSaid: false,
  };
  if (event.kind === 'message') hearMessage(draft, event);
  else if (event.kind === 'reminder') comeBack(draft, event);
  else apologise(draft);
  lookAfterNames(session, draft);
  keepTimer(draft);
  const position = positionOf(draft);
  const pending = pendingOf(draft, position);
  const asking = pending.kind === 'question' ? pending.question : null;
  return { session: draft.session, effects: draft.effects, position, asking };
}

/**
 * Whatever ended a comparison of names, or the question for something of one's own (another order, a new start, time),
 * what was typed for it goes; and whatever began one, or tells one, is looked after when its quarter of an hour is over.
 */
function lookAfterNames(before: Session | null, draft: Draft): void {
  const began = heldSince(before?.dialogue ?? null);
  const isOpen = heldSince(draft.session.dialogue) !== null;
  const isForgetting = draft.effects.some(({ kind }) => kind === 'forget-words');
  if (!isOpen && !isForgetting && (began !== null || draft.holdsNames)) forgetWords(draft, began ?? draft.at);
  if (isOpen ? began === null : draft.passing.size > 0) armForgetting(draft, began ?? draft.at);
}

/** The epoch second as first revision keeps menus of an earlier, erased session apart from those of this one. */
export function newSession(event: Event): Session {
  const revision = Math.floor(event.at / 1000);
  return {
    ...emptyCase(1, null, revision + 1),
    version: 1,
    language: firstLanguage(event),
    others: [],
    casesOpened: 1,
    switchedAt: 0,
    revision,
    menu: [],
    asked: null,
    dialogue: null,
    misunderstood: 0,
    notice: null,
    consent: null,
    stopped: 'no',
    warned: {},
    owed: null,
  };
}

/** What a phone is set to is nobody's wish (decision 16); at a terminal somebody typed it. */
function firstLanguage(event: Event): Language {
  if (event.kind !== 'message' || event.message.channel !== 'terminal') return 'id';
  return event.message.language ?? 'id';
}

function hearMessage(draft: Draft, event: MessageEvent): void {
  const { message } = event;
  if (message.kind === 'left' && heldSince(draft.session.dialogue) !== null)
    update(draft, { dialogue: null });
  if (message.kind === 'left') closeRequest(draft, 'left');
  if (message.kind === 'left')
    return void draft.effects.push({ kind: 'forget-reminders' }, { kind: 'withdraw-unsent' });
  if (message.kind === 'returned') return;
  if (message.kind === 'operator') return takeOver(draft, event);
  if (DESK.has(message.kind)) return hearDesk(draft, event);
  if (message.kind === 'handed-back') return handBack(draft, event);
  warnAboutSecrets(draft, message);
  if (pauseEnd(draft) !== null && !hearInPause(draft, event)) return;
  hearZone(draft, message);
  if (event.moreWaiting) {
    sendBubbles(draft, []);
    return keepForLater(draft, event);
  }
  const { owed } = draft.session;
  update(draft, { owed: null });
  closeForgotten(draft);
  sayHereAgain(draft);
  if (draft.session.notice === null) return firstContact(draft, event, owed);
  const heard = hear(draft, event, owed);
  if (draft.session.stopped === 'yes' && !isAboutStopping(orderIn(heard))) {
    update(draft, { stopped: 'told' });
    say(draft, 'say.stopped-reply');
  }
  if (owed !== null) tellOwed(draft, owed);
  respond(draft, message, heard, owed);
}

/** From people of ours, where they answer. */
const DESK: ReadonlySet<string> = new Set(['desk', 'desk-edit', 'desk-other']);

function isAboutStopping(order: Order | null): boolean {
  return order?.id === 'stop' || order?.id === 'resume';
}

/** The notice and the first question, in two messages; what was asked first is taken up right after them. */
function firstContact(draft: Draft, event: MessageEvent, owed: Owed | null): void {
  update(draft, { notice: { hash: draft.knowledge.noticeHash, shownAt: draft.at } });
  say(draft, 'notice.text');
  newBubble(draft);
  const heard = hear(draft, event, owed);
  const order = isUrgent(owed?.order ?? null) ? owed!.order : (orderIn(heard) ?? owed?.order ?? null);
  const isBefore = order?.kind === 'matter' || (order?.kind === 'control' && BEFORE_ANYTHING.has(order.id));
  if (order !== null && isBefore) return carryOut(draft, order);
  sayProgramme(draft);
  const topic =
    order?.kind === 'topic'
      ? labelOf(draft.knowledge, words(draft), { kind: 'topic', topic: order.id })
      : null;
  if (topic !== null) say(draft, 'say.heard', { topic });
  else if (heard.kind === 'answers' || heard.kind === 'names') say(draft, 'say.heard-story');
  // Whoever wrote names before the notice is asked for them again; until then nobody keeps them.
  if (heard.kind === 'names') forgetWords(draft, draft.at);
  conclude(draft);
}

/** Orders that nobody should have to give twice, even as their very first message. */
const BEFORE_ANYTHING = new Set(['stop', 'delete-data', 'language', 'language-id', 'language-en', 'human']);

/** A message of theirs could not be handled: our fault, their place is kept. */
function apologise(draft: Draft): void {
  // In a pause it was meant for somebody who could read it.
  if (pauseEnd(draft) !== null) return;
  sayHereAgain(draft);
  say(draft, 'say.failed');
  const pending = pendingOf(draft);
  if (pending.kind === 'question') return askQuestion(draft, pending.question);
  conclude(draft);
}
