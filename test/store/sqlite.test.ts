import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { storeContract } from './contract.ts';

storeContract('SQLite in memory', { fresh: () => openSqliteStore({ path: ':memory:' }), reopen: null });

const folder = mkdtempSync(join(tmpdir(), 'pandu-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const paths = new WeakMap<Store, string>();

async function open(path: string): Promise<Store> {
  const store = await openSqliteStore({ path });
  paths.set(store, path);
  return store;
}

storeContract('SQLite file', {
  fresh: () => {
    files += 1;
    return open(join(folder, `${files}.db`));
  },
  reopen: async (store) => {
    await store.close();
    return open(paths.get(store)!);
  },
});
