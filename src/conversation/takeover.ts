import { act } from './act.ts';
import { conclude } from './ask.ts';
import { orderIn } from './burst.ts';
import { type Draft, say, sendBubbles, update } from './draft.ts';
import { hear } from './hear.ts';
import { type Heard, isDelivered, type MessageEvent } from './heard.ts';
import { forgetWords } from './names.ts';
import { carryOut } from './order.ts';
import { endPause, pauseEnd, sayHereAgain } from './pause.ts';
import { neverCame } from './reminders.ts';
import type { Order, Owed } from './session.ts';
import { takeNames } from './take-names.ts';

const ERASE: Order = { kind: 'control', id: 'delete-data' };
const STOP = 'stop';
/** What a participant can ask for at any time, whoever else is writing to them. */
const ALWAYS: ReadonlySet<Order['id']> = new Set([STOP, ERASE.id]);

/** Said to nobody but a bot: whoever writes this wants Pandu. "Bantuan" or "status" may be meant for the person. */
const CALLS: ReadonlySet<string> = new Set(['menu', 'resume']);

/**
 * A person writes to the participant in this chat: nothing of Pandu's that is still unsent goes out, and Pandu keeps
 * silent until the chat is handed back, called for, or left alone long enough (faults.md F24, F78).
 */
export function takeOver(draft: Draft, { message, deliveredMenu, moreWaiting }: MessageEvent): void {
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
    return true;
  }
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
  const { operatorAt, owed, notice, stopped, dialogue } = draft.session;
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
