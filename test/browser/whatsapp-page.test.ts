import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Program, startProgram } from '../support/program.ts';
import { startWhatsappServer, type WhatsappServer } from '../support/whatsapp/server.ts';
import { pairingAddress, whatsappSettings } from '../support/whatsapp-program.ts';
import { isBrowserMissing, launchChromium } from './chromium.ts';

let directory: string;
let server: WhatsappServer;
let program: Program;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pandu-'));
  server = await startWhatsappServer();
  program = await startProgram({ DATA_DIR: directory, ...whatsappSettings(server) });
});
afterEach(async () => {
  await program.kill();
  await server.close();
  rmSync(directory, { recursive: true });
});

describe.skipIf(isBrowserMissing)('the page on which the phone is linked, in a browser', () => {
  test('S39 shows a code that links, forbids itself everything else, and says so when it is done', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage({ colorScheme: 'dark' });
      const complaints: string[] = [];
      page.on('console', (message) => void complaints.push(message.text()));
      const asked: string[] = [];
      page.on('request', (request) => void asked.push(request.url()));
      await page.goto(pairingAddress(program));
      const picture = await page.locator('svg').screenshot();
      await server.scan(await readPicture(await browser.newPage(), picture));
      // It looks again by itself.
      await page
        .getByRole('status')
        .filter({ hasText: 'linked, and connected' })
        .waitFor({ timeout: 20_000 });
      expect(await page.locator('svg').count()).toBe(0);
      expect(new Set(asked)).toEqual(new Set([pairingAddress(program)]));
      expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
      // Nothing from elsewhere, should anybody find a way to write it there.
      const title = await page.evaluate(`(() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "taken"';
        document.body.append(script);
        return document.title;
      })()`);
      expect(title).toBe('Pandu: WhatsApp');
    } finally {
      await browser.close();
    }
  });
});

/** As a camera sees it: pixels, and nothing of the page behind them. */
async function readPicture(page: Page, png: Buffer): Promise<string> {
  const pixels = (await page.evaluate(`(async () => {
    const image = new Image();
    image.src = 'data:image/png;base64,${png.toString('base64')}';
    await image.decode();
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, image.width, image.height);
    return { width, height, data: [...data] };
  })()`)) as { width: number; height: number; data: number[] };
  return decodeQR({ width: pixels.width, height: pixels.height, data: Uint8Array.from(pixels.data) });
}
