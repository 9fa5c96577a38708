import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { SendError } from '../../src/channels/channel.ts';
import { startSender } from '../../src/delivery/sender.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { budi, choice, deletion, message, result, sari, say } from '../store/samples.ts';
import { addressOf, rememberingLog, standingClock } from '../support/telegram/connected.ts';
import type { Fault } from '../support/telegram/faults.ts';
import { openOffice, scriptedChannel } from './outbox.ts';

const HOUR = 3_600_000;
const reminder = (text: string) => say(text, { priority: 'reminder' });
const texts = (participant: { heard(): readonly { text: string }[] }): string[] =>
  participant.heard().map(({ text }) => text);
const refusal = (error_code: number, description: string, parameters?: Record<string, unknown>): Fault =>
  parameters === undefined ? { error_code, description } : { error_code, description, parameters };

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

test('F52 429 holds everybody for exactly as long as Telegram says, burns nothing, and replies go before reminders', async () => {
  const office = await openOffice({ telegram: { pace: { concurrency: 1 } } });
  const [siti, budiman] = [await office.person(), await office.person()];
  office.telegram.faults.next(
    'sendMessage',
    refusal(429, 'Too Many Requests: retry after 9', { retry_after: 9 }),
  );
  await office.decide(addressOf(siti), reminder('ingat'));
  await office.settle();
  await office.decide(addressOf(budiman), say('jawab'));
  await office.later(8_999);
  expect(office.telegram.calls('sendMessage')).toHaveLength(1);
  await office.later(1);
  expect(office.telegram.calls('sendMessage').map(({ params }) => params.text)).toEqual([
    'ingat',
    'jawab',
    'ingat',
  ]);
  expect(office.sender.counters).toMatchObject({ sent: 2, dead: 0, unknown: 0 });
});

test.each(['Forbidden: bot was blocked by the user', 'Forbidden: user is deactivated'])(
  'F53 after "%s" nothing more is tried, until they come back',
  async (description) => {
    const office = await openOffice();
    const siti = await office.person();
    office.telegram.faults.next('sendMessage', refusal(403, description));
    await office.decide(addressOf(siti), say('satu'), say('dua'));
    await office.settle();
    await office.later(48 * HOUR);
    expect(office.telegram.calls('sendMessage')).toHaveLength(1);
    expect((await office.store.depths()).outboxWaiting).toBe(0);
    await office.decide(addressOf(siti), say('kembali'));
    await office.settle();
    expect(texts(siti)).toEqual(['kembali']);
  },
);

test('F54 a passing 403 is tried again for a day, others go on meanwhile', async () => {
  const office = await openOffice();
  const [siti, budiman] = [await office.person(), await office.person()];
  let refusals = 0;
  office.telegram.faults.when('sendMessage', ({ chat_id }) =>
    String(chat_id) === siti.chat && ++refusals <= 3
      ? refusal(403, "Forbidden: bot can't send messages to the user")
      : null,
  );
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.decide(addressOf(budiman), say('halo'));
  await office.settle();
  expect(texts(budiman)).toEqual(['halo']);
  await office.later(60_000);
  await office.later(120_000 - 1);
  expect(refusals).toBe(2);
  await office.later(1);
  await office.later(240_000);
  expect(texts(siti)).toEqual(['satu', 'dua']);
});

test('F54 a chat that refuses for a whole day loses that message, and not the next', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.when('sendMessage', ({ text }) =>
    text === 'satu' ? refusal(403, 'Forbidden: not now') : null,
  );
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  for (let hour = 0; hour < 30; hour += 1) await office.later(HOUR);
  expect(texts(siti)).toEqual(['dua']);
  expect(office.sender.counters.dead).toBe(1);
});

test('F56 what Telegram will never take is given up and told loudly, without its words', async () => {
  const office = await openOffice();
  const siti = await office.person();
  await office.decide(
    addressOf(siti),
    say('tombol rahasia', { choices: [choice('x'.repeat(65), 'Ya')] }),
    say('dua'),
  );
  await office.settle();
  expect(texts(siti)).toEqual(['dua']);
  expect(office.senderLog.lines.join()).toContain('BUTTON_DATA_INVALID');
  expect(office.senderLog.lines.join()).not.toContain('rahasia');
});

test.each(['drop-after', 'html502-after', { lateMs: 700 }] as const)(
  'F57 F11 an answer lost by %j: found where it is, and not repeated',
  async (fault) => {
    const office = await openOffice();
    const siti = await office.person();
    office.telegram.faults.next('sendMessage', fault);
    await office.decide(addressOf(siti), say('satu', { choices: [choice('ya', 'Ya')], menu: 5 }), say('dua'));
    await office.settle();
    await siti.hears(1);
    await office.later(9_999);
    expect(office.telegram.calls('editMessageText')).toEqual([]);
    await office.later(1);
    expect(texts(siti)).toEqual(['satu', 'dua']);
    expect(siti.heard().every(({ edited }) => !edited)).toBe(true);
    expect(office.sender.counters).toMatchObject({ sent: 1, unknown: 1, found: 1, repeated: 0 });
    // The menu counts as delivered: a bare number refers to it.
    await office.store.receive([message(addressOf(siti), '1')], office.clock.now());
    const [turn] = await office.store.claimTurns(office.clock.now(), 1);
    expect(turn!.event).toMatchObject({ deliveredMenu: 5 });
  },
);

