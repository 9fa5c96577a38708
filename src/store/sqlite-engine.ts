import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Call, type CallName, type Outcome, type SqliteCalls, WRITING_CALLS } from './sqlite-calls.ts';
import { SqliteContext } from './sqlite-context.ts';
import { failureOf, revive } from './sqlite-failure.ts';
import type { DataFile } from './sqlite-file.ts';
import { SqliteInbox } from './sqlite-inbox.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteReading } from './sqlite-reading.ts';
import { SqliteRetention } from './sqlite-retention.ts';
import { SqliteTurns } from './sqlite-turns.ts';

/** Carries out batches of calls on the data file, on whichever thread it was made. */
export class SqliteEngine {
  readonly #file: DataFile;
  readonly #database: DatabaseSync;
  readonly #context: SqliteContext;
  readonly #calls: SqliteCalls;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  readonly #rollbackTo: StatementSync;

  constructor(file: DataFile) {
    this.#file = file;
    this.#database = file.database;
    this.#begin = this.#database.prepare('BEGIN IMMEDIATE');
    this.#commit = this.#database.prepare('COMMIT');
    this.#rollback = this.#database.prepare('ROLLBACK');
    this.#savepoint = this.#database.prepare('SAVEPOINT call');
    this.#release = this.#database.prepare('RELEASE call');
    this.#rollbackTo = this.#database.prepare('ROLLBACK TO call');
    this.#begin.run();
    this.#context = new SqliteContext(this.#database);
    this.#calls = callsOn(this.#context, file);
    this.#commit.run();
    this.#settle();
  }

  /**
   * Carries out `calls`: the writing ones in one transaction, then the reading ones, which so never see what is not
   * durable. A call that fails does not spoil the others.
   */
  run(calls: readonly Call[]): Outcome[] {
    const outcomes: Outcome[] = new Array(calls.length);
    const writing: number[] = [];
    for (const [index, call] of calls.entries()) if (WRITING_CALLS.has(call[0])) writing.push(index);
    if (writing.length > 0) this.#write(calls, writing, outcomes);
    for (const [index, call] of calls.entries()) outcomes[index] ??= this.#attempt(call);
    return outcomes;
  }

  close(): void {
    this.#file.close();
  }

  /**
   * Hardly any call ever fails, and a savepoint around each costs a copy of every page it touches. So first without:
   * if a call fails, nothing of that stays, and all are carried out again, each on a savepoint of its own.
   */
  #write(calls: readonly Call[], writing: readonly number[], outcomes: Outcome[]): void {
    try {
      if (this.#writeTogether(calls, writing, outcomes) || this.#writeApart(calls, writing, outcomes))
        this.#settle();
    } catch (error) {
      // Nothing of the batch is in the file, also not the calls that had gone well.
      this.#undo();
      for (const index of writing) outcomes[index] = [false, failureOf(error)];
    }
  }

  #writeTogether(calls: readonly Call[], writing: readonly number[], outcomes: Outcome[]): boolean {
    this.#begin.run();
    for (const index of writing) {
      const outcome = this.#attempt(calls[index]!);
      outcomes[index] = outcome;
      if (outcome[0]) continue;
      this.#undo();
      return false;
    }
    this.#commit.run();
    return true;
  }

  /** @throws when the whole transaction is lost, as SQLite decides on some faults of the disk */
  #writeApart(calls: readonly Call[], writing: readonly number[], outcomes: Outcome[]): boolean {
    this.#begin.run();
    for (const index of writing) {
      const mark = this.#context.mark;
      this.#savepoint.run();
      const outcome = this.#attempt(calls[index]!);
      outcomes[index] = outcome;
      if (!outcome[0]) {
        if (!this.#database.isTransaction) throw revive(outcome[1]);
        this.#rollbackTo.run();
        this.#context.forget(mark);
      }
      this.#release.run();
    }
    this.#commit.run();
    return true;
  }

  #undo(): void {
    this.#context.forget(0);
    if (this.#database.isTransaction) this.#rollback.run();
  }

  #attempt([name, args]: Call): Outcome {
    try {
      const call = this.#calls[name] as (...args: readonly unknown[]) => unknown;
      return [true, call(...args)];
    } catch (error) {
      return [false, failureOf(error)];
    }
  }

  /**
   * After a commit memory follows. What an erasure leaves in the file is removed by `removeTraces`, before anybody is
   * told that it is done; the last words that tell it hold nothing of the participant but the address.
   */
  #settle(): void {
    this.#context.committed();
    if (!this.#context.logHoldsAddress) return;
    try {
      this.#file.emptyLog();
      this.#context.logHoldsAddress = false;
    } catch {
      // The disk may be full just now: it stays due, and opening the file does it as well.
    }
  }
}

function callsOn(context: SqliteContext, file: DataFile): { readonly [Name in CallName]: SqliteCalls[Name] } {
  const inbox = new SqliteInbox(context);
  const outbox = new SqliteOutbox(context);
  const turns = new SqliteTurns(context, outbox);
  const reading = new SqliteReading(context);
  const retention = new SqliteRetention(context, outbox);
  return {
    receive: (incoming, at, cursor) => inbox.receive(incoming, at, cursor),
    claimTurns: (now, limit) => inbox.claimTurns(now, limit),
    releaseTurns: (claimed) => inbox.releaseTurns(claimed),
    cursor: (name) => inbox.cursor(name),
    nextReminderAt: () => inbox.nextReminderAt(),
    finishTurn: (turn, result) => turns.finish(turn, result),
    failTurn: (turn, reason) => turns.fail(turn, reason),
    parkTurn: (turn, reason, result) => turns.park(turn, reason, result),
    claimOutgoing: (channel, now, limit) => outbox.claim(channel, now, limit),
    markSent: (id, platformId, at) => outbox.markSent(id, platformId, at),
    markFailed: (id, reason, retryAt) => outbox.markFailed(id, reason, retryAt),
    markUnknown: (id, reason, resolveAt, givenUpAt) => outbox.markUnknown(id, reason, resolveAt, givenUpAt),
    markUnreachable: (address) => outbox.markUnreachable(address),
    nextOutgoingAt: (channel) => outbox.nextAt(channel),
    history: (address, afterId, limit) => reading.history(address, afterId, limit),
    knownPlatformIds: (address) => reading.knownPlatformIds(address),
    remindAll: (channel, reminder, contactedSince) => turns.remindAll(channel, reminder, contactedSince),
    removeTraces: (at) => file.removeTraces(at),
    forgetOld: (forgetting) => retention.forgetOld(forgetting),
    parked: () => reading.parked(),
    depths: () => reading.depths(),
  };
}
