import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Linked, startLinked } from '../../support/linked.ts';
import type { Ending } from '../../support/whatsapp/disconnect.ts';
import { startWhatsappServer } from '../../support/whatsapp/server.ts';

const WAIT = { timeout: 15_000, interval: 10 };

async function backOn({ server, status }: Linked, logins: number): Promise<void> {
  await expect.poll(() => server.logins, WAIT).toBeGreaterThanOrEqual(logins);
  await expect.poll(() => status()?.state, WAIT).toBe('on');
}

/** What the process holds open: timers, sockets, and anything else that keeps it alive. */
function held(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('a connection of which nothing is heard', () => {
  it('F69 is noticed after the silence that is allowed, and made again; what was written meanwhile is answered', async () => {
    const linked = await startLinked({ timing: { keepAliveMs: 200, silenceMs: 800 } });
    const { server } = linked;
    const participant = server.participant();
    server.freeze();
    const frozenAt = performance.now();
    await participant.send('halo');
    await expect.poll(() => linked.status()?.state, WAIT).toBe('waiting');
    const noticedAfterMs = performance.now() - frozenAt;
    expect(noticedAfterMs).toBeGreaterThan(500);
    expect(noticedAfterMs).toBeLessThan(5_000);
    await backOn(linked, 2);
    await participant.waitFor(2);
    expect(participant.texts).toHaveLength(2);
  });

  it('F69 is left alone as long as it gives signs of life, although nobody writes', async () => {
    const linked = await startLinked({ timing: { keepAliveMs: 150, silenceMs: 1_000 } });
    await new Promise((resolve) => setTimeout(resolve, 1_800));
    expect(linked.server.connections).toBe(2);
    expect(linked.status()?.state).toBe('on');
  });

  it('F69 does not hold up a stop', async () => {
    const linked = await startLinked({ timing: { keepAliveMs: 20_000, silenceMs: 60_000 } });
    linked.server.freeze();
    const begun = performance.now();
    await linked.stop();
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it('F69 a server that stops answering during the login is left, and the next one is tried', async () => {
    const linked = await startLinked({ timing: { queryMs: 200, keepAliveMs: 150, silenceMs: 400 } });
    const { server } = linked;
    server.faults.mutedQueries.add('*');
    server.disconnect('terminate');
    await expect.poll(() => server.logins, WAIT).toBeGreaterThanOrEqual(3);
    server.faults.heal();
    const participant = server.participant();
    await participant.send('halo');
    await expect.poll(() => participant.texts.length, WAIT).toBe(2);
  });
});

describe('a platform that is gone', () => {
  it('F69 and a network that swallows everything do not hold up the start of everything else', async () => {
    const hole = createServer().on('upgrade', () => {});
    await new Promise<void>((resolve) => void hole.listen(0, '127.0.0.1', resolve));
    const { port } = hole.address() as AddressInfo;
    const server = { ...(await startWhatsappServer()), url: `ws://127.0.0.1:${port}/ws/chat` };
    const begun = performance.now();
    const linked = await startLinked({
      server,
      link: 'not',
      timing: { firstContactMs: 200, silenceMs: 60_000 },
    });
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(linked.status()).toEqual({ state: 'starting', reason: 'connecting to WhatsApp' });
    const stopped = performance.now();
    await linked.stop();
    expect(performance.now() - stopped).toBeLessThan(3_000);
    hole.closeAllConnections();
    hole.close();
    await server.close();
  });

  it('F69 is tried until it is back on the same address, and everybody is answered then', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    await server.fail();
    await expect
      .poll(() => linked.status()?.reason, WAIT)
      .toBe('WhatsApp cannot be reached or does not answer');
    await participant.send('halo');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await server.recover();
    await backOn(linked, 2);
    await participant.waitFor(2);
  });
});

describe('fifty connections one after the other', () => {
  it('F69 leave no timer, no socket, no listener and no memory behind', { timeout: 60_000 }, async () => {
    const linked = await startLinked();
    const { server } = linked;
    const warnings: Error[] = [];
    const warned = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warned);
    const again = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        const { logins } = server;
        server.disconnect(time % 2 === 0 ? 'terminate' : { streamError: 503 });
        await expect.poll(() => server.logins, { ...WAIT, interval: 2 }).toBe(logins + 1);
        await expect.poll(() => linked.status()?.state, { ...WAIT, interval: 2 }).toBe('on');
      }
    };
    await again(5);
    const before = { held: held(), heap: await settledHeap() };
    await again(50);
    // Questions that nobody answers any more have their time; one of each connection would stay for ever.
    const more = (): number => {
      const now = held();
      return Math.max(...Object.entries(now).map(([kind, count]) => count - (before.held[kind] ?? 0)));
    };
    await expect.poll(more, WAIT).toBeLessThan(10);
    const heap = await settledHeap();
    process.off('warning', warned);
    // The library alone keeps some hundred kilobytes of each socket that nobody lets go.
    expect((heap - before.heap) / 50).toBeLessThan(40_000);
    expect(warnings).toEqual([]);
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
  });
});

