import type { Incoming, IncomingKind, Language } from '../../message.ts';
import { contentKind } from './content.ts';
import { readDesk } from './desk-payload.ts';
import { asInteger, asObject, type Json, secondsOf, withoutBotName, wordsOf } from './json.ts';

/** One update, reduced to what Pandu keeps, and what this channel itself needs of it. */
export type ReadUpdate = {
  readonly incoming: Incoming;
  /** The id of the message in the private chat, null when the update brings no new one. */
  readonly messageId: number | null;
  /** A pressed button waits for this query to be answered. */
  readonly callbackId: string | null;
};

/** The updates this channel understands; Telegram sends no others. */
export const UPDATE_KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/**
 * Reads one update, whatever its shape: never throws, for an update that cannot be read would come back for ever.
 * `desk`: the group in which people of ours answer, null when there is none.
 * Null for all that leaves nothing behind: other groups, channels, other bots, notices, unknown kinds (faults.md F83).
 */
export function readUpdate(
  update: unknown,
  receivedAt: number,
  desk: string | null = null,
): ReadUpdate | null {
  const { message, edited_message: edited, callback_query: query, my_chat_member: member } = asObject(update);
  if (desk !== null) {
    const incoming = readDesk(asObject(message ?? edited), desk, message === undefined ? 'edit' : 'message');
    if (incoming !== null) return { incoming, messageId: null, callbackId: null };
  }
  if (message !== undefined) return readMessage(asObject(message));
  if (edited !== undefined) return readEdit(asObject(edited));
  if (query !== undefined) return readPress(asObject(query), receivedAt);
  if (member !== undefined) return readMembership(asObject(member));
  return null;
}

function readMessage(message: Json): ReadUpdate | null {
  const person = personOf(message);
  const id = asInteger(message.message_id);
  const kind = contentKind(message);
  if (person === null || id === null || kind === null) return null;
  return {
    incoming: {
      ...person,
      messageId: `m${id}`,
      kind,
      text: kind === 'text' ? withoutBotName(wordsOf(message)) : wordsOf(message),
      choice: null,
      sentAt: secondsOf(message.date),
    },
    messageId: id,
    callbackId: null,
  };
}

function readEdit(message: Json): ReadUpdate | null {
  const person = personOf(message);
  const id = asInteger(message.message_id);
  // A live location edits its message every few seconds, by itself.
  if (person === null || id === null || message.location !== undefined) return null;
  const sentAt = secondsOf(message.edit_date ?? message.date);
  return {
    incoming: {
      ...person,
      messageId: `e${id}.${sentAt / 1000}`,
      kind: 'edit',
      text: wordsOf(message),
      choice: null,
      sentAt,
    },
    messageId: id,
    callbackId: null,
  };
}

function readPress(query: Json, receivedAt: number): ReadUpdate | null {
  // The message may be out of our reach by now (date 0); its chat is still named.
  const person = personOf({ ...asObject(query.message), from: query.from });
  const { id, data } = query;
  if (person === null || typeof id !== 'string' || typeof data !== 'string') return null;
  return {
    incoming: {
      ...person,
      // Not the bare number: that would look like the id of a message of ours.
      messageId: `q${id}`,
      kind: 'choice',
      text: '',
      // No button of ours carries more; a manipulated client may send anything (faults.md S21).
      choice: data.slice(0, 64).toWellFormed(),
      sentAt: receivedAt,
    },
    messageId: null,
    callbackId: id,
  };
}

function readMembership(change: Json): ReadUpdate | null {
  const person = personOf(change);
  const kind = MEMBERSHIPS.get(String(asObject(change.new_chat_member).status));
  if (person === null || kind === undefined) return null;
  const sentAt = secondsOf(change.date);
  return {
    incoming: { ...person, messageId: `${kind}.${sentAt / 1000}`, kind, text: '', choice: null, sentAt },
    messageId: null,
    callbackId: null,
  };
}
const MEMBERSHIPS: ReadonlyMap<string, IncomingKind> = new Map([
  ['kicked', 'left'],
  ['member', 'returned'],
]);

type Person = Pick<Incoming, 'channel' | 'chat' | 'sender' | 'language'>;

/** Whom a private message is from; null when the chat is not private or a bot wrote. */
function personOf(thing: Json): Person | null {
  const chat = asObject(thing.chat);
  const from = asObject(thing.from);
  const chatId = asInteger(chat.id);
  const sender = asInteger(from.id);
  if (chat.type !== 'private' || chatId === null || sender === null || from.is_bot === true) return null;
  return {
    channel: 'telegram',
    chat: String(chatId),
    sender: String(sender),
    language: languageOf(from.language_code),
  };
}

function languageOf(code: unknown): Language | null {
  if (typeof code !== 'string' || code === '') return null;
  return /^id\b/i.test(code) ? 'id' : 'en';
}
