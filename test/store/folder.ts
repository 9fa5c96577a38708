import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';

/** A folder of this test file's own, gone when it is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pandu-store-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * The bytes of a data file and its log, read by another process: closing a file that this one has open would drop
 * the locks it holds on it.
 */
export function bytesOf(path: string): Buffer {
  const folder = join(path, '..');
  const names = readdirSync(folder).filter((name) => join(folder, name).startsWith(path));
  return execFileSync(
    'cat',
    names.map((name) => join(folder, name)),
    { maxBuffer: 512 * 1024 * 1024 },
  );
}

export async function refusal(path: string): Promise<Error> {
  try {
    const store = await openSqliteStore({ path });
    await store.close();
  } catch (error) {
    return error as Error;
  }
  throw new Error(`${path} was opened`);
}
