import { hash } from 'node:crypto';
import type { ChannelName, HiddenIncoming, IncomingKind, Language, SecretKind } from '../message.ts';
import type { PackedTurn, TurnKey } from './sqlite-calls.ts';
import type { SqliteContext } from './sqlite-context.ts';
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
    this.#see = context.query('INSERT INTO seen (hash, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING');
    this.#findConversation = context.query<{ id: number }>(
      'SELECT id FROM conversation WHERE channel = ?1 AND chat = ?2',
    );
    this.#addConversation = context.query(
      'INSERT INTO conversation (id, channel, chat, version) VALUES (?1, ?2, ?3, 0)',
    );
    this.#addMessage = context.query(
      `INSERT INTO inbox (id, conversation, state, received_at, sent_at, sender, message_id, kind, text, choice,
        language, hidden) VALUES (?1, ?2, ${WAITING}, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)`,
    );
    this.#setCursor = context.query(
      'INSERT INTO cursor (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    );
    this.#getCursor = context.query<Cursor>('SELECT name, value FROM cursor WHERE name = ?1');
    // The last menu that reached the participant: messages of one conversation are sent in the order of their ids.
    this.#message = context.query<MessageRow>(
      `SELECT inbox.*, conversation.channel, conversation.chat, conversation.version, conversation.session,
        (SELECT menu FROM outbox WHERE conversation = inbox.conversation AND state = 3 AND menu IS NOT NULL
          ORDER BY id DESC LIMIT 1) AS delivered_menu
        FROM inbox JOIN conversation ON conversation.id = inbox.conversation WHERE inbox.id = ?1`,
    );
    this.#dueReminders = context.query<ReminderRow>(
      `SELECT reminder.*, conversation.channel, conversation.chat, conversation.version, conversation.session
        FROM reminder JOIN conversation ON conversation.id = reminder.conversation
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

  receive(incoming: readonly HiddenIncoming[], at: number, cursor: Cursor | null): number {
    let added = 0;
    for (const message of incoming) {
      if (this.#see.run(this.#hashOf(message), Math.floor(at / DAY_MS)) === 0) continue;
      this.#add(message, at);
      added += 1;
    }
    if (cursor !== null) this.#setCursor.run(cursor.name, cursor.value);
    return added;
  }

  cursor(name: string): Cursor | null {
    const row = this.#getCursor.one(name);
    return row === undefined ? null : { name: row.name, value: row.value };
  }

  claimTurns(now: number, limit: number): PackedTurn[] {
    const turns: PackedTurn[] = [];
    const claimed: number[] = [];
    try {
      while (turns.length < limit) {
        const next = this.#context.waiting.claimNext();
        if (next === null) break;
        claimed.push(next.conversation);
        turns.push(messageTurn(this.#message.one(next.event)!, next.more));
      }
      if (turns.length < limit) this.#claimReminders(now, limit, turns, claimed);
      return turns;
    } catch (error) {
      for (const conversation of claimed) this.#context.waiting.release(conversation);
      throw error;
    }
  }

  releaseTurns(turns: readonly TurnKey[]): void {
    for (const turn of turns) this.#context.waiting.release(turn.conversation);
  }

  nextReminderAt(): number | null {
    return this.#nextReminder.one()!.at;
  }

  #add(message: HiddenIncoming, at: number): void {
    const id = this.#context.nextId();
    const conversation = this.#conversation(message.channel, message.chat);
    this.#addMessage.run(
      id,
      conversation,
      at,
      message.sentAt,
      message.sender,
      message.messageId,
      message.kind,
      message.text,
      message.choice,
      message.language,
      message.hidden.length === 0 ? null : message.hidden.join(','),
    );
    this.#context.afterCommit(() => this.#context.waiting.add(conversation, id));
  }

  #conversation(channel: ChannelName, chat: string): number {
    const found = this.#findConversation.one(channel, chat);
    if (found !== undefined) return found.id;
    const id = this.#context.nextId();
    this.#addConversation.run(id, channel, chat);
    return id;
  }

  #claimReminders(now: number, limit: number, turns: PackedTurn[], claimed: number[]): void {
    for (const row of this.#dueReminders.each(now)) {
      if (!this.#context.waiting.claimIdle(row.conversation)) continue;
      claimed.push(row.conversation);
      turns.push(reminderTurn(row, now));
      if (turns.length >= limit) return;
    }
  }

  #hashOf(message: HiddenIncoming): Uint8Array {
    const key = JSON.stringify([message.channel, message.chat, message.sender, message.messageId]);
    const bytes = Buffer.concat([this.#context.salt, Buffer.from(key)]);
    return hash('sha256', bytes, 'buffer').subarray(0, HASH_BYTES);
  }
}

type ConversationColumns = {
  readonly conversation: number;
  readonly channel: ChannelName;
  readonly chat: string;
  readonly version: number;
  readonly session: string | null;
  readonly failures: number;
};

type MessageRow = ConversationColumns & {
  readonly id: number;
  readonly received_at: number;
  readonly sent_at: number;
  readonly sender: string;
  readonly message_id: string;
  readonly kind: IncomingKind;
  readonly text: string;
  readonly choice: string | null;
  readonly language: Language | null;
  readonly hidden: string | null;
  readonly delivered_menu: number | null;
};

type ReminderRow = ConversationColumns & {
  readonly id: number;
  readonly requirement: string;
  readonly due_at: number;
  readonly armed_by: number;
};

function messageTurn(row: MessageRow, moreWaiting: boolean): PackedTurn {
  return {
    id: row.id,
    source: 'inbox',
    address: { channel: row.channel, chat: row.chat },
    conversation: row.conversation,
    sessionVersion: row.version,
    session: row.session,
    failures: row.failures,
    event: {
      kind: 'message',
      at: row.received_at,
      moreWaiting,
      deliveredMenu: row.delivered_menu,
      message: {
        channel: row.channel,
        chat: row.chat,
        sender: row.sender,
        messageId: row.message_id,
        kind: row.kind,
        text: row.text,
        choice: row.choice,
        language: row.language,
        sentAt: row.sent_at,
        hidden: row.hidden === null ? [] : (row.hidden.split(',') as SecretKind[]),
      },
    },
  };
}

function reminderTurn(row: ReminderRow, now: number): PackedTurn {
  return {
    id: row.id,
    source: 'reminder',
    address: { channel: row.channel, chat: row.chat },
    conversation: row.conversation,
    sessionVersion: row.version,
    session: row.session,
    failures: row.failures,
    event: {
      kind: 'reminder',
      at: now,
      reminder: { requirement: row.requirement, dueAt: row.due_at, armedBy: row.armed_by },
    },
  };
}
