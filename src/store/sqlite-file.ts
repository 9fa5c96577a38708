import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { resultCode } from './sqlite-failure.ts';
import { migrate } from './sqlite-migrations.ts';
import { Scrubber } from './sqlite-scrub.ts';
import { StoreUnusable } from './store.ts';

/** How long a starting process waits for one that is just stopping. */
const WAIT_FOR_LOCK_MS = 1_500;
/** WAL pages after which `checkpoint` has work to do; docs/decisions/0017-store-on-which-thread.md has the measurements. */
const CHECKPOINT_PAGES = 1_000;
/** If it does not come to that, a COMMIT does it itself, and everybody waits. */
const BACKSTOP_PAGES = 4_000;
/** SQLite's name for a store that forgets. */
export const MEMORY = ':memory:';

/** The data file, open for this process alone. */
export class DataFile {
  readonly database: DatabaseSync;
  readonly #scrubber: Scrubber | null;
  readonly #pageBytes: number;
  readonly #logged: StatementSync;

  /** @throws {StoreUnusable} when another process has it, when it is damaged, not Pandu's, or from a newer Pandu */
  constructor(path: string) {
    let database: DatabaseSync | null = null;
    try {
      if (path !== MEMORY) makePrivate(path);
      database = new DatabaseSync(path, { timeout: WAIT_FOR_LOCK_MS, enableForeignKeyConstraints: true });
      settle(database);
      if (path !== MEMORY) checkWhole(database, path);
      migrate(database, path);
      this.#scrubber = path === MEMORY ? null : new Scrubber(path);
      this.#pageBytes = Number(database.prepare('PRAGMA page_size').get()!.page_size);
      // It only counts; a SQLite before 3.51 would do a checkpoint each time, which is as correct.
      this.#logged = database.prepare('PRAGMA wal_checkpoint(NOOP)');
      this.database = database;
      // What an erasure left behind when a crash came between goes now.
      for (let at: number | null = 0; at !== null; ) at = this.removeTraces(at);
    } catch (error) {
      database?.close();
      throw unusable(error, path);
    }
  }

  /**
   * What was deleted leaves the log, and the unused parts of the file too, one slice of the file in each call, so that
   * others can work in between. Each slice needs the log empty and no page remembered: both would bring it back.
   *
   * @returns where the next slice begins, null when this was the last
   */
  removeTraces(at: number): number | null {
    this.emptyLog();
    if (this.#scrubber === null) return null;
    this.database.exec('PRAGMA shrink_memory');
    return this.#scrubber.slice(at, this.#pageBytes);
  }

  /**
   * Copies a long log into the file. Takes as long as several commits: for the moment when nobody waits for an answer.
   * Where it fails, the log stays as it is, and so does everything that was committed.
   */
  checkpoint(): void {
    try {
      if (Number(this.#logged.get()!.log) >= CHECKPOINT_PAGES) {
        this.database.exec('PRAGMA wal_checkpoint(PASSIVE)');
      }
    } catch {
      // The disk may be full just now: it stays due.
    }
  }

  emptyLog(): void {
    this.database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.database.close();
    this.#scrubber?.close();
  }
}

/** The folder is for its owner only, and so is the file; SQLite gives the log the mode of the file. */
function makePrivate(path: string): void {
  const folder = dirname(resolve(path));
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  }
  // Never open a file that exists: closing it again would drop the locks this process may hold on it.
  if (existsSync(path)) return;
  closeSync(openSync(path, 'wx', 0o600));
  chmodSync(path, 0o600);
}

function settle(database: DatabaseSync): void {
  // EXCLUSIVE before the first access: the lock is the process's until it ends, however it ends, and no second
  // process can read pages that an erasure is about to remove.
  database.exec('PRAGMA locking_mode=EXCLUSIVE');
  database.exec('PRAGMA journal_mode=WAL');
  database.exec('PRAGMA synchronous=FULL');
  database.exec('PRAGMA secure_delete=ON');
  database.exec('PRAGMA temp_store=MEMORY');
  database.exec('PRAGMA cache_size=-16000');
  database.exec(`PRAGMA wal_autocheckpoint=${BACKSTOP_PAGES}`);
  database.exec('BEGIN IMMEDIATE; COMMIT');
}

function checkWhole(database: DatabaseSync, path: string): void {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found !== 'ok') throw damaged(path, String(found));
}

function damaged(path: string, detail: string, cause?: unknown): StoreUnusable {
  return new StoreUnusable(
    `The data file ${path} is damaged (${detail}). Move it and ${path}-wal aside, put your newest backup in its place and start again.`,
    { cause },
  );
}

/** SQLite's primary result codes. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

function unusable(error: unknown, path: string): unknown {
  if (error instanceof StoreUnusable || !(error instanceof Error)) return error;
  const code = resultCode(error);
  switch (code) {
    case BUSY:
    case LOCKED:
      return new StoreUnusable(
        `Another process is using the data file ${path}. Stop it first, or give this one a DATA_DIR of its own.`,
        { cause: error },
      );
    case CORRUPT:
    case NOTADB:
      return damaged(path, error.message, error);
    case FULL:
      return new StoreUnusable(`The disk that holds ${path} is full. Free some space and start again.`, {
        cause: error,
      });
    case READONLY:
    case CANTOPEN:
      return new StoreUnusable(
        `The data file ${path} cannot be opened for writing. Check that its folder exists and belongs to the user that runs Pandu.`,
        { cause: error },
      );
    default:
      return fileSystemFault(error, path);
  }
}

function fileSystemFault(error: Error, path: string): unknown {
  if (!('code' in error) || typeof error.code !== 'string' || !error.code.startsWith('E')) return error;
  if (error.code.startsWith('ERR_')) return error;
  return new StoreUnusable(
    `The data file ${path} cannot be made (${error.code}). Check DATA_DIR and who may write there.`,
    { cause: error },
  );
}
