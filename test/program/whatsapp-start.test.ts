import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Program, startProgram } from '../support/program.ts';
import { cellsOfSvg, readQr } from '../support/qr.ts';
import { startWhatsappServer, type WhatsappServer } from '../support/whatsapp/server.ts';
import { linkByPage, logOf, pairingAddress, whatsappSettings } from '../support/whatsapp-program.ts';

const WAIT = { timeout: 20_000, interval: 20 };
const STACK = /\n\s+at /;

let directory: string;
let server: WhatsappServer;
let programs: Program[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pandu-'));
  server = await startWhatsappServer();
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
  const program = await startProgram({ DATA_DIR: directory, ...whatsappSettings(server), ...settings });
  programs.push(program);
  return program;
}

/** Runs it to its end, which has to come by itself. */
function runToEnd(settings: Readonly<Record<string, string>>) {
  return spawnSync(process.execPath, ['src/main.ts', 'start'], {
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: directory, ...whatsappSettings(server), ...settings },
    encoding: 'utf8',
    timeout: 30_000,
  });
}

describe('F44 a key that does not fit', () => {
  test('stops WhatsApp alone, with a sentence; nobody is registered anew, and the web chat answers', async () => {
    let program = await start({ DATA_KEY: '01'.repeat(32) });
    await linkByPage(program, server);
    expect(await program.stop()).toBe(0);
    const { connections } = server;
    program = await start({ DATA_KEY: '02'.repeat(32) });
    expect(program.output()).toMatch(
      /WhatsApp\s+stopped\s+What is kept of the whatsapp account cannot be opened/,
    );
    expect(program.output()).not.toMatch(/02020202|link the phone/);
    expect((await fetch(program.url)).status).toBe(200);
    expect(await program.stop()).toBe(0);
    expect(server.connections).toBe(connections);
  });

  test('of another shape is refused in a sentence, and a damaged key file as well; nobody is asked anything', async () => {
    const refused = runToEnd({ DATA_KEY: 'rahasia-rahasia' });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/DATA_KEY must be 64 hex digits/);
    expect(refused.stderr).not.toContain('rahasia');
    writeFileSync(join(directory, 'data.key'), '0123');
    const damaged = runToEnd({});
    expect(damaged.status).toBe(1);
    expect(damaged.stderr).toMatch(/data\.key is empty, cut off or changed/);
    for (const { stderr } of [refused, damaged]) expect(stderr).not.toMatch(STACK);
    expect(server.connections).toBe(0);
  });
});

describe('F39 a second program on the same data', () => {
  test('ends with a sentence and never comes near WhatsApp; the first goes on, and F16 ends within seconds of SIGTERM', async () => {
    const first = await start();
    await linkByPage(first, server);
    const { connections } = server;
    const second = runToEnd({});
    expect(second.status).toBe(1);
    expect(second.stderr.trim()).not.toBe('');
    expect(second.stderr).not.toMatch(STACK);
    expect(server.connections).toBe(connections);
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2, 20_000);
    // The library has a timer of half a minute after it uploaded its one-time keys.
    expect(server.preKeysLeft).toBeGreaterThan(0);
    const begun = performance.now();
    expect(await first.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(readFileSync(join(directory, 'data.key'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    // S45 Whoever reads this key and the data file has the account.
    for (const name of readdirSync(directory))
      expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0);
  });
});

describe('F69 WhatsApp that cannot be reached', () => {
  test('is told, and the web chat answers all the same', async () => {
    const program = await start({ WHATSAPP_WS_URL: 'ws://127.0.0.1:9/ws/chat' });
    expect(program.output()).toMatch(/WhatsApp\s+waiting\s+WhatsApp cannot be reached/);
    expect((await fetch(program.url)).status).toBe(200);
    const begun = performance.now();
    expect(await program.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('linking the phone', () => {
  test('is said where, and who restarts it need not do it again, not even after a kill at the first login', async () => {
    const program = await start();
    expect(program.output()).toMatch(/WhatsApp\s+waiting\s+not linked yet: scan the QR code/);
    const qr = await (await fetch(pairingAddress(program))).text();
    void server.scan(readQr(cellsOfSvg(qr)));
    await expect.poll(() => server.logins, WAIT).toBe(1);
    await program.kill();

    const again = await start();
    await expect.poll(() => server.online, WAIT).toBe(true);
    expect(again.output()).toMatch(/WhatsApp\s+on\s+linked, and connected/);
    expect(again.output()).not.toMatch(/link the phone at|█/);
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2, 20_000);
  });

  test('S39 the page is at its own address alone, and neither that nor what it shows is logged', async () => {
    const program = await start({ LOG_LEVEL: 'debug' });
    const address = pairingAddress(program);
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(address, { method: 'POST' })).status).toBe(405);
    const wrong = [
      `${program.url}/whatsapp`,
      `${program.url}/whatsapp/`,
      address.slice(0, -1),
      `${address}0`,
    ];
    for (const path of [...wrong, `${program.url}/whatsapp/${'0'.repeat(32)}`]) {
      const answer = await fetch(path);
      expect(answer.status, path).toBe(404);
      expect(await answer.text()).not.toContain('svg');
    }
    // On the terminal it is, with the picture.
    expect(program.output()).toContain(`The code is also at ${address}`);
    expect(program.output()).toMatch(/█▀/);
    const qr = readQr(cellsOfSvg(await page.text()));
    await linkByPage(program, server);
    expect(await (await fetch(address)).text()).not.toMatch(/<svg|<strong/);
    expect(await program.stop()).toBe(0);
    const log = logOf(program);
    expect(log).toContain('"level":"debug"');
    for (const secret of [new URL(address).pathname.split('/').at(-1)!, qr, ...qr.split(/[#,]/)]) {
      if (secret.length > 5) expect(log).not.toContain(secret);
    }
    expect(program.output()).not.toContain(qr);
  });

  test('S39 by code shows the code on the page and the terminal, and never logs it; a number is taken as people write it', async () => {
    const program = await start({ LOG_LEVEL: 'debug', WHATSAPP_PAIRING_NUMBER: '+62 811-9999-999' });
    expect(program.output()).toMatch(/WhatsApp\s+waiting\s+not linked yet: enter the pairing code/);
    const page = await (await fetch(pairingAddress(program))).text();
    const shown = /<strong>(.{4}-.{4})<\/strong>/.exec(page)![1]!;
    expect(program.output()).toContain(`    ${shown}\n`);
    const asked = server.heard.find(({ inside }) => inside[0] === 'link_code_companion_reg');
    expect(asked).toBeDefined();
    await server.enterCode(shown.replace('-', ''));
    await expect.poll(() => server.logins, WAIT).toBe(1);
    expect(await program.stop()).toBe(0);
    for (const secret of [shown, shown.replace('-', ''), '628119999999', '811-9999']) {
      expect(logOf(program)).not.toContain(secret);
    }
  });
});

test('WhatsApp that is off says how it is turned on, and makes no key', async () => {
  const program = await start({ WHATSAPP: 'off' });
  expect(program.output()).toMatch(/WhatsApp\s+off\s+set WHATSAPP=on/);
  expect(program.output()).not.toContain('link the phone');
  expect(await program.stop()).toBe(0);
  expect(server.connections).toBe(0);
  expect(() => readFileSync(join(directory, 'data.key'))).toThrow(/ENOENT/);
});
