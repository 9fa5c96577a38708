import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connect, connectTo, QUICK, textsIn as texts } from '../../support/telegram/connected.ts';

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
