import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = resolve('src/main.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pandu-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Line = {
  readonly topic: string;
  readonly confidence: number;
  readonly act: string;
  readonly options: readonly string[];
  readonly offered: readonly string[];
  readonly also: string | null;
  readonly answer: readonly { readonly question: string; readonly answer: string }[];
};

/** Runs the program as a script does, in an empty folder and without settings. */
function run(words: readonly string[], input: string | Buffer) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'understand', ...words], {
    cwd: folder,
    env: {},
    input,
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

function linesOf(stdout: string): Line[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

const KEYS = ['topic', 'confidence', 'act', 'options', 'offered', 'also', 'answer'];
const SECRETS = ['3201234567890123', '482913', 'Rahasia77', 'peserta@contoh.invalid'];
const STORY =
  'kak sudah tiga minggu lebih sertifikat saya tidak kunjung tampil di dashboard Prakerja padahal kelasnya lulus. terus cara sambung gopay gimana?';

/** Everything that can be said without a question pending, in one run: the program learns once, when it starts. */
const MESSAGES = [
  ...['halo min', '', '   ', '???', 'qwerty', '"', '{"text":"halo"}', '[1, 2', '🙏', 'x'.repeat(5_000)],
  'di mana saya mengisi survei evaluasi',
  'bansos pkh bulan ini cair kapan',
  'soal sertifikat',
  STORY,
  'udah rating, sertifikat dua-duanya ada, gopay juga udah nyambung',
  `nik saya ${SECRETS[0]}, sertifikat saya kok belum muncul di dashboard?`,
  `kode otp nya ${SECRETS[1]}`,
  `kata sandi saya ${SECRETS[2]}`,
  `email saya ${SECRETS[3]}`,
  `2 ${SECRETS[0]}`,
];

describe('the program understand --json', () => {
  // The last line has no end, and before it stands one that is no text.
  const input = Buffer.concat([
    Buffer.from(`${MESSAGES.join('\n')}\r\n`),
    Buffer.from([0x61, 0xff, 0xfe, 10, 0x70]),
  ]);
  let whole: ReturnType<typeof run>;
  let lines: Line[];
  beforeAll(() => {
    whole = run(['--json'], input);
    lines = linesOf(whole.stdout);
  }, 60_000);

  const lineOf = (message: string): Line => lines[MESSAGES.indexOf(message)]!;

  it('writes an object for each line that came, a blank one and one that is no text too, and ends with 0', () => {
    expect([whole.status, whole.stderr, lines.length]).toEqual([0, '', MESSAGES.length + 2]);
  });

  it('writes the keys and types of the contract', () => {
    for (const line of lines) {
      expect(Object.keys(line)).toEqual(KEYS);
      expect([typeof line.topic, typeof line.confidence]).toEqual(['string', 'number']);
      expect(line.confidence).toBeGreaterThanOrEqual(0);
      expect(line.confidence).toBeLessThanOrEqual(1);
      expect(['answer', 'ask', 'refuse']).toContain(line.act);
      expect(new Set(line.options).size).toBe(3);
      expect(line.options[0]).toBe(line.topic);
      expect(line.offered.length).toBeLessThanOrEqual(3);
      expect(line.offered.length > 0).toBe(line.act === 'ask');
      expect(line.also === null || typeof line.also === 'string').toBe(true);
      for (const given of line.answer) expect(Object.keys(given)).toEqual(['question', 'answer']);
    }
  });

  it('says what a message is about, and what is out of scope', () => {
    expect(lineOf('halo min')).toMatchObject({ topic: 'greeting', act: 'answer' });
    expect(lineOf('')).toMatchObject({ topic: 'out-of-scope', confidence: 0, act: 'refuse', answer: [] });
    const survey = { topic: 'survey', act: 'answer', offered: [], also: null, answer: [] };
    expect(lineOf('di mana saya mengisi survei evaluasi')).toMatchObject(survey);
    const other = { topic: 'out-of-scope', act: 'refuse', offered: [], also: null, answer: [] };
    expect(lineOf('bansos pkh bulan ini cair kapan')).toMatchObject(other);
  });

  it('offers what could be meant when that is not clear', () => {
    const { act, offered } = lineOf('soal sertifikat');
    expect(act).toBe('ask');
    expect(offered).toEqual(expect.arrayContaining(['certificate-missing', 'download-certificate']));
  });

  it('names another matter of the same message', () => {
    expect(lineOf(STORY)).toMatchObject({ topic: 'certificate-missing', also: 'wallet-link' });
  });

  it('reads several answers in one message', () => {
    const { act, answer } = lineOf('udah rating, sertifikat dua-duanya ada, gopay juga udah nyambung');
    expect(act).toBe('answer');
    expect(answer).toEqual(
      expect.arrayContaining([
        { question: 'rating', answer: 'sisnaker' },
        { question: 'certificates', answer: 'both' },
        { question: 'wallet', answer: 'linked' },
      ]),
    );
  });

  it('reads a message as Pandu does: what is secret in it is hidden and never comes back', () => {
    expect(SECRETS.filter((secret) => `${whole.stdout}${whole.stderr}`.includes(secret))).toEqual([]);
    const message = MESSAGES.find((candidate) => candidate.includes(SECRETS[0]!))!;
    expect(lineOf(message)).toMatchObject({ topic: 'certificate-missing' });
    // What stands beside a hidden number is no reply.
    expect(lineOf(`2 ${SECRETS[0]}`)).toMatchObject({ topic: 'out-of-scope', confidence: 0 });
  });

  it('leaves nothing behind', () => {
    expect(readdirSync(folder)).toEqual([]);
  });

  it('with --asking reads a reply in the light of that question: words, numbers, plain yes and no, two at once', () => {
    const messages = ['tombolnya ga muncul muncul', '2', 'lupa', 'udah', '17', 'stop'];
    const replies = linesOf(run(['--json', '--asking', 'rating'], messages.join('\n')).stdout);
    const rating = (answer: string) => [{ question: 'rating', answer }];
    expect(replies.slice(0, 4).map(({ act, offered, answer }) => [act, offered, answer])).toEqual([
      ['answer', [], rating('no-menu')],
      ['answer', [], rating('partner-only')],
      ['answer', [], rating('unknown')],
      // Rated where? That is asked.
      ['ask', ['sisnaker', 'partner-only'], []],
    ]);
    expect(replies[4]!.answer).toEqual([]);
    expect(replies[5]).toMatchObject({ topic: 'stop', act: 'answer', answer: [] });
  }, 60_000);

  it('says nothing when nothing comes, and ends with 0', () => {
    expect(run(['--json'], '')).toEqual({ status: 0, stdout: '', stderr: '' });
  }, 60_000);

  it.each([
    ['--json is missing', [], 'understand --json [--asking QUESTION-ID]: a message per line on stdin\n'],
    [
      'a word is unknown',
      ['--json', '--loud'],
      "understand --json [--asking QUESTION-ID]: a message per line on stdin: Unknown option '--loud'\n",
    ],
    [
      'no question has that name',
      ['--json', '--asking', 'weather'],
      '--asking takes one of dashboard, status, training, rating, certificates, wallet, names, when, goal, next, money, payout-date\n',
    ],
  ])(
    'says in one sentence what is wrong with its words, and ends with 1: %s',
    (_, words, sentence) => {
      expect(run(words, 'halo\n')).toEqual({ status: 1, stdout: '', stderr: sentence });
    },
    60_000,
  );
});
