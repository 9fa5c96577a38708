import { hash } from 'node:crypto';
import type { ChannelName } from '../message.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqliteNames } from './sqlite-names.ts';
import type { SqliteReminders } from './sqlite-reminders.ts';
import type { SqliteRequests } from './sqlite-requests.ts';
import type { ClaimedRows, MessageRow, MessageValues, TurnKey } from './sqlite-rows.ts';
import type { Cursor } from './store.ts';

/** States of an inbox row, as the migration explains them. */
export const WAITING = 0;
export const DONE = 1;
export const PARKED = 2;

/** Written to somebody who may never have written: then nothing is kept of them. */
const OF_THE_OPERATOR: ReadonlySet<string> = new Set(['operator', 'handed-back']);

const DAY_MS = 86_400_000;
const HASH_BYTES = 16;

/** What came in: kept once, and handed out one event per conversation at a time. */
export class SqliteInbox {
  readonly #context: SqliteContext;
  readonly #names: SqliteNames;
  readonly #requests: SqliteRequests;
  readonly #salt: string;
  readonly #see;
  readonly #seen;
  readonly #findConversation;
  readonly #addConversation;
  readonly #addMessage;
  readonly #setCursor;
  readonly #getCursor;
  readonly #message;
  readonly #lastMenu;
  readonly #reminders: SqliteReminders;

