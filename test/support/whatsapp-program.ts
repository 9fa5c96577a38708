import { resolve } from 'node:path';
import { expect } from 'vitest';
import { type Program, startProgram } from './program.ts';
import { cellsOfSvg, readQr } from './qr.ts';
import type { WhatsappServer } from './whatsapp/server.ts';

const WAIT = { timeout: 20_000, interval: 20 };

/** The program with WhatsApp on, at the loopback server, without the pauses that make it look like a person. */
export function whatsappSettings(server: WhatsappServer): Record<string, string> {
  return {
    WHATSAPP: 'on',
    WHATSAPP_WS_URL: server.url,
    WHATSAPP_TYPING: 'off',
    WHATSAPP_PER_MINUTE: '60000',
    WHATSAPP_PER_CHAT_PER_MINUTE: '60000',
    NODE_OPTIONS: `--import=${resolve('test/support/whatsapp/trust.ts')}`,
    ...server.environment,
  };
}

/** Where the program says that the phone can be linked. */
export function pairingAddress(program: Program): string {
  const address = /link the phone at (http:\S+)/.exec(program.output())?.[1];
  if (address === undefined) throw new Error(`it does not say where to link the phone:\n${program.output()}`);
  return address;
}

/** The owner opens the page and scans what it shows. */
export async function linkByPage(program: Program, server: WhatsappServer): Promise<void> {
  const page = await fetch(pairingAddress(program));
  await server.scan(readQr(cellsOfSvg(await page.text())));
  await expect.poll(() => server.logins > 0 && server.online, WAIT).toBe(true);
  await expect
    .poll(async () => (await fetch(pairingAddress(program))).text(), WAIT)
    .toContain('linked, and connected');
}

/** What it logged, without what is meant for the terminal of whoever runs it. */
export function logOf(program: Program): string {
  return program
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .join('\n');
}

export { startProgram };
