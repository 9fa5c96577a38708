import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type OpenWeb, openWeb } from '../channels/web/open-web.ts';
import { isBrowserMissing, launchChromium, openPage } from './chromium.ts';

/** A browser for the tests of a file, and for each of them a server whose answers the test decides. */
export function served(options: Parameters<typeof openWeb>[0] = {}) {
  let browser: Browser;
  let web: OpenWeb;
  beforeAll(async () => {
    if (!isBrowserMissing) browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    web = await openWeb(options);
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
    await web.close();
  });
  return {
    get web(): OpenWeb {
      return web;
    },
    /** Another server in the place of the one before, which the test has closed. */
    async serve(others: Parameters<typeof openWeb>[0] = {}): Promise<void> {
      web = await openWeb(others);
    },
    open: (size?: BrowserContextOptions) => openPage(browser, web.channel.url, size),
  };
}