  constructor(
    context: SqliteContext,
    names: SqliteNames,
    reminders: SqliteReminders,
    requests: SqliteRequests,
  ) {
    this.#context = context;
    this.#names = names;
    this.#reminders = reminders;
    this.#requests = requests;
    this.#salt = Buffer.from(context.salt).toString('hex');
    this.#see = context.query('INSERT INTO seen (hash, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING');
    this.#seen = context.query('SELECT 1 FROM seen WHERE hash = ?1');
    this.#findConversation = context.query<{ id: number }>(
      'SELECT id FROM conversation WHERE channel = ?1 AND chat = ?2',
    );
    this.#addConversation = context.query(
      'INSERT INTO conversation (id, channel, chat, version, contacted_at) VALUES (?1, ?2, ?3, 0, ?4)',
    );
    this.#addMessage = context.query(
      `INSERT INTO inbox (id, conversation, state, received_at, sender, message_id, kind, text, choice, language,
        sent_at, hidden) VALUES (?1, ?2, ${WAITING}, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)`,
    );
    this.#setCursor = context.query(
      'INSERT INTO cursor (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
    this.#getCursor = context.query<Cursor>('SELECT name, value FROM cursor WHERE name = ?1');
    // The last menu that reached the participant: messages of one conversation are sent in the order of their ids.
    this.#message = context.rows<MessageRow>(
      `SELECT inbox.id, conversation, channel, chat, version, session, failures, received_at,
        (SELECT menu FROM outbox WHERE conversation = inbox.conversation AND state = 3 AND menu IS NOT NULL
          ORDER BY id DESC LIMIT 1),
        sender, message_id, kind, text, choice, language, sent_at, hidden
        FROM inbox JOIN conversation ON conversation.id = conversation WHERE inbox.id = ?1`,
    );
    // Of a participant with two names: the menu that a number means may be of the conversation that was merged.
    this.#lastMenu = context.query<{ menu: number }>(
      `SELECT menu FROM outbox WHERE state = 3 AND menu IS NOT NULL AND conversation IN (
        SELECT ?1 UNION ALL SELECT conversation.id FROM alias JOIN conversation
          ON conversation.channel = alias.channel AND conversation.chat = alias.name WHERE alias.conversation = ?1)
        ORDER BY id DESC LIMIT 1`,
    );
    const open = context.query<{ id: number; conversation: number }>(
      `SELECT id, conversation FROM inbox WHERE state = ${WAITING} AND state <> ${DONE} ORDER BY id`,
    );
    for (const row of open.each()) context.waiting.add(row.conversation, row.id);
  }

  receive(incoming: readonly MessageValues[], at: number, cursor: Cursor | null): number {
    let added = 0;
    for (const values of incoming) {
      const [channel, , , , , , , , , , aliases] = values;
      const hasOneName = aliases === null && !this.#names.isUsedOn(channel);
      const isNew =
        channel === 'desk'
          ? this.#keepFromDesk(values, at)
          : hasOneName
            ? this.#keep(values, at)
            : this.#keepNamed(values, aliases ?? [], at);
      if (isNew) added += 1;
    }
    if (cursor !== null) this.#setCursor.run(cursor.name, cursor.value);
    return added;
  }

  /** Two names are the same chat's. @returns false when nobody of either name is known, and so nothing is kept */
  learn(channel: ChannelName, chat: string, alias: string): boolean {
    const meant = this.#names.meant(channel, chat, [alias]);
    if (meant.conversation === null) return false;
    this.#names.learn(meant, meant.conversation);
    return true;
  }

  cursor(name: string): Cursor | null {
    const row = this.#getCursor.one(name);
    return row === undefined ? null : { name: row.name, value: row.value };
  }

  claimTurns(now: number, limit: number): ClaimedRows {
    const { waiting } = this.#context;
    const messages: MessageRow[] = [];
    const more: boolean[] = [];
    const claimed: number[] = [];
    /** Erased by the transaction that is running: it waits again should that be lost. */
    const gone: number[] = [];
    try {
      while (messages.length < limit) {
        const next = waiting.claimNext();
        if (next === null) break;
        claimed.push(next.conversation);
        const row = this.#message.one(next.event);
        if (row === undefined) gone.push(next.conversation);
        else {
          if (this.#names.isUsedOn(row[2])) row[8] = this.#lastMenu.one(next.conversation)?.menu ?? null;
          messages.push(row);
          more.push(next.more);
        }
      }
      for (const conversation of gone) waiting.release(conversation);
      return { messages, more, reminders: this.#reminders.claim(now, limit - messages.length, claimed) };
    } catch (error) {
      for (const conversation of claimed) waiting.release(conversation);
      throw error;
    }
  }

  releaseTurns(turns: readonly TurnKey[]): void {
    for (const [, , conversation] of turns) this.#context.waiting.release(conversation);
  }

  /** It was marked under every name of its chat, so this one is enough. */
  wasReceived([channel, chat, sender, messageId]: MessageValues): boolean {
    return this.#seen.one(this.#markOf(channel, chat, sender, messageId)) !== undefined;
  }

  /** Of people of ours: an event of the conversation that they answer. */
  #keepFromDesk(values: MessageValues, at: number): boolean {
    const [, chat, sender] = values;
    const conversation = this.#requests.named(chat);
    if (conversation === null || !this.#mark(values, chat, sender, at)) return false;
    this.#add(this.#context.nextId(), conversation, values, at);
    return true;
  }

  /** On a channel whose chats have one name each. */
  #keep(values: MessageValues, at: number): boolean {
    const [channel, chat, sender, , kind] = values;
    const found = this.#findConversation.one(channel, chat);
    if (found === undefined && OF_THE_OPERATOR.has(kind)) return false;
    if (!this.#mark(values, chat, sender, at)) return false;
    const id = this.#context.nextId();
    this.#add(id, found?.id ?? this.#newConversation(channel, chat, at), values, at);
    return true;
  }

  /**
   * Marked under every name of the chat, so that it is known by whichever it comes again, also when these names have
   * been forgotten since. Who writes to the bot alone is called as the chat is.
   */
  #keepNamed(values: MessageValues, aliases: readonly string[], at: number): boolean {
    const [channel, chat, sender, , kind] = values;
    const meant = this.#names.meant(channel, chat, aliases);
    if (meant.conversation === null && OF_THE_OPERATOR.has(kind)) return false;
    const names = this.#names.allOf(meant);
    let isNew = true;
    for (const name of names) {
      if (!this.#mark(values, name, names.has(sender) ? name : sender, at)) isNew = false;
    }
    if (!isNew) return false;
    const id = this.#context.nextId();
    const conversation = meant.conversation ?? { id: this.#newConversation(channel, chat, at), chat };
    this.#names.learn(meant, conversation);
    this.#add(id, conversation.id, values, at);
    return true;
  }

  #add(id: number, conversation: number, values: MessageValues, at: number): void {
    const [, , sender, messageId, kind, text, choice, language, sentAt, hidden] = values;
    this.#addMessage.run(
      id,
      conversation,
      at,
      sender,
      messageId,
      kind,
      text,
      choice,
      language,
      sentAt,
      hidden,
    );
    this.#context.received(conversation, id);
  }

  #newConversation(channel: ChannelName, chat: string, at: number): number {
    const id = this.#context.nextId();
    this.#addConversation.run(id, channel, chat, at);
    return id;
  }

  /** @returns false when the message was marked before */
  #mark([channel, , , messageId]: MessageValues, chat: string, sender: string, at: number): boolean {
    const mark = this.#markOf(channel, chat, sender, messageId);
    return this.#see.run(mark, Math.floor(at / DAY_MS)) > 0;
  }

  /** Only a salted hash stays. */
  #markOf(channel: ChannelName, chat: string, sender: string, messageId: string): Uint8Array {
    const key = JSON.stringify([this.#salt, channel, chat, sender, messageId]);
    return hash('sha256', key, 'buffer').subarray(0, HASH_BYTES);
  }
}
