import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataKeyUnusable, dataKey } from '../../src/command/data-key.ts';

const BYTES = Uint8Array.from({ length: 32 }, (_, byte) => 255 - byte);
const HEX = Buffer.from(BYTES).toString('hex');

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pandu-key-'));
  file = join(folder, 'data.key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refused(setting: string | null): DataKeyUnusable {
  try {
    dataKey(setting, folder);
  } catch (error) {
    expect(error).toBeInstanceOf(DataKeyUnusable);
    return error as DataKeyUnusable;
  }
  throw new Error('The key was taken');
}

test('S45 DATA_KEY that is neither 64 hex digits nor base64 of 32 bytes is refused, and not repeated', () => {
  const wrong = [
    HEX.slice(1),
    `${HEX}0`,
    `${HEX.slice(1)}g`,
    Buffer.from(BYTES.subarray(1)).toString('base64'),
    Buffer.alloc(33, 7).toString('base64'),
    `${Buffer.from(BYTES).toString('base64')}=`,
    HEX.slice(0, 43),
    'rahasia',
    `0x${HEX}`,
  ];
  for (const setting of wrong) {
    const { message } = refused(setting);
    expect(message).toMatch(/DATA_KEY must be 64 hex digits or base64 of 32 bytes.*openssl/);
    expect(message).not.toContain(setting);
  }
  expect(readdirSync(folder)).toEqual([]);
});

test('F44 a key file that is empty, cut off at any byte or changed is refused with a sentence and stays as it is', () => {
  const contents = Array.from({ length: 64 }, (_, length) => HEX.slice(0, length));
  for (const content of [...contents, `${HEX}0`, HEX.replace('f', 'x'), `${HEX}\n${HEX}\n`, '\n']) {
    writeFileSync(file, content);
    const { message } = refused(null);
    expect(message).toContain(file);
    expect(message).toMatch(/empty, cut off or changed.*backup/);
    expect(readFileSync(file, 'utf8')).toBe(content);
  }
  expect(readdirSync(folder)).toEqual(['data.key']);
});

test('a key file that cannot be read or made is refused with a sentence that names it', () => {
  mkdirSync(file);
  expect(refused(null).message).toMatch(/data\.key cannot be read or made \(EISDIR\).*DATA_KEY/);
  rmSync(file, { recursive: true });
  writeFileSync(join(folder, 'no-folder'), '');
  expect(() => dataKey(null, join(folder, 'no-folder', 'below'))).toThrow(DataKeyUnusable);
  // The superuser may write anywhere.
  if (process.getuid?.() === 0) return;
  chmodSync(folder, 0o500);
  expect(refused(null).message).toContain('EACCES');
  chmodSync(folder, 0o700);
});

test('takes DATA_KEY in hex or base64, with blanks around, and then makes no file', () => {
  const base64 = Buffer.from(BYTES).toString('base64');
  const settings = [
    HEX,
    HEX.toUpperCase(),
    ` ${HEX}\n`,
    base64,
    `${Buffer.from(BYTES).toString('base64url')}=`,
  ];
  for (const setting of settings) expect(Uint8Array.from(dataKey(setting, folder))).toEqual(BYTES);
  expect(readdirSync(folder)).toEqual([]);
});

test('DATA_KEY wins over the file, a blank one does not count, and the file is taken in either form', () => {
  writeFileSync(file, `${'00'.repeat(32)}\n`);
  expect(Uint8Array.from(dataKey(HEX, folder))).toEqual(BYTES);
  for (const blank of [null, '', ' '])
    expect(Uint8Array.from(dataKey(blank, folder))).toEqual(new Uint8Array(32));
  writeFileSync(file, Buffer.from(BYTES).toString('base64'));
  expect(Uint8Array.from(dataKey(null, folder))).toEqual(BYTES);
});

test('S45 makes a file for its owner alone, whatever the umask, with another key each time, and keeps to it', () => {
  const before = process.umask(0);
  try {
    const deep = join(folder, 'new', 'deep');
    const first = dataKey(null, deep);
    expect(first).toHaveLength(32);
    expect(statSync(join(deep, 'data.key')).mode & 0o777).toBe(0o600);
    expect(statSync(deep).mode & 0o777).toBe(0o700);
    expect(Buffer.from(dataKey(null, deep)).equals(first)).toBe(true);
    expect(Buffer.from(dataKey(null, folder)).equals(first)).toBe(false);
    expect(readdirSync(deep)).toEqual(['data.key']);
  } finally {
    process.umask(before);
  }
});

test('F39 processes that start at once agree on one key', async () => {
  const source = fileURLToPath(new URL('../../src/command/data-key.ts', import.meta.url));
  // All wait for the same moment, so that they do meet.
  const script = `const { dataKey } = await import(${JSON.stringify(source)});
    process.stdout.write('ready ');
    process.stdin.once('data', () => {
      process.stdout.write(Buffer.from(dataKey(null, ${JSON.stringify(folder)})).toString('hex'));
      process.exit();
    });`;
  const children = Array.from({ length: 6 }, () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
    return { child, said: () => said, ended: once(child, 'close') };
  });
  await expect.poll(() => children.every(({ said }) => said() === 'ready '), { timeout: 15_000 }).toBe(true);
  for (const { child } of children) child.stdin.write('go\n');
  await Promise.all(children.map(({ ended }) => ended));
  const keys = new Set(children.map(({ said }) => said().replace('ready ', '')));
  expect(keys.size).toBe(1);
  expect(readFileSync(file, 'utf8').trim()).toBe([...keys][0]);
  expect(readdirSync(folder)).toEqual(['data.key']);
});
