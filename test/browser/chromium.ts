import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** A Chromium of this machine: PANDU_CHROMIUM, or one found where programs are; null when there is none. */
function findChromium(): string | null {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env.PANDU_CHROMIUM ?? '', ...places].find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

const chromiumPath = findChromium();

/**
 * Without a browser these tests prove nothing: they are skipped with a loud word, and where everything has to be
 * proved (CI=true) they fail instead.
 */
export const isBrowserMissing = chromiumPath === null && process.env.CI !== 'true';
if (isBrowserMissing) {
  process.stderr.write(
    '\n*** NO BROWSER TESTS: no Chromium was found. Install one, or set PANDU_CHROMIUM to its path. ***\n\n',
  );
}

export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === null)
    throw new Error('Cannot test the web chat: no Chromium was found, and CI=true asks for one');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 860 } };

/** Of a picture that has arrived; 0 by 0 before. */
export function pixelsOf(image: Locator): Promise<{ width: number; height: number }> {
  return image.evaluate((shown) => {
    const { naturalWidth, naturalHeight } = shown as unknown as Record<
      'naturalWidth' | 'naturalHeight',
      number
    >;
    return { width: naturalWidth, height: naturalHeight };
  });
}

/** A page whose every complaint and every request elsewhere is kept, for a test to find none. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'id-ID', ...options });
  const complaints: string[] = [];
  const page = await context.newPage();
  watch(page, url, complaints);
  await page.goto(url);
  return {
    page,
    context,
    complaints,
    /** Another tab of the same browser. */
    async openTab() {
      const tab = await context.newPage();
      watch(tab, url, complaints);
      await tab.goto(url);
      return tab;
    },
  };
}

function watch(page: Page, url: string, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A server that is away is told about in the console as well; whether the page copes is what tests look at.
    if (message.type() === 'error' && !/ERR_|Failed to load resource/.test(message.text()))
      complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`request to ${request.url()}`);
  });
}
