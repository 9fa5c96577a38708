import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BufferJSON } from '@whiskeysockets/baileys';
import { afterEach, expect, test } from 'vitest';
import { linkedServer } from './linked.ts';

const linked = linkedServer();
const SUPPORT = join(import.meta.dirname, '../../../support/whatsapp');
const folder = mkdtempSync(join(tmpdir(), 'pandu-whatsapp-'));
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('a client in another process trusts the server, and what it missed when it was killed waits for the next', async () => {
  const file = join(folder, 'login.json');
  const { creds, keys } = linked.login;
  writeFileSync(file, JSON.stringify({ creds, kept: [...keys.kept] }, BufferJSON.replacer));
  const trust = ['--import', join(SUPPORT, 'trust.ts')];
  const program = spawn(
    process.execPath,
    [...trust, join(SUPPORT, 'stock-process.ts'), linked.server.url, file],
    {
      env: { ...process.env, ...linked.server.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  child = program;
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const siti = linked.server.participant();
  await siti.send('halo');
  expect((await lines.next()).value).toBe('halo');
  await linked.server.until(() => linked.server.waiting.length === 0, 'the receipt');

  program.kill('SIGKILL');
  await once(program, 'exit');
  await linked.server.until(() => !linked.server.online, 'the line to be gone');
  await siti.send('masih ada?');
  expect(linked.waitingFrom(siti)).toBe(1);
  const next = await linked.opened();
  await next.message((one) => one.message?.conversation === 'masih ada?');
});
