import { act } from './act.ts';
import { conclude } from './ask.ts';
import { orderIn } from './burst.ts';
import { forward, post } from './desk.ts';
import { type Draft, phrase, say, send, sendBubbles, update } from './draft.ts';
import { guardOperatorText } from './guard.ts';
import { hear } from './hear.ts';
import { type Heard, isDelivered, type MessageEvent } from './heard.ts';
import { forgetWords } from './names.ts';
import { carryOut } from './order.ts';
import { endPause, pauseEnd, sayHereAgain } from './pause.ts';
import { neverCame } from './reminders.ts';
import { attend, closeRequest } from './request.ts';
import type { Order, Owed } from './session.ts';
import { takeNames } from './take-names.ts';

const ERASE: Order = { kind: 'control', id: 'delete-data' };
const STOP = 'stop';
/** What a participant can ask for at any time, whoever else is writing to them. */
const ALWAYS: ReadonlySet<Order['id']> = new Set([STOP, ERASE.id]);

/** Said to nobody but a bot: whoever writes this wants Pandu. "Bantuan" or "status" may be meant for the person. */
const CALLS: ReadonlySet<string> = new Set(['menu', 'resume', 'cancel-request']);

/**
 * A person writes to the participant in this chat: nothing of Pandu's that is still unsent goes out, and Pandu keeps
 * silent until the chat is handed back, called for, or left alone long enough (faults.md F24, F78).
 */
export function takeOver(draft: Draft, event: MessageEvent): void {
  if (draft.session.request?.takenAt === null) post(draft, 'page.desk.phone');
  makeRoom(draft, event);
  attend(draft);
}

function makeRoom(draft: Draft, { message, deliveredMenu, moreWaiting }: MessageEvent): void {
  const { session } = draft;
  const { dialogue, owed, told, notice, consent } = session;
  const isReminder = dialogue?.kind === 'changed';
  const hasArrived = isDelivered(draft, { deliveredMenu });
  update(draft, {
    // Pandu may hear of it hours later, when it was away.
    operatorAt: message.sentAt > 0 ? Math.min(message.sentAt, draft.at) : draft.at,
    // What never arrived is said again when Pandu is back: the notice, a verdict in full.
    notice: deliveredMenu === null && consent === null ? null : notice,
    told: hasArrived || isReminder ? told : null,
    // The next "ya" is meant for the person.
    dialogue: dialogue?.kind === 'delete-data' ? null : dialogue,
    owed: onlyAlways(owed),
  });
  draft.effects.push({ kind: 'withdraw-unsent' });
  if (isReminder && !hasArrived) {
    neverCame(draft);
    const dueAt = pauseEnd(draft) ?? draft.at;
    const { requirement } = dialogue;
    draft.effects.push({
      kind: 'remind',
      reminder: { requirement, dueAt, armedBy: session.firstRevision },
    });
  }
  if (!moreWaiting) payOwed(draft);
}

/**
 * What a person of ours did at the desk. Their words go to the participant with the turn that makes Pandu silent, so that
 * never both answer one message; what may not be said is refused where it was written (faults.md F78, S10).
 */
export function hearDesk(draft: Draft, event: MessageEvent): void {
  const { kind, text, hidden } = event.message;
  if (kind === 'desk-edit') return post(draft, 'page.desk.no-edits');
  if (kind === 'desk-other') return post(draft, 'page.desk.only-text');
  if (draft.session.request === undefined) return post(draft, 'page.desk.no-request');
  const checked = guardOperatorText(draft.knowledge.checklist.facts, text);
  // A secret was hidden before it was kept, so the guard no longer finds it.
  const refused = hidden.length > 0 ? 'secret' : 'refused' in checked ? checked.refused : null;
  if (refused !== null || 'refused' in checked) return post(draft, `page.desk.refused.${refused}`);
  // Their first words since Pandu last spoke. Later ones withdraw nothing: their own may still be on the way.
  if (pauseEnd(draft) === null) makeRoom(draft, event);
  // What had to be done for the participant first may have been to stop everything.
  if (draft.session.request === undefined) return post(draft, 'page.desk.no-request');
  update(draft, { operatorAt: draft.at });
  attend(draft);
  send(draft, {
    kind: 'say',
    text: phrase(draft, 'say.from-operator', { words: checked.text }),
    choices: [],
    menu: null,
    priority: 'reply',
    from: 'operator',
  });
}

