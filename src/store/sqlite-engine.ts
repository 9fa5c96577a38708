import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SqliteAccount } from './sqlite-account.ts';
import {
  type Call,
  type CallName,
  CLAIMING_CALLS,
  type EarlyOutcome,
  type Outcome,
  type SqliteCalls,
  WRITING_CALLS,
} from './sqlite-calls.ts';
import { SqliteContext } from './sqlite-context.ts';
import { failureOf, revive } from './sqlite-failure.ts';
import type { DataFile } from './sqlite-file.ts';
import { SqliteInbox } from './sqlite-inbox.ts';
import { SqliteNames } from './sqlite-names.ts';
import { SqliteOutbox } from './sqlite-outbox.ts';
import { SqliteReading } from './sqlite-reading.ts';
import { SqliteReminders } from './sqlite-reminders.ts';
import { SqliteRequests } from './sqlite-requests.ts';
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
  /** What was begun and is not committed yet. */
  #batch: Call[] = [];
  #outcomes: Outcome[] = [];
  #isWriting = false;
  #hasFailed = false;

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

  /** The first part of a batch: its writing calls are carried out, the rest of them and the commit come with `run`. */
  begin(calls: readonly Call[]): void {
    const from = this.#batch.length;
    this.#batch.push(...calls);
    if (!this.#hasFailed) this.#writeOn(from);
  }

  /**
   * Carries out `calls` and what `begin` began: the writing ones in one transaction, then the reading ones, which so
   * never see what is not durable. A call that fails does not spoil the others.
   *
   * @param tellEarly is told what can be told before the commit: those who asked go on while the disk is waited for
   */
  run(calls: readonly Call[], tellEarly: (early: readonly EarlyOutcome[]) => void): Outcome[] {
    this.begin(calls);
    const batch = this.#batch;
    const outcomes = this.#outcomes;
    this.#batch = [];
    this.#outcomes = [];
    this.#write(batch, outcomes, tellEarly);
    for (const [index, call] of batch.entries()) outcomes[index] ??= this.#attempt(call);
    return outcomes;
  }

  /** For the moment after everybody was answered. */
  checkpoint(): void {
    this.#file.checkpoint();
  }

  close(): void {
    this.#file.close();
  }

  /**
   * Hardly any call ever fails, and a savepoint around each costs a copy of every page it touches. So first without:
   * if a call fails, nothing of that stays, and all are carried out again, each on a savepoint of its own.
   */
  #writeOn(from: number): void {
    try {
      for (let index = from; index < this.#batch.length; index += 1) {
        const call = this.#batch[index]!;
        if (!WRITING_CALLS.has(call[0])) continue;
        if (!this.#isWriting) this.#begin.run();
        this.#isWriting = true;
        const outcome = this.#attempt(call);
        this.#outcomes[index] = outcome;
        if (!outcome[0]) return this.#giveUp();
      }
    } catch {
      this.#giveUp();
    }
  }

  /** The rest is not even begun: all of it is carried out once more. */
  #giveUp(): void {
    this.#undo();
    this.#hasFailed = true;
  }

  #write(
    batch: readonly Call[],
    outcomes: Outcome[],
    tellEarly: (early: readonly EarlyOutcome[]) => void,
  ): void {
    const isWriting = this.#isWriting;
    const hasFailed = this.#hasFailed;
    this.#isWriting = false;
    this.#hasFailed = false;
    if (!isWriting && !hasFailed) return;
    try {
      if (hasFailed) this.#writeApart(batch, outcomes);
      else {
        const early = this.#claim(batch, outcomes);
        if (early.length > 0) tellEarly(early);
        this.#commit.run();
      }
      this.#settle();
    } catch (error) {
      // Nothing of the batch is in the file, also not the calls that had gone well.
      this.#undo();
      for (const [index, [name]] of batch.entries())
        if (WRITING_CALLS.has(name)) outcomes[index] = [false, failureOf(error)];
    }
  }

  /** @throws when the whole transaction is lost */
  #claim(batch: readonly Call[], outcomes: Outcome[]): EarlyOutcome[] {
    const early: EarlyOutcome[] = [];
    for (const [place, call] of batch.entries()) {
      if (!CLAIMING_CALLS.has(call[0])) continue;
      this.#context.announce();
      const outcome = this.#attempt(call);
      if (!outcome[0] && !this.#database.isTransaction) throw revive(outcome[1]);
      early.push([place, outcome]);
      outcomes[place] = TOLD;
    }
    return early;
  }

  /** @throws when the whole transaction is lost, as SQLite decides on some faults of the disk */
  #writeApart(batch: readonly Call[], outcomes: Outcome[]): void {
    this.#begin.run();
    for (const [index, call] of batch.entries()) {
      if (!WRITING_CALLS.has(call[0])) continue;
      const mark = this.#context.mark;
      this.#savepoint.run();
      const outcome = this.#attempt(call);
      outcomes[index] = outcome;
      if (!outcome[0]) {
        if (!this.#database.isTransaction) throw revive(outcome[1]);
        this.#rollbackTo.run();
        this.#context.forget(mark);
      }
      this.#release.run();
    }
    this.#commit.run();
  }

  #undo(): void {
    this.#context.forget();
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

