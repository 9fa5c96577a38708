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
} from '../../support/telegram/connected.ts';

const texts = (intake: { received: readonly { text: string }[] }): string[] =>
  intake.received.map(({ text }) => text);

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

test('F60 a second program with the same token is named, and the channel goes on when it is gone', async () => {
  const { telegram, channel, intake, statuses } = await connect();
  await channel.start();
  await expect.poll(() => telegram.queue.polled).toBe(true);
  telegram.faults.next(
    'getUpdates',
    {
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    },
    2,
  );
  telegram.participant().says('halo');
  await expect
    .poll(() => statuses.find(({ state }) => state === 'waiting')?.reason)
    .toMatch(/Another program is fetching messages with the same bot token/);
  await expect.poll(() => texts(intake)).toEqual(['halo']);
  await expect.poll(() => statuses.at(-1)!.state).toBe('on');
});

test('F60 of two programs with one token, each message is heard by one of them', async () => {
  const { telegram, channel, intake } = await connect();
  const other = connectTo(telegram);
  await Promise.all([channel.start(), other.channel.start()]);
  const siti = telegram.participant();
  for (let count = 0; count < 20; count += 1) {
    siti.says(`pesan ${count}`);
    await wait(10);
  }
  const heard = (): number => new Set([...texts(intake), ...texts(other.intake)]).size;
  await expect.poll(heard, { timeout: 10_000 }).toBe(20);
  await other.channel.stop();
});

test('an old webhook is removed before polling, with nothing that waits thrown away', async () => {
  const { telegram, channel, intake, statuses } = await connect();
  telegram.webhook.set({ url: 'http://127.0.0.1:9/gone' });
  telegram.participant().says('halo');
  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['halo']);
  // Somebody sets it again while we poll.
  telegram.webhook.set({ url: 'http://127.0.0.1:9/gone' });
  telegram.faults.next('getUpdates', {
    error_code: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  });
  telegram.participant().says('halo lagi');
  await expect.poll(() => texts(intake), { timeout: 10_000 }).toEqual(['halo', 'halo lagi']);
  expect(statuses.some(({ reason }) => reason.startsWith('Another program set a webhook'))).toBe(true);
});

test('F61 a revoked token stops the channel with a sentence that says what to do', async () => {
  const { telegram, channel, statuses } = await connect();
  await channel.start();
  await expect.poll(() => telegram.queue.polled).toBe(true);
  telegram.revokeToken();
  telegram.participant().says('halo');
  await expect
    .poll(() => statuses.at(-1))
    .toEqual({
      state: 'stopped',
      reason:
        'Telegram does not accept TELEGRAM_BOT_TOKEN. Get the current token from @BotFather, set it and start again.',
    });
  const calls = telegram.calls().length;
  await wait(4 * QUICK.retryMostMs);
  expect(telegram.calls()).toHaveLength(calls);
});

test.each(['123456789:wrong-wrong-wrong-wrong-wrong-wrong', 'nonsense'])(
  'F61 the wrong token %j stops the channel at once',
  async (token) => {
    const { channel, statuses } = await connect({ token });
    await channel.start();
    expect(statuses.at(-1)!.state).toBe('stopped');
  },
);

test('F52 the poll waits as long as Telegram asks', async () => {
  const { telegram, channel, intake } = await connect();
  await channel.start();
  telegram.faults.next('getUpdates', {
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  });
  const asked = performance.now();
  telegram.participant().says('halo');
  telegram.participant().says('halo');
  await expect.poll(() => intake.received.length, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => telegram.calls('getUpdates').length).toBeGreaterThan(2);
  expect(performance.now() - asked).toBeGreaterThan(900);
});

test('F58 F62 Telegram may be away when we start and come back later', async () => {
  const { telegram, channel, intake, statuses } = await connect();
  telegram.faults.next('*', 'drop', 4);
  telegram.participant().says('halo');
  await channel.start();
  expect(statuses.at(-1)).toMatchObject({
    state: 'waiting',
    reason: expect.stringMatching(/^Cannot reach Telegram at http/),
  });
  await expect.poll(() => texts(intake)).toEqual(['halo']);
  expect(statuses.at(-1)!.state).toBe('on');
});

test('F59 a poll into a dead network ends by itself and a new one is opened', async () => {
  const { telegram, channel, intake } = await connect({ timing: { pollSeconds: 0.2, pollMarginMs: 200 } });
  telegram.faults.next('getUpdates', 'hang');
  telegram.participant().says('halo');
  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['halo']);
});

test.each(['html502', 'html502-after', 'drop', 'drop-after'] as const)(
  'a poll that ends in %s is asked again, and nothing is lost',
  async (fault) => {
    const { telegram, channel, intake } = await connect();
    telegram.participant().says('halo');
    telegram.faults.next('getUpdates', fault, 2);
    await channel.start();
    await expect.poll(() => texts(intake)).toEqual(['halo']);
  },
);

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

test('a command menu that Telegram refuses does not keep messages away', async () => {
  const { telegram, channel, intake } = await connect();
  telegram.faults.when('setMyCommands', () => ({
    error_code: 400,
    description: 'Bad Request: BOT_COMMAND_INVALID',
  }));
  telegram.participant().says('halo');
  await channel.start();
  await expect.poll(() => texts(intake)).toEqual(['halo']);
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
