import type { Reminder } from '../conversation/session.ts';
import type { ChannelName } from '../message.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { ReminderRow, ReminderValues } from './sqlite-rows.ts';

/** Says nothing to anybody, so it stays: the names of somebody who is gone are forgotten in time, too (conversation/names.ts). */
export const FORGETS_NAMES = 'forget-names';

/** What those who answer are told of (conversation/session.ts). */
const OF_THE_DESK = "'request', 'undelivered'";

/** Nobody tells when an overdue reminder's announcement was said at last: it is looked for this often. */
const LOOK_FOR_UNSAID_MS = 60_000;

/** What was announced late is not asked about in the same breath. */
const SOONEST_AFTER_REPLY_MS = 8 * 3_600_000;
/** Reminders are said in eleven hours of the day: this long after one it is another day. */
const SOONEST_AFTER_REMINDER_MS = 16 * 3_600_000;

/** When Pandu comes back by itself. A row in force has no reason in `parked`; it counts once `waits_for` was said. */
export class SqliteReminders {
  readonly #context: SqliteContext;
  readonly #due;
  readonly #next;
  readonly #nextUnsaid;
  readonly #arm;
  readonly #armAll;
  readonly #settle;
  readonly #fail;
  readonly #park;
  readonly #forget;
  readonly #forgetSpeaking;
  readonly #forgetUnreachable;
  readonly #said;
  readonly #neverSaid;
  readonly #withdrawn;
  readonly #answered;

  constructor(context: SqliteContext) {
    this.#context = context;
    this.#due = context.rows<ReminderRow>(
      `SELECT reminder.id, conversation, channel, chat, version, session, failures, reminder.requirement, due_at, armed_by
        FROM reminder JOIN conversation ON conversation.id = conversation
        WHERE parked IS NULL AND waits_for IS NULL AND due_at <= ?1 ORDER BY due_at, reminder.id`,
    );
    this.#next = context.query<{ at: number | null }>(
      'SELECT min(due_at) AS at FROM reminder WHERE parked IS NULL AND waits_for IS NULL',
    );
    this.#nextUnsaid = context.query<{ at: number | null }>(
      'SELECT min(due_at) AS at FROM reminder WHERE waits_for IS NOT NULL',
    );
    this.#arm = context.query(
      `INSERT OR REPLACE INTO reminder (conversation, requirement, due_at, armed_by, waits_for)
        VALUES (?1, ?2, ?3, ?4, ?5)`,
    );
    this.#armAll = context.query(
      `INSERT OR IGNORE INTO reminder (conversation, requirement, due_at, armed_by)
        SELECT id, ?2, ?3, ?4 FROM conversation WHERE channel = ?1 AND session IS NOT NULL AND contacted_at >= ?5
          AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.channel = ?1 AND name = chat)`,
    );
    this.#settle = context.query('DELETE FROM reminder WHERE id = ?1 AND parked IS NULL');
    this.#fail = context.query<{ failures: number }>(
      'UPDATE reminder SET failures = failures + 1 WHERE id = ?1 RETURNING failures',
    );
    this.#park = context.query(
      'UPDATE reminder SET parked = ?2, failures = failures + 1 WHERE id = ?1 AND parked IS NULL',
    );
    this.#forget = context.query('DELETE FROM reminder WHERE conversation = ?1');
    this.#forgetSpeaking = context.query(
      `DELETE FROM reminder WHERE conversation = ?1 AND requirement <> '${FORGETS_NAMES}'`,
    );
    this.#forgetUnreachable = context.query(
      `DELETE FROM reminder WHERE conversation = ?1 AND requirement NOT IN ('${FORGETS_NAMES}', ${OF_THE_DESK})`,
    );
    this.#said = context.query(
      'UPDATE reminder SET waits_for = NULL, due_at = max(due_at, ?2) WHERE waits_for = ?1',
    );
    this.#neverSaid = context.query('DELETE FROM reminder WHERE waits_for = ?1');
    this.#withdrawn = context.query(
      `DELETE FROM reminder WHERE conversation = ?1
        AND waits_for IN (SELECT id FROM outbox WHERE conversation = ?1 AND state = 4)`,
    );
    this.#answered = context.query(
      `UPDATE reminder SET waits_for = NULL WHERE conversation = ?1
        AND waits_for IN (SELECT id FROM outbox WHERE conversation = ?1 AND state < 3 AND priority = 1)`,
    );
  }

  /** Of conversations nobody works on and whose messages were all handled. */
  claim(now: number, limit: number, claimed: number[]): ReminderRow[] {
    const rows: ReminderRow[] = [];
    if (limit <= 0) return rows;
    for (const row of this.#due.each(now)) {
      const [, conversation] = row;
      if (!this.#context.waiting.claimIdle(conversation)) continue;
      claimed.push(conversation);
      rows.push(row);
      if (rows.length === limit) break;
    }
    return rows;
  }

  nextAt(now: number): number | null {
    const next = this.#next.one()!.at;
    const unsaid = this.#nextUnsaid.one()!.at;
    return unsaid === null ? next : Math.min(next ?? Infinity, Math.max(unsaid, now + LOOK_FOR_UNSAID_MS));
  }

  /** @param lastSaid the outbox row that a reminder armed with `onceSaid` waits for; null when the turn says nothing */
  arm(
    conversation: number,
    [requirement, dueAt, armedBy, onceSaid]: ReminderValues,
    lastSaid: number | null,
  ): void {
    this.#arm.run(conversation, requirement, dueAt, armedBy, onceSaid ? lastSaid : null);
  }

  armAll(channel: ChannelName, { requirement, dueAt, armedBy }: Reminder, contactedSince: number): number {
    return this.#armAll.run(channel, requirement, dueAt, armedBy, contactedSince);
  }

  /** @returns 0 when it was forgotten or set aside meanwhile */
  settle(id: number): number {
    return this.#settle.run(id);
  }

  fail(id: number): { failures: number } | undefined {
    return this.#fail.one(id);
  }

  park(id: number, reason: string): number {
    return this.#park.run(id, reason);
  }

  forget(conversation: number): void {
    this.#forget.run(conversation);
  }

  /** Those that would say something. */
  forgetSpeaking(conversation: number): void {
    this.#forgetSpeaking.run(conversation);
  }

  /** The participant cannot be reached; those who answer them have to know, and their request still has its end. */
  forgetUnreachable(conversation: number): void {
    this.#forgetUnreachable.run(conversation);
  }

  /** The row reached the participant: what it announced counts now. */
  said(row: number, at: number, isReminder: boolean): void {
    this.#said.run(row, at + (isReminder ? SOONEST_AFTER_REMINDER_MS : SOONEST_AFTER_REPLY_MS));
  }

  /** The row will never be said, and so what it announced does not happen. */
  neverSaid(row: number): void {
    this.#neverSaid.run(row);
  }

  /** Sayings of this conversation died unsaid. */
  withdrawn(conversation: number): void {
    this.#withdrawn.run(conversation);
  }

  /** The participant wrote before a reminder was said: it stays unsaid, and the one after it counts all the same. */
  answered(conversation: number): void {
    this.#answered.run(conversation);
  }
}
