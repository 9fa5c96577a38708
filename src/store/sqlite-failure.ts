import { StoreBusy, StoreUnusable, TurnLost } from './store.ts';

/** An error that can cross from one thread to another. */
export type Failure = { readonly name: string; readonly message: string };

/** Primary result codes of SQLite that speak of the disk or the memory, not of what was asked. */
const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_NOMEM = 7;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_PROTOCOL = 15;
const SQLITE_NOTADB = 26;
const NOT_THE_CALLERS_FAULT: ReadonlySet<number> = new Set([
  SQLITE_PERM,
  SQLITE_BUSY,
  SQLITE_LOCKED,
  SQLITE_NOMEM,
  SQLITE_READONLY,
  SQLITE_IOERR,
  SQLITE_CORRUPT,
  SQLITE_FULL,
  SQLITE_CANTOPEN,
  SQLITE_PROTOCOL,
  SQLITE_NOTADB,
]);

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const code = resultCode(error);
  const isOfTheDisk = code !== null && NOT_THE_CALLERS_FAULT.has(code);
  return { name: isOfTheDisk ? 'StoreBusy' : error.name, message: error.message };
}

export function revive({ name, message }: Failure): Error {
  if (name === 'TurnLost') return new TurnLost(message);
  if (name === 'StoreBusy') return new StoreBusy(message);
  if (name === 'StoreUnusable') return new StoreUnusable(message);
  return new Error(message);
}

/** SQLite's primary result code, null when the error is none of SQLite's. */
export function resultCode(error: Error): number | null {
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;
}
