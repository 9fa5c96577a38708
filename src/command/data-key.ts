import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { readKey } from '../config/values.ts';

const KEY_BYTES = 32;

/** The data key cannot be used. The message says what to do, and never repeats the key. */
export class DataKeyUnusable extends Error {
  override readonly name = 'DataKeyUnusable';
}

/**
 * The key that seals what may not be read from a copy of the data file: the setting DATA_KEY, else what stands in
 * `data.key` in the data folder, made at the first start.
 *
 * @param setting 64 hex digits or base64 of 32 bytes; null or blank when it is not set
 * @returns 32 bytes; all processes that ask at once get the same
 * @throws {DataKeyUnusable} when the setting or the file holds something else, or the file cannot be read or made
 */
export function dataKey(setting: string | null, dataDir: string): Uint8Array {
  const text = setting?.trim() ?? '';
  if (text !== '') {
    const key = readKey(text);
    if (key === null) {
      throw new DataKeyUnusable(
        'DATA_KEY must be 64 hex digits or base64 of 32 bytes; what is there is neither. ' +
          'Make one with: openssl rand -hex 32. If an account is paired already, it needs the very key it was paired with.',
      );
    }
    return key;
  }
  const path = join(dataDir, 'data.key');
  try {
    if (!existsSync(path)) make(path, dataDir);
    return keyIn(path);
  } catch (error) {
    if (error instanceof DataKeyUnusable) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new DataKeyUnusable(
      `The key file ${path} cannot be read or made (${code}). ` +
        'Check who may read and write there, or set DATA_KEY (make one with: openssl rand -hex 32).',
      { cause: error },
    );
  }
}

/** @throws {DataKeyUnusable} when the file holds anything but one whole key */
function keyIn(path: string): Uint8Array {
  const key = readKey(readFileSync(path, 'utf8').trim());
  if (key !== null) return key;
  throw new DataKeyUnusable(
    `The key file ${path} is empty, cut off or changed. Put your backup of it in its place. ` +
      'Only when no account was ever paired with it, delete it, and a new one is made at the next start.',
  );
}

/**
 * Written whole and kept on the disk before it gets its name; the name is given to one alone, and whoever comes second
 * uses the key of the first.
 */
function make(path: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    try {
      writeSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  keepName(dataDir);
}

/** The name of a new file is on the disk once its folder is. Windows opens no folders, and needs no such thing. */
function keepName(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
