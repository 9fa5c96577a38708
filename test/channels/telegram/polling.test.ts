import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOffset, trustedOffset, writeOffset } from '../../../src/channels/telegram/cursor.ts';
import {
  connect,
  connectTo,
  QUICK,
  rememberingIntake,
  standingClock,
  textsIn as texts,
} from '../../support/telegram/connected.ts';

test('F36 what cannot be stored is not confirmed, and comes again when the disk has room', async () => {
  const { telegram, channel, intake, statuses, log } = await connect();
  intake.failing = 3;
  const siti = telegram.participant();
  siti.says('halo');
  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['halo']);
  await expect.poll(() => statuses.map(({ state }) => state)).toEqual(['starting', 'waiting', 'on']);
  expect(statuses[1]!.reason).toMatch(/^Cannot store what arrived on Telegram/);
  expect(log.lines.join()).toContain('disk is full');
  await expect.poll(() => telegram.queue.pending()).toEqual([]);
});

test('F01 F02 a process that ends before storing gets everything again, one that ends after it gets nothing twice', async () => {
  const { telegram, channel, intake } = await connect();
  const siti = telegram.participant();
  siti.says('satu');
  siti.says('dua');
  // The first process reads and dies before it stores: its intake never answers, and it is cut off.
  const dying = connectTo(telegram, {
    intake: { receive: () => new Promise(() => {}), cursor: async () => null },
  });
  void dying.channel.start();
  await expect.poll(() => telegram.calls('getUpdates').length).toBe(1);
  await wait(30);
  expect(telegram.queue.pending()).toHaveLength(2);

  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['satu', 'dua']);
  await channel.stop();
  const next = connectTo(telegram, { intake });
  await next.channel.start();
  siti.says('tiga');
  await expect.poll(() => texts(intake)).toEqual(['satu', 'dua', 'tiga']);
  await next.channel.stop();
});

test('F03 the batch and the offset after it are handed over together, before the next poll confirms them', async () => {
  const { telegram, channel, intake } = await connect();
  const siti = telegram.participant();
  const handed: [number, string | undefined][] = [];
  const receive = intake.receive.bind(intake);
  intake.receive = async (incoming, cursor) => {
    handed.push([incoming.length, cursor?.value.split(' ')[0]]);
    expect(telegram.queue.pending()).toHaveLength(3);
    await receive(incoming, cursor);
  };
  for (const word of ['a', 'b', 'c']) siti.says(word);
  await channel.start();
  await expect.poll(() => telegram.queue.pending()).toEqual([]);
  expect(handed).toEqual([[3, '500000004']]);
  expect([...intake.cursors.keys()]).toEqual(['telegram:123456789']);
});

test('F17 the same update twice carries the same message id, also under a new update id', async () => {
  const { telegram, channel, intake } = await connect();
  const siti = telegram.participant();
  siti.says('halo');
  const [update] = telegram.queue.pending();
  telegram.queue.repeat(update!);
  telegram.queue.repeat(update!, true);
  await channel.start();
  await expect.poll(() => intake.received.length).toBe(3);
  expect(
    new Set(intake.received.map(({ messageId, chat, sender }) => `${chat} ${sender} ${messageId}`)).size,
  ).toBe(1);
});

test('F18 the same words in two chats are two messages', async () => {
  const { telegram, channel, intake } = await connect();
  const [siti, budi] = [telegram.participant(), telegram.participant({ name: 'Budi', language: null })];
  siti.says('halo');
  budi.says('halo');
  await channel.start();
  await expect
    .poll(() => intake.received.map(({ chat, language }) => [chat, language]))
    .toEqual([
      [siti.chat, 'id'],
      [budi.chat, null],
    ]);
});

test('F19 F63 a button pressed twice is answered twice at once, and the answers may fail without harm', async () => {
  const { telegram, channel, intake } = await connect();
  const siti = telegram.participant();
  telegram.faults.next('answerCallbackQuery', {
    error_code: 400,
    description: 'Bad Request: query is too old and response timeout expired or query ID is invalid',
  });
  siti.forges('ya');
  siti.forges('ya');
  await channel.start();
  await expect.poll(() => intake.received.map(({ choice }) => choice)).toEqual(['ya', 'ya']);
  await expect.poll(() => telegram.calls('answerCallbackQuery').length).toBe(2);
  expect(telegram.calls('answerCallbackQuery')[0]!.params).not.toHaveProperty('text');
  expect(new Set(intake.received.map(({ messageId }) => messageId)).size).toBe(2);
});

