import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KINDS } from '../../src/language/names/difference.ts';
import { shippedKnowledge } from '../support/conversation.ts';

const MAIN = resolve('src/main.ts');
const { words } = shippedKnowledge();
const text = (id: string): string => words.id.get(id)!;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pandu-names-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the program as a script does, in an empty folder and with a folder for data. */
function names(options: readonly string[], input: string | Buffer) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'names', ...options], {
    cwd: folder,
    env: { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'debug' },
    input,
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr, lines: stdout.split('\n').filter((line) => line !== '') };
}

/** What each line of the input is answered with. */
function answers(input: readonly unknown[], options: readonly string[] = []) {
  const written = input.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
  const { status, lines, stderr } = names(['--json', ...options], written);
  expect([status, stderr]).toEqual([0, '']);
  return lines.map((line) => JSON.parse(line));
}

const pair = (kemnaker: unknown, prakerja: unknown) => ({ kemnaker, prakerja });

describe('names --json', () => {
  test('answers each line with result, kinds and why, in this order and with nothing else', () => {
    const input = [
      pair('Siti Aminah S.Pd', 'SITI AMINAH'),
      pair('siti aminah', 'SITI AMINAH'),
      pair('', 'SITI'),
    ];
    const all = answers(input);
    expect(all.map((one) => Object.keys(one))).toEqual(input.map(() => ['result', 'kinds', 'why']));
    expect(all.map(({ result, kinds }) => [result, kinds])).toEqual([
      ['differs', ['title']],
      ['same', []],
      ['unclear', ['not-a-name']],
    ]);
    expect(all[1].why).toBe(text('dialogue.names.same'));
    expect(all[0].why).toContain('Kemnaker: Siti Aminah [S.Pd]\nPrakerja: SITI AMINAH');
    expect(all[0].why).toContain('• gelar pendidikan, hanya di Kemnaker: S.Pd');
  });

  test('names every kind of the contract, and no other', () => {
    const all = answers([
      pair('Moh. Soebagyo, S.Pd', 'MUHAMMAD SUBAGYO'),
      pair('Aminah Siti', 'SITI AMINAH'),
      pair('Siti', 'SITI AMINAH'),
      pair('Siti Aminah Putri', 'SITI AMINAH'),
      pair('Siti Aminat', 'SITI AMINAH'),
      pair('S\u0456ti Aminah', 'SITI AMINAH'),
      pair('-', 'SITI AMINAH'),
    ]);
    expect(all.map(({ kinds }) => kinds)).toEqual([
      ['title', 'abbreviation', 'spelling'],
      ['order'],
      ['missing-word'],
      ['extra-word'],
      ['letter'],
      ['script'],
      ['not-a-name'],
    ]);
    expect(new Set(all.flatMap(({ kinds }) => kinds))).toEqual(new Set(KINDS));
  });

  test('says of each unclear pair why it is', () => {
    const all = answers([
      pair('S*** A***', 'SITI AMINAH'),
      pair('Siti Am...', 'SITI AMINAH'),
      pair('3171234567890001', 'SITI AMINAH'),
      pair('siti@contoh.id', 'SITI AMINAH'),
      pair('SITI AMINAH', 'sama'),
      pair('SITI AMINAH', 'x'.repeat(100_000)),
      pair('José Silva', 'JOSE SILVA'),
    ]);
    expect(all.map(({ result }) => result)).toEqual(all.map(() => 'unclear'));
    const why = (end: string) => text(`dialogue.names.unclear.${end}`);
    expect(all.slice(0, 6).map((one) => one.why)).toEqual([
      why('hidden'),
      why('hidden'),
      why('number'),
      why('number'),
      why('not-complete'),
      why('not-complete'),
    ]);
    expect(all[6].why).toContain('Kemnaker: Jos[é] Silva\nPrakerja: JOS[E] SILVA');
  });

  test('repeats nothing of what is no name', () => {
    const all = answers([
      pair('3171234567890001', 'SITI AMINAH'),
      pair('klik https://contoh.id/hadiah', 'SITI AMINAH'),
      pair('SITI AMINAH', 'siti@contoh.id'),
    ]);
    expect(JSON.stringify(all)).not.toMatch(/3171|contoh|hadiah|AMINAH/);
  });

  const BROKEN = [
    ['text that is no JSON', 'nonsense', /not JSON/],
    ['a line that ends too early', '{"kemnaker":"Siti","prakerja":"SI', /not JSON/],
    ['nothing', '', /not JSON/],
    ['blanks', '   ', /not JSON/],
    ['a number', '7', /not a JSON object/],
    ['null', 'null', /not a JSON object/],
    ['a list', '["Siti","SITI"]', /not a JSON object/],
    ['a text', '"Siti"', /not a JSON object/],
    ['an empty object', '{}', /"kemnaker" and "prakerja"/],
    ['one name', '{"kemnaker":"Siti"}', /"kemnaker" and "prakerja"/],
    ['a name that is a number', '{"kemnaker":"Siti","prakerja":7}', /"kemnaker" and "prakerja"/],
    ['a name that is null', '{"kemnaker":null,"prakerja":"Siti"}', /"kemnaker" and "prakerja"/],
    ['a name that is a list', '{"kemnaker":["Siti"],"prakerja":"Siti"}', /"kemnaker" and "prakerja"/],
    ['names in the prototype', '{"__proto__":{"kemnaker":"A","prakerja":"B"}}', /"kemnaker" and "prakerja"/],
  ] as const;

  test('answers a malformed line with an error that repeats nothing of it, and reads on', () => {
    const good = JSON.stringify(pair('Siti', 'SITI'));
    const all = answers(BROKEN.flatMap(([, line]) => [line, good]));
    expect(all).toHaveLength(2 * BROKEN.length);
    for (const [index, [what, , reason]] of BROKEN.entries()) {
      const [error, next] = [all[2 * index], all[2 * index + 1]];
      expect([what, Object.keys(error)]).toEqual([what, ['error']]);
      expect([what, error.error]).toEqual([what, expect.stringMatching(reason)]);
      expect(error.error).not.toMatch(/siti|nonsense/i);
      expect([what, next.result]).toEqual([what, 'same']);
    }
  });

  test('takes half a surrogate pair, bytes that are no UTF-8, and Windows line ends', () => {
    const half = '{"kemnaker":"Siti\\ud83d","prakerja":"SITI"}\r\n';
    const broken = Buffer.concat([
      Buffer.from('{"kemnaker":"Siti'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('","prakerja":"SITI"}\r\n'),
    ]);
    const { status, lines } = names(['--json'], Buffer.concat([Buffer.from(half), broken]));
    expect(status).toBe(0);
    expect(lines.map((line) => JSON.parse(line).result)).toEqual(['same', 'same']);
  });

  test('ignores what else stands in the object, and needs no line end at the end', () => {
    expect(answers([{ ...pair('Siti', 'SITI'), nik: 'x' }])).toMatchObject([{ result: 'same' }]);
  });

  test('says the same in English with --lang en', () => {
    const [one] = answers([pair('Siti Aminah S.Pd', 'SITI AMINAH')], ['--lang', 'en']);
    expect(one).toMatchObject({ result: 'differs', kinds: ['title'] });
    expect(one.why).toContain('• academic title, only at Kemnaker: S.Pd');
  });

  test('answers a thousand lines, in their order', () => {
    const all = answers(
      Array.from({ length: 1_000 }, (_, index) => pair('Siti', index % 2 === 0 ? 'SITI' : 'SITA')),
    );
    expect(all.map(({ result }) => result)).toEqual(
      all.map((_, index) => (index % 2 === 0 ? 'same' : 'differs')),
    );
    expect(all).toHaveLength(1_000);
  });

  test('ends with 0 when there is nothing to read, and says nothing', () => {
    expect(names(['--json'], '')).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

describe('names', () => {
  test('asks for both names with the words of the chat, answers, and asks again until the input ends', () => {
    const { status, stdout, stderr } = names([], 'Siti Aminah S.Pd\nSITI AMINAH\nSiti\nSITI\nBudi\n');
    expect([status, stderr]).toEqual([0, '']);
    const parts = [
      text('dialogue.names.ask.kemnaker'),
      text('dialogue.names.ask.prakerja'),
      text('dialogue.names.differs'),
      text('dialogue.names.ask.kemnaker'),
      text('dialogue.names.ask.prakerja'),
      text('dialogue.names.same'),
      text('dialogue.names.ask.kemnaker'),
      text('dialogue.names.ask.prakerja'),
    ];
    let from = 0;
    for (const part of parts) {
      const found = stdout.indexOf(part, from);
      expect([part, found >= from]).toEqual([part, true]);
      from = found + part.length;
    }
    expect(stdout.slice(from).trim()).toBe('');
  });

  test('asks in English with --lang en', () => {
    const { stdout } = names(['--lang', 'en'], 'Siti\nSITI\n');
    expect(stdout).toContain(words.en.get('dialogue.names.ask.kemnaker'));
    expect(stdout).toContain(words.en.get('dialogue.names.same'));
    expect(stdout).not.toContain(text('dialogue.names.same'));
  });

  test.each([[['--lang', 'jv']], [['--lang']], [['--loud']], [['Siti Aminah']], [['--json=true']]])(
    'refuses %j in one sentence and reads nothing',
    (options) => {
      const { status, stdout, stderr } = names(options, 'Siti\nSITI\n');
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(/^names \[--json\] \[--lang id\|en\]: .+\n$/);
    },
  );

  test('leaves nothing behind, neither files nor words in a log', () => {
    const json = names(['--json'], JSON.stringify(pair('Xuzbokrama', 'XUZBOKRAMO')));
    const asked = names([], 'Xuzbokrama\nXUZBOKRAMO\n');
    expect([json.stderr, asked.stderr]).toEqual(['', '']);
    expect(readdirSync(folder)).toEqual([]);
  });
});