/** Stands for an outcome that was told early. */
const TOLD: Outcome = [true, null];

function callsOn(context: SqliteContext, file: DataFile): { readonly [Name in CallName]: SqliteCalls[Name] } {
  const reminders = new SqliteReminders(context);
  const outbox = new SqliteOutbox(context, reminders);
  const names = new SqliteNames(context, outbox);
  const requests = new SqliteRequests(context, outbox);
  const inbox = new SqliteInbox(context, names, reminders, requests);
  const account = new SqliteAccount(context, inbox);
  const turns = new SqliteTurns(context, outbox, names, reminders, requests);
  const reading = new SqliteReading(context);
  const retention = new SqliteRetention(context, outbox, requests);
  return {
    receive: (incoming, at, cursor) => inbox.receive(incoming, at, cursor),
    claimTurns: (now, limit) => inbox.claimTurns(now, limit),
    releaseTurns: (claimed) => inbox.releaseTurns(claimed),
    cursor: (name) => inbox.cursor(name),
    wasReceived: (message) => inbox.wasReceived(message),
    readAccount: (channel, kind, ids) => account.read(channel, kind, ids),
    changeAccount: (channel, change, at) => account.change(channel, change, at),
    clearAccount: (channel) => account.clear(channel),
    nextReminderAt: (now) => reminders.nextAt(now),
    finishTurn: (turn, result) => turns.finish(turn, result),
    failTurn: (turn, reason) => turns.fail(turn, reason),
    parkTurn: (turn, reason, result) => turns.park(turn, reason, result),
    claimOutgoing: (channel, now, limit) => outbox.claim(channel, now, limit),
    markSent: (id, platformId, at) => outbox.markSent(id, platformId, at),
    markFailed: (id, reason, retryAt) => outbox.markFailed(id, reason, retryAt),
    markUnknown: (id, reason, resolveAt, givenUpAt) => outbox.markUnknown(id, reason, resolveAt, givenUpAt),
    markUnreachable: (address) => outbox.markUnreachable(address),
    outgoing: (channel, id) => reading.outgoing(channel, id),
    requests: () => requests.open(),
    topic: (conversation) => requests.topic(conversation),
    keepTopic: (conversation, topic) => requests.keepTopic(conversation, topic),
    nextOutgoingAt: (channel) => outbox.nextAt(channel),
    history: (address, afterId, limit) => reading.history(address, afterId, limit),
    knownPlatformIds: (address) => reading.knownPlatformIds(address),
    remindAll: (channel, reminder, contactedSince) => reminders.armAll(channel, reminder, contactedSince),
    removeTraces: (at) => file.removeTraces(at),
    forgetOld: (forgetting) => retention.forgetOld(forgetting),
    parked: () => reading.parked(),
    bottlenecks: (at) => reading.bottlenecks(at),
    depths: () => reading.depths(),
  };
}
