import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESK, isBrowserMissing, PHONE } from './chromium.ts';
import { served } from './served.ts';

const pages = served();

/** A page in the middle of a conversation: an old menu, a new one, a link, words of both sides. */
async function openConversation(options: Parameters<typeof pages.open>[0] = {}): Promise<Page> {
  const { page } = await pages.open(options);
  await expect.poll(() => pages.web.conversations.received.length).toBe(1);
  const start = pages.web.conversations.received[0]!;
  pages.web.conversations.reply(start, {
    text: 'Halo. Apa yang Anda lihat?',
    choices: [{ id: 'a', label: 'Belum ada' }],
  });
  await pages.web.channel.send(
    start,
    {
      kind: 'say',
      text: '' as never,
      choices: [],
      menu: null,
      priority: 'reply',
    },
    1,
  );
  await page.getByRole('button', { name: 'Belum ada' }).click();
  await expect.poll(() => pages.web.conversations.received.length).toBe(2);
  pages.web.conversations.reply(start, {
    text: 'Buka https://kelembagaan.kemnaker.go.id lalu kembali.',
    choices: [
      { id: 'b', label: 'Sudah' },
      { id: 'c', label: 'Belum' },
    ],
  });
  await pages.web.channel.send(
    start,
    {
      kind: 'say',
      text: '' as never,
      choices: [],
      menu: null,
      priority: 'reply',
    },
    1,
  );
  await page.getByRole('button', { name: 'Sudah' }).waitFor();
  return page;
}

describe('the page, for people who do not see it or hold a mouse', () => {
  it.skipIf(isBrowserMissing)(
    'has a title, a language, a heading, landmarks and a log that is read aloud',
    async () => {
      const page = await openConversation();
      expect(await page.title()).toBe('Pandu (id)');
      expect(await page.locator('html').getAttribute('lang')).toBe('id');
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Pandu (id)');
      for (const landmark of ['banner', 'main'] as const)
        expect(await page.getByRole(landmark).count()).toBe(1);
      const log = page.getByRole('log', { name: 'history' });
      expect(await log.getAttribute('aria-live')).toBe('polite');
      expect(await log.getAttribute('aria-busy')).toBe('false');
      expect(await page.locator('meta[name=viewport]').getAttribute('content')).not.toMatch(
        /maximum-scale|user-scalable/,
      );
    },
  );

  it.skipIf(isBrowserMissing)('names everything that can be used, and says who is speaking', async () => {
    const page = await openConversation();
    expect(await page.getByRole('textbox', { name: 'placeholder' }).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'send' }).count()).toBe(1);
    expect(await page.getByRole('group', { name: 'Buka https://kelembagaan.kemnaker.go.id' }).count()).toBe(
      1,
    );
    const nameless = await page.evaluate(`[...document.querySelectorAll('button, a, textarea, input, img')]
      .filter((element) => !(element.ariaLabel || element.textContent.trim() || element.labels?.length || element.hasAttribute('alt')))
      .map((element) => element.outerHTML)`);
    expect(nameless).toEqual([]);
    expect(await page.locator('.message').first().textContent()).toMatch(/^pandu: Halo/);
    expect(await page.locator('.own').first().textContent()).toMatch(/^you: Belum ada/);
    expect(await page.locator('[tabindex]:not([tabindex="0"])').count()).toBe(0);
    const ids = (await page.evaluate(
      "[...document.querySelectorAll('[id]')].map(({ id }) => id)",
    )) as string[];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.skipIf(isBrowserMissing)(
    'keeps quiet while an old conversation is shown again, and speaks up for what is new',
    async () => {
      const page = await openConversation();
      await page.addInitScript(`window.spoken = [];
      new MutationObserver(() => {
        const log = document.getElementById('log');
        if (log) window.spoken.push([log.getAttribute('aria-live'), log.querySelectorAll('.message').length]);
      }).observe(document, { childList: true, subtree: true });`);
      await page.reload();
      await page.getByRole('button', { name: 'Sudah' }).waitFor();
      await expect.poll(() => page.getByRole('log').getAttribute('aria-live')).toBe('polite');
      const spoken = (await page.evaluate('window.spoken')) as [string, number][];
      expect(spoken.length).toBeGreaterThan(0);
      expect(spoken.filter(([live, messages]) => live === 'polite' && messages < 3)).toEqual([]);
    },
  );

  it.skipIf(isBrowserMissing).each([
    ['light', PHONE],
    ['dark', PHONE],
    ['light', DESK],
    ['dark', DESK],
  ] as const)('has a contrast of at least 4.5 to 1 in every text, %s', async (colorScheme, size) => {
    const page = await openConversation({ ...size, colorScheme });
    await page.evaluate(
      "document.getElementById('banner').classList.add('shown'); document.getElementById('connection').textContent = 'offline'; document.getElementById('typing').hidden = false; document.getElementById('newer').hidden = false; document.getElementById('retry').hidden = false",
    );
    const weak = await page.evaluate(CONTRAST);
    expect(weak).toEqual([]);
  });

  it.skipIf(isBrowserMissing)('shows where the focus is, everywhere', async () => {
    const page = await openConversation();
    await page.keyboard.press('Tab');
    for (let steps = 0; steps < 10; steps += 1) {
      await page.keyboard.press('Shift+Tab');
      const outline = await page.evaluate(
        "document.activeElement === document.body || document.activeElement.localName === 'html' ? 'outside' : getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth",
      );
      expect(outline).toMatch(/^(solid[23]px|outside)$/);
    }
  });

  it.skipIf(isBrowserMissing)('moves nothing for people who asked for that', async () => {
    for (const [reducedMotion, moving] of [
      ['reduce', 0],
      ['no-preference', 3],
    ] as const) {
      const page = await openConversation({ reducedMotion });
      await page.evaluate("document.getElementById('typing').hidden = false");
      expect(await page.evaluate('document.getAnimations().length')).toBe(moving);
      await page.context().close();
      await pages.web.close();
      await pages.serve();
    }
  });

  it.skipIf(isBrowserMissing)('can be read at twice the size of its letters', async () => {
    const page = await openConversation({ viewport: { width: 390, height: 844 } });
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    expect(await page.getByRole('textbox').isVisible()).toBe(true);
    const send = (await page.getByRole('button', { name: 'send' }).boundingBox())!;
    expect(send.x + send.width).toBeLessThanOrEqual(390);
  });
});

/** Every visible text whose colour is too close to what is behind it, by the formula of WCAG 2. */
const CONTRAST = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([red, green, blue]) => [red, green, blue]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const background = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const weak = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || !element.checkVisibility() || element.closest('.unseen')) continue;
    const [one, two] = [luminance(channels(getComputedStyle(element).color)), luminance(background(element))];
    const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    if (contrast < 4.5) weak.push(walker.currentNode.data.trim() + ' ' + contrast.toFixed(2));
  }
  return weak;
})()`;
