import { createServer } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import type { WebhookHandler } from '../../../src/channels/telegram/webhook.ts';
import { addressOf, type Connected, connect, saying } from '../../support/telegram/connected.ts';

const SECRET = 'rahasia-yang-panjang_123';
const URL_OF_HOOK = 'http://127.0.0.1:9/telegram/x';
const UPDATE = {
  update_id: 5,
  message: {
    message_id: 7,
    date: 1,
    chat: { id: 42, type: 'private' },
    from: { id: 42, is_bot: false },
    text: 'halo',
  },
};

async function hooked(): Promise<Connected & { handler: WebhookHandler }> {
  const connected = await connect({ webhook: { url: URL_OF_HOOK, secret: SECRET } });
  return { ...connected, handler: connected.channel.webhookHandler! };
}

function post(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(URL_OF_HOOK, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

test.each(['', 'falsch', SECRET.slice(0, -1), `${SECRET}x`, SECRET.toUpperCase()])(
  'S23 the secret %j is turned away before a byte of the body is read',
  async (secret) => {
    const { handler, intake } = await hooked();
    let asked = false;
    const body = new ReadableStream(
      {
        pull(controller) {
          asked = true;
          controller.enqueue(new TextEncoder().encode(JSON.stringify(UPDATE)));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const request = new Request(URL_OF_HOOK, {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': secret },
      body,
      duplex: 'half',
    });
    expect((await handler(request)).status).toBe(401);
    expect(asked).toBe(false);
    expect(intake.received).toEqual([]);
  },
);

test('S23 no secret at all is turned away, whatever the method', async () => {
  const { handler } = await hooked();
  expect((await handler(new Request(URL_OF_HOOK))).status).toBe(401);
  expect((await handler(new Request(URL_OF_HOOK, { method: 'POST', body: '{}' }))).status).toBe(401);
});

test('with the secret, anything but POST is refused', async () => {
  const { handler } = await hooked();
  const get = new Request(URL_OF_HOOK, { headers: { 'x-telegram-bot-api-secret-token': SECRET } });
  expect((await handler(get)).status).toBe(405);
});

test.each(['', 'halo', '{"update_id":', '[]', '7', 'null', '{}', '{"update_id":"5"}'])(
  'S23 the body %j is 400',
  async (body) => {
    const { handler, intake } = await hooked();
    expect((await handler(post(body))).status).toBe(400);
    expect(intake.received).toEqual([]);
  },
);

test('S13 a body above one megabyte is 413, also when it does not say how long it is', async () => {
  const { handler, intake } = await hooked();
  expect((await handler(post({ ...UPDATE, padding: 'x'.repeat(1024 * 1024) }))).status).toBe(413);
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(64 * 1024).fill(32));
    },
  });
  const request = new Request(URL_OF_HOOK, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': SECRET },
    body: endless,
    duplex: 'half',
  });
  expect((await handler(request)).status).toBe(413);
  expect(sent).toBeLessThan(30);
  expect(intake.received).toEqual([]);
});

test('F36 a store that fails is 503 with a time to come back, and nothing is said to be received', async () => {
  const { handler, intake } = await hooked();
  intake.failing = 1;
  const refused = await handler(post(UPDATE));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await handler(post(UPDATE))).status).toBe(200);
  expect(intake.received).toMatchObject([{ text: 'halo' }]);
});

test('F16 once it shall stop, updates are 503 and sent again, and replies still go out', async () => {
  const { handler, intake, channel, telegram } = await hooked();
  const siti = telegram.participant();
  siti.says('halo');
  await channel.stopListening();
  expect((await handler(post(UPDATE))).status).toBe(503);
  expect(intake.received).toEqual([]);
  await channel.send(addressOf(siti), saying('Apa kabar?'), 1);
  expect(siti.heard().map(({ text }) => text)).toEqual(['Apa kabar?']);
});

test('a stop does not wait for a Telegram that does not answer the webhook being set', async () => {
  const { channel, telegram } = await connect({
    webhook: { url: URL_OF_HOOK, secret: SECRET },
    timing: { sendTimeoutMs: 5_000 },
  });
  telegram.faults.next('setWebhook', 'hang');
  void channel.start();
  await expect.poll(() => telegram.calls('setWebhook').length).toBe(1);
  const asked = performance.now();
  await channel.stop();
  expect(performance.now() - asked).toBeLessThan(1_500);
});

test('F64 200 comes only after the message is stored, and with an empty body', async () => {
  const { handler, intake } = await hooked();
  const stored = Promise.withResolvers<void>();
  const receive = intake.receive.bind(intake);
  intake.receive = async (...given) => {
    await stored.promise;
    return receive(...given);
  };
  const answer = handler(post(UPDATE));
  const early = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 40, 'not yet'))]);
  expect(early).toBe('not yet');
  stored.resolve();
  expect([(await answer).status, await (await answer).text()]).toEqual([200, '']);
});

test('an update nobody understands is 200, or it would come back for a day and hold up the chat', async () => {
  const { handler, intake } = await hooked();
  expect((await handler(post({ update_id: 6, message: { message_id: 'seven' } }))).status).toBe(200);
  expect((await handler(post({ update_id: 7, purchased_paid_media: {} }))).status).toBe(200);
  expect(intake.received).toEqual([]);
});

test('S23 F17 over real HTTP: set with the secret, repeated until stored, in order, and answered once per press', async () => {
  const connectedTo: { handler: WebhookHandler | null } = { handler: null };
  const server = createAdaptorServer({ fetch: (request) => connectedTo.handler!(request), createServer });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    (server as ReturnType<typeof createServer>).closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as { port: number };
  const { telegram, channel, intake, statuses } = await connect({
    webhook: { url: `http://127.0.0.1:${port}/telegram/x`, secret: SECRET },
  });
  connectedTo.handler = channel.webhookHandler;
  telegram.faults.next('setWebhook', 'html502');
  await channel.start();
  await expect.poll(() => statuses.map(({ state }) => state)).toEqual(['starting', 'waiting', 'on']);
  expect(telegram.calls('setWebhook')[0]!.params).toMatchObject({
    secret_token: SECRET,
    allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
  });
  intake.failing = 2;
  const siti = telegram.participant();
  siti.says('satu');
  siti.says('dua');
  siti.forges('ya');
  await expect
    .poll(() => intake.received.map(({ text, choice }) => choice ?? text))
    .toEqual(['satu', 'dua', 'ya']);
  await expect
    .poll(() => telegram.webhook.deliveries.map(({ status }) => status))
    .toEqual([503, 503, 200, 200, 200]);
  expect(telegram.webhook.deliveries.every(({ body }) => body === '')).toBe(true);
  await expect.poll(() => telegram.calls('answerCallbackQuery').length).toBe(1);
  expect(telegram.calls('getUpdates')).toEqual([]);
  await channel.stop();
  expect(telegram.webhook.active).toBe(true);
});

test('without a webhook there is no handler to mount', async () => {
  expect((await connect()).channel.webhookHandler).toBeNull();
});
