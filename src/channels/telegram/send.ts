import type { Api } from 'grammy';
import type { Address, Deletion, Outgoing, Saying } from '../../message.ts';
import { SendError } from '../channel.ts';
import { isNotModified, toSendError } from './failure.ts';
import { findGap } from './gap.ts';
import type { Gate } from './gate.ts';
import { keyboardOf } from './keyboard.ts';
import type { MessageIds } from './message-ids.ts';
import { splitText } from './split.ts';

export type Outbound = {
  send(address: Address, outgoing: Outgoing): Promise<string | null>;
  resolve(
    address: Address,
    outgoing: Outgoing,
    knownIds: readonly string[],
  ): Promise<string | null | 'unclear'>;
};
export type OutboundOptions = {
  readonly api: Api;
  readonly token: string;
  readonly gate: Gate;
  readonly ids: MessageIds;
};

/** How far one message got. A text beyond Telegram's limit goes out in parts, buttons on the last. */
type Progress = {
  readonly text: string;
  /** Ids of the parts that arrived. */
  readonly delivered: number[];
  /** The highest id seen before the part that was tried last. */
  highestBefore: number;
};

/** Never a parse mode: whatever a participant typed stays text (faults.md S15). */
const PLAIN = { link_preview_options: { is_disabled: true } } as const;

/**
 * Sends, and finds out what became of sends that ended without an answer.
 *
 * When a part fails, the parts before it are remembered, so that a further try in this process goes on after them.
 * A restart forgets that: then such a message (the checks on flows/ allow none so long) is sent again as a whole.
 */
export function createOutbound({ api, token, gate, ids }: OutboundOptions): Outbound {
  /**
   * By chat: a chat has one message on the wire. Kept only while the fate of a message, or of its rest, is open; when
   * that message is given up, until the next one of the chat.
   */
  const open = new Map<string, Progress>();

  function failed(error: unknown): SendError {
    const failure = toSendError(error, token);
    gate.note(failure);
    return failure;
  }

  function waitForGate(): void {
    const retryAfterMs = gate.waitMs();
    if (retryAfterMs > 0) throw new SendError('throttled', 'Telegram asked for a pause', { retryAfterMs });
  }

  async function send(address: Address, outgoing: Outgoing): Promise<string | null> {
    waitForGate();
    return outgoing.kind === 'delete' ? remove(address, outgoing) : say(address, outgoing);
  }

  async function say(address: Address, saying: Saying): Promise<string> {
    const parts = splitText(saying.text);
    if (parts.length === 0) throw new SendError('invalid', 'Cannot send a message without words');
    const earlier = open.get(address.chat);
    const progress =
      earlier?.text === saying.text ? earlier : { text: saying.text, delivered: [], highestBefore: 0 };
    open.set(address.chat, progress);
    try {
      for (const [index, part] of parts.entries()) {
        if (index < progress.delivered.length) continue;
        progress.highestBefore = ids.highest;
        const message = await api.sendMessage(address.chat, part, look(saying, index, parts.length));
        ids.noteSent(message.message_id);
        progress.delivered.push(message.message_id);
      }
    } catch (error) {
      const failure = failed(error);
      const isOpen = failure.failure === 'unknown' || (failure.retryable && progress.delivered.length > 0);
      if (!isOpen) open.delete(address.chat);
      throw failure;
    }
    open.delete(address.chat);
    return String(progress.delivered.at(-1));
  }

  /** Best effort: the message may be gone, or too old to be deleted. Neither is worth another try. */
  async function remove(address: Address, deletion: Deletion): Promise<null> {
    const [, id] = /^[me](\d+)/.exec(deletion.messageId) ?? [];
    if (id === undefined) return null;
    try {
      await api.deleteMessage(address.chat, Number(id));
    } catch (error) {
      const failure = failed(error);
      if (failure.failure !== 'invalid' && failure.failure !== 'refused' && failure.failure !== 'blocked') {
        throw failure;
      }
    }
    return null;
  }

  /**
   * Looks for the message among the ids it could have: an edit to the very same content changes nothing, but answers
   * "not modified" where the message is, and something else everywhere else (faults.md §4).
   * Only for a chat with one message of unknown fate; a second one would be overwritten.
   * @throws {SendError} when the question itself could not be asked
   */
  async function resolve(
    address: Address,
    outgoing: Outgoing,
    knownIds: readonly string[],
  ): Promise<string | null | 'unclear'> {
    // Deleting twice is deleting once.
    if (outgoing.kind === 'delete') return null;
    const parts = splitText(outgoing.text);
    const kept = open.get(address.chat);
    const progress = kept?.text === outgoing.text ? kept : null;
    // Without knowing which part was on its way, a question about one could overwrite another.
    if (parts.length === 0 || (parts.length > 1 && progress === null)) return 'unclear';
    const index = progress?.delivered.length ?? 0;
    const gap = findGap({
      known: knownIds,
      seen: ids,
      highestBefore: progress === null ? null : progress.highestBefore,
      unresolved: open.size,
    });
    for (const id of gap.ids) {
      if (!(await reads(address, id, parts[index]!, look(outgoing, index, parts.length)))) continue;
      ids.note(id);
      progress?.delivered.push(id);
      // Parts are missing: the next try goes on after this one.
      if (index + 1 < parts.length) return null;
      open.delete(address.chat);
      return String(id);
    }
    return gap.complete ? null : 'unclear';
  }

  /** Whether the message `id` of this chat is ours and reads like this. */
  async function reads(
    address: Address,
    id: number,
    text: string,
    how: ReturnType<typeof look>,
  ): Promise<boolean> {
    waitForGate();
    try {
      await api.editMessageText(address.chat, id, text, how);
      // Ours, and it reads like this now: the one we look for, in a form that Telegram had changed a little.
      return true;
    } catch (error) {
      if (isNotModified(error)) return true;
      const failure = failed(error);
      // "Not found" and "can't be edited": of another chat, or the participant's own.
      if (failure.failure === 'invalid') return false;
      throw failure;
    }
  }

  return { send, resolve };
}

function look(saying: Saying, index: number, parts: number) {
  const keyboard = index === parts - 1 ? keyboardOf(saying.choices) : undefined;
  return keyboard === undefined ? PLAIN : { ...PLAIN, reply_markup: keyboard };
}
