import { readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { StoreUnusable } from './store.ts';

/** In their order; the number a file reached is its `user_version`. Never edited once released. */
const MIGRATIONS = [
  '0001-inbox-to-outbox.sql',
  '0002-account-and-names.sql',
  '0003-reminders-once-said.sql',
  '0004-requests.sql',
  '0005-provider.sql',
];

/** "PNDU": tells Pandu's files from others. */
const APPLICATION_ID = 0x504e4455;

/**
 * Brings the file to the newest schema, each step in a transaction of its own, so that a crash leaves it between
 * two steps and the next start goes on from there.
 *
 * @throws {StoreUnusable} when the file is not Pandu's, or was written by a newer Pandu
 */
export function migrate(database: DatabaseSync, path: string): void {
  const reached = pragma(database, 'user_version');
  const application = pragma(database, 'application_id');
  if (application !== APPLICATION_ID && (reached !== 0 || tables(database) > 0)) {
    throw new StoreUnusable(
      `${path} is a database, but not one of Pandu's. Give Pandu a DATA_DIR of its own.`,
    );
  }
  if (reached > MIGRATIONS.length) {
    throw new StoreUnusable(
      `The data file ${path} was written by a newer Pandu (schema ${reached}, this one knows ${MIGRATIONS.length}). Start that version again, or restore a backup from before the update.`,
    );
  }
  for (const [index, name] of MIGRATIONS.entries()) {
    if (index >= reached) apply(database, name, index + 1);
  }
}

function apply(database: DatabaseSync, name: string, number: number): void {
  const sql = readFileSync(new URL(`migrations/sqlite/${name}`, import.meta.url), 'utf8');
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(sql);
    database.exec(`PRAGMA application_id=${APPLICATION_ID}; PRAGMA user_version=${number}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function tables(database: DatabaseSync): number {
  return Number(database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count);
}
