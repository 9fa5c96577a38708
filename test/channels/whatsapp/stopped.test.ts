import { describe, expect, it } from 'vitest';
import { type Linked, startLinked } from '../../support/linked.ts';
import type { Ending } from '../../support/whatsapp/disconnect.ts';

const WAIT = { timeout: 8_000, interval: 10 };
/** Ten times the longest pause between two connections of these tests. */
const A_WHILE_MS = 1_000;

async function neverComesBack({ server, statuses }: Linked): Promise<void> {
  const { connections } = server;
  const { length } = statuses;
  await new Promise((resolve) => setTimeout(resolve, A_WHILE_MS));
  expect(server.connections).toBe(connections);
  expect(statuses).toHaveLength(length);
}

const STOPS: readonly [fault: string, ending: Ending, reason: RegExp][] = [
  ['F66', { conflict: 'replaced' }, /^another program uses this linked device\. .*start Pandu again/],
  ['F66', { streamError: 440 }, /^another program uses this linked device\./],
  ['F68', { streamError: 403 }, /^WhatsApp has blocked this number\. .*until Pandu is started again$/],
  ['F68', { streamError: 405 }, /^WhatsApp no longer accepts this version\. .*WHATSAPP_VERSION/],
];

describe('a connection that ended for good', () => {
  it.each(STOPS)(
    '%s after %j it is never made again by itself; what waits goes out under the same ids after the next start',
    async (_, ending, reason) => {
      const linked = await startLinked();
      const { server } = linked;
      server.faults.acknowledge = false;
      const participant = server.participant();
      await participant.send('halo');
      const first = await participant.waitFor(1);
      server.disconnect(ending);
      await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
      expect(linked.status()?.reason).toMatch(reason);
      server.faults.acknowledge = true;
      await neverComesBack(linked);
      expect(participant.texts).toHaveLength(1);

      await linked.restart();
      await participant.waitFor((one) => one.id === first.id && one.repeated);
      await expect.poll(() => participant.texts, WAIT).toHaveLength(2);
      expect(linked.pairings.filter((pairing) => pairing !== null)).toHaveLength(1);
    },
  );

  it.each([403, 405])('F68 a login refused with %i is not tried again', async (code) => {
    const linked = await startLinked();
    linked.server.faults.loginFailure = code;
    linked.server.disconnect('close');
    await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
    await neverComesBack(linked);
  });

  it.each([403, 405])('F68 %i while nobody has linked the phone stops as well', async (code) => {
    const linked = await startLinked({ link: 'not' });
    linked.server.disconnect({ streamError: code });
    await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
    await neverComesBack(linked);
    expect(linked.pairings.at(-1)).toBeNull();
  });

  it('F66 of two programs with one account the second goes on and the first stays away', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    // A login with the same keys from elsewhere, as from a copy of the data folder.
    server.disconnect({ conflict: 'replaced' });
    await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
    await participant.send('halo');
    await neverComesBack(linked);
    expect(server.online).toBe(false);
    expect(server.waiting).toHaveLength(1);
  });

  it('stops within a moment when the program ends, although nothing is left to end', async () => {
    const linked = await startLinked();
    linked.server.disconnect({ streamError: 403 });
    await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
    const begun = performance.now();
    await linked.stop();
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
