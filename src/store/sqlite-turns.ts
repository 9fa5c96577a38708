import type { SqliteContext } from './sqlite-context.ts';
import { DONE, PARKED, WAITING } from './sqlite-inbox.ts';
import type { SqliteNames } from './sqlite-names.ts';
import type { SqliteOutbox } from './sqlite-outbox.ts';
import { FORGETS_NAMES, type SqliteReminders } from './sqlite-reminders.ts';
import type { SqliteRequests } from './sqlite-requests.ts';
import type { ResultValues, SessionValues, TurnKey } from './sqlite-rows.ts';
import { TurnLost } from './store.ts';

/** What a turn leaves behind, whether it went well or not. */
export class SqliteTurns {
  readonly #context: SqliteContext;
  readonly #outbox: SqliteOutbox;
  readonly #names: SqliteNames;
  readonly #reminders: SqliteReminders;
  readonly #requests: SqliteRequests;
  readonly #settleMessage;
  readonly #save;
  readonly #erase;
  readonly #failMessage;
  readonly #bump;
  readonly #removeInbox;
  readonly #forgetWords;
  readonly #eraseOther;
  readonly #waitingBefore;
  readonly #removeInboxBefore;

  constructor(
    context: SqliteContext,
    outbox: SqliteOutbox,
    names: SqliteNames,
    reminders: SqliteReminders,
    requests: SqliteRequests,
  ) {
    this.#context = context;
    this.#outbox = outbox;
    this.#names = names;
    this.#reminders = reminders;
    this.#requests = requests;
    this.#settleMessage = context.query(
      `UPDATE inbox SET state = ?2, reason = ?3, failures = failures + ?4 WHERE id = ?1 AND state = ${WAITING}`,
    );
    this.#save = context.query(
      `UPDATE conversation SET session = ?3, version = version + 1, verdict = ?4, requirement = ?5, owner = ?6,
        asking = ?7, since = ?8, flow_hash = ?9, provider = ?10, contacted_at = ifnull(?11, contacted_at)
        WHERE id = ?1 AND version = ?2`,
    );
    const erase = `UPDATE conversation SET session = NULL, version = version + 1, verdict = NULL, requirement = NULL,
      owner = NULL, asking = NULL, since = NULL, flow_hash = NULL, provider = NULL WHERE id = ?1`;
    this.#erase = context.query(`${erase} AND version = ?2`);
    this.#eraseOther = context.query(erase);
    this.#waitingBefore = context.query<{ id: number }>(
      `SELECT id FROM inbox WHERE conversation = ?1 AND id < ?2 AND state = ${WAITING} AND state <> ${DONE}`,
    );
    this.#removeInboxBefore = context.query(
      `DELETE FROM inbox WHERE conversation = ?1 AND (state <> ${WAITING} OR id < ?2)`,
    );
    this.#failMessage = context.query<{ failures: number }>(
      'UPDATE inbox SET failures = failures + 1, reason = ?2 WHERE id = ?1 RETURNING failures',
    );
    this.#bump = context.query(
      'UPDATE conversation SET version = version + 1 WHERE id = ?1 AND version = ?2',
    );
    this.#forgetWords = context.query(
      `UPDATE inbox SET text = '[nama]' WHERE conversation = ?1 AND received_at >= ?2
        AND state <> ${WAITING} AND text <> ''`,
    );
    this.#removeInbox = context.query(`DELETE FROM inbox WHERE conversation = ?1 AND state <> ${WAITING}`);
  }

  finish(turn: TurnKey, result: ResultValues): void {
    const [id, source] = turn;
    const settled =
      source === 'inbox' ? this.#settleMessage.run(id, DONE, null, 0) : this.#reminders.settle(id);
    if (settled === 0) throw lost(turn);
    this.#write(turn, result);
    this.#handBack(turn);
  }

  fail([id, source, conversation]: TurnKey, reason: string): number {
    const row = source === 'inbox' ? this.#failMessage.one(id, reason) : this.#reminders.fail(id);
    this.#context.afterCommit(() => this.#context.waiting.release(conversation));
    return row?.failures ?? 0;
  }

  park(turn: TurnKey, reason: string, result: ResultValues | null): void {
    const [id, source, conversation, version] = turn;
    const settled =
      source === 'inbox' ? this.#settleMessage.run(id, PARKED, reason, 1) : this.#reminders.park(id, reason);
    if (settled === 0) throw lost(turn);
    if (result !== null) this.#write(turn, result);
    else if (this.#bump.run(conversation, version) === 0) throw lost(turn);
    this.#handBack(turn);
  }

  #write(turn: TurnKey, result: ResultValues): void {
    const [, source, conversation, version, channel, at] = turn;
    const [
      session,
      outgoing,
      remind,
      forgetReminders,
      forgetWordsSince,
      withdrawUnsent,
      erase,
      request,
      posts,
    ] = result;
    const written = erase ? this.#erase.run(conversation, version) : this.#saveSession(turn, session);
    if (written === 0) throw lost(turn);
    if (withdrawUnsent) this.#outbox.withdraw(conversation);
    if (source === 'inbox') this.#outbox.participantWrote(conversation, at);
    if (forgetWordsSince !== null) {
      this.#forgetWords.run(conversation, forgetWordsSince);
      this.#outbox.forgetPassing(conversation);
    }
    if (forgetReminders || erase) this.#reminders.forget(conversation);
    if (erase) {
      // Messages still waiting came after the wish to erase: they begin a new conversation.
      this.#removeInbox.run(conversation);
      this.#outbox.erase(conversation);
      this.#requests.remove(conversation, at);
      this.#eraseOthers(turn);
    }
    const lastSaid = this.#outbox.add(conversation, channel, outgoing, at, erase);
    if (!erase) this.#requests.write(conversation, request, posts, at);
    if (erase) this.#outbox.removeIfEmpty(conversation);
    else if (remind.length > 0) this.#arm(turn, remind, lastSaid);
  }

  /** Who was merged into another conversation is reminded there or not at all: a STOP would be said there as well. */
  #arm([, , conversation, , channel]: TurnKey, reminders: ResultValues[2], lastSaid: number | null): void {
    const isMerged = this.#names.isMerged(channel, conversation);
    for (const reminder of reminders) {
      if (!isMerged || reminder[0] === FORGETS_NAMES) this.#reminders.arm(conversation, reminder, lastSaid);
    }
  }

  /** The names go, and with them whatever else is kept of the participant from before the wish to erase. */
  #eraseOthers([id, source, conversation, , channel, at]: TurnKey): void {
    const before = source === 'inbox' ? id : 0;
    for (const other of this.#names.others(channel, conversation)) {
      const waiting = this.#waitingBefore.all(other, before);
      this.#context.afterCommit(() => {
        for (const event of waiting) this.#context.waiting.remove(other, event.id);
      });
      this.#removeInboxBefore.run(other, before);
      this.#reminders.forget(other);
      this.#eraseOther.run(other);
      this.#outbox.erase(other);
      this.#requests.remove(other, at);
      this.#names.forget(other);
      this.#outbox.removeIfEmpty(other);
    }
    this.#names.forget(conversation);
  }

  #saveSession([, source, conversation, version, , at]: TurnKey, values: SessionValues): number {
    return this.#save.run(conversation, version, ...values, source === 'inbox' ? at : null);
  }

  #handBack([id, source, conversation]: TurnKey): void {
    const { waiting } = this.#context;
    this.#context.afterCommit(() => {
      if (source === 'inbox') waiting.remove(conversation, id);
      waiting.release(conversation);
    });
  }
}

function lost([id, source]: TurnKey): TurnLost {
  return new TurnLost(`Cannot finish ${source} turn ${id}: its conversation was written since the claim`);
}
