import { describe, expect, it } from 'vitest';
import { type Linked, startLinked } from '../../support/linked.ts';
import type { Ending } from '../../support/whatsapp/disconnect.ts';

const WAIT = { timeout: 8_000, interval: 10 };

async function backOn(linked: Linked, logins: number): Promise<void> {
  await expect.poll(() => linked.server.logins, WAIT).toBeGreaterThanOrEqual(logins);
  await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
}

const ENDINGS: readonly [ending: Ending, status: string][] = [
  [{ streamError: 515 }, 'starting: WhatsApp asked for a new connection'],
  ['close', 'waiting: the connection was closed'],
  ['terminate', 'waiting: the connection was closed'],
  ['stream-end', 'waiting: the connection was closed'],
  [{ streamError: 408 }, 'waiting: WhatsApp cannot be reached or does not answer'],
  [{ streamError: 411 }, 'waiting: WhatsApp refuses linked devices for this account just now'],
  [{ streamError: 500 }, 'waiting: WhatsApp has a fault of its own, or sent something unknown'],
  [{ streamError: 503 }, 'waiting: WhatsApp is not available just now'],
  [{ streamError: 599 }, 'waiting: WhatsApp ended the connection (code 599)'],
];

describe('a connection that ended and is made again', () => {
  it('F65 F69 says why it ended, whatever it was, and never asks to be linked again', async () => {
    const linked = await startLinked();
    for (const [ending, status] of ENDINGS) {
      const { logins } = linked.server;
      const said = linked.statuses.length;
      linked.server.disconnect(ending);
      await backOn(linked, logins + 1);
      const { state, reason } = linked.statuses[said]!;
      expect(`${state}: ${reason}`).toBe(status);
    }
    expect(linked.pairings.filter((pairing) => pairing !== null)).toHaveLength(1);
  });

  it.each<[fault: string, ending: Ending]>([
    ['F65', { streamError: 515 }],
    ['F69', 'terminate'],
  ])('%s after %j sends again what was not acknowledged, under the same id', async (_, ending) => {
    const linked = await startLinked();
    const { server } = linked;
    server.faults.acknowledge = false;
    const participant = server.participant();
    await participant.send('halo');
    const first = await participant.waitFor(1);
    server.disconnect(ending);
    server.faults.acknowledge = true;
    await backOn(linked, 2);
    await participant.waitFor((one) => one.id === first.id && one.repeated);
    await expect.poll(async () => (await linked.store.depths()).outboxWaiting, WAIT).toBe(0);
    expect(participant.texts).toHaveLength(2);
  });

  it('F69 a login that is refused is tried again, with growing pauses, until it is taken', async () => {
    const linked = await startLinked({ timing: { retryFirstMs: 30, retryMostMs: 240 } });
    const { server } = linked;
    for (const code of [408, 503, 599]) {
      const { logins } = server;
      // Long enough to be a good one, so that the pauses begin anew.
      await new Promise((resolve) => setTimeout(resolve, 260));
      server.faults.loginFailure = code;
      const { connections } = server;
      server.disconnect('terminate');
      const begun = performance.now();
      await expect.poll(() => server.connections, WAIT).toBeGreaterThanOrEqual(connections + 4);
      // Pauses of 30, 60, 120 and 240 ms, each of them cut to between a half and the whole.
      expect(performance.now() - begun).toBeGreaterThanOrEqual(210);
      expect(linked.status()?.state).toBe('waiting');
      server.faults.heal();
      await backOn(linked, logins + 1);
    }
  });

  it('F65 the new connection after linking is made at once, and is no trouble', async () => {
    const linked = await startLinked({ timing: { retryFirstMs: 60_000, retryMostMs: 60_000 } });
    expect(linked.statuses.map(({ state }) => state)).toEqual(['starting', 'waiting', 'starting', 'on']);
  });

  it('F65 a platform that asks for one new connection after the other is not pressed', async () => {
    const linked = await startLinked({ timing: { retryFirstMs: 100, retryMostMs: 60_000 } });
    const { server } = linked;
    server.faults.loginFailure = 515;
    const { connections } = server;
    server.disconnect({ streamError: 515 });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(server.connections - connections).toBeGreaterThanOrEqual(1);
    expect(server.connections - connections).toBeLessThanOrEqual(5);
  });

  it('F69 a cut with the answers to 12 participants on the wire gives each of them each answer once', async () => {
    const linked = await startLinked();
    const { server } = linked;
    server.faults.acknowledge = false;
    const participants = Array.from({ length: 12 }, () => server.participant());
    await Promise.all(participants.map((participant) => participant.send('halo')));
    await Promise.all(participants.slice(0, 5).map((participant) => participant.waitFor(1)));
    server.disconnect({ streamError: 503 });
    server.faults.acknowledge = true;
    const counts = (): number[] => participants.map(({ texts }) => texts.length);
    await expect.poll(counts, { ...WAIT, timeout: 15_000 }).toEqual(participants.map(() => 2));
    await expect.poll(async () => (await linked.store.depths()).outboxWaiting, WAIT).toBe(0);
    expect(counts()).toEqual(participants.map(() => 2));
    for (const { texts } of participants) expect(texts[0]).toContain('bukan akun resmi');
  });
});

/** Four times the longest pause between two connections of these tests. */
const A_WHILE_MS = 400;

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
  it('F66 F68 is never made again by itself, and says what to do', async () => {
    const linked = await startLinked();
    for (const [fault, ending, reason] of STOPS) {
      linked.server.disconnect(ending);
      await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
      expect(linked.status()?.reason, fault).toMatch(reason);
      await neverComesBack(linked);
      await linked.restart();
      await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
    }
    // The same when it is the login that is refused.
    linked.server.faults.loginFailure = 405;
    linked.server.disconnect('close');
    await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
    await neverComesBack(linked);
    expect(linked.pairings.filter((pairing) => pairing !== null)).toHaveLength(1);
  });

  it('F66 F68 keeps what waits, and sends it under the same id after the next start', async () => {
    const linked = await startLinked();
    const { server } = linked;
    server.faults.acknowledge = false;
    const participant = server.participant();
    await participant.send('halo');
    const first = await participant.waitFor(1);
    server.disconnect({ conflict: 'replaced' });
    await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
    server.faults.acknowledge = true;
    await neverComesBack(linked);
    expect(participant.texts).toHaveLength(1);
    await linked.restart();
    await participant.waitFor((one) => one.id === first.id && one.repeated);
    await expect.poll(() => participant.texts, WAIT).toHaveLength(2);
  });

  it('F68 403 while nobody has linked the phone stops as well', async () => {
    const linked = await startLinked({ link: 'not' });
    linked.server.disconnect({ streamError: 403 });
    await expect.poll(() => linked.status()?.state, WAIT).toBe('stopped');
    await neverComesBack(linked);
    expect(linked.pairings.at(-1)).toBeNull();
  });

  it('F66 leaves what is written after it was replaced to the platform', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    // What the platform says when somebody logs in with a copy of the data folder.
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