/** After everything that can be let go was. */
async function settledHeap(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await new Promise((resolve) => setTimeout(resolve, 200));
  collect();
  return process.memoryUsage().heapUsed;
}

const FROM = 's.whatsapp.net';

/** What the library answers without waiting whether it can. */
const QUESTIONS: readonly BinaryNode[] = [
  { tag: 'ib', attrs: { from: FROM }, content: [{ tag: 'offline_preview', attrs: { count: '0' } }] },
  { tag: 'iq', attrs: { from: FROM, id: 'refs', type: 'set' }, content: [{ tag: 'pair-device', attrs: {} }] },
  { tag: 'ib', attrs: { from: FROM }, content: [{ tag: 'dirty', attrs: { type: 'groups' } }] },
  { tag: 'ib', attrs: { from: FROM }, content: [{ tag: 'dirty', attrs: { type: 'account_sync' } }] },
  { tag: 'success', attrs: { t: '1', lid: '199999999999999:1@lid' } },
  { tag: 'call', attrs: { from: '100000000000009@lid', id: 'call', t: '1' } },
  { tag: 'receipt', attrs: { from: '100000000000009@lid', id: 'receipt', t: '1' } },
  { tag: 'notification', attrs: { from: FROM, id: 'few', type: 'encrypt', t: '1' } },
];

/** Shapes that nobody knows. */
const MALFORMED: readonly BinaryNode[] = [
  { tag: 'ib', attrs: {}, content: [{ tag: 'offline_preview', attrs: {} }] },
  { tag: 'ib', attrs: {}, content: [{ tag: 'edge_routing', attrs: {} }] },
  { tag: 'iq', attrs: { type: 'set' }, content: [{ tag: 'pair-success', attrs: {} }] },
  {
    tag: 'iq',
    attrs: { type: 'set', id: '1' },
    content: [{ tag: 'pair-device', attrs: {}, content: [{ tag: 'ref', attrs: {} }] }],
  },
  { tag: 'notification', attrs: { type: 'encrypt', id: '2' } },
  { tag: 'notification', attrs: { type: 'link_code_companion_reg', id: '3', from: FROM } },
  { tag: 'message', attrs: {} },
  { tag: 'receipt', attrs: {} },
  { tag: 'call', attrs: {} },
  { tag: 'ack', attrs: { class: 'message' } },
  { tag: 'presence', attrs: {} },
];

/** Node.js ends a process over one of these; here they are collected. */
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
let others: NodeJS.UnhandledRejectionListener[] = [];
beforeEach(() => {
  unhandled.length = 0;
  others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.removeAllListeners('unhandledRejection');
  for (const other of others) process.on('unhandledRejection', other);
});

describe('something that arrives in the moment in which the connection ends', () => {
  it.each<Ending>(['close', { streamError: 503 }])(
    'F69 ends nothing but the connection, with %j',
    async (ending) => {
      const linked = await startLinked();
      const { server } = linked;
      for (const question of QUESTIONS) {
        const { logins } = server;
        await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
        server.write(question, false);
        server.disconnect(ending);
        await expect.poll(() => server.logins, WAIT).toBeGreaterThan(logins);
      }
      await expect.poll(() => linked.status()?.state, WAIT).toBe('on');
      expect(unhandled).toEqual([]);
      const participant = server.participant();
      await participant.send('halo');
      await participant.waitFor(2);
    },
  );
});

describe('something of a shape that nobody knows', () => {
  it('F69 harms nobody: participants are answered as before', async () => {
    const linked = await startLinked();
    const { server } = linked;
    for (const stanza of MALFORMED) server.write(stanza, false);
    const participant = server.participant();
    await participant.send('halo');
    await expect.poll(() => participant.texts.length, WAIT).toBe(2);
    expect(unhandled).toEqual([]);
  });

  it('is told in the log by its kind alone', async () => {
    const linked = await startLinked();
    linked.server.write(MALFORMED[0]!, false);
    linked.server.write(QUESTIONS[0]!, false);
    linked.server.disconnect('close');
    await expect.poll(() => linked.log.lines.join('\n'), WAIT).toContain('could not answer what arrived');
  });
});

it('listeners of others are as they were', async () => {
  await startLinked();
  expect(EventEmitter.captureRejections).toBe(false);
  const emitter = new EventEmitter();
  const errors: unknown[] = [];
  emitter.on('error', (error) => void errors.push(error));
  emitter.on('event', async () => {
    throw new Error('of somebody else');
  });
  emitter.emit('event');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(errors).toEqual([]);
  expect(unhandled).toHaveLength(1);
});