/**
 * A message in the pause is meant for the person: unanswered, and no answer to what Pandu asked. What must work always
 * does.
 * @returns whether it calls for Pandu in so many words; then it is answered like any other
 */
export function hearInPause(draft: Draft, event: MessageEvent): boolean {
  const asksToErase = draft.session.dialogue?.kind === 'delete-data';
  // A number or a label typed now belongs to no menu of Pandu's but this one.
  const deliveredMenu = asksToErase ? event.deliveredMenu : null;
  const heard = hear(draft, { ...event, deliveredMenu }, draft.session.owed);
  const order = orderIn(heard);
  if (order?.kind === 'control' && CALLS.has(order.id)) {
    endPause(draft);
    if (draft.session.request !== undefined && order.id !== 'cancel-request') post(draft, 'page.desk.called');
    return true;
  }
  if (draft.session.request !== undefined) forward(draft, event.message);
  if (heard.kind === 'late-name') forgetWords(draft, draft.at);
  const erasing = erasingIn(heard);
  if (asksToErase && erasing !== null && (event.message.kind === 'choice' || isDelivered(draft, event))) {
    answerErasing(draft, erasing);
    return false;
  }
  if (asksToErase) update(draft, { dialogue: null });
  // Put aside when the person wrote, and pressed now: it is asked once more.
  const asksAgain = event.message.kind === 'choice' && erasing?.pick.answer === 'yes';
  keepAlways(draft, asksAgain ? ERASE : order);
  if (event.moreWaiting) sendBubbles(draft, []);
  else payOwed(draft);
  return false;
}

/** The person leaves the chat to Pandu again: it says so, and goes on where it was. */
export function handBack(draft: Draft, { moreWaiting }: MessageEvent): void {
  const { operatorAt, owed, notice, stopped, dialogue, request } = draft.session;
  closeRequest(draft, 'handed-back');
  if (request !== undefined && operatorAt === undefined) return tellClosed(draft);
  if (operatorAt === undefined && owed === null) return;
  if (operatorAt !== undefined) endPause(draft);
  const order = owed?.order ?? null;
  // Who never met Pandu, or stopped it, hears nothing unasked.
  if (moreWaiting || notice === null || (stopped !== 'no' && order === null)) return;
  update(draft, { owed: null });
  sayHereAgain(draft);
  if (order !== null) return carryOut(draft, order);
  if (dialogue?.kind === 'names' && dialogue.kemnaker !== null && dialogue.prakerja !== null)
    return takeNames(draft, dialogue);
  conclude(draft, { lead: true });
}

/** Nobody answered, or Pandu was called back since. */
function tellClosed(draft: Draft): void {
  say(draft, 'say.request.closed');
  conclude(draft, { lead: true });
}

type Erasing = Extract<Heard, { kind: 'pick' }> & { readonly pick: { readonly answer: string } };

/** The answer in it to "Hapus semua data?". */
function erasingIn(heard: Heard): Erasing | null {
  const isErasing =
    heard.kind === 'pick' && heard.pick.kind === 'dialogue' && heard.pick.dialogue === 'delete-data';
  return isErasing ? (heard as Erasing) : null;
}

/** Whoever keeps their data goes on with the person, not with Pandu's question. */
function answerErasing(draft: Draft, { pick, revision }: Erasing): void {
  if (pick.answer === 'yes') return act(draft, pick, revision);
  update(draft, { dialogue: null });
  say(draft, 'dialogue.delete-data.kept');
  sendBubbles(draft, []);
}

function isAlways(order: Order | null): boolean {
  return order !== null && ALWAYS.has(order.id);
}

function onlyAlways(owed: Owed | null): Owed | null {
  return owed !== null && isAlways(owed.order) ? { ...owed, recorded: [] } : null;
}

/** Of both at once STOP counts: it asks for no confirmation, and its answer names HAPUS DATA. */
function keepAlways(draft: Draft, order: Order | null): void {
  const { owed } = draft.session;
  if (!isAlways(order) || owed?.order?.id === STOP) return;
  update(draft, { owed: { messages: (owed?.messages ?? 0) + 1, recorded: [], order } });
}

function payOwed(draft: Draft): void {
  const order = draft.session.owed?.order ?? null;
  update(draft, { owed: null });
  if (order === null) sendBubbles(draft, []);
  else carryOut(draft, order);
}
