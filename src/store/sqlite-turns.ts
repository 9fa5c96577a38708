import type { PackedResult, TurnKey } from './sqlite-calls.ts';
import type { SqliteContext } from './sqlite-context.ts';
import { DONE, PARKED, WAITING } from './sqlite-inbox.ts';
import type { SqliteOutbox } from './sqlite-outbox.ts';
import { TurnLost } from './store.ts';

/** What a turn leaves behind, whether it went well or not. */
export class SqliteTurns {
  readonly #context: SqliteContext;
  readonly #outbox: SqliteOutbox;
  readonly #settleMessage;
  readonly #settleReminder;
  readonly #save;
  readonly #erase;
  readonly #remind;
  readonly #forgetReminders;
  readonly #failMessage;
  readonly #failReminder;
  readonly #parkReminder;
  readonly #bump;
  readonly #removeInbox;

  constructor(context: SqliteContext, outbox: SqliteOutbox) {
    this.#context = context;
    this.#outbox = outbox;
    this.#settleMessage = context.query(
      `UPDATE inbox SET state = ?2, reason = ?3, failures = failures + ?4 WHERE id = ?1 AND state = ${WAITING}`,
    );
    this.#settleReminder = context.query('DELETE FROM reminder WHERE id = ?1 AND parked IS NULL');
    this.#save = context.query(
      `UPDATE conversation SET session = ?3, version = version + 1, verdict = ?4, requirement = ?5, owner = ?6,
        asking = ?7, since = ?8, flow_hash = ?9, contacted_at = ifnull(?10, contacted_at)
        WHERE id = ?1 AND version = ?2`,
    );
    this.#erase = context.query(
      `UPDATE conversation SET session = NULL, version = version + 1, verdict = NULL, requirement = NULL,
        owner = NULL, asking = NULL, since = NULL, flow_hash = NULL WHERE id = ?1 AND version = ?2`,
    );
    this.#remind = context.query(
      'INSERT OR REPLACE INTO reminder (conversation, requirement, due_at, armed_by) VALUES (?1, ?2, ?3, ?4)',
    );
    this.#forgetReminders = context.query('DELETE FROM reminder WHERE conversation = ?1');
    this.#failMessage = context.query<{ failures: number }>(
      'UPDATE inbox SET failures = failures + 1, reason = ?2 WHERE id = ?1 RETURNING failures',
    );
    this.#failReminder = context.query<{ failures: number }>(
      'UPDATE reminder SET failures = failures + 1 WHERE id = ?1 RETURNING failures',
    );
    this.#parkReminder = context.query(
      'UPDATE reminder SET parked = ?2, failures = failures + 1 WHERE id = ?1 AND parked IS NULL',
    );
    this.#bump = context.query(
      'UPDATE conversation SET version = version + 1 WHERE id = ?1 AND version = ?2',
    );
    this.#removeInbox = context.query(`DELETE FROM inbox WHERE conversation = ?1 AND state <> ${WAITING}`);
  }

  finish(turn: TurnKey, result: PackedResult): void {
    const settled =
      turn.source === 'inbox'
        ? this.#settleMessage.run(turn.id, DONE, null, 0)
        : this.#settleReminder.run(turn.id);
    if (settled === 0) throw lost(turn);
    this.#write(turn, result);
    this.#handBack(turn);
  }

  fail(turn: TurnKey, reason: string): number {
    const row =
      turn.source === 'inbox' ? this.#failMessage.one(turn.id, reason) : this.#failReminder.one(turn.id);
    this.#context.afterCommit(() => this.#context.waiting.release(turn.conversation));
    return row?.failures ?? 0;
  }

  park(turn: TurnKey, reason: string, result: PackedResult | null): void {
    const settled =
      turn.source === 'inbox'
        ? this.#settleMessage.run(turn.id, PARKED, reason, 1)
        : this.#parkReminder.run(turn.id, reason);
    if (settled === 0) throw lost(turn);
    if (result !== null) this.#write(turn, result);
    else if (this.#bump.run(turn.conversation, turn.sessionVersion) === 0) throw lost(turn);
    this.#handBack(turn);
  }

  #write(turn: TurnKey, result: PackedResult): void {
    const { conversation } = turn;
    const written = result.erase
      ? this.#erase.run(conversation, turn.sessionVersion)
      : this.#saveSession(turn, result);
    if (written === 0) throw lost(turn);
    if (result.withdrawUnsent) this.#outbox.withdraw(conversation);
    if (result.forgetReminders || result.erase) this.#forgetReminders.run(conversation);
    if (result.erase) {
      // Messages still waiting came after the wish to erase: they begin a new conversation.
      this.#removeInbox.run(conversation);
      this.#outbox.erase(conversation);
    }
    this.#outbox.add(conversation, turn.channel, result.outgoing, turn.at, result.erase);
    if (result.erase) this.#outbox.removeIfEmpty(conversation);
    else this.#armReminders(conversation, result);
  }

  #saveSession(turn: TurnKey, { session, projection }: PackedResult): number {
    return this.#save.run(
      turn.conversation,
      turn.sessionVersion,
      session,
      projection.verdict,
      projection.requirement,
      projection.owner,
      projection.asking,
      projection.since,
      projection.flowHash,
      turn.source === 'inbox' ? turn.at : null,
    );
  }

  #armReminders(conversation: number, result: PackedResult): void {
    for (const { requirement, dueAt, armedBy } of result.remind) {
      this.#remind.run(conversation, requirement, dueAt, armedBy);
    }
  }

  #handBack(turn: TurnKey): void {
    const { waiting } = this.#context;
    this.#context.afterCommit(() => {
      if (turn.source === 'inbox') waiting.remove(turn.conversation, turn.id);
      waiting.release(turn.conversation);
    });
  }
}

function lost(turn: TurnKey): TurnLost {
  return new TurnLost(
    `Cannot finish turn ${turn.source} ${turn.id}: its conversation was written since the claim`,
  );
}
