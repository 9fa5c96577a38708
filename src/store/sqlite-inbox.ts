import { hash } from 'node:crypto';
import type { ChannelName } from '../message.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { ClaimedRows, MessageRow, MessageValues, ReminderRow, TurnKey } from './sqlite-rows.ts';
import type { Cursor } from './store.ts';

/** States of an inbox row, as the migration explains them. */
export const WAITING = 0;
export const DONE = 1;
export const PARKED = 2;

const DAY_MS = 86_400_000;
const HASH_BYTES = 16;

/** What came in: kept once, and handed out one event per conversation at a time. */
export class SqliteInbox {
  readonly #context: SqliteContext;
  readonly #salt: string;
  readonly #see;
  readonly #findConversation;
  readonly #addConversation;
  readonly #addMessage;
  readonly #setCursor;
  readonly #getCursor;
  readonly #message;
  readonly #dueReminders;
  readonly #nextReminder;

  constructor(context: SqliteContext) {
    this.#context = context;
    this.#salt = Buffer.from(context.salt).toString('hex');
    this.#see = context.query('INSERT INTO seen (hash, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING');
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
    this.#dueReminders = context.rows<ReminderRow>(
      `SELECT reminder.id, conversation, channel, chat, version, session, failures, reminder.requirement, due_at, armed_by
        FROM reminder JOIN conversation ON conversation.id = conversation
        WHERE parked IS NULL AND due_at <= ?1 ORDER BY due_at, reminder.id`,
    );
    this.#nextReminder = context.query<{ at: number | null }>(
      'SELECT min(due_at) AS at FROM reminder WHERE parked IS NULL',
    );
    const open = context.query<{ id: number; conversation: number }>(
      `SELECT id, conversation FROM inbox WHERE state = ${WAITING} AND state <> ${DONE} ORDER BY id`,
    );
    for (const row of open.each()) context.waiting.add(row.conversation, row.id);
  }

  receive(incoming: readonly MessageValues[], at: number, cursor: Cursor | null): number {
    let added = 0;
    for (const values of incoming) {
      if (this.#see.run(this.#hashOf(values), Math.floor(at / DAY_MS)) === 0) continue;
      this.#add(values, at);
      added += 1;
    }
    if (cursor !== null) this.#setCursor.run(cursor.name, cursor.value);
    return added;
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
    try {
      while (messages.length < limit) {
        const next = waiting.claimNext();
        if (next === null) break;
        claimed.push(next.conversation);
        messages.push(this.#message.one(next.event)!);
        more.push(next.more);
      }
      return { messages, more, reminders: this.#claimReminders(now, limit - messages.length, claimed) };
    } catch (error) {
      for (const conversation of claimed) waiting.release(conversation);
      throw error;
    }
  }

  releaseTurns(turns: readonly TurnKey[]): void {
    for (const [, , conversation] of turns) this.#context.waiting.release(conversation);
  }

  nextReminderAt(): number | null {
    return this.#nextReminder.one()!.at;
  }

  #add(values: MessageValues, at: number): void {
    const [channel, chat, ...rest] = values;
    const id = this.#context.nextId();
    const conversation = this.#conversation(channel, chat, at);
    this.#addMessage.run(id, conversation, at, ...rest);
    this.#context.received(conversation, id);
  }

  #conversation(channel: ChannelName, chat: string, at: number): number {
    const found = this.#findConversation.one(channel, chat);
    if (found !== undefined) return found.id;
    const id = this.#context.nextId();
    this.#addConversation.run(id, channel, chat, at);
    return id;
  }

  #claimReminders(now: number, limit: number, claimed: number[]): ReminderRow[] {
    const rows: ReminderRow[] = [];
    if (limit <= 0) return rows;
    for (const row of this.#dueReminders.each(now)) {
      const [, conversation] = row;
      if (!this.#context.waiting.claimIdle(conversation)) continue;
      claimed.push(conversation);
      rows.push(row);
      if (rows.length === limit) break;
    }
    return rows;
  }

  #hashOf([channel, chat, sender, messageId]: MessageValues): Uint8Array {
    const key = JSON.stringify([this.#salt, channel, chat, sender, messageId]);
    return hash('sha256', key, 'buffer').subarray(0, HASH_BYTES);
  }
}
