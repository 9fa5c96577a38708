// Longer than others: what becomes of one row is told in one place, because every rule leans on the others.
import type { Address, ChannelName } from '../message.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqliteReminders } from './sqlite-reminders.ts';
import type { OutgoingRow, OutgoingValues } from './sqlite-rows.ts';

/** States and fates of an outbox row, as the migration explains them. */
const WAITING = 0;
const SENDING = 1;
const UNKNOWN = 2;
const SENT = 3;
const DEAD = 4;
const REMINDER = 1;
const STAYS = 0;
const WITHDRAWN = 1;
const LAST_WORDS = 2;
const ERASED = 3;
const PASSING = 4;

const DAY_MS = 86_400_000;
/** A turn on what the participant just wrote is soon done. */
const LOOK_AGAIN_MS = 1_000;

/** What Pandu says; the rest are deletions of a participant's secret, which no withdrawal may stop. */
const IS_SAYING = "body ->> 'kind' = 'say'";

/**
 * What goes out. Live rows of one conversation leave in the order of their ids: `due_at` is set only on the first
 * of them, and handed on to the next when it is settled.
 */
export class SqliteOutbox {
  readonly #context: SqliteContext;
  readonly #reminders: SqliteReminders;
  readonly #add;
  readonly #hasLive;
  readonly #live;
  readonly #due;
  readonly #take;
  readonly #row;
  readonly #sent;
  readonly #dead;
  readonly #retry;
  readonly #unknown;
  readonly #remove;
  readonly #mayGo;
  readonly #next;
  readonly #nextAt;
  readonly #killUnsent;
  readonly #hasten;
  readonly #silence;
  readonly #silenceOnTheWire;
  readonly #withdrawUnsent;
  readonly #lastTry;
  readonly #removePassing;
  readonly #lastTryOfPassing;
  readonly #blank;
  readonly #eraseSettled;
  readonly #eraseOnTheWire;
  readonly #removeEmptyConversation;
  readonly #conversation;
  readonly #postpone;
  readonly #tellUndelivered;
  readonly #tellUnsent;

