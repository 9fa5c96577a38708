import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from './folder.ts';
import { claimOne, message, NOON, result, sari, say, sendAll, session, talk, textOf } from './samples.ts';

const folder = temporaryFolder();

/** What a Pandu of the first schema left behind: one who was answered, and a message that waits. */
async function ofSchemaOne(path: string): Promise<void> {
  const store = await openSqliteStore({ path });
  await talk(store, message(sari, 'halo', { messageId: 'first' }), {
    session: session({ order: 7 }),
    outgoing: [say('belum terkirim')],
    remind: [{ requirement: 'rating', dueAt: NOON + 5, armedBy: 1 }],
  });
  await store.receive([message(sari, 'menunggu')], NOON);
  await store.close();
  const database = new DatabaseSync(path);
  const created = readFileSync('src/store/migrations/sqlite/0001-inbox-to-outbox.sql', 'utf8');
  const reminders = created.slice(created.indexOf('CREATE TABLE reminder'));
  database.exec(`DROP TABLE request; DROP TABLE alias; DROP TABLE account_value;
    ALTER TABLE conversation DROP COLUMN provider; ALTER TABLE outbox DROP COLUMN from_at; ALTER TABLE outbox DROP COLUMN until_at;
    ALTER TABLE reminder RENAME TO newer; DROP INDEX reminder_due; DROP INDEX reminder_parked; ${reminders};
    INSERT INTO reminder SELECT id, conversation, requirement, due_at, armed_by, failures, parked FROM newer;
    DROP TABLE newer; PRAGMA user_version=1`);
  const schema = (of: DatabaseSync) => of.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
  const first = new DatabaseSync(':memory:');
  first.exec(readFileSync('src/store/migrations/sqlite/0001-inbox-to-outbox.sql', 'utf8'));
  expect(schema(database)).toEqual(schema(first));
  first.close();
  database.close();
}

test('F14 a file of the first schema keeps all it holds, and then knows accounts and names', async () => {
  const path = join(folder, 'first.db');
  await ofSchemaOne(path);
  let store = await openSqliteStore({ path });
  expect(await store.nextReminderAt(NOON)).toBe(NOON + 5);
  expect(await store.receive([message(sari, 'halo', { messageId: 'first' })], NOON)).toBe(0);
  const turn = await claimOne(store);
  expect([textOf(turn), turn.session]).toEqual(['menunggu', session({ order: 7 })]);
  await store.finishTurn(turn, result());
  expect(await sendAll(store)).toEqual(['belum terkirim']);
  await store.changeAccount(
    'telegram',
    {
      put: [{ kind: 'creds', id: '', value: Buffer.from('x') }],
      incoming: [],
      same: [[sari.chat, 'another name']],
    },
    NOON,
  );
  await store.close();
  store = await openSqliteStore({ path });
  expect((await store.readAccount('telegram', 'creds', [''])).size).toBe(1);
  await store.receive([message({ ...sari, chat: 'another name' }, 'lagi')], NOON);
  expect((await claimOne(store)).address).toEqual(sari);
  await store.close();
});

test('F14 a migration that stops halfway is done wholly at the next start', async () => {
  const path = join(folder, 'halfway.db');
  await ofSchemaOne(path);
  const database = new DatabaseSync(path);
  // In the way of the second half of the migration.
  database.exec('CREATE TABLE alias (name TEXT)');
  database.close();
  await expect(openSqliteStore({ path })).rejects.toThrow('alias');
  const again = new DatabaseSync(path);
  expect(
    again.prepare("SELECT count(*) AS count FROM sqlite_schema WHERE name = 'account_value'").get(),
  ).toEqual({
    count: 0,
  });
  again.exec('DROP TABLE alias');
  again.close();
  const store = await openSqliteStore({ path });
  expect((await store.depths()).inboxWaiting).toBe(1);
  await store.close();
});
