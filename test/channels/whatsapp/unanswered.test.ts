import { EventEmitter } from 'node:events';
import type { BinaryNode } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLinked } from '../../support/linked.ts';
import type { Ending } from '../../support/whatsapp/disconnect.ts';

const WAIT = { timeout: 8_000, interval: 10 };
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
  it.each<Ending>(['close', 'stream-end', { streamError: 503 }])(
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