  constructor(context: SqliteContext, reminders: SqliteReminders) {
    this.#context = context;
    this.#reminders = reminders;
    this.#add = context.query(
      `INSERT INTO outbox (id, conversation, channel, state, priority, due_at, fate, menu, body, created_at, from_at, until_at)
        VALUES (?1, ?2, ?3, ${WAITING}, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)`,
    );
    this.#hasLive = context.query('SELECT 1 FROM outbox WHERE conversation = ?1 AND state < 3 LIMIT 1');
    this.#live = context.rows<[state: number, priority: number, dueAt: number | null]>(
      'SELECT state, priority, due_at FROM outbox WHERE conversation = ?1 AND state < 3',
    );
    this.#due = context.rows<DueRow>(
      `SELECT outbox.id, chat, body, attempts, unknown_since, state, conversation, from_at, until_at
        FROM outbox JOIN conversation ON conversation.id = outbox.conversation
        WHERE outbox.channel = ?1 AND priority = ?2 AND due_at <= ?3 ORDER BY due_at, outbox.id LIMIT ?4`,
    );
    this.#postpone = context.query(
      'UPDATE outbox SET due_at = ?2, from_at = ?3, until_at = ?4 WHERE id = ?1',
    );
    this.#take = context.query(
      `UPDATE outbox SET state = ${SENDING}, due_at = NULL, unknown_since = ?2 WHERE id = ?1`,
    );
    this.#row = context.query<LiveRow>(
      `SELECT conversation, fate, priority,
        (SELECT min(id) FROM outbox AS later
          WHERE later.conversation = outbox.conversation AND later.state < 3 AND later.id > ?1) AS next
        FROM outbox WHERE id = ?1 AND state < 3`,
    );
    this.#sent = context.query(
      `UPDATE outbox SET state = ${SENT}, due_at = NULL, sent_at = ?2, platform_id = ?3 WHERE id = ?1`,
    );
    this.#dead = context.query(
      `UPDATE outbox SET state = ${DEAD}, due_at = NULL, attempts = attempts + 1, reason = ?2 WHERE id = ?1`,
    );
    this.#retry = context.query(
      `UPDATE outbox SET state = ${WAITING}, due_at = ?3, attempts = attempts + 1, reason = ?2 WHERE id = ?1`,
    );
    this.#unknown = context.query(
      `UPDATE outbox SET state = ${UNKNOWN}, due_at = ?3, attempts = attempts + 1, unknown_since = ?4, reason = ?2
        WHERE id = ?1`,
    );
    this.#remove = context.query('DELETE FROM outbox WHERE id = ?1');
    this.#mayGo = context.query('UPDATE outbox SET due_at = created_at WHERE id = ?1');
    this.#next = context.query(
      `UPDATE outbox SET due_at = created_at WHERE state = ${WAITING} AND due_at IS NULL
        AND id = (SELECT min(id) FROM outbox WHERE conversation = ?1 AND state < 3)`,
    );
    this.#nextAt = context.query<{ at: number | null }>(
      'SELECT min(due_at) AS at FROM outbox WHERE channel = ?1 AND priority = ?2 AND due_at IS NOT NULL',
    );
    this.#killUnsent = context.query(
      `UPDATE outbox SET state = ${DEAD}, due_at = NULL, reason = ?2
        WHERE conversation = ?1 AND state < 3 AND state <> ${SENDING} AND fate = ${STAYS}`,
    );
    this.#hasten = context.query(
      `UPDATE outbox SET due_at = ?2 WHERE state = ${WAITING} AND due_at > ?2
        AND id = (SELECT min(id) FROM outbox WHERE conversation = ?1 AND state < 3)`,
    );
    this.#silence = context.query(
      `UPDATE outbox SET state = ${DEAD}, due_at = NULL, reason = 'answered' WHERE conversation = ?1
        AND state < 3 AND state <> ${SENDING} AND fate = ${STAYS} AND priority = 1`,
    );
    this.#silenceOnTheWire = context.query(
      `UPDATE outbox SET fate = ${WITHDRAWN}
        WHERE conversation = ?1 AND state = ${SENDING} AND state < 3 AND fate = ${STAYS} AND priority = 1`,
    );
    this.#withdrawUnsent = context.query(
      `UPDATE outbox SET state = ${DEAD}, due_at = NULL, reason = 'withdrawn'
        WHERE conversation = ?1 AND state < 3 AND state <> ${SENDING} AND fate = ${STAYS} AND ${IS_SAYING}`,
    );
    this.#lastTry = context.query(
      `UPDATE outbox SET fate = ${WITHDRAWN}
        WHERE conversation = ?1 AND state < 3 AND fate = ${STAYS} AND ${IS_SAYING}`,
    );
    this.#lastTryOfPassing = context.query(
      `UPDATE outbox SET fate = ${ERASED} WHERE conversation = ?1 AND fate = ${PASSING} AND state = ${SENDING}`,
    );
    // The row stays: what is sent after it is told apart from it by the id that the platform gave it.
    this.#blank = context.query(`UPDATE outbox SET fate = ${STAYS}, body = ?2 WHERE id = ?1`);
    this.#removePassing = context.query(
      `DELETE FROM outbox WHERE conversation = ?1 AND fate = ${PASSING} AND state < 3 AND state <> ${SENDING}`,
    );
    this.#eraseSettled = context.query(`DELETE FROM outbox WHERE conversation = ?1 AND state <> ${SENDING}`);
    this.#eraseOnTheWire = context.query(
      `UPDATE outbox SET fate = ${ERASED}, body = '{}', platform_id = NULL, menu = NULL, reason = NULL
        WHERE conversation = ?1`,
    );
    this.#removeEmptyConversation = context.query(
      `DELETE FROM conversation WHERE id = ?1 AND session IS NULL
        AND NOT EXISTS (SELECT 1 FROM inbox WHERE conversation = ?1)
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE conversation = ?1)`,
    );
    this.#conversation = context.query<{ id: number }>(
      'SELECT id FROM conversation WHERE channel = ?1 AND chat = ?2',
    );
    const tellUndelivered = `INSERT OR REPLACE INTO reminder (conversation, requirement, due_at, armed_by)
      SELECT conversation, 'undelivered', created_at, 0 FROM outbox
        WHERE body ->> 'from' = 'operator' AND EXISTS (SELECT 1 FROM request WHERE request.conversation = outbox.conversation)`;
    this.#tellUndelivered = context.query(`${tellUndelivered} AND id = ?1`);
    this.#tellUnsent = context.query(
      `${tellUndelivered} AND conversation = ?1 AND state < 3 AND state <> ${SENDING} LIMIT 1`,
    );
    this.#resumeAfterCrash();
  }

  /**
   * Queues what a turn says. `last`: nothing of it may stay once it is said.
   * @returns the row of the last saying, null when there is none
   */
  add(
    conversation: number,
    channel: ChannelName,
    messages: readonly OutgoingValues[],
    at: number,
    last: boolean,
  ): number | null {
    if (messages.length === 0) return null;
    let first = this.#hasLive.one(conversation) === undefined;
    let lastRow: number | null = null;
    for (const [priority, menu, body, isPassing, fromAt, untilAt] of messages) {
      const due = first ? at : null;
      first = false;
      const fate = last ? LAST_WORDS : isPassing ? PASSING : STAYS;
      lastRow = this.#context.nextId();
      this.#add.run(lastRow, conversation, channel, priority, due, fate, menu, body, at, fromAt, untilAt);
    }
    return lastRow;
  }

  claim(channel: ChannelName, now: number, limit: number): OutgoingRow[] {
    const rows: OutgoingRow[] = [];
    for (const priority of [0, 1]) {
      if (rows.length >= limit) break;
      for (const row of this.#due.all(channel, priority, now, limit - rows.length)) {
        const [id, chat, body, attempts, givenUpAt, state] = row;
        if (priority === REMINDER && state === WAITING && this.#isPutOff(row, now)) continue;
        // After a crash nobody can say when the try was given up, only that it was before now.
        const unknownSince = state === UNKNOWN ? (givenUpAt ?? now) : null;
        this.#take.run(id, unknownSince);
        rows.push([id, chat, body, attempts, unknownSince]);
      }
    }
    return rows;
  }

  /** What comes unasked waits for the hours it may be said in, and for what the participant just wrote. */
  #isPutOff([id, , , , , , conversation, fromAt, untilAt]: DueRow, now: number): boolean {
    if (this.#context.waiting.has(conversation)) {
      this.#postpone.run(id, now + LOOK_AGAIN_MS, fromAt, untilAt);
      return true;
    }
    if (fromAt === null || untilAt === null) return false;
    const lateMs = Math.max(0, Math.floor((now - untilAt) / DAY_MS) + 1) * DAY_MS;
    if (now >= fromAt + lateMs) return false;
    this.#postpone.run(id, fromAt + lateMs, fromAt + lateMs, untilAt + lateMs);
    return true;
  }

  /** @returns whether it held words that may leave no trace */
  markSent(id: number, platformId: string | null, at: number): boolean {
    const row = this.#row.one(id);
    if (row === undefined) return false;
    this.#sent.run(id, at, platformId);
    this.#reminders.said(id, at, row.priority === REMINDER);
    if (row.fate === PASSING) this.#blank.run(id, NAME_WAS_HERE);
    this.#settled(id, row.fate === PASSING ? { ...row, fate: STAYS } : row);
    return row.fate === PASSING;
  }

  markFailed(id: number, reason: string, retryAt: number | null): void {
    const row = this.#row.one(id);
    if (row === undefined) return;
    if (retryAt !== null && mayTryAgain(row)) {
      this.#retry.run(id, reason, retryAt);
      return;
    }
    this.#die(id, reason, row);
  }

  markUnknown(id: number, reason: string, resolveAt: number, givenUpAt: number): void {
    const row = this.#row.one(id);
    if (row === undefined) return;
    if (mayTryAgain(row)) {
      this.#unknown.run(id, reason, resolveAt, givenUpAt);
      return;
    }
    this.#die(id, reason, row);
  }

  markUnreachable(address: Address): void {
    const found = this.#conversation.one(address.channel, address.chat);
    if (found === undefined) return;
    this.forgetPassing(found.id);
    this.#tellUnsent.run(found.id);
    this.#killUnsent.run(found.id, 'unreachable');
    this.#reminders.forgetUnreachable(found.id);
    this.#next.run(found.id);
  }

  nextAt(channel: ChannelName): number | null {
    const reply = this.#nextAt.one(channel, 0)!.at;
    const reminder = this.#nextAt.one(channel, 1)!.at;
    if (reply === null || reminder === null) return reply ?? reminder;
    return Math.min(reply, reminder);
  }

  /**
   * Who writes needs no reminder any more, can be reached again and waits now: neither reminders nor a retry that was
   * put off hold up the reply.
   */
  participantWrote(conversation: number, at: number): void {
    const live = this.#live.all(conversation);
    if (live.some(([, priority]) => priority === REMINDER)) {
      this.#reminders.answered(conversation);
      this.#silence.run(conversation);
      this.#silenceOnTheWire.run(conversation);
      this.#next.run(conversation);
    }
    // Hardly ever does anything wait for a retry, and one look costs less than an update that changes nothing.
    if (live.some(([state, , dueAt]) => state === WAITING && dueAt !== null && dueAt > at))
      this.#hasten.run(conversation, at);
  }

  /** The participant is spoken to in another conversation now: from here only what was asked for is still said. */
  merged(conversation: number): void {
    this.#reminders.forgetSpeaking(conversation);
    this.#silence.run(conversation);
    this.#silenceOnTheWire.run(conversation);
    this.#next.run(conversation);
  }

  /** Unsent sayings die; one on the wire may arrive, but is not tried again. */
  withdraw(conversation: number): void {
    this.forgetPassing(conversation);
    if (this.#withdrawUnsent.run(conversation) > 0) this.#reminders.withdrawn(conversation);
    this.#lastTry.run(conversation);
    this.#next.run(conversation);
  }

  /** What holds a name and could not be sent is not sent any more. */
  forgetPassing(conversation: number): void {
    this.#lastTryOfPassing.run(conversation);
    if (this.#removePassing.run(conversation) > 0) this.#next.run(conversation);
  }

  erase(conversation: number): void {
    this.#eraseSettled.run(conversation);
    this.#eraseOnTheWire.run(conversation);
  }

  /** The row of an erased conversation stays while its last words do: they need the address. */
  removeIfEmpty(conversation: number): void {
    this.#removeEmptyConversation.run(conversation);
    this.#context.keepLastId();
  }

  /** A row nobody needs any more, wherever it stands in its conversation. @returns how many were removed */
  remove(id: number): number {
    const row = this.#row.one(id);
    const removed = this.#remove.run(id);
    if (row === undefined) return removed;
    this.#reminders.neverSaid(id);
    this.#next.run(row.conversation);
    if (row.fate >= LAST_WORDS) this.removeIfEmpty(row.conversation);
    return removed;
  }

  #die(id: number, reason: string, row: LiveRow): void {
    this.#dead.run(id, reason);
    this.#tellUndelivered.run(id);
    this.#reminders.neverSaid(id);
    this.#settled(id, row);
  }

  #settled(id: number, row: LiveRow): void {
    if (row.fate >= LAST_WORDS) {
      this.#remove.run(id);
      this.removeIfEmpty(row.conversation);
      this.#context.afterCommit(() => {
        this.#context.logHoldsAddress = true;
      });
    }
    // The first of its conversation is settled: the next one waits, for nothing else was ever taken.
    if (row.next !== null) this.#mayGo.run(row.next);
  }

  /** What was on the wire when the process ended may have arrived or not. */
  #resumeAfterCrash(): void {
    const onTheWire = this.#context.query<{ id: number }>(
      `SELECT id FROM outbox WHERE state = ${SENDING} AND state < 3`,
    );
    const unknown = this.#context.query(
      `UPDATE outbox SET state = ${UNKNOWN}, due_at = 0, attempts = attempts + 1, unknown_since = NULL,
        reason = 'interrupted' WHERE id = ?1`,
    );
    for (const { id } of onTheWire.all()) {
      const row = this.#row.one(id)!;
      if (mayTryAgain(row)) {
        unknown.run(id);
        continue;
      }
      this.#die(id, 'interrupted', row);
    }
  }
}

/** What is left of a message that held a name. */
export const NAME_WAS_HERE = JSON.stringify({
  kind: 'say',
  text: '[nama]',
  choices: [],
  menu: null,
  priority: 'reply',
});

type LiveRow = {
  readonly conversation: number;
  readonly fate: number;
  readonly priority: number;
  /** The row behind it. */
  readonly next: number | null;
};

type DueRow = [
  ...OutgoingRow,
  state: number,
  conversation: number,
  fromAt: number | null,
  untilAt: number | null,
];

function mayTryAgain(row: LiveRow): boolean {
  return row.fate === STAYS || row.fate === LAST_WORDS || row.fate === PASSING;
}
