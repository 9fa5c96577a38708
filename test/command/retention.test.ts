import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startRetention } from '../../src/command/retention.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import type { HiddenIncoming } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { result, say } from '../store/samples.ts';
import { shippedKnowledge } from '../support/conversation.ts';

const DAY_MS = 86_400_000;
const knowledge = shippedKnowledge();
const quiet = { info: () => {}, error: (fields: unknown) => void failures.push(fields) };
let failures: unknown[];
let store: Store;
let now: number;

beforeEach(async () => {
  failures = [];
  now = Date.parse('2026-01-05T03:00:00Z');
  store = await openSqliteStore({ path: ':memory:' });
});
afterEach(async () => {
  await store.close();
  expect(failures).toEqual([]);
});

async function converse(chat: string, messageId: string): Promise<void> {
  const incoming: HiddenIncoming = {
    channel: 'web',
    chat,
    sender: chat,
    messageId,
    kind: 'text',
    text: 'halo',
    choice: null,
    language: null,
    sentAt: now,
    hidden: [],
  };
  await store.receive([incoming], now);
  for (const turn of await store.claimTurns(now, 10)) {
    await store.finishTurn(turn, result({ outgoing: [say('halo juga')] }));
  }
  for (const row of await store.claimOutgoing('web', now, 10)) await store.markSent(row.id, null, now);
}

/** Looks once, as the hourly housekeeping does. */
async function lookOnce(used: Knowledge = knowledge): Promise<void> {
  const retention = startRetention({ store, clock: { now: () => now }, log: quiet, knowledge: () => used });
  await retention.looked;
  await retention.stop();
}

const linesOf = async (chat: string): Promise<number> =>
  (await store.history({ channel: 'web', chat }, 0, 100)).length;

test('P09 messages go after thirty days and answers half a year after the last contact, as the notice promises', async () => {
  await converse('siti', 'm1');
  await converse('budi', 'm1');
  expect(await linesOf('siti')).toBe(2);
  now += 29 * DAY_MS;
  await lookOnce();
  expect(await linesOf('siti')).toBe(2);
  now += 2 * DAY_MS;
  await lookOnce();
  expect(await linesOf('siti')).toBe(0);
  expect((await store.depths()).conversations).toBe(2);
  now += 100 * DAY_MS;
  await converse('budi', 'm2');
  now += 51 * DAY_MS;
  await lookOnce();
  expect((await store.depths()).conversations).toBe(1);
  now += 181 * DAY_MS;
  await lookOnce();
  expect((await store.depths()).conversations).toBe(0);
});

test('P09 a message that still waits, and its conversation, are not forgotten whatever their age', async () => {
  await converse('siti', 'm1');
  now += 1;
  const waiting: HiddenIncoming = {
    channel: 'web',
    chat: 'siti',
    sender: 'siti',
    messageId: 'm2',
    kind: 'text',
    text: 'masih menunggu',
    choice: null,
    language: null,
    sentAt: now,
    hidden: [],
  };
  await store.receive([waiting], now);
  now += 400 * DAY_MS;
  await lookOnce();
  expect((await store.depths()).inboxWaiting).toBe(1);
  expect((await store.depths()).conversations).toBe(1);
});

test('P09 F17 the mark of a message outlives the message, and goes after thirty-five days', async () => {
  const isNew = async (): Promise<boolean> => {
    const before = await linesOf('siti');
    await converse('siti', 'm1');
    return (await linesOf('siti')) > before;
  };
  await converse('siti', 'm1');
  now += 34 * DAY_MS;
  await lookOnce();
  expect(await isNew()).toBe(false);
  now += 2 * DAY_MS;
  await lookOnce();
  expect(await isNew()).toBe(true);
});

test('P09 stopping ends a look between two steps, and waits for the step under way', async () => {
  const asked: (() => void)[] = [];
  const retention = startRetention({
    store: {
      forgetOld: () =>
        new Promise((resolve) => {
          asked.push(() =>
            resolve({
              messages: 1_000,
              conversations: 0,
              nextMessage: asked.length,
              nextConversation: null,
              nextSeen: null,
            }),
          );
        }),
    },
    clock: { now: () => now },
    log: quiet,
    knowledge: () => knowledge,
  });
  asked[0]!();
  await expect.poll(() => asked.length).toBe(2);
  let isStopped = false;
  const stopped = retention.stop().then(() => {
    isStopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isStopped).toBe(false);
  asked[1]!();
  await stopped;
  expect(asked).toHaveLength(2);
});

test('P09 stopping also waits for a later look than the first', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const asked: (() => void)[] = [];
    const nothing = {
      messages: 0,
      conversations: 0,
      nextMessage: null,
      nextConversation: null,
      nextSeen: null,
    };
    const retention = startRetention({
      store: { forgetOld: () => new Promise((resolve) => void asked.push(() => resolve(nothing))) },
      clock: { now: () => now },
      log: quiet,
      knowledge: () => knowledge,
    });
    asked[0]!();
    await retention.looked;
    vi.advanceTimersByTime(DAY_MS / 24);
    await expect.poll(() => asked.length).toBe(2);
    let isStopped = false;
    const stopped = retention.stop().then(() => {
      isStopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isStopped).toBe(false);
    asked[1]!();
    await stopped;
  } finally {
    vi.useRealTimers();
  }
});

function keeping(fact: string, value: string): Knowledge {
  const { checklist } = knowledge;
  const facts = checklist.facts.map((each) => (each.id === fact ? { ...each, value } : each));
  return { ...knowledge, checklist: { ...checklist, facts } };
}

test.each(['', ' ', '0', '-30', '30.5', '1e9', 'Infinity', 'tiga puluh', '30 hari', '030'])(
  'P09 forgets nothing and says so when the days to keep are %j',
  async (days) => {
    await converse('siti', 'm1');
    now += 400 * DAY_MS;
    for (const fact of ['keep.messages-days', 'keep.answers-days']) await lookOnce(keeping(fact, days));
    expect(await linesOf('siti')).toBe(2);
    expect(failures.splice(0)).toMatchObject([
      { error: { message: expect.stringContaining('keep.messages-days must be a positive whole number') } },
      { error: { message: expect.stringContaining('keep.answers-days must be a positive whole number') } },
    ]);
  },
);
