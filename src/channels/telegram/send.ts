import { type Api, InputFile } from 'grammy';
import type { Log } from '../../log.ts';
import type { Address, Deletion, Outgoing, Saying } from '../../message.ts';
import { type Picture, type Pictures, SendError } from '../channel.ts';
import { isNotModified, toSendError } from './failure.ts';
import { findGap } from './gap.ts';
import type { Gate } from './gate.ts';
import type { MessageIds } from './message-ids.ts';
import { captioned, type Look, look, type Part, partsOf } from './parts.ts';

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
  readonly pictures: Pictures;
  readonly log: Log;
};

/** How far one message got. What is beyond Telegram's limits goes out in parts, buttons on the last. */
type Progress = {
  readonly text: string;
  /** Its picture could not be drawn or sent: the words, which say the same, go alone. */
  isBare: boolean;
  /** Ids of the parts that arrived. */
  readonly delivered: number[];
  /** The highest id seen before the part that was tried last. */
  highestBefore: number;
};

/**
 * Sends, and finds out what became of sends that ended without an answer.
 *
 * When a part fails, the parts before it are remembered, so that a further try in this process goes on after them.
 * A restart forgets that: then such a message (the checks on flows/ allow none so long) is sent again as a whole.
 */
export function createOutbound({ api, token, gate, ids, pictures, log }: OutboundOptions): Outbound {
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
    const earlier = open.get(address.chat);
    const progress: Progress =
      earlier?.text === saying.text
        ? earlier
        : { text: saying.text, isBare: saying.picture === undefined, delivered: [], highestBefore: 0 };
    open.set(address.chat, progress);
    try {
      const picture = await pictureOf(saying, progress);
      const parts = partsOf(saying.text, picture !== null);
      if (parts.length === 0) throw new SendError('invalid', 'Cannot send a message without words');
      for (const [index, part] of parts.entries()) {
        if (index < progress.delivered.length) continue;
        progress.highestBefore = ids.highest;
        const message = await give(address, part, picture, look(saying, index, parts.length));
        ids.noteSent(message.message_id);
        progress.delivered.push(message.message_id);
      }
    } catch (error) {
      const failure = failed(error);
      if (failure.failure === 'invalid' && !progress.isBare && progress.delivered.length === 0) {
        withoutPicture(progress, failure);
        return say(address, saying);
      }
      const isOpen = failure.failure === 'unknown' || (failure.retryable && progress.delivered.length > 0);
      if (!isOpen) open.delete(address.chat);
      throw failure;
    }
    open.delete(address.chat);
    return String(progress.delivered.at(-1));
  }

  async function pictureOf({ picture }: Saying, progress: Progress): Promise<Picture | null> {
    if (picture === undefined || progress.isBare) return null;
    try {
      return await pictures.draw(picture);
    } catch (error) {
      withoutPicture(progress, error);
      return null;
    }
  }

  /** Nobody waits for a second try of a picture. */
  function withoutPicture(progress: Progress, error: unknown): void {
    progress.isBare = true;
    log.warn({ error }, 'telegram: a picture could not be sent; its words go alone');
  }

  function give(
    { chat }: Address,
    part: Part,
    picture: Picture | null,
    how: Look,
  ): Promise<{ readonly message_id: number }> {
    if (part.kind === 'text' || picture === null) return api.sendMessage(chat, part.words, how);
    return api.sendPhoto(chat, new InputFile(picture.png, 'pandu.png'), captioned(part, how));
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
    const kept = open.get(address.chat);
    const progress = kept?.text === outgoing.text ? kept : null;
    const isPictured = outgoing.picture !== undefined && progress?.isBare !== true;
    const parts = partsOf(outgoing.text, isPictured);
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
    if (!gap.complete) return 'unclear';
    // It did not get through, and on a bad line the words alone have a better chance.
    if (progress !== null && index === 0) progress.isBare = true;
    return null;
  }

  /** Whether the message `id` of this chat is ours and reads like this. */
  async function reads(address: Address, id: number, part: Part, how: Look): Promise<boolean> {
    waitForGate();
    try {
      if (part.kind === 'text') await api.editMessageText(address.chat, id, part.words, how);
      else await api.editMessageCaption(address.chat, id, captioned(part, how));
      // Ours, and it reads like this now: the one we look for, in a form that Telegram had changed a little.
      return true;
    } catch (error) {
      if (isNotModified(error)) return true;
      const failure = failed(error);
      // "Not found", "can't be edited", "no caption", "no text": of another chat, the participant's own, of another kind.
      if (failure.failure === 'invalid') return false;
      throw failure;
    }
  }

  return { send, resolve };
}
