import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenWeb, openWeb } from './open-web.ts';
import { testWords } from './words.ts';

let web: OpenWeb;
beforeEach(async () => {
  web = await openWeb();
});
afterEach(() => web.close());
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${web.channel.url}${path}`, { headers });

describe('the page', () => {
  it.each([
    '/nothing',
    '/chat',
    '/chat/messages',
    '/page.html',
    '/../package.json',
    '/%2e%2e/web.ts',
    '/page.js/',
  ])('answers 404 to GET %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('S35 forbids everything that it does not need', async () => {
    for (const path of ['/', '/page.css', '/page.js', '/chat/lines', '/nothing', '/healthz']) {
      const { headers } = await get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('has no inline script, no inline style and nothing from elsewhere', async () => {
    const html = await (await get('/')).text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/)/);
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    for (const [, address] of html.matchAll(/\s(?:src|href)="([^"]*)"/g)) {
      expect(address).toMatch(/^\/[a-z]/);
      expect((await get(address!)).status).toBe(200);
    }
  });

  it('says at /healthz whether messages can be kept', async () => {
    let isHealthy = true;
    const watched = await openWeb({ isHealthy: async () => isHealthy });
    expect((await fetch(`${watched.channel.url}/healthz`)).status).toBe(200);
    isHealthy = false;
    expect((await fetch(`${watched.channel.url}/healthz`)).status).toBe(503);
    await watched.close();
  });

  it.each([
    ['/', 'en-GB,en;q=0.9', 'id'],
    ['/', '', 'id'],
    ['/?lang=en', 'id-ID', 'en'],
    ['/?lang=fr', 'fr', 'id'],
  ])('%s for a browser set to %j speaks %s', async (path, accepted, language) => {
    const html = await (await get(path, { 'accept-language': accepted })).text();
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`<title>Pandu (${language})</title>`);
  });

  it('S15 shows every text as text', async () => {
    const hostile = '"><script>alert(1)</script>\'&{{title}}$&';
    const other = await openWeb({
      words: (language) => ({ ...testWords(language), subtitle: hostile, title: hostile }),
    });
    const html = await (await fetch(other.channel.url)).text();
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;{{title}}$&amp;');
    await other.close();
  });

  it('lets browsers keep its files until they change', async () => {
    const first = await get('/page.js');
    expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const again = await get('/page.js', { 'if-none-match': first.headers.get('etag')! });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
    expect((await get('/')).headers.get('cache-control')).toBe('no-store');
  });

  it('answers health checks', async () => {
    const answer = await get('/healthz');
    expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  });
});

describe('the cookie', () => {
  it('cannot be read by scripts, and is not sent from other sites', async () => {
    const cookie = (await get('/')).headers.get('set-cookie')!;
    expect(cookie).toMatch(/^pandu=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
  });

  it('is new for everybody and stays the same for who has one', async () => {
    const first = (await get('/')).headers.get('set-cookie')!;
    const second = (await get('/')).headers.get('set-cookie')!;
    expect(second).not.toBe(first);
    const again = (await get('/', { cookie: `other=1; ${first.split(';')[0]}` })).headers.get('set-cookie');
    expect(again).toBe(first);
  });

  it('goes over encrypted connections only, when the proxy in front says that there is one', async () => {
    const proxied = await openWeb({ trustProxy: true });
    const secure = await fetch(proxied.channel.url, { headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.headers.get('set-cookie')).toMatch(/^__Host-pandu=[\w-]{43}; Path=\/; .*; Secure$/);
    const plain = await fetch(proxied.channel.url);
    expect(plain.headers.get('set-cookie')).not.toContain('Secure');
    await proxied.close();
  });

  it('does not believe a visitor who claims to come through a proxy', async () => {
    const claimed = await get('/', { 'x-forwarded-proto': 'https' });
    expect(claimed.headers.get('set-cookie')).not.toContain('Secure');
  });
});

describe('start()', () => {
  it('names PORT when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(openWeb({ port })).rejects.toThrow(
      `Cannot open the web chat at http://127.0.0.1:${port}: port ${port} is taken by another program.`,
    );
    await expect(openWeb({ port })).rejects.toThrow(/PORT/);
    taken.close();
  });

  it('names HOST when the machine does not have that address', async () => {
    await expect(openWeb({ host: '203.0.113.7' })).rejects.toThrow(/no address "203\.0\.113\.7"\. Set HOST/);
  });
});

describe('other routes on the same port', () => {
  it('are answered by their owner, with the request as it came', async () => {
    const bodies: string[] = [];
    const other = await openWeb({
      routes: [
        {
          path: '/telegram/webhook',
          handle: async (request) => {
            bodies.push(`${request.method} ${request.headers.get('x-secret')} ${await request.text()}`);
            return new Response('taken', { status: 202 });
          },
        },
      ],
    });
    const answer = await fetch(`${other.channel.url}/telegram/webhook`, {
      method: 'POST',
      headers: { 'x-secret': 's', origin: 'https://elsewhere.example' },
      body: 'x'.repeat(20_000),
    });
    expect(answer.status).toBe(202);
    expect(bodies).toEqual([`POST s ${'x'.repeat(20_000)}`]);
    await other.close();
  });
});
