import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { Waiting } from './waiting.ts';

/** What the parts of the SQLite store share: the open file, and what lives in memory beside it. */
export class SqliteContext {
  readonly database: DatabaseSync;
  readonly waiting = new Waiting();
  /** Makes the hashes of `seen` useless for finding out elsewhere who wrote. */
  readonly salt: Uint8Array;
  #lastId: number;
  #afterCommit: (() => void)[] = [];
  /** What the running transaction received, and how much of it `announce` has shown already. */
  #received: { readonly conversation: number; readonly event: number }[] = [];
  #announced = 0;
  /** The address of somebody whose last words are said is deleted, but still in the log. */
  logHoldsAddress = false;

  constructor(database: DatabaseSync) {
    this.database = database;
    this.salt = this.#keptSalt();
    this.#lastId = this.query<{ last: number }>(
      `SELECT max((SELECT ifnull(max(id), 0) FROM inbox), (SELECT ifnull(max(id), 0) FROM outbox),
        (SELECT ifnull(max(id), 0) FROM conversation),
        (SELECT ifnull(max(value), 0) FROM setting WHERE name = 'last id')) AS last`,
    ).one()!.last;
  }

  query<Row>(sql: string): Query<Row> {
    return new Query<Row>(this.database, sql);
  }

  /** A query whose rows are tuples in the order of its columns. */
  rows<Row extends readonly unknown[]>(sql: string): Query<Row> {
    return new Query<Row>(this.database, sql, { tuples: true });
  }

  /** The next id of the one sequence. A rolled back transaction leaves a gap; nothing depends on there being none. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Must be called by whoever deletes rows with such ids: the highest of them is then known from nowhere else. */
  keepLastId(): void {
    this.query(`INSERT INTO setting (name, value) VALUES ('last id', ?1)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value`).run(this.#lastId);
  }

  /** Memory follows the file: `action` happens once the running transaction is durable, or never. */
  afterCommit(action: () => void): void {
    this.#afterCommit.push(action);
  }

  /** The event waits from the commit on, or from `announce`. */
  received(conversation: number, event: number): void {
    this.#received.push({ conversation, event });
  }

  /**
   * Lets what was received be claimed while its commit is on its way: nothing decided on it can be durable before. If
   * the commit fails it waits no longer, and its turn is lost when it comes to be finished.
   */
  announce(): void {
    const { waiting } = this;
    for (; this.#announced < this.#received.length; this.#announced += 1) {
      const { conversation, event } = this.#received[this.#announced]!;
      waiting.add(conversation, event);
    }
  }

  /** What is pending; `forget(mark)` drops what was added since, as a rolled back savepoint must. */
  get mark(): Mark {
    return { actions: this.#afterCommit.length, received: this.#received.length };
  }

  forget(mark: Mark = NOTHING): void {
    this.#afterCommit.length = mark.actions;
    for (const { conversation, event } of this.#received.slice(mark.received, this.#announced)) {
      this.waiting.remove(conversation, event);
    }
    this.#received.length = mark.received;
    this.#announced = Math.min(this.#announced, mark.received);
  }

  committed(): void {
    this.announce();
    this.#received = [];
    this.#announced = 0;
    const actions = this.#afterCommit;
    this.#afterCommit = [];
    for (const action of actions) action();
  }

  #keptSalt(): Uint8Array {
    const kept = this.query<{ value: Uint8Array }>(`SELECT value FROM setting WHERE name = 'salt'`).one();
    if (kept !== undefined) return kept.value;
    const salt = randomBytes(32);
    this.query(`INSERT INTO setting (name, value) VALUES ('salt', ?1)`).run(salt);
    return salt;
  }
}

type Mark = { readonly actions: number; readonly received: number };
const NOTHING: Mark = { actions: 0, received: 0 };

/** One prepared statement whose rows have a known shape. */
export class Query<Row> {
  readonly #statement;

  constructor(database: DatabaseSync, sql: string, options: { readonly tuples?: boolean } = {}) {
    this.#statement = database.prepare(sql);
    if (options.tuples === true) this.#statement.setReturnArrays(true);
  }

  one(...values: SQLInputValue[]): Row | undefined {
    return this.#statement.get(...values) as Row | undefined;
  }

  all(...values: SQLInputValue[]): Row[] {
    return this.#statement.all(...values) as Row[];
  }

  each(...values: SQLInputValue[]): Iterable<Row> {
    return this.#statement.iterate(...values) as unknown as Iterable<Row>;
  }

  /** @returns how many rows were changed */
  run(...values: SQLInputValue[]): number {
    return Number(this.#statement.run(...values).changes);
  }
}
