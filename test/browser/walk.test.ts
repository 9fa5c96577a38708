import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shippedKnowledge } from '../support/conversation.ts';
import { DESK, isBrowserMissing, launchChromium, openPage, PHONE, pixelsOf } from './chromium.ts';
import { type Program, startProgram } from './program.ts';

const words = shippedKnowledge().words.id;
const label = (answer: string): string => words.get(`question.${answer.replace('.', '.answers.')}`)!;
const question = (id: string): string => words.get(`question.${id}.text`)!.split('\n')[0]!;

/** The real program, the real engine, a real browser. */
let browser: Browser;
let program: Program;
let dataDir: string;
beforeAll(async () => {
  if (!isBrowserMissing) browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  if (isBrowserMissing) return;
  dataDir = mkdtempSync(join(tmpdir(), 'pandu-'));
  program = await startProgram(dataDir);
});
afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
  await program?.end('SIGTERM');
  if (dataDir) rmSync(dataDir, { recursive: true });
});

async function answer(page: Page, id: string): Promise<void> {
  await page
    .locator('.choices:not(.earlier)')
    .getByRole('button', { name: label(id), exact: true })
    .click();
}

async function isAsked(page: Page, id: string): Promise<void> {
  await page.locator('.pandu').last().getByText(question(id)).waitFor();
}

describe('the web chat', () => {
  it.skipIf(isBrowserMissing)(
    'walks to a verdict, through a reload in the middle and a press of an old button',
    async () => {
      const { page, complaints } = await openPage(browser, program.url, PHONE);
      await page.getByText('Relawan Uji').waitFor();
      await isAsked(page, 'dashboard');
      await answer(page, 'dashboard.nothing');
      await isAsked(page, 'training');
      await page.reload();
      await isAsked(page, 'training');
      expect(await page.locator('.own p').allTextContents()).toEqual([label('dashboard.nothing')]);
      await answer(page, 'training.finished');
      await isAsked(page, 'rating');
      // The first menu is old by now: pressing it corrects that answer.
      await page.getByRole('button', { name: label('dashboard.certificate'), exact: true }).click();
      await expect
        .poll(() => page.locator('.own p').last().textContent())
        .toBe(label('dashboard.certificate'));
      await page
        .getByRole('button', { name: label('dashboard.nothing'), exact: true })
        .first()
        .click();
      await isAsked(page, 'rating');
      await answer(page, 'rating.no-menu');
      await page.getByText(words.get('requirement.graded-in-sisnaker.name')!).first().waitFor();
      const card = page.getByRole('img', { name: words.get('say.card.title.provider')!, exact: true });
      await expect.poll(() => pixelsOf(card), { timeout: 15_000 }).toMatchObject({ width: 720 });
      await page.locator('.pandu a[href="https://kelembagaan.kemnaker.go.id"]').first().waitFor();
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(isBrowserMissing)('can be walked with the keyboard alone', async () => {
    const { page, complaints } = await openPage(browser, program.url, DESK);
    await isAsked(page, 'dashboard');
    // The text field has the focus; the newest choices are one step back.
    expect(await focused(page)).toBe(words.get('page.web.placeholder'));
    await tabBackTo(page, label('dashboard.nothing'));
    await page.keyboard.press('Enter');
    await isAsked(page, 'training');
    await tabOnTo(page, label('training.finished'));
    await page.keyboard.press('Space');
    await isAsked(page, 'rating');
    await tabOnTo(page, words.get('page.web.placeholder')!);
    await page.keyboard.type('belum, menu penilaian tidak ada');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('kak');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await page.getByText(words.get('requirement.graded-in-sisnaker.name')!).first().waitFor();
    expect(await focused(page)).toBe(words.get('page.web.placeholder'));
    expect(complaints).toEqual([]);
  });

  it.skipIf(isBrowserMissing)('shows the same in two tabs, whichever one is used', async () => {
    const { page, openTab, complaints } = await openPage(browser, program.url);
    await isAsked(page, 'dashboard');
    const other = await openTab();
    await isAsked(other, 'dashboard');
    await answer(other, 'dashboard.nothing');
    await isAsked(page, 'training');
    await answer(page, 'training.finished');
    await isAsked(other, 'rating');
    const both = await Promise.all([page, other].map((tab) => tab.locator('.message p').allTextContents()));
    expect(both[0]).toEqual(both[1]);
    expect(complaints).toEqual([]);
  });

  it.skipIf(isBrowserMissing).each(['SIGTERM', 'SIGKILL'] as const)(
    'F08 goes on where it was when the server ends with %s and comes back, and sends what was typed meanwhile',
    async (signal) => {
      const { page, complaints } = await openPage(browser, program.url);
      await isAsked(page, 'dashboard');
      await answer(page, 'dashboard.nothing');
      await isAsked(page, 'training');
      expect(await program.end(signal)).toBe(signal === 'SIGTERM' ? 0 : null);
      await expect.poll(() => page.getByRole('status').textContent()).not.toBe('');
      await answer(page, 'training.finished');
      expect(await page.locator('[data-state="sending"]').count()).toBe(1);
      program = await startProgram(dataDir, program.port);
      await isAsked(page, 'rating');
      await expect.poll(() => page.getByRole('status').textContent()).toBe('');
      expect(await page.locator('[data-state="sending"]').count()).toBe(0);
      expect(await page.locator('.own p').allTextContents()).toEqual([
        label('dashboard.nothing'),
        label('training.finished'),
      ]);
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(isBrowserMissing)(
    'P04 forgets everything on request, and starts anew when it is opened again',
    async () => {
      const { page, complaints } = await openPage(browser, program.url);
      await isAsked(page, 'dashboard');
      await answer(page, 'dashboard.nothing');
      await isAsked(page, 'training');
      await page.getByRole('textbox').fill('HAPUS DATA');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: words.get('dialogue.delete-data.yes')!, exact: true }).click();
      await page.getByText(words.get('dialogue.delete-data.done')!.split('\n')[0]!).waitFor();
      expect(await page.locator('.own').count()).toBe(0);
      await page.reload();
      await isAsked(page, 'dashboard');
      expect(await page.locator('.own').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
  );

  it.skipIf(isBrowserMissing)('S07 hides a number that nobody should send, on the page too', async () => {
    const { page, complaints } = await openPage(browser, program.url);
    await isAsked(page, 'dashboard');
    await page.getByRole('textbox').fill('NIK saya 3201234567890123');
    await page.keyboard.press('Enter');
    await page.getByText(words.get('say.secret.number')!.split('\n')[0]!).waitFor();
    expect(await page.getByText('3201234567890123').count()).toBe(0);
    await page.reload();
    await isAsked(page, 'dashboard');
    expect(await page.getByText('3201234567890123').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

/** The accessible name of what has the focus. */
async function focused(page: Page): Promise<string> {
  const name = await page.evaluate(
    '(document.activeElement.ariaLabel ?? document.activeElement.labels?.[0]?.textContent ?? "") || document.activeElement.textContent',
  );
  return String(name).trim();
}

async function tabBackTo(page: Page, name: string): Promise<void> {
  await tabTo(page, name, 'Shift+Tab');
}

async function tabOnTo(page: Page, name: string): Promise<void> {
  await tabTo(page, name, 'Tab');
}

async function tabTo(page: Page, name: string, key: string): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    await page.keyboard.press(key);
    if ((await focused(page)) === name) return;
  }
  throw new Error(`${key} never came to ${name}`);
}
