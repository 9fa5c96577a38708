import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { someSaying } from '../support/cards.ts';
import { shippedKnowledge } from '../support/conversation.ts';
import { isBrowserMissing, PHONE, pixelsOf } from './chromium.ts';
import { served } from './served.ts';

/** The narrowest phones that are still sold. */
const SMALL_PHONE: BrowserContextOptions = { ...PHONE, viewport: { width: 360, height: 640 } };

const saying = someSaying(shippedKnowledge());
const pages = served();

async function openWithCard(options: BrowserContextOptions) {
  const opened = await pages.open(options);
  await expect.poll(() => pages.web.conversations.received.length).toBe(1);
  const start = pages.web.conversations.received[0]!;
  pages.web.conversations.reply(start, saying);
  pages.web.conversations.reply(start, { text: 'Langkah 4', choices: [{ id: 'a', label: 'Sudah' }] });
  await pages.web.channel.send(start, saying, 1);
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
    await pages.web.close();
    await pages.serve({
      pictures: {
        draw: () => Promise.reject(new Error('no engine')),
        sizeOf: () => ({ width: 360, height: 500 }),
      },
    });
    const { page } = await pages.open(SMALL_PHONE);
    await expect.poll(() => pages.web.conversations.received.length).toBe(1);
    const start = pages.web.conversations.received[0]!;
    pages.web.conversations.reply(start, saying);
    await pages.web.channel.send(start, saying, 1);
    await page.getByText(saying.text.split('\n')[0]!).waitFor();
    await expect.poll(() => page.locator('.bubble img').count()).toBe(0);
  });
});
