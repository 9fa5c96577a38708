import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createLog, hideTokens, type LogFields } from '../src/log.ts';

const TOKEN = '123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp-_1';

function logged(
  fields: LogFields,
  message = 'something happened',
): { line: string; entry: Record<string, unknown> } {
  let line = '';
  createLog('debug', (text) => {
    line += text;
  }).error(fields, message);
  return { line, entry: JSON.parse(line) };
}

describe('createLog()', () => {
  it('S31 hides the bot token wherever it hides in an entry', () => {
    const address = `https://api.telegram.org/bot${TOKEN}/sendMessage`;
    const inner = new Error(`connect ECONNREFUSED ${address}`);
    const cases: readonly [string, LogFields, string?][] = [
      ['a field', { token: TOKEN }],
      ['an address', { url: address }],
      ['a percent-encoded address', { url: encodeURIComponent(address) }],
      ['the sentence', {}, `cannot reach ${address}`],
      ['an error', { error: new Error(address) }],
      ['the cause of a cause', { error: new Error('a', { cause: new Error('b', { cause: inner }) }) }],
      ['a cause that is a text', { error: new Error('a', { cause: address }) }],
      ['a list of errors', { errors: [inner] }],
      ['the name of a field', { [TOKEN]: 1 }],
    ];
    for (const [where, fields, message] of cases) {
      const { line } = logged(fields, message);
      expect(line, where).not.toContain('AAbbCC');
      expect(line, where).toContain('[token]');
    }
  });

  it('S29 keeps one entry on one line, whatever is in it', () => {
    const { line, entry } = logged({ chat: 'a\n{"level":"info"}\u2028' }, 'two\nlines');
    expect(line.trimEnd()).not.toContain('\n');
    expect(entry).toMatchObject({ level: 'error', chat: 'a\n{"level":"info"}\u2028', msg: 'two\nlines' });
  });

  it('leaves the words of a participant out when somebody hands them in', () => {
    const secret = 'NIK saya sekian';
    const failure = Object.assign(new Error('refused'), { payload: { text: secret }, code: 'ECONNRESET' });
    const { line, entry } = logged({
      chat: '42',
      text: secret,
      incoming: { text: secret },
      choices: [{ label: secret }],
      error: failure,
    });
    expect(line).not.toContain(secret);
    expect(entry).toMatchObject({
      chat: '42',
      text: '[hidden]',
      incoming: '[hidden]',
      choices: ['[hidden]'],
    });
    expect(entry.error).toMatchObject({ type: 'Error', message: 'refused', code: 'ECONNRESET' });
  });

  it('describes an error whose cause is itself, and a thrown thing that is no error', () => {
    const circle = new Error('round');
    circle.cause = circle;
    expect(logged({ error: circle }).entry.error).toMatchObject({
      message: 'round',
      cause: { message: 'round' },
    });
    expect(logged({ error: 'plain' }).entry).toMatchObject({ error: 'plain' });
    expect(logged({ error: undefined }).entry).toMatchObject({ msg: 'something happened' });
  });

  it('says nothing below its level', () => {
    const lines: string[] = [];
    const log = createLog('warn', (line) => void lines.push(line));
    log.debug({}, 'a');
    log.info({}, 'b');
    log.warn({}, 'c');
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['c']);
    createLog('silent', (line) => void lines.push(line)).error({}, 'd');
    expect(lines).toHaveLength(1);
  });
});

describe('hideTokens()', () => {
  it('S26 is quick on a long row of digits', () => {
    const started = performance.now();
    expect(hideTokens('7'.repeat(200_000))).toHaveLength(200_000);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('leaves times, numbers and short keys alone', () => {
    const harmless = '2026-11-23T10:11:12.000Z 12:30 127.0.0.1:3000 3:abc {"at":1700000000000}';
    expect(hideTokens(harmless)).toBe(harmless);
  });
});

describe('F87 output that cannot be written', () => {
  const program = `
    import { createLog } from ${JSON.stringify(fileURLToPath(new URL('../src/log.ts', import.meta.url)))};
    const log = createLog('info');
    let rounds = 0;
    const timer = setInterval(() => {
      log.info({ rounds }, 'still here');
      console.log('still here');
      console.error('still here');
      if (++rounds === 20) { clearInterval(timer); process.exitCode = 42; }
    }, 5);
  `;

  it('keeps the process going when nobody reads stdout and stderr any more', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await once(child, 'exit')).toEqual([42, null]);
  });

  it.skipIf(process.platform !== 'linux')(
    'keeps the process going when the log disk is full (a full device exists on Linux only)',
    async () => {
      const shell = `"$0" --input-type=module --eval "$1" 2>/dev/full >/dev/full`;
      const child = spawn('sh', ['-c', shell, process.execPath, program], { stdio: 'ignore' });
      expect(await once(child, 'exit')).toEqual([42, null]);
    },
  );
});
