import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BufferJSON } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { createAccountStore } from '../../../src/command/account-store.ts';
import { hidden } from '../../../src/command/hidden.ts';
import { DATA_KEY, type Linked, startLinked } from '../../support/linked.ts';

const WAIT = { timeout: 10_000, interval: 10 };

/** The kinds of what is kept of the account, read from a copy: the data file itself has one owner. */
function kept({ path }: Linked): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'pandu-copy-'));
  cpSync(dirname(path), folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'pandu.db'));
  const rows = database.prepare('SELECT DISTINCT kind FROM account_value').all();
  database.close();
  rmSync(folder, { recursive: true });
  return rows.map(({ kind }) => String(kind));
}

const OF_PARTICIPANTS = ['session', 'identity-key', 'device-list', 'lid-mapping', 'tctoken'];

/** The account as the next start would find it. */
async function credentials({
  store,
}: Linked): Promise<{ readonly noiseKey: { private: Buffer }; me?: object }> {
  const account = createAccountStore({
    store,
    channel: 'whatsapp',
    key: DATA_KEY,
    clock: { now: Date.now },
    hidden,
    wake: () => {},
  });
  const value = (await account.read('credentials', ['all'])).get('all')!;
  return JSON.parse(Buffer.from(value).toString(), BufferJSON.reviver);
}

const shown = ({ pairings }: Linked) => pairings.filter((pairing) => pairing !== null);

async function linkedAgain(linked: Linked): Promise<void> {
  await expect.poll(() => linked.server.linked, WAIT).toBe(true);
  await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
}

describe('a device that was logged out', () => {
  it.each(['the phone says so', 'the next login is refused'])(
    'F67 when %s its keys go, a new code is shown, and once that is scanned everybody is answered',
    async (how) => {
      const linked = await startLinked();
      const { server } = linked;
      const before = await credentials(linked);
      const known = server.participant();
      await known.send('halo');
      await known.waitFor(2);
      expect(kept(linked)).toContain('session');
      const { connections } = server;

      if (how === 'the phone says so') server.unlink();
      else {
        server.faults.loginFailure = 401;
        server.disconnect('terminate');
        await expect.poll(() => linked.statuses.some(isLoggedOut), WAIT).toBe(true);
        server.unlink();
        server.faults.heal();
      }
      await expect.poll(() => linked.statuses.some(isLoggedOut), WAIT).toBe(true);
      await linkedAgain(linked);
      expect(shown(linked)).toHaveLength(2);
      expect(server.connections).toBeGreaterThan(connections);

      const after = await credentials(linked);
      expect(after.noiseKey.private).not.toEqual(before.noiseKey.private);
      await known.send('1');
      await known.waitFor(3);
      const stranger = server.participant();
      await stranger.send('halo');
      await stranger.waitFor(2);
    },
  );

  it('F67 between the logout and the new link nothing of the old account is in the store, and nobody logs in with it', async () => {
    const linked = await startLinked({ link: 'not' });
    const { server } = linked;
    await server.scan((shown(linked)[0] as { text: string }).text);
    await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
    const old = await credentials(linked);
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    const { logins } = server;

    server.unlink();
    await expect.poll(() => shown(linked).length, WAIT).toBe(2);
    const kinds = kept(linked);
    for (const kind of [...OF_PARTICIPANTS, 'pre-key']) expect(kinds).not.toContain(kind);
    // No byte of it is left in the file, nor in the log beside it.
    for (const path of [linked.path, `${linked.path}-wal`]) {
      expect(readFileSync(path).includes(old.noiseKey.private)).toBe(false);
    }
    expect(server.logins).toBe(logins);
    expect(linked.status()).toEqual({
      state: 'waiting',
      reason: expect.stringContaining('scan the QR code'),
    });
  });

  it('F67 messages that wait survive the logout', async () => {
    const linked = await startLinked();
    const { server } = linked;
    server.faults.acknowledge = false;
    server.faults.passOn = false;
    const participant = server.participant();
    await participant.send('halo');
    await server.until(() => server.heard.some(({ tag }) => tag === 'message'), 'a message');
    server.unlink();
    server.faults.heal();
    await linkedAgain(linked);
    await participant.waitFor(2);
    await expect.poll(async () => (await linked.store.depths()).outboxWaiting, WAIT).toBe(0);
    expect(participant.texts).toHaveLength(2);
  });

  it('F67 a logout in the middle of traffic leaves nothing of the old account behind', async () => {
    const linked = await startLinked({ link: 'not' });
    const { server } = linked;
    await server.scan((shown(linked)[0] as { text: string }).text);
    await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
    const participants = Array.from({ length: 12 }, () => server.participant());
    await Promise.all(participants.map((participant) => participant.send('halo')));
    await server.until(() => server.heard.some(({ tag }) => tag === 'message'), 'an answer');
    server.unlink();
    await expect.poll(() => shown(linked).length, WAIT).toBe(2);
    // What still ran when the connection ended has come to its end by then.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const kinds = kept(linked);
    for (const kind of OF_PARTICIPANTS) expect(kinds).not.toContain(kind);
    await linked.restart();
    expect(shown(linked)).toHaveLength(3);
    await server.scan((shown(linked)[2] as { text: string }).text);
    await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
  });
});

function isLoggedOut({ reason }: { readonly reason: string }): boolean {
  return reason === 'the phone logged this device out. Link it again with the new code';
}
