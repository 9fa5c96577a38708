import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { DATA_KEY, type Linked, startLinked } from '../../support/linked.ts';

const WAIT = { timeout: 8_000, interval: 10 };

/** Changes rows of the account while nobody has the data file. */
function tamper({ path }: Linked, sql: string): number {
  const database = new DatabaseSync(path);
  const { changes } = database.prepare(sql).run();
  database.close();
  return Number(changes);
}

/** The channel stopped with a sentence, and the platform was left alone. */
async function expectStopped(linked: Linked, connections: number, reason: RegExp): Promise<void> {
  await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
  expect(linked.status()?.reason).toMatch(reason);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(linked.server.connections).toBe(connections);
}

const DAMAGES: readonly [what: string, sql: string][] = [
  ['cut off', 'UPDATE account_value SET value = substr(value, 1, length(value) - 1)'],
  ['cut to its first byte', 'UPDATE account_value SET value = substr(value, 1, 1)'],
  ['empty', "UPDATE account_value SET value = x''"],
  ['longer by a byte', "UPDATE account_value SET value = CAST(value || x'00' AS BLOB)"],
  ['replaced by zeros', 'UPDATE account_value SET value = zeroblob(length(value))'],
  [
    'another value of the account',
    "UPDATE account_value SET value = (SELECT value FROM account_value WHERE kind = 'data-key')",
  ],
];

describe('F44 what is kept of the account and cannot be opened', () => {
  it('stops WhatsApp with a sentence, whatever happened to it; nobody is registered anew, and everything else goes on', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await linked.stop();
    const { connections } = server;
    const backup = `CREATE TABLE backup AS SELECT * FROM account_value`;
    tamper(linked, backup);
    for (const kind of ['credentials', 'secret']) {
      for (const [what, sql] of kind === 'secret' ? DAMAGES.slice(0, 2) : DAMAGES) {
        expect(tamper(linked, `${sql} WHERE kind = '${kind}'`), what).toBe(1);
        await linked.restart();
        await expectStopped(
          linked,
          connections,
          /^What is kept of the whatsapp account cannot be opened: .*damaged.*backup.*does not do so by itself\.$/,
        );
        expect(linked.pairings.at(-1)).toBeNull();
        await linked.stop();
        tamper(linked, 'DELETE FROM account_value');
        tamper(linked, 'INSERT INTO account_value SELECT * FROM backup');
      }
    }
    tamper(linked, 'DROP TABLE backup');
    // With the backup in its place it goes on as if nothing had been.
    await linked.restart();
    await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
    await participant.send('1');
    await participant.waitFor(3);
    expect(server.logins).toBe(2);
  });

  it('also with another data key; and the right one opens it again', async () => {
    let key: Uint8Array = DATA_KEY;
    const linked = await startLinked({ key: () => key });
    const { connections } = linked.server;
    key = new Uint8Array(32).fill(8);
    await linked.restart();
    await expectStopped(linked, connections, /the data key is not the one.*DATA_KEY.*data\.key/);
    for (const line of linked.log.lines) {
      expect(line).not.toContain(Buffer.from(key).toString('hex'));
      expect(line).not.toContain(Buffer.from(key).toString('base64'));
    }
    key = DATA_KEY;
    await linked.restart();
    await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
    expect(linked.server.connections).toBe(connections + 1);
  });

  it('F44 a session of one participant that is damaged is made anew, and everybody is answered', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const [harmed, other] = [server.participant(), server.participant()];
    for (const participant of [harmed, other]) {
      await participant.send('halo');
      await participant.waitFor(2);
    }
    await linked.stop();
    const first = "(SELECT id FROM account_value WHERE kind = 'session' ORDER BY id LIMIT 1)";
    expect(
      tamper(linked, `UPDATE account_value SET value = zeroblob(9) WHERE kind = 'session' AND id = ${first}`),
    ).toBe(1);
    await linked.restart();
    await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
    await harmed.send('1');
    await other.send('1');
    await expect.poll(() => [harmed.texts.length, other.texts.length], WAIT).toEqual([3, 3]);
    expect(linked.status()?.state).toBe('on');
  });
});
