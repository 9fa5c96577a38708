import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createAccountStore } from '../../src/command/account-store.ts';
import { dataKey } from '../../src/command/data-key.ts';
import { hidden } from '../../src/command/hidden.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { startProgram } from '../support/program.ts';
import { startWhatsappServer } from '../support/whatsapp/server.ts';
import { linkByPage, pairingAddress, whatsappSettings } from '../support/whatsapp-program.ts';

const WAIT = { timeout: 30_000, interval: 20 };

/** What is kept of the account and can be named: its own keys, and the sessions with these people. */
async function kept(directory: string, lids: readonly string[]): Promise<string[]> {
  const store = await openSqliteStore({ path: join(directory, 'pandu.db') });
  const account = createAccountStore({
    store,
    channel: 'whatsapp',
    key: dataKey(null, directory),
    clock: systemClock,
    hidden,
    wake: () => {},
  });
  const values = await Promise.all([
    account.read('credentials', ['all']),
    account.read('secret', ['message-ids']),
    account.read(
      'pre-key',
      Array.from({ length: 900 }, (_, id) => String(id)),
    ),
    account.read(
      'session',
      lids.map((lid) => `${lid}_1.0`),
    ),
  ]);
  await store.close();
  expect(values[3].size).toBe(lids.length);
  return values.flatMap((found) => [...found.values()].map((value) => Buffer.from(value).toString()));
}

/** Every key in it, in each way in which it could be printed. */
function printedForms(values: readonly string[]): Set<string> {
  const forms = new Set<string>();
  for (const [base64] of values.join('\n').matchAll(/[A-Za-z0-9+/]{42,}={0,2}/g)) {
    const bytes = Buffer.from(base64, 'base64').subarray(0, 32);
    forms.add(base64.slice(0, 42));
    forms.add(bytes.toString('hex'));
    forms.add([...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '));
    forms.add([...bytes.subarray(0, 16)].join(','));
  }
  return forms;
}

test('A5 S31 under traffic that makes libsignal print, no key, no number and no word of anybody is written anywhere', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'pandu-'));
  const server = await startWhatsappServer();
  const program = await startProgram({
    DATA_DIR: directory,
    LOG_LEVEL: 'debug',
    ...whatsappSettings(server),
  });
  try {
    await linkByPage(program, server);
    const address = pairingAddress(program);
    const people = Array.from({ length: 6 }, () => server.participant());
    const answered = async (count: number): Promise<void> => {
      for (const person of people) {
        await expect.poll(() => person.texts.length, WAIT).toBeGreaterThanOrEqual(count);
      }
    };
    // New sessions on both sides.
    await Promise.all(people.map((person) => person.send('halo, nama saya Suparmin Wicaksono')));
    await answered(2);
    // What cannot be decrypted, and comes again in a new session, which closes the old one.
    await Promise.all(people.map((person) => person.send('kata sandi saya bunga-mawar', { damaged: true })));
    await answered(3);
    // The same bytes again, and phones that were installed anew.
    for (const person of people.slice(0, 3)) {
      person.sendAgain(await person.send('nomor KTP saya 3201234567890001'));
      await person.sendReencrypted(await person.send('1'));
    }
    for (const person of people) person.reinstall();
    await Promise.all(people.map((person) => person.send('saya Suparmin Wicaksono lagi')));
    await answered(4);
    for (const person of people) person.askRetry(person.inbox[0]!.id);
    server.disconnect({ streamError: 503 });
    await expect.poll(() => server.logins, WAIT).toBe(2);
    await Promise.all(people.map((person) => person.send('bantuan')));
    await answered(5);
    await server.until(() => server.waiting.length === 0, 'everything to be confirmed', 20_000);
    expect(await program.stop()).toBe(0);

    const output = program.output();
    expect(output).toContain('"level":"debug"');
    for (const word of [
      'privKey',
      'chainKey',
      'rootKey',
      'SessionEntry',
      'SessionRecord',
      '<Buffer',
      'Closing session',
    ]) {
      expect(output).not.toContain(word);
    }
    for (const person of people) {
      expect(output).not.toContain(person.lid.split('@')[0]);
      expect(output).not.toContain(person.phone.split('@')[0]);
    }
    for (const word of ['Suparmin', 'bunga-mawar', '3201234567890001', '628119999999', '199999999999999']) {
      expect(output).not.toContain(word);
    }
    const forms = printedForms(
      await kept(
        directory,
        people.map(({ lid }) => lid.split('@')[0]!),
      ),
    );
    // The account, 800 one-time keys and the sessions.
    expect(forms.size).toBeGreaterThan(3_000);
    const found = [...forms].filter((form) => output.includes(form));
    expect(found).toEqual([]);
    expect(output.split('\n').filter((line) => line.startsWith('{') && line.includes(address))).toEqual([]);
  } finally {
    await program.kill();
    await server.close();
    rmSync(directory, { recursive: true });
  }
});
