import { describe, expect, it } from 'vitest';
import type { Incoming } from '../../src/message.ts';
import { DESK, isBrowserMissing, PHONE } from './chromium.ts';
import { served } from './served.ts';

/** The page against a server whose answers the test decides. */
const pages = served({ beatMs: 500 });

/** Replies to whatever comes next. */
async function heard(count: number): Promise<Incoming> {
  await expect
    .poll(() => pages.web.conversations.received.length, { timeout: 5_000 })
    .toBeGreaterThanOrEqual(count);
  return pages.web.conversations.received[count - 1]!;
}

async function reply(to: Incoming, text: string, labels: readonly string[] = []): Promise<void> {
  const choices = labels.map((label) => ({
    id: `a:${label.toLowerCase().replaceAll(' ', '-')}:${to.messageId.slice(0, 4)}`,
    label,
  }));
  pages.web.conversations.reply(to, { text, choices });
  await pages.web.channel.send(
    to,
    {
      kind: 'say',
      text: text as never,
      choices: [],
      menu: null,
      priority: 'reply',
    },
    1,
  );
}

describe('the page', () => {
  it.skipIf(isBrowserMissing)(
    'starts the conversation by itself, once for two tabs, and shows no bubble for it',
    async () => {
      const { page, openTab, complaints } = await pages.open();
      const start = await heard(1);
      expect(start).toMatchObject({ kind: 'text', text: '/start', language: null });
      await openTab();
      await reply(start, 'Halo', ['Mulai']);
      await page.getByText('Halo').waitFor();
      expect(await page.locator('.own').count()).toBe(0);
      expect(pages.web.conversations.received).toHaveLength(1);
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(isBrowserMissing)(
    'F17 sends a message again with the same id when the answer was lost, and shows it once',
    async () => {
      const { page } = await pages.open();
      await heard(1);
      let lost = 0;
      await page.route('**/chat/messages', async (route) => {
        if (lost > 0) return route.continue();
        lost += 1;
        await route.fetch();
        await route.abort();
      });
      await page.getByRole('textbox').fill('sudah kak');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.locator('[data-state="sending"]').count(), { timeout: 10_000 }).toBe(0);
      expect(lost).toBe(1);
      expect(pages.web.conversations.received.filter(({ text }) => text === 'sudah kak')).toHaveLength(1);
      expect(await page.getByText('sudah kak').count()).toBe(1);
    },
  );

  it.skipIf(isBrowserMissing)(
    'shows that it is offline, keeps what is typed meanwhile in order, and sends it when it is back',
    async () => {
      const { page, context, complaints } = await pages.open();
      await heard(1);
      await context.setOffline(true);
      await pages.web.channel.stop();
      await expect.poll(() => page.getByRole('status').textContent()).toMatch(/offline|connecting/);
      for (const text of ['satu', 'dua', 'tiga']) {
        await page.getByRole('textbox').fill(text);
        await page.keyboard.press('Enter');
      }
      expect(await page.locator('[data-state="sending"]').count()).toBe(3);
      await expect.poll(() => page.getByRole('status').textContent(), { timeout: 10_000 }).toBe('offline');
      await page.getByRole('button', { name: 'retry' }).click();
      await expect.poll(() => page.getByRole('status').textContent(), { timeout: 10_000 }).toBe('offline');
      const { port } = new URL(pages.web.channel.url);
      const conversations = pages.web.conversations;
      await pages.serve({
        port: Number(port),
        intake: conversations,
        transcript: conversations.transcript,
        beatMs: 500,
      });
      await context.setOffline(false);
      await expect.poll(() => page.locator('[data-state="sending"]').count(), { timeout: 30_000 }).toBe(0);
      await expect.poll(() => page.getByRole('status').textContent(), { timeout: 30_000 }).toBe('');
      expect(conversations.received.slice(1).map(({ text }) => text)).toEqual(['satu', 'dua', 'tiga']);
      expect(await page.locator('.own p').allTextContents()).toEqual(['satu', 'dua', 'tiga']);
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(isBrowserMissing)('says that a message is too long, and goes on', async () => {
    const { page } = await pages.open();
    await heard(1);
    await page.getByRole('textbox').fill('é'.repeat(10_000));
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('too long').waitFor();
    await page.getByRole('textbox').fill('pendek');
    await page.keyboard.press('Enter');
    expect((await heard(2)).text).toBe('pendek');
  });

  it.skipIf(isBrowserMissing)('S35 shows hostile words as words, from both sides', async () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '<script>alert(1)</script>',
      '"><svg onload=alert(1)>',
      '<a href="javascript:alert(1)">x</a>',
      '<iframe srcdoc="<script>parent.alert(1)</script>">',
      '</p></div><style>*{display:none}</style>',
      '{{constructor.constructor("alert(1)")()}}',
      '\u202e<b>terbalik</b>\u0000',
      '<meta http-equiv="refresh" content="0;url=https://evil.example">',
      '<form action="https://evil.example"><button>x</button></form>',
    ];
    const { page, complaints } = await pages.open();
    const start = await heard(1);
    for (const [index, text] of hostile.entries()) {
      await page.getByRole('textbox').fill(text);
      await page.keyboard.press('Enter');
      await heard(index + 2);
      await reply(start, text, [text.slice(0, 20)]);
    }
    await expect.poll(() => page.locator('.message').count()).toBe(hostile.length * 2);
    expect(await page.locator('.message :is(img, script, svg, iframe, style, form, meta)').count()).toBe(0);
    expect(await page.locator('.own a, .message a:not([href^="https://"])').count()).toBe(0);
    await page.reload();
    await expect.poll(() => page.locator('.message').count()).toBe(hostile.length * 2);
    expect(complaints).toEqual([]);
  });

  it.skipIf(isBrowserMissing)('makes links of encrypted addresses in the words of Pandu only', async () => {
    const { page } = await pages.open();
    const start = await heard(1);
    await page.getByRole('textbox').fill('lihat https://evil.example/x');
    await page.keyboard.press('Enter');
    await heard(2);
    await reply(
      start,
      'Buka https://kelembagaan.kemnaker.go.id. Bukan http://x.example atau javascript:alert(1) (lihat https://www.youtube.com/watch?v=jzgg5eIgd_E).',
    );
    const links = page.locator('.message a');
    await links.first().waitFor();
    const described = await links.evaluateAll((all) =>
      all.map((link) => ['href', 'target', 'rel'].map((name) => link.getAttribute(name)).join(' ')),
    );
    expect(described).toEqual([
      'https://kelembagaan.kemnaker.go.id _blank noopener noreferrer',
      'https://www.youtube.com/watch?v=jzgg5eIgd_E _blank noopener noreferrer',
    ]);
  });

  it.skipIf(isBrowserMissing)(
    'S07 shows the hidden form of a message as soon as it is stored, and takes its bubble away on request',
    async () => {
      const { page } = await pages.open();
      await heard(1);
      const intake = pages.web.conversations.receive.bind(pages.web.conversations);
      pages.web.conversations.receive = (incoming) =>
        intake(incoming.map((message) => ({ ...message, text: 'OTP [kode]' })));
      await page.getByRole('textbox').fill('OTP 123456');
      await page.keyboard.press('Enter');
      const secret = await heard(2);
      await page.getByText('OTP [kode]').waitFor();
      expect(await page.getByText('123456').count()).toBe(0);
      await pages.web.channel.send(secret, { kind: 'delete', messageId: secret.messageId }, 1);
      await expect.poll(() => page.locator('.own').count()).toBe(0);
    },
  );

  it.skipIf(isBrowserMissing)(
    'puts old menus back but leaves them open, and marks what was pressed, also after a reload',
    async () => {
      const { page } = await pages.open();
      const start = await heard(1);
      await reply(start, 'Pertanyaan satu', ['Sudah', 'Belum']);
      await page.getByRole('button', { name: 'Sudah' }).click();
      await reply(await heard(2), 'Pertanyaan dua', ['Ya', 'Tidak']);
      await page.getByRole('button', { name: 'Tidak' }).waitFor();
      const check = async (): Promise<void> => {
        expect(await page.locator('.choices.earlier').count()).toBe(1);
        expect(await page.locator('.choices [data-pressed]').allTextContents()).toEqual(['Sudah']);
      };
      await check();
      await page.reload();
      await page.getByRole('button', { name: 'Tidak' }).waitFor();
      await check();
      await page.getByRole('button', { name: 'Belum' }).click();
      expect(await heard(3)).toMatchObject({ kind: 'choice', text: '' });
      expect((await heard(3)).choice).toMatch(/^a:belum:/);
    },
  );

  it.skipIf(isBrowserMissing)(
    'P04 clears the page after an erasure, in every tab, but for the last words',
    async () => {
      const { page, openTab } = await pages.open();
      const start = await heard(1);
      await reply(start, 'Rahasia lama', ['Hapus']);
      const other = await openTab();
      await other.getByText('Rahasia lama').waitFor();
      pages.web.conversations.erase(start);
      await reply(start, 'Sudah dihapus.');
      pages.web.conversations.erase(start);
      for (const tab of [page, other]) {
        await tab.getByText('Sudah dihapus.').waitFor();
        expect(await tab.getByText('Rahasia lama').count()).toBe(0);
        expect(await tab.getByRole('button', { name: 'Hapus' }).count()).toBe(0);
      }
      await page.waitForTimeout(1_500);
      expect(await page.getByText('Sudah dihapus.').count()).toBe(1);
      expect(pages.web.conversations.received).toHaveLength(1);
    },
  );

  it.skipIf(isBrowserMissing)(
    'shows a long new message from its top, and offers the way down to who reads further up',
    async () => {
      const { page } = await pages.open(PHONE);
      const start = await heard(1);
      await reply(start, `Awal ${'panjang sekali '.repeat(300)}`);
      await page.getByText('Awal').waitFor();
      const top = async (): Promise<number> => (await page.getByText('Awal').boundingBox())!.y;
      await expect.poll(top).toBeGreaterThan(50);
      expect(await top()).toBeLessThan(200);
      await reply(start, 'Kabar baru');
      const newer = page.getByRole('button', { name: 'newer' });
      await newer.click();
      await expect.poll(() => newer.isVisible()).toBe(false);
      const box = (await page.getByText('Kabar baru').boundingBox())!;
      expect(box.y + box.height).toBeLessThan(PHONE.viewport!.height);
    },
  );

  it.skipIf(isBrowserMissing)(
    'fits a phone and a desk without scrolling sideways, and with targets that fingers can hit',
    async () => {
      for (const size of [PHONE, DESK, { viewport: { width: 320, height: 480 } }]) {
        const { page, context } = await pages.open(size);
        const count = pages.web.conversations.received.length;
        await reply(await heard(count + (count === 0 ? 1 : 0)), 'https://contoh.example/'.padEnd(300, 'x'), [
          'Dua puluh huruf pas!',
        ]);
        await page.waitForTimeout(100);
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
        for (const button of await page.getByRole('button').all()) {
          if (!(await button.isVisible())) continue;
          const box = (await button.boundingBox())!;
          expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
        }
        await context.close();
      }
    },
  );
});