test('F83 groups and bots leave nothing behind, and do not stop what comes after them', async () => {
  const { telegram, channel, intake } = await connect();
  telegram.participant().saysInGroup('halo semua');
  telegram.participant({ isBot: true }).says('beep');
  telegram.participant().says('halo');
  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['halo']);
});

test('F53 blocking and coming back arrive as such', async () => {
  const { telegram, channel, intake } = await connect();
  const siti = telegram.participant();
  await channel.start();
  siti.says('halo');
  siti.blocks();
  siti.unblocks();
  await expect.poll(() => intake.received.map(({ kind }) => kind)).toEqual(['text', 'left', 'returned']);
});

test('F23 an offset older than six days is dropped, so that a lower number after a quiet week is heard', async () => {
  const clock = standingClock();
  const { telegram, channel, intake } = await connect({ clock });
  const siti = telegram.participant();
  siti.says('sebelum');
  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['sebelum']);
  await channel.stop();
  clock.move(8 * 24 * 60 * 60 * 1000);
  telegram.queue.forgetPending();
  telegram.queue.jumpTo(31_337);
  siti.says('sesudah');
  const later = connectTo(telegram, { intake, clock });
  await later.channel.start();
  await expect.poll(() => texts(intake)).toEqual(['sebelum', 'sesudah']);
  await later.channel.stop();
});

test('F23 a process that ran through the quiet week drops its offset too', async () => {
  const clock = standingClock();
  const { telegram, channel, intake } = await connect({ clock, timing: { pollSeconds: 0.05 } });
  const siti = telegram.participant();
  siti.says('sebelum');
  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['sebelum']);
  clock.move(8 * 24 * 60 * 60 * 1000);
  const polls = telegram.calls('getUpdates').length;
  await expect.poll(() => telegram.calls('getUpdates').length).toBeGreaterThan(polls + 1);
  telegram.queue.jumpTo(31_337);
  siti.says('sesudah');
  await expect.poll(() => texts(intake)).toEqual(['sebelum', 'sesudah']);
});

test('F23 offsets are read back as written, and anything else is no offset', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (next, at) => {
      expect(readOffset(writeOffset({ next, at }))).toEqual({ next, at });
    }),
  );
  for (const broken of [null, '', '5', 'x 5', '5 x', '-1 2', '{"next":1}'])
    expect(readOffset(broken)).toBeNull();
  expect(trustedOffset({ next: 9, at: 0 }, 6 * 86_400_000)).toBe(9);
  expect(trustedOffset({ next: 9, at: 0 }, 6 * 86_400_000 + 1)).toBeUndefined();
});

test('only the kinds of updates that are read are asked for, and the command menus are set in both languages', async () => {
  const { telegram, channel } = await connect();
  await channel.start();
  await expect.poll(() => telegram.calls('getUpdates').length).toBe(2);
  expect(telegram.calls('getUpdates')[1]!.params).toMatchObject({
    timeout: QUICK.pollSeconds,
    allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
  });
  await expect
    .poll(() => [...telegram.commands])
    .toEqual([
      ['', [{ command: 'mulai', description: 'Mulai dari awal' }]],
      ['en', [{ command: 'mulai', description: 'Start over' }]],
    ]);
});

test('stopping ends a waiting poll at once and tells so', async () => {
  const { telegram, channel, statuses } = await connect({ timing: { pollSeconds: 30 } });
  await channel.start();
  await expect.poll(() => telegram.queue.polled).toBe(true);
  const asked = performance.now();
  await channel.stop();
  expect(performance.now() - asked).toBeLessThan(1_000);
  expect(statuses.at(-1)!.state).toBe('stopped');
});

test('stopping waits for what is being stored', async () => {
  const intake = rememberingIntake();
  const { telegram, channel } = await connect({ intake });
  const stored = Promise.withResolvers<void>();
  const receive = intake.receive.bind(intake);
  intake.receive = async (incoming, cursor) => {
    await stored.promise;
    return receive(incoming, cursor);
  };
  telegram.participant().says('halo');
  void channel.start();
  await expect.poll(() => telegram.calls('getUpdates').length).toBe(1);
  await wait(30);
  let stopped = false;
  const stopping = channel.stop().then(() => {
    stopped = true;
  });
  await wait(30);
  expect(stopped).toBe(false);
  stored.resolve();
  await stopping;
  expect(texts(intake)).toEqual(['halo']);
});
