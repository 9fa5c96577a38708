import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, type OpenWeb, openWeb } from './open-web.ts';

let web: OpenWeb;
let visitor: Browser;
beforeEach(async () => {
  web = await openWeb();
  visitor = await web.visit();
});
afterEach(() => web.close());

describe('POST /chat/messages', () => {
  it.each([
    ['no JSON at all', '{"messageId":'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['no id', '{"text":"halo"}'],
    ['an id with a quote', '{"messageId":"a\'b","text":"halo"}'],
    ['a very long id', JSON.stringify({ messageId: 'a'.repeat(65), text: 'halo' })],
    ['neither text nor choice', '{"messageId":"a"}'],
    ['a number for text', '{"messageId":"a","text":7}'],
    ['text and choice', '{"messageId":"a","text":"halo","choice":"a:b:c:1"}'],
    ['an empty choice', '{"messageId":"a","choice":""}'],
    ['a choice above 64 bytes', JSON.stringify({ messageId: 'a', choice: 'é'.repeat(33) })],
  ])('refuses %s and stores nothing', async (_, body) => {
    const answer = await visitor.postRaw(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ kind: 'malformed' });
    expect(web.conversations.received).toEqual([]);
  });

  it('S13 refuses a body above 16 KB with a kind the page can explain, however it is sent', async () => {
    const body = JSON.stringify({ messageId: 'a', text: 'x'.repeat(16 * 1024) });
    const whole = await visitor.postRaw(body);
    expect(whole.status).toBe(413);
    expect(await whole.json()).toEqual({ kind: 'too-long' });
    const pieces = new Blob([body]).stream();
    const chunked = await visitor.fetch('/chat/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: pieces,
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
    expect(web.conversations.received).toEqual([]);
  });

  it('takes 10,000 characters', async () => {
    const text = 'a'.repeat(10_000);
    expect((await visitor.post({ messageId: 'long', text })).status).toBe(200);
    expect(web.conversations.received[0]?.text).toBe(text);
  });

  it('takes an empty text, which the engine has a sentence for', async () => {
    expect((await visitor.post({ messageId: 'a', text: '' })).status).toBe(200);
  });

  it('S34 refuses a form that another site could post', async () => {
    const answer = await visitor.fetch('/chat/messages', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ messageId: 'a', text: 'halo' }),
    });
    expect(answer.status).toBe(415);
    expect(web.conversations.received).toEqual([]);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' }],
  ])('S34 refuses a request from another site (%o) on every path of the chat', async (headers) => {
    const posted = await visitor.post({ messageId: 'a', text: 'halo' }, headers);
    expect(posted.status).toBe(403);
    expect(await posted.json()).toEqual({ kind: 'cross-site' });
    expect((await visitor.fetch('/chat/lines', { headers })).status).toBe(403);
    expect((await visitor.fetch('/chat/stream', { headers })).status).toBe(403);
    expect(web.conversations.received).toEqual([]);
  });

  it('takes a request from its own page', async () => {
    const origin = new URL(web.channel.url).origin;
    expect((await visitor.post({ messageId: 'a', text: 'x' }, { origin })).status).toBe(200);
    expect(
      (await visitor.post({ messageId: 'b', text: 'x' }, { 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(200);
  });

  it.each([
    ['no cookie', {}],
    ['a cookie of another shape', { cookie: 'pandu=short' }],
    ['a chat id instead of a token', { cookie: `pandu=${'a'.repeat(64)}` }],
  ])('knows nobody with %s', async (_, headers) => {
    const stranger = web.stranger(headers);
    const answer = await stranger.post({ messageId: 'a', text: 'halo' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ kind: 'no-session' });
    expect((await stranger.fetch('/chat/lines')).status).toBe(401);
    expect((await stranger.fetch('/chat/stream')).status).toBe(401);
  });

  it('F17 hands the same message over with the same id, so that a resend after a lost answer changes nothing', async () => {
    for (const _ of [1, 2, 3])
      expect((await visitor.post({ messageId: 'once', text: 'halo' })).status).toBe(200);
    expect(web.conversations.received).toHaveLength(1);
  });

  it('F18 keeps the same id of two visitors apart', async () => {
    const other = await web.visit();
    await visitor.post({ messageId: 'same', text: 'satu' });
    await other.post({ messageId: 'same', text: 'dua' });
    expect(web.conversations.received.map(({ text }) => text)).toEqual(['satu', 'dua']);
  });

  it('hands over words as a text and a press as a choice', async () => {
    await visitor.post({ messageId: 'a', text: 'halo' }, { 'accept-language': 'en' });
    await visitor.post({ messageId: 'b', choice: 'a:training:finished:1' });
    const [text, choice] = web.conversations.received;
    expect(text).toMatchObject({ channel: 'web', kind: 'text', text: 'halo', choice: null, language: null });
    expect(choice).toMatchObject({
      kind: 'choice',
      text: '',
      choice: 'a:training:finished:1',
      language: null,
    });
    expect(text?.sender).toBe(text?.chat);
    expect(text?.sentAt).toBe(web.time.now);
  });

  it('S14 mends half surrogate pairs before anything is stored', async () => {
    await visitor.postRaw('{"messageId":"a","text":"ha\\ud83dlo"}');
    expect(web.conversations.received[0]?.text.isWellFormed()).toBe(true);
  });

  it('never stores the cookie that opens the conversation', async () => {
    await visitor.post({ messageId: 'a', text: 'halo' });
    expect(JSON.stringify(web.conversations.received)).not.toContain(visitor.token);
  });

  it('F36 says that it could not store, so that the page keeps the message and tries again', async () => {
    web.conversations.failure = new Error('database or disk is full');
    const answer = await visitor.post({ messageId: 'a', text: 'halo' });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toEqual({ kind: 'unavailable' });
    expect(web.errors).toHaveLength(1);
    web.conversations.failure = null;
    expect((await visitor.post({ messageId: 'a', text: 'halo' })).status).toBe(200);
  });

  it('F16 refuses messages once it shall stop, so that the page posts them again, and still sends replies', async () => {
    await visitor.post({ messageId: 'a', text: 'halo' });
    await web.channel.stopListening();
    const answer = await visitor.post({ messageId: 'b', text: 'lagi' });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(web.conversations.received.map(({ text }) => text)).toEqual(['halo']);
    web.conversations.reply(visitor.address, { text: 'Apa kabar?' });
    expect((await visitor.lines()).map(({ text }) => text)).toEqual(['halo', 'Apa kabar?']);
    expect(web.errors).toEqual([]);
  });

  it('S11 takes 200 messages in a row and slows a flood down, for the flooder alone', async () => {
    const other = await web.visit();
    const statuses: number[] = [];
    for (let number = 0; number < 400; number += 1) {
      statuses.push((await visitor.post({ messageId: `m${number}`, text: 'halo' })).status);
    }
    expect(statuses.slice(0, 200).every((status) => status === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    const refused = await visitor.post({ messageId: 'late', text: 'halo' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other.post({ messageId: 'a', text: 'halo' })).status).toBe(200);
    web.time.now += 10_000;
    expect((await visitor.post({ messageId: 'late', text: 'halo' })).status).toBe(200);
  });
});

describe('S11 what one network asks for', () => {
  it.each(['/chat/lines', '/chat/stream'])(
    'is bounded at %s for all its visitors together, and for it alone',
    async (path) => {
      const proxied = await openWeb({ trustProxy: true });
      const from = (network: string) => proxied.visit({ 'x-forwarded-for': network });
      const flooder = await from('203.0.113.9');
      const status = async (browser: Awaited<ReturnType<typeof from>>): Promise<number> => {
        const answer = await browser.fetch(path);
        await answer.body?.cancel();
        return answer.status;
      };
      for (let number = 0; number < 3_000; number += 100) {
        await Promise.all(
          Array.from({ length: 100 }, () => flooder.fetch('/chat/lines').then((got) => got.text())),
        );
      }
      expect(await status(await from('203.0.113.9'))).toBe(429);
      expect(await status(await from('203.0.113.10'))).toBe(200);
      proxied.time.now += 1_000;
      expect(await status(flooder)).toBe(200);
      await proxied.close();
    },
  );
});

describe('GET /chat/lines', () => {
  it('gives only what came after the line that the page has', async () => {
    await visitor.post({ messageId: 'a', text: 'halo' });
    web.conversations.reply(visitor.address, { text: 'Apa kabar?', choices: [{ id: 'x', label: 'Baik' }] });
    const all = await visitor.lines();
    expect(all.map(({ from, text }) => [from, text])).toEqual([
      ['participant', 'halo'],
      ['pandu', 'Apa kabar?'],
    ]);
    expect(await visitor.lines(all[0]!.id)).toEqual([all[1]]);
    expect(await visitor.lines(all[1]!.id)).toEqual([]);
  });

  it.each(['-1', 'NaN', '1e400', 'x', ''])(
    'starts at the beginning when asked for lines after %j',
    async (after) => {
      await visitor.post({ messageId: 'a', text: 'halo' });
      const answer = await visitor.fetch(`/chat/lines?after=${after}`);
      expect(answer.status).toBe(200);
      expect(((await answer.json()) as { lines: unknown[] }).lines).toHaveLength(1);
    },
  );

  it('shows nobody the lines of another visitor', async () => {
    await visitor.post({ messageId: 'a', text: 'rahasia' });
    expect(await (await web.visit()).lines()).toEqual([]);
  });
});