test.each(['drop', 'html502', 'hang'] as const)(
  'F57 F10 F59 a send that came to nothing by %s is made up for, once',
  async (fault) => {
    const office = await openOffice();
    const siti = await office.person();
    office.telegram.faults.next('sendMessage', fault);
    await office.decide(addressOf(siti), say('satu'), say('dua'));
    await office.settle();
    expect(texts(siti)).toEqual([]);
    await office.later(10_000);
    expect(texts(siti)).toEqual(['satu', 'dua']);
    expect(office.sender.counters).toMatchObject({ unknown: 1, notArrived: 1, repeated: 0 });
  },
);

test('F57 while the question itself fails, nothing is sent and nothing is concluded', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.next('sendMessage', 'drop-after');
  office.telegram.faults.next('editMessageText', 'html502', 2);
  office.telegram.faults.next('editMessageText', refusal(429, 'Too Many', { retry_after: 30 }));
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.settle();
  for (let step = 0; step < 4; step += 1) {
    expect(texts(siti)).toEqual(['satu']);
    await office.later(45_000);
  }
  expect(texts(siti)).toEqual(['satu', 'dua']);
  expect(office.sender.counters).toMatchObject({ found: 1, repeated: 0 });
});

test.each([
  ['reply', ['satu', 'satu', 'dua'], { repeated: 1, withheld: 0, dead: 0 }],
  ['reminder', ['satu', 'dua'], { repeated: 0, withheld: 1, dead: 1 }],
] as const)(
  'when nobody can tell, a %s is sent again or not, and counted',
  async (priority, arrived, counted) => {
    const store = await openSqliteStore({ path: ':memory:' });
    onTestFinished(() => store.close());
    const clock = standingClock();
    let answersLost = 1;
    const channel = scriptedChannel({ resolve: async () => 'unclear' });
    const send = channel.send.bind(channel);
    channel.send = async (...given) => {
      const id = await send(...given);
      if (answersLost-- > 0) throw new SendError('unknown', 'no answer');
      return id;
    };
    await store.receive([message(sari, 'halo')], clock.now());
    const [turn] = await store.claimTurns(clock.now(), 1);
    await store.finishTurn(
      turn!,
      result({ outgoing: [say('satu', { priority }), say('dua', { priority })] }),
    );
    const sender = startSender({ store, channel, clock, log: rememberingLog() });
    onTestFinished(() => sender.stop());
    await sender.idle();
    clock.move(10_000);
    sender.wake();
    await sender.idle();
    expect(channel.sent.map((line) => line.split(' ')[1])).toEqual(arrived);
    expect(sender.counters).toMatchObject(counted);
  },
);

test('F58 while Telegram cannot be reached everything waits, with fewer and fewer tries, and nothing is lost', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  const clock = standingClock();
  let isDown = true;
  let tries = 0;
  const channel = scriptedChannel();
  const send = channel.send.bind(channel);
  channel.send = async (...given) => {
    tries += 1;
    if (isDown) throw new SendError('unreachable', 'no connection');
    return send(...given);
  };
  await store.receive([message(sari, 'a'), message(budi, 'b')], clock.now());
  for (const turn of await store.claimTurns(clock.now(), 2))
    await store.finishTurn(turn, result({ outgoing: [say('halo')] }));
  const sender = startSender({ store, channel, clock, log: rememberingLog() });
  onTestFinished(() => sender.stop());
  await sender.idle();
  for (let minute = 0; minute < 60 * 30; minute += 1) {
    clock.move(60_000);
    sender.wake();
    await sender.idle();
  }
  // Two chats, about one try a minute each after the first minute.
  expect(tries).toBeGreaterThan(1_000);
  expect(tries).toBeLessThan(2 * 60 * 30 + 20);
  isDown = false;
  clock.move(60_000);
  sender.wake();
  await sender.idle();
  expect(channel.sent.sort()).toEqual([`${sari.chat} halo`, `${budi.chat} halo`].sort());
  expect(sender.counters).toMatchObject({ sent: 2, dead: 0, unknown: 0 });
});

test('F61 when the token is refused nothing is tried any more, and nothing is lost', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.next('sendMessage', refusal(401, 'Unauthorized'));
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.settle();
  await office.later(48 * HOUR);
  expect(office.telegram.calls('sendMessage')).toHaveLength(1);
  expect((await office.store.depths()).outboxWaiting).toBe(2);
  await office.sender.stop();
  office.restart();
  await office.settle();
  expect(texts(siti)).toEqual(['satu', 'dua']);
});

