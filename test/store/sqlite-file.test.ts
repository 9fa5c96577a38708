import { randomFillSync } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { openSqliteStore, storeOver } from '../../src/store/sqlite.ts';
import { DataFile } from '../../src/store/sqlite-file.ts';
import { runHere } from '../../src/store/sqlite-thread.ts';
import { type Store, StoreBusy, StoreUnusable, TurnLost } from '../../src/store/store.ts';
import { startChild } from './child.ts';
import { refusal, temporaryFolder } from './folder.ts';
import { claimOne, message, NOON, result, sari, say, talk, textOf } from './samples.ts';

const folder = temporaryFolder();
let files = 0;
function newPath(): string {
  files += 1;
  return join(folder, `${files}.db`);
}

async function filled(path: string, messages = 40): Promise<void> {
  const store = await openSqliteStore({ path });
  for (let number = 0; number < messages; number += 1) {
    await talk(
      store,
      message({ channel: 'telegram', chat: `chat ${number % 7}` }, `pesan ${number} `.repeat(20)),
      {
        outgoing: [say(`balasan ${number} `.repeat(20))],
      },
    );
  }
  await store.close();
}

describe('opening a data file', () => {
  test('S45 keeps folder, file and log for the owner alone, whatever the umask', async () => {
    const before = process.umask(0);
    try {
      const path = join(folder, 'new', 'deep', 'pandu.db');
      const store = await openSqliteStore({ path });
      await store.receive([message(sari, 'halo')], NOON);
      const mode = (name: string) => statSync(name).mode & 0o777;
      expect([mode(join(path, '..')), mode(path), mode(`${path}-wal`)]).toEqual([0o700, 0o600, 0o600]);
      await store.close();
    } finally {
      process.umask(before);
    }
  });

  test('says plainly that a folder cannot be made, or is no file', async () => {
    const blocked = newPath();
    writeFileSync(blocked, '');
    expect(await refusal(join(blocked, 'below', 'pandu.db'))).toBeInstanceOf(StoreUnusable);
    const isFolder = newPath();
    mkdirSync(isFolder);
    const error = await refusal(isFolder);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(error.message).toContain(isFolder);
  });

  test('F14 refuses a file of a newer Pandu and leaves it as it was', async () => {
    const path = newPath();
    await filled(path);
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version=999');
    database.close();
    const before = readFileSync(path);
    const error = await refusal(path);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(error.message).toMatch(/newer Pandu \(schema 999, this one knows \d+\)/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('refuses a database that is not its own', async () => {
    const path = newPath();
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE recipe (name TEXT)');
    database.close();
    expect((await refusal(path)).message).toContain("not one of Pandu's");
  });

  test('F37 refuses what is no database at all', async () => {
    const path = newPath();
    writeFileSync(path, 'Bukan basis data. '.repeat(1_000));
    const error = await refusal(path);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(error.message).toMatch(/damaged.*backup/);
  });

  test('F37 refuses a file that was cut off', async () => {
    const path = newPath();
    await filled(path);
    truncateSync(path, statSync(path).size - 3 * 4096);
    expect((await refusal(path)).message).toMatch(/damaged.*backup/);
  });

  test('F37 refuses a file in which any one page is garbage', async () => {
    const path = newPath();
    await filled(path);
    const whole = readFileSync(path);
    const copy = newPath();
    for (let at = 0; at < whole.length; at += 4096) {
      const broken = Buffer.from(whole);
      randomFillSync(broken, at, 4096);
      writeFileSync(copy, broken);
      expect(() => new DataFile(copy).close(), `page ${at / 4096 + 1}`).toThrow(StoreUnusable);
    }
  });
});

describe('one process per data file', () => {
  test('F39 a second store in this process is refused with a plain sentence', async () => {
    const path = newPath();
    const store = await openSqliteStore({ path });
    const error = await refusal(path);
    expect(error).toBeInstanceOf(StoreUnusable);
    expect(error.message).toMatch(/^Another process is using the data file .*\. Stop it first/);
    expect(await store.receive([message(sari, 'masih bekerja')], NOON)).toBe(1);
    await store.close();
  });

  test('F39 another process is refused, and gets the file as soon as this one closes it', async () => {
    const path = newPath();
    const store = await openSqliteStore({ path });
    const refused = await startChild('hold', path);
    expect(await refused.line()).toMatch(/^StoreUnusable Another process is using/);
    await refused.end();
    expect(await store.receive([message(sari, 'masih bekerja')], NOON)).toBe(1);
    await store.close();
    const next = await startChild('hold', path);
    expect(await next.line()).toBe('open');
    await next.kill();
  });

  test('F39 a killed process leaves the file free at once', async () => {
    const path = newPath();
    const holder = await startChild('hold', path);
    expect(await holder.line()).toBe('open');
    expect(await refusal(path)).toBeInstanceOf(StoreUnusable);
    await holder.kill();
    const store = await openSqliteStore({ path });
    await store.close();
  });
});

describe('a full disk', () => {
  let store: Store;
  afterEach(() => store.close());

  test('F36 refuses what does not fit, keeps what it acknowledged, and goes on when there is room', async () => {
    const path = newPath();
    const file = new DataFile(path);
    const { database } = file;
    database.exec('PRAGMA max_page_count=120');
    store = storeOver(runHere(file));
    const refused = await fillUp(store);
    expect(refused).toBeInstanceOf(StoreBusy);
    expect(refused.message).toContain('full');
    const { inboxWaiting } = await store.depths();
    const late = message(sari, 'x'.repeat(8_000));
    await expect(store.receive([late], NOON, { name: 'telegram', value: '9' })).rejects.toThrow(StoreBusy);
    expect(await store.cursor('telegram')).toBeNull();
    expect(await store.depths()).toMatchObject({ inboxWaiting });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });

    database.exec('PRAGMA max_page_count=1000');
    expect(await store.receive([late], NOON, { name: 'telegram', value: '9' })).toBe(1);
    expect(await store.depths()).toMatchObject({ inboxWaiting: inboxWaiting + 1 });
    const turn = await claimOne(store);
    await store.finishTurn(turn, result({ outgoing: [say('balasan')] }));
  });

  test('F04 F36 a change of an account that does not fit leaves neither key nor message, and goes in when there is room', async () => {
    const file = new DataFile(newPath());
    file.database.exec('PRAGMA max_page_count=120');
    store = storeOver(runHere(file));
    const change = (value: string, words: string) => ({
      put: [{ kind: 'session', id: 'a', value: Buffer.from(value) }],
      incoming: [message({ channel: 'whatsapp', chat: '100@lid' }, words, { aliases: ['62811@s'] })],
      same: [],
    });
    const session = async () =>
      Buffer.from((await store.readAccount('whatsapp', 'session', ['a'])).get('a') ?? []).toString();
    await store.changeAccount('whatsapp', { ...change('lama', ''), incoming: [] }, NOON);
    await fillUp(store);
    const before = await store.depths();
    const late = change('baru', 'x'.repeat(20_000));
    // One that only reads in the same moment is answered all the same.
    const [refused, read] = await Promise.allSettled([
      store.changeAccount('whatsapp', late, NOON),
      store.readAccount('whatsapp', 'session', ['a']),
    ]);
    expect(refused.status === 'rejected' && refused.reason).toBeInstanceOf(StoreBusy);
    expect(read.status).toBe('fulfilled');
    expect(await session()).toBe('lama');
    expect(await store.depths()).toEqual(before);

    file.database.exec('PRAGMA max_page_count=1000');
    expect(await store.changeAccount('whatsapp', late, NOON)).toBe(1);
    expect(await session()).toBe('baru');
    expect(await store.depths()).toMatchObject({ conversations: before.conversations + 1 });
  });

  test('F36 a disk that refuses the log itself loses nothing that was acknowledged', async () => {
    const path = newPath();
    const child = await startChild('fill', path, { fileBlocks: 900 });
    let acknowledged = 0;
    for (;;) {
      const line = await child.line();
      if (line === null) throw new Error('The child ended without having been refused');
      if (line.startsWith('refused')) {
        expect(line).toMatch(/^refused StoreBusy/);
        break;
      }
      acknowledged = Number(line);
    }
    expect(await child.line()).toMatch(/^reads \d+$/);
    await child.kill();
    store = await openSqliteStore({ path });
    expect(acknowledged).toBeGreaterThan(10);
    expect((await store.depths()).inboxWaiting).toBeGreaterThanOrEqual(acknowledged);
    expect((await store.depths()).inboxWaiting).toBeLessThanOrEqual(acknowledged + 1);
  });
});

describe('a commit that fails', () => {
  let store: Store;
  afterEach(() => store.close());

  test('F36 loses the turn claimed with it, and the message can come again', async () => {
    const file = new DataFile(newPath());
    // Looked at only at COMMIT: until then all goes well.
    file.database.exec(`CREATE TABLE broken (conversation REFERENCES conversation (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER breaks AFTER INSERT ON inbox BEGIN INSERT INTO broken VALUES (-1); END`);
    store = storeOver(runHere(file));
    const late = message(sari, 'halo');
    const [received, claimed] = await Promise.allSettled([
      store.receive([late], NOON),
      store.claimTurns(NOON, 10),
    ]);
    expect(received.status).toBe('rejected');
    const turns = claimed.status === 'fulfilled' ? claimed.value : [];
    expect(turns.map(textOf)).toEqual(['halo']);
    await expect(store.finishTurn(turns[0]!, result({ outgoing: [say('balasan')] }))).rejects.toThrow(
      TurnLost,
    );
    expect(await store.depths()).toMatchObject({ inboxWaiting: 0, outboxWaiting: 0, conversations: 0 });
    await store.releaseTurns(turns);
    expect(await store.claimTurns(NOON, 10)).toEqual([]);

    file.database.exec('DROP TRIGGER breaks');
    expect(await store.receive([late], NOON)).toBe(1);
    const turn = await claimOne(store);
    await store.finishTurn(turn, result());
    expect(await store.depths()).toMatchObject({ inboxWaiting: 0, conversations: 1 });
  });
});

test('the log is copied into the file while nobody waits, long before a commit would have to', async () => {
  const path = newPath();
  const store = await openSqliteStore({ path });
  let longest = 0;
  for (let number = 0; number < 250; number += 1) {
    await store.receive([message(sari, 'x'.repeat(40_000))], NOON);
    longest = Math.max(longest, statSync(`${path}-wal`).size);
  }
  await store.close();
  expect(longest).toBeLessThan(6_000_000);
});

async function fillUp(store: Store): Promise<Error> {
  for (let number = 0; number < 1_000; number += 1) {
    try {
      await store.receive([message(sari, 'x'.repeat(3_000))], NOON);
    } catch (error) {
      return error as Error;
    }
  }
  throw new Error('The disk never became full');
}
