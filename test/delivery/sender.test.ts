import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { SendError } from '../../src/channels/channel.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { budi, choice, sari, say } from '../store/samples.ts';
import { addressOf } from '../support/telegram/connected.ts';
import { openOffice, openScripted, textsOf as texts } from './outbox.ts';

test('an empty outbox is idle, and waking or stopping twice does no harm', async () => {
  const office = await openOffice();
  await office.settle();
  office.sender.wake();
  await office.sender.stop();
  await office.sender.stop();
  office.sender.wake();
  await office.sender.idle();
  expect(office.telegram.calls()).toEqual([]);
});

test('F26 what a turn says arrives in order, and the second message waits for the first', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.when('sendMessage', ({ text }) => (text === 'satu' ? { lateMs: 60 } : null));
  await office.decide(
    addressOf(siti),
    say('satu'),
    say('dua', { choices: [choice('ya', 'Ya')] }),
    say('tiga'),
  );
  await office.settle();
  expect(texts(siti)).toEqual(['satu', 'dua', 'tiga']);
  expect((await office.store.depths()).outboxWaiting).toBe(0);
  expect(office.sender.counters).toMatchObject({ sent: 3, dead: 0, unknown: 0 });
});

test('F26 chats do not wait for each other', async () => {
  const office = await openOffice();
  const people = await Promise.all([office.person(), office.person(), office.person()]);
  office.telegram.faults.when('sendMessage', ({ chat_id }) =>
    String(chat_id) === people[0]!.chat ? { lateMs: 200 } : null,
  );
  for (const person of people) await office.decide(addressOf(person), say('halo'));
  await people[2]!.hears(1);
  expect(texts(people[0]!)).toEqual([]);
  await office.settle();
  expect(people.map(texts)).toEqual([['halo'], ['halo'], ['halo']]);
});

test('F16 a planned stop sends what waits as well, and leaves nothing of unknown fate', async () => {
  const office = await openOffice();
  const people = await Promise.all(Array.from({ length: 10 }, () => office.person()));
  office.telegram.faults.when('sendMessage', () => ({ lateMs: 120 }));
  for (const person of people) await office.decide(addressOf(person), say('satu'), say('dua'));
  await expect.poll(() => office.telegram.calls('sendMessage').length).toBe(10);
  await office.sender.stop();
  expect(people.map(texts)).toEqual(Array.from({ length: 10 }, () => ['satu', 'dua']));
  expect(office.sender.counters).toMatchObject({ sent: 20, unknown: 0 });
  expect((await office.store.depths()).outboxWaiting).toBe(0);
});

test('F16 a planned stop without time left takes nothing new', async () => {
  const office = await openOffice({ settings: { drainMs: 60 } });
  const siti = await office.person();
  office.telegram.faults.when('sendMessage', () => ({ lateMs: 30 }));
  await office.decide(addressOf(siti), ...Array.from({ length: 20 }, (_, index) => say(`pesan ${index}`)));
  await office.sender.stop();
  const sent = texts(siti).length;
  await wait(150);
  expect(sent).toBeLessThan(10);
  expect(texts(siti).length).toBeLessThanOrEqual(sent + 1);
});

test.each([
  [
    'asked for a pause',
    { error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 30 } },
  ],
  ['refuses the account', { error_code: 401, description: 'Unauthorized' }],
] as const)('F16 a planned stop does not wait for a platform that %s', async (_, fault) => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.when('sendMessage', () => fault);
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  const asked = performance.now();
  await office.sender.stop();
  expect(performance.now() - asked).toBeLessThan(1_000);
  expect((await office.store.depths()).outboxWaiting).toBe(2);
});

test('F16 what is handed out in the very moment of the stop is given back untouched', async () => {
  const office = await openScripted({}, [sari, budi], say('satu'));
  await office.sender.stop(0);
  expect(office.arrived).toEqual([]);
  const rows = await office.store.claimOutgoing('telegram', Number.MAX_SAFE_INTEGER, 10);
  expect(rows.map(({ unknownSince }) => unknownSince)).toEqual([null, null]);
});

test('F16 a stop does not wait for ever for a platform that says nothing', async () => {
  const office = await openOffice({
    settings: { drainMs: 80 },
    telegram: { timing: { sendTimeoutMs: 2_000 } },
  });
  const siti = await office.person();
  office.telegram.faults.next('sendMessage', 'hang');
  await office.decide(addressOf(siti), say('satu'));
  await expect.poll(() => office.telegram.calls('sendMessage').length).toBe(1);
  const asked = performance.now();
  await office.sender.stop();
  expect(performance.now() - asked).toBeLessThan(1_000);
});

test('F36 an outcome that cannot be written down at first is written down later, and the message not sent twice', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  let failing = 2;
  const flaky = {
    ...store,
    async markSent(id: number, platformId: string | null, at: number) {
      if (failing-- > 0) throw new Error('database or disk is full');
      return store.markSent(id, platformId, at);
    },
  };
  const office = await openOffice({ store: flaky });
  const siti = await office.person();
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.settle();
  expect(texts(siti)).toEqual(['satu', 'dua']);
  expect(office.senderLog.lines.join()).toContain('disk is full');
});

test('F36 a store that cannot hand out messages is asked again later', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  let failing = 1;
  const flaky = {
    ...store,
    async claimOutgoing(...given: Parameters<typeof store.claimOutgoing>) {
      if (failing-- > 0) throw new Error('database is locked');
      return store.claimOutgoing(...given);
    },
  };
  const office = await openOffice({ store: flaky });
  const siti = await office.person();
  await office.decide(addressOf(siti), say('satu'));
  await siti.hears(1);
});

test('a sender looks by itself when a wait ends, without being called', async () => {
  const startedAt = Date.now();
  const clock = { now: () => Date.now() - startedAt + 1_000_000 };
  const before = (tries: number): void => {
    if (tries === 1) throw new SendError('throttled', 'wait', { retryAfterMs: 150 });
  };
  const office = await openScripted({ before, clock }, [sari], say('satu'));
  await wait(80);
  expect(office.arrived).toEqual([]);
  await expect.poll(() => office.arrived.length).toBe(1);
});

test('a flood to one chat is stretched, and another chat is served meanwhile', async () => {
  const office = await openOffice();
  const [siti, budiman] = [await office.person(), await office.person()];
  await office.decide(addressOf(siti), ...Array.from({ length: 25 }, (_, index) => say(`pesan ${index}`)));
  await office.decide(addressOf(budiman), say('halo'));
  await office.settle();
  expect(texts(siti)).toHaveLength(20);
  expect(texts(budiman)).toEqual(['halo']);
  await office.later(1_000);
  expect(texts(siti)).toHaveLength(21);
  for (let second = 0; second < 5; second += 1) await office.later(1_000);
  expect(texts(siti)).toEqual(Array.from({ length: 25 }, (_, index) => `pesan ${index}`));
});

test('many waiting messages leave together, never more at once than the channel allows', async () => {
  let running = 0;
  let most = 0;
  const before = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await wait(2);
    running -= 1;
  };
  const people = Array.from({ length: 100 }, (_, index) => ({ ...sari, chat: String(index + 1) }));
  const pace = { perSecond: 10_000, perChatPerSecond: 100, concurrency: 8 };
  const office = await openScripted({ before, pace }, people, say('satu'), say('dua'));
  await office.later(0);
  expect(office.arrived).toHaveLength(200);
  expect(most).toBe(8);
  for (const { chat } of people) {
    expect(office.arrived.filter((line) => line.startsWith(`${chat} `))).toEqual([
      `${chat} satu`,
      `${chat} dua`,
    ]);
  }
});