test('S07 a deletion that fails is given up quietly after three tries and holds nobody up for long', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.when('deleteMessage', () => 'drop');
  await office.decide(addressOf(siti), deletion('m1'), say('Pesan Anda sudah disembunyikan'));
  await office.settle();
  await office.later(1_000);
  await office.later(1_000);
  await office.settle();
  expect(office.telegram.calls('deleteMessage')).toHaveLength(3);
  expect(texts(siti)).toEqual(['Pesan Anda sudah disembunyikan']);
});

test('S07 the participant’s message is gone before the warning arrives', async () => {
  const office = await openOffice();
  const siti = await office.person();
  const secret = siti.says('[nomor]');
  await office.decide(addressOf(siti), deletion(`m${secret.message_id}`), say('Jangan kirim nomor'));
  await office.settle();
  expect(siti.messages().map(({ text }) => text)).toEqual(['halo', 'Jangan kirim nomor']);
});

test('F16 a planned stop takes nothing new, waits for what is on the wire, and leaves nothing of unknown fate', async () => {
  const office = await openOffice();
  const people = await Promise.all(Array.from({ length: 10 }, () => office.person()));
  office.telegram.faults.when('sendMessage', () => ({ lateMs: 120 }));
  for (const person of people) await office.decide(addressOf(person), say('satu'), say('dua'));
  await expect.poll(() => office.telegram.calls('sendMessage').length).toBe(10);
  await office.sender.stop();
  expect(people.flatMap(texts)).toEqual(Array.from({ length: 10 }, () => 'satu'));
  expect(office.sender.counters).toMatchObject({ sent: 10, unknown: 0 });
  const rows = await office.store.claimOutgoing('telegram', office.clock.now(), 100);
  expect(rows.map(({ unknownSince }) => unknownSince)).toEqual(Array.from({ length: 10 }, () => null));
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

test('F57 what a channel throws that is no SendError is taken for unknown, not for the end', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  const clock = standingClock();
  let broken = 1;
  const channel = scriptedChannel();
  const send = channel.send.bind(channel);
  channel.send = async (...given) => {
    if (broken-- > 0) throw new TypeError('undefined is not a function');
    return send(...given);
  };
  await store.receive([message(sari, 'halo')], clock.now());
  const [turn] = await store.claimTurns(clock.now(), 1);
  await store.finishTurn(turn!, result({ outgoing: [say('satu')] }));
  const log = rememberingLog();
  const sender = startSender({ store, channel, clock, log });
  onTestFinished(() => sender.stop());
  await sender.idle();
  clock.move(10_000);
  sender.wake();
  await sender.idle();
  expect(channel.sent).toHaveLength(1);
  expect(sender.counters).toMatchObject({ unknown: 1, repeated: 1 });
  expect(log.lines.join()).toContain('undefined is not a function');
});

test('a sender looks by itself when a wait ends, without being called', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  const startedAt = Date.now();
  const clock = { now: () => Date.now() - startedAt + 1_000_000 };
  let throttled = 1;
  const channel = scriptedChannel();
  const send = channel.send.bind(channel);
  channel.send = async (...given) => {
    if (throttled-- > 0) throw new SendError('throttled', 'wait', { retryAfterMs: 150 });
    return send(...given);
  };
  await store.receive([message(sari, 'halo')], clock.now());
  const [turn] = await store.claimTurns(clock.now(), 1);
  await store.finishTurn(turn!, result({ outgoing: [say('satu')] }));
  const sender = startSender({ store, channel, clock, log: rememberingLog() });
  onTestFinished(() => sender.stop());
  await wait(80);
  expect(channel.sent).toEqual([]);
  await expect.poll(() => channel.sent.length).toBe(1);
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
  const store = await openSqliteStore({ path: ':memory:' });
  onTestFinished(() => store.close());
  const clock = standingClock();
  let running = 0;
  let most = 0;
  const channel = scriptedChannel({ pace: { perSecond: 10_000, perChatPerSecond: 100, concurrency: 8 } });
  const send = channel.send.bind(channel);
  channel.send = async (...given) => {
    running += 1;
    most = Math.max(most, running);
    await wait(2);
    running -= 1;
    return send(...given);
  };
  const people = Array.from({ length: 100 }, (_, index) => ({
    channel: 'telegram' as const,
    chat: String(index + 1),
  }));
  await store.receive(
    people.map((person) => message(person, 'halo')),
    clock.now(),
  );
  for (const turn of await store.claimTurns(clock.now(), 100)) {
    await store.finishTurn(turn, result({ outgoing: [say('satu'), say('dua')] }));
  }
  const sender = startSender({ store, channel, clock, log: rememberingLog() });
  onTestFinished(() => sender.stop());
  await sender.idle();
  expect(channel.sent).toHaveLength(200);
  expect(most).toBe(8);
  for (const { chat } of people) {
    expect(channel.sent.filter((line) => line.startsWith(`${chat} `))).toEqual([
      `${chat} satu`,
      `${chat} dua`,
    ]);
  }
});
