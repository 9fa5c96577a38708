import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const printed: unknown[][] = [];
const before = METHODS.map((method) => [method, console[method]] as const);

beforeAll(async () => {
  for (const method of METHODS) {
    console[method] = (...words: unknown[]) => void printed.push(words);
  }
  vi.resetModules();
  await import('../../../src/channels/whatsapp/silence.ts');
});
afterAll(() => {
  for (const [method, print] of before) console[method] = print;
});

/** As libsignal makes them: known by the name of their class. */
class SessionEntry {
  readonly privKey = Buffer.from('a private key');
}
class SessionRecord {
  readonly sessions = [new SessionEntry()];
}

function printedBy(print: () => void): number {
  const { length } = printed;
  print();
  return printed.length - length;
}

/** Everything in the installed libsignal that writes to the console, with what it begins with. */
function linesOfLibsignal(): { readonly method: (typeof METHODS)[number]; readonly line: string }[] {
  const require = createRequire(createRequire(import.meta.url).resolve('@whiskeysockets/baileys'));
  const folder = join(dirname(require.resolve('libsignal')), 'src');
  return readdirSync(folder).flatMap((file) => {
    const code = readFileSync(join(folder, file), 'utf8').replace(/^\s*\/\/.*$/gm, '');
    return [...code.matchAll(/console\.(\w+)\(\s*(["'`])(.*?)\2/g)].map(([, method, , line]) => ({
      method: method as (typeof METHODS)[number],
      line: line!,
    }));
  });
}

describe('what libsignal prints', () => {
  it('is known to the last line of the version that is installed', () => {
    expect(linesOfLibsignal().length).toBeGreaterThanOrEqual(12);
  });

  it.each(linesOfLibsignal())('never reaches the console: $method $line', ({ method, line }) => {
    expect(printedBy(() => console[method](line, new SessionEntry()))).toBe(0);
    expect(printedBy(() => console[method](`${line} of somebody`))).toBe(0);
  });

  it.each(METHODS)('never reaches the console by %s, whatever a session comes with', (method) => {
    expect(printedBy(() => console[method]('A new sentence:', new SessionEntry()))).toBe(0);
    expect(printedBy(() => console[method]('A new sentence:', 1, new SessionRecord()))).toBe(0);
    expect(printedBy(() => console[method](new SessionEntry()))).toBe(0);
  });
});

describe('what anybody else prints', () => {
  it.each(METHODS)('still reaches the console by %s', (method) => {
    expect(printedBy(() => console[method]('Pandu is running.'))).toBe(1);
    expect(printedBy(() => console[method]())).toBe(1);
    expect(printedBy(() => console[method](null, undefined, { any: 'thing' }, Object.create(null)))).toBe(1);
    expect(printed.at(-1)).toHaveLength(4);
  });
});
