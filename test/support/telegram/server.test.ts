import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTelegram, type TelegramServer } from './server.ts';

let telegram: TelegramServer;
beforeEach(async () => {
  telegram = await startTelegram();
});
afterEach(() => telegram.close());

type Answer = { ok: boolean; result?: unknown; error_code?: number; description?: string };

async function call(method: string, params: object = {}, token = telegram.token): Promise<Answer> {
  const response = await fetch(`${telegram.root}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  });
  return (await response.json()) as Answer;
}

const ids = (answer: Answer): number[] =>
  (answer.result as { update_id: number }[]).map((one) => one.update_id);

test.each([
  ['', 'Bad Request: message text is empty'],
  [' \n\u200b ', 'Bad Request: message text is empty'],
  ['a'.repeat(4097), 'Bad Request: message is too long'],
  ['\ud800', 'Bad Request: strings must be encoded in UTF-8'],
])('the loopback platform refuses the text %j as Telegram does', async (text, description) => {
  const siti = telegram.participant();
  siti.says('halo');
  expect(await call('sendMessage', { chat_id: siti.id, text })).toMatchObject({
    error_code: 400,
    description,
  });
  expect(siti.heard()).toEqual([]);
});

test.each(['', 'x'.repeat(65), 'é'.repeat(33)])(
  'the loopback platform refuses the button data %j',
  async (data) => {
    const siti = telegram.participant();
    siti.says('halo');
    const reply_markup = { inline_keyboard: [[{ text: 'Ya', callback_data: data }]] };
    const answer = await call('sendMessage', { chat_id: siti.id, text: 'Sudah?', reply_markup });
    expect(answer.description).toBe('Bad Request: BUTTON_DATA_INVALID');
  },
);

test('the loopback platform refuses unknown chats, chats that never wrote, blockers, wrong tokens and methods', async () => {
  const siti = telegram.participant();
  const send = (): Promise<Answer> => call('sendMessage', { chat_id: siti.id, text: 'halo' });
  expect((await call('sendMessage', { chat_id: 1, text: 'halo' })).description).toBe(
    'Bad Request: chat not found',
  );
  expect((await send()).description).toMatch(/^Forbidden: bot can't initiate/);
  siti.says('halo');
  expect((await send()).ok).toBe(true);
  siti.blocks();
  expect((await send()).description).toBe('Forbidden: bot was blocked by the user');
  expect((await call('getMe', {}, '123456789:wrong')).error_code).toBe(401);
  expect((await call('getMe', {}, 'nonsense')).error_code).toBe(404);
  expect((await call('sendPigeon')).error_code).toBe(404);
});

test('updates come again until a later offset confirms them', async () => {
  const siti = telegram.participant();
  siti.says('satu');
  siti.says('dua');
  const first = ids(await call('getUpdates', { timeout: 0 }));
  expect(first).toHaveLength(2);
  expect(ids(await call('getUpdates', { timeout: 0 }))).toEqual(first);
  expect(ids(await call('getUpdates', { timeout: 0, offset: first[1] }))).toEqual([first[1]]);
  expect(ids(await call('getUpdates', { timeout: 0 }))).toEqual([first[1]]);
});

test('a long poll waits for the next message', async () => {
  const siti = telegram.participant();
  const poll = call('getUpdates', { timeout: 30 });
  const quick = await Promise.race([
    poll,
    new Promise((resolve) => setTimeout(resolve, 50, 'still waiting')),
  ]);
  expect(quick).toBe('still waiting');
  siti.says('halo');
  expect(ids(await poll)).toHaveLength(1);
});

test('a second poller throws out the first with 409, and an active webhook throws out every poller', async () => {
  const first = call('getUpdates', { timeout: 30 });
  await expect.poll(() => telegram.queue.polled).toBe(true);
  const second = call('getUpdates', { timeout: 1 });
  expect((await first).error_code).toBe(409);
  expect((await second).ok).toBe(true);
  await call('setWebhook', { url: 'http://127.0.0.1:9/x' });
  expect((await call('getUpdates')).description).toMatch(/webhook is active/);
  await call('deleteWebhook');
  expect((await call('getUpdates')).ok).toBe(true);
});

test('edits answer as Telegram does: not found, not ours, not modified, done', async () => {
  const siti = telegram.participant();
  const theirs = siti.says('halo');
  await call('sendMessage', { chat_id: siti.id, text: ' halo juga ' });
  const ours = siti.heard()[0]!.id;
  const edit = (message_id: number, text: string): Promise<Answer> =>
    call('editMessageText', { chat_id: siti.id, message_id, text });
  expect((await edit(999, 'x')).description).toBe('Bad Request: message to edit not found');
  expect((await edit(theirs.message_id, 'x')).description).toBe("Bad Request: message can't be edited");
  expect((await edit(ours, 'halo juga')).description).toMatch(/^Bad Request: message is not modified/);
  expect((await edit(ours, 'selamat pagi')).ok).toBe(true);
  expect(siti.heard()).toMatchObject([{ text: 'selamat pagi', edited: true }]);
});

test('a pressed button waits for exactly one answer', async () => {
  const siti = telegram.participant();
  siti.says('halo');
  const reply_markup = JSON.stringify({ inline_keyboard: [[{ text: 'Ya', callback_data: 'ya' }]] });
  const body = new URLSearchParams({ chat_id: siti.chat, text: 'Sudah?', reply_markup });
  await fetch(`${telegram.root}/bot${telegram.token}/sendMessage`, { method: 'POST', body });
  const query = siti.presses(siti.heard()[0]!, 'Ya');
  expect(() => siti.presses(siti.heard()[0]!, 'Tidak')).toThrow(/has no button/);
  expect((await call('answerCallbackQuery', { callback_query_id: query })).ok).toBe(true);
  expect((await call('answerCallbackQuery', { callback_query_id: query })).description).toMatch(
    /query is too old/,
  );
});

test('faults happen to the calls they were set for, as often as they were set', async () => {
  const siti = telegram.participant();
  siti.says('halo');
  const send = (): Promise<Answer> => call('sendMessage', { chat_id: siti.id, text: 'halo' });
  telegram.faults.next('sendMessage', {
    error_code: 429,
    description: 'Too Many',
    parameters: { retry_after: 3 },
  });
  expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 3 } });
  telegram.faults.next('sendMessage', 'drop');
  await expect(send()).rejects.toThrow();
  expect(siti.heard()).toHaveLength(0);
  telegram.faults.next('sendMessage', 'drop-after');
  await expect(send()).rejects.toThrow();
  expect(siti.heard()).toHaveLength(1);
  telegram.faults.next('sendMessage', 'html502');
  await expect(send()).rejects.toThrow(/JSON/);
  expect(siti.heard()).toHaveLength(1);
  telegram.faults.next('sendMessage', { lateMs: 30 });
  expect((await send()).ok).toBe(true);
  telegram.faults.next('sendMessage', 'hang');
  const hung = send();
  expect((await call('getMe')).ok).toBe(true);
  telegram.faults.heal();
  await expect(hung).rejects.toThrow();
  expect(siti.heard()).toHaveLength(2);
});

test('a webhook gets its secret, the updates of one chat in order, and each again until it says 2xx', async () => {
  const { createServer } = await import('node:http');
  const seen: string[] = [];
  const bot = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push(`${request.headers['x-telegram-bot-api-secret-token']} ${JSON.parse(body).message.text}`);
      response.writeHead(seen.length < 3 ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const { port } = bot.address() as { port: number };
  await call('setWebhook', { url: `http://127.0.0.1:${port}/hook`, secret_token: 'rahasia' });
  const siti = telegram.participant();
  siti.says('satu');
  siti.says('dua');
  await expect.poll(() => telegram.queue.pending().length).toBe(0);
  expect(seen).toEqual(['rahasia satu', 'rahasia satu', 'rahasia satu', 'rahasia dua']);
  bot.closeAllConnections();
  await new Promise((resolve) => bot.close(resolve));
});
