import { afterEach, beforeEach, expect, test } from 'vitest';
import { assemble } from '../../src/command/assemble.ts';
import { watchOutages } from '../../src/command/outage.ts';
import { createVirtualClock } from '../../src/command/virtual-clock.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { openChannel } from '../support/channel.ts';
import { MONDAY_MORNING, shippedKnowledge } from '../support/conversation.ts';

const HOUR_MS = 3_600_000;
const knowledge = shippedKnowledge();
const outage = knowledge.words.id.get('say.outage')!;
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let store: Store;
let sent: { chat: string; text: string }[];
const clock = createVirtualClock(MONDAY_MORNING);

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:' });
  sent = [];
});
afterEach(async () => {
  await store.close();
});

function program() {
  return assemble({
    store,
    clock,
    log,
    knowledge: () => knowledge,
    channels: () => [
      openChannel((address, outgoing) => {
        if (outgoing.kind === 'say') sent.push({ chat: address.chat, text: outgoing.text });
      }),
    ],
  });
}

async function says(running: ReturnType<typeof program>, chat: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await running.intake.receive([
      {
        channel: 'telegram',
        chat,
        sender: chat,
        messageId: `${chat} ${text}`,
        kind: 'text',
        text,
        choice: null,
        language: null,
        sentAt: clock.now(),
      },
    ]);
    await running.idle();
  }
}

test('F62 after more than a day away those in the middle are told once, in the morning, and nobody who said STOP', async () => {
  const running = program();
  (await watchOutages({ store, clock, log })).stop();
  await says(running, 'siti', 'halo', 'belum ada apa-apa');
  await says(running, 'budi', 'halo', 'stop');
  await says(running, 'ayu', 'halo', 'insentif sudah cair');
  sent.length = 0;

  // A short absence loses nothing: Telegram has kept it all.
  clock.moveTo(clock.now() + 20 * HOUR_MS);
  (await watchOutages({ store, clock, log })).stop();
  running.wake();
  await running.idle();
  expect(sent).toEqual([]);

  // Back at 02.00 in the night, four days later.
  clock.moveTo(MONDAY_MORNING + 5 * 24 * HOUR_MS - 7 * HOUR_MS);
  (await watchOutages({ store, clock, log })).stop();
  running.wake();
  await running.idle();
  expect(sent).toEqual([]);
  clock.moveTo(clock.now() + 8 * HOUR_MS);
  running.wake();
  await running.idle();
  expect(sent.map(({ chat }) => chat)).toEqual(['siti']);
  expect(sent[0]!.text).toContain(outage);
  expect(sent[0]!.text).toContain('Sisnaker');

  (await watchOutages({ store, clock, log })).stop();
  clock.moveTo(clock.now() + HOUR_MS);
  running.wake();
  await running.idle();
  expect(sent).toHaveLength(1);
  await running.stop();
});
