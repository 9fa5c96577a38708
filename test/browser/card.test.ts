import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type OpenWeb, openWeb } from '../channels/web/open-web.ts';
import { someSaying } from '../support/cards.ts';
import { shippedKnowledge } from '../support/conversation.ts';
import { isBrowserMissing, launchChromium, openPage, PHONE, pixelsOf } from './chromium.ts';

/** The narrowest phones that are still sold. */
const SMALL_PHONE: BrowserContextOptions = { ...PHONE, viewport: { width: 360, height: 640 } };

const saying = someSaying(shippedKnowledge());
let browser: Browser;
let web: OpenWeb;
beforeAll(async () => {
  if (!isBrowserMissing) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  web = await openWeb();
});
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
  await web.close();
});

async function openWithCard(options: BrowserContextOptions) {
  const opened = await openPage(browser, web.channel.url, options);
  await expect.poll(() => web.conversations.received.length).toBe(1);
  const start = web.conversations.received[0]!;
  web.conversations.reply(start, saying);
  web.conversations.reply(start, { text: 'Langkah 4', choices: [{ id: 'a', label: 'Sudah' }] });
  await web.channel.send(start, saying, 1);
  const card = opened.page.getByRole('img', { name: saying.picture.title, exact: true });
  await card.waitFor();
  return { ...opened, card };
}

describe('the picture of the path, in a browser', () => {
  it.skipIf(isBrowserMissing).each(['light', 'dark'] as const)(
    'fills the bubble of a small phone in %s, and takes its room before it is there',
    async (colorScheme) => {
      const { page, card, complaints } = await openWithCard({ ...SMALL_PHONE, colorScheme });
      await expect.poll(() => pixelsOf(card), { timeout: 15_000 }).toMatchObject({ width: 720 });
      const bubble = page.locator('.bubble.pictured');
      const [picture, around] = [(await card.boundingBox())!, (await bubble.boundingBox())!];
      expect(picture.width).toBeGreaterThan(300);
      expect(picture.x).toBeGreaterThanOrEqual(around.x);
      expect(picture.x + picture.width).toBeLessThanOrEqual(around.x + around.width);
      // What the page reserved is what the picture has: nothing jumps.
      const { width, height } = await pixelsOf(card);
      expect(Math.abs(picture.height / picture.width - height / width)).toBeLessThan(0.01);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(await bubble.textContent()).toContain(saying.text.split('\n')[0]);
      const folder = process.env.PANDU_SCREENSHOTS;
      if (folder !== undefined) await page.screenshot({ path: `${folder}/card-${colorScheme}.png` });
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(isBrowserMissing)('leaves its words when it cannot be fetched', async () => {
    await web.close();
    web = await openWeb({
      pictures: {
        draw: () => Promise.reject(new Error('no engine')),
        sizeOf: () => ({ width: 360, height: 500 }),
      },
    });
    const { page } = await openPage(browser, web.channel.url, SMALL_PHONE);
    await expect.poll(() => web.conversations.received.length).toBe(1);
    const start = web.conversations.received[0]!;
    web.conversations.reply(start, saying);
    await web.channel.send(start, saying, 1);
    await page.getByText(saying.text.split('\n')[0]!).waitFor();
    await expect.poll(() => page.locator('.bubble img').count()).toBe(0);
  });
});
