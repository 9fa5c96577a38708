import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTranscript, parseTranscript, type TranscriptLine } from '../../src/command/transcript.ts';

const EXAMPLE = `# The certificate is not out yet.
at: 2026-11-23T09:00:00+07:00
lang: id

me:  halo
bot: Halo, saya Pandu.

     Ketik STOP untuk berhenti.
bot: Apa yang Anda lihat?
     [1] Belum ada apa-apa
     [2] Tidak tahu

me:  [Tidak tahu]
bot: <picture> Langkah 1 dari 2.
     ✅ beres: 1
bot: Lihat di dashboard.

me:  [Tidak tahu]~1
bot:

+26h
bot: Sudah?

me:  <photo> tangkapan layar
me:  "\\u200b"
bot: Saya tidak bisa melihat gambar.
`;

describe('parseTranscript()', () => {
  it.each([
    ['halo', 1],
    ['     [1] Sudah', 1],
    ['# x\n\nyou: halo', 3],
    ['bot: halo\n+26', 2],
    ['+', 1],
    ['+h', 1],
    ['+2h1d', 1],
    ['lang: jv', 1],
    ['at: besok', 1],
    ['me:  "a" x 1000000', 1],
    ['me:  "\\q"', 1],
  ])('refuses %j and names line %i', (text, line) => {
    expect(() => parseTranscript(text)).toThrow(`Cannot read line ${line} of the transcript`);
  });

  it('reads a conversation', () => {
    expect(parseTranscript(EXAMPLE)).toEqual([
      { kind: 'comment', text: 'The certificate is not out yet.' },
      { kind: 'setting', name: 'at', value: '2026-11-23T09:00:00+07:00' },
      { kind: 'setting', name: 'lang', value: 'id' },
      { kind: 'words', text: 'halo' },
      { kind: 'bot', text: 'Halo, saya Pandu.\n\nKetik STOP untuk berhenti.', choices: [] },
      { kind: 'bot', text: 'Apa yang Anda lihat?', choices: ['Belum ada apa-apa', 'Tidak tahu'] },
      { kind: 'press', label: 'Tidak tahu', earlier: 0 },
      { kind: 'bot', text: 'Langkah 1 dari 2.\n✅ beres: 1', choices: [], picture: true },
      { kind: 'bot', text: 'Lihat di dashboard.', choices: [] },
      { kind: 'press', label: 'Tidak tahu', earlier: 1 },
      { kind: 'bot', text: '', choices: [] },
      { kind: 'wait', ms: 26 * 3_600_000 },
      { kind: 'bot', text: 'Sudah?', choices: [] },
      { kind: 'other', what: 'photo', text: 'tangkapan layar' },
      { kind: 'words', text: '\u200b' },
      { kind: 'bot', text: 'Saya tidak bisa melihat gambar.', choices: [] },
    ]);
  });

  it('repeats quoted words, for messages too long to write down', () => {
    expect(parseTranscript('me:  "ha " x 4')).toEqual([{ kind: 'words', text: 'ha ha ha ha ' }]);
  });

  it('tells a person who writes by another way from Pandu, and when they are done', () => {
    const text = 'me:  halo\nop:  Pagi, Bu.\n     Ini Rini.\nop:  <handed-back>\nbot:\n';
    const lines = parseTranscript(text);
    expect(lines.slice(1, 3)).toEqual([
      { kind: 'operator', text: 'Pagi, Bu.\nIni Rini.' },
      { kind: 'operator', text: null },
    ]);
    expect(formatTranscript(lines)).toBe(text);
  });

  it.each([
    ['+3d', 3 * 86_400_000],
    ['+1d2h', 26 * 3_600_000],
    ['+90m', 90 * 60_000],
    ['+30s', 30_000],
  ])('reads the wait %s', (text, ms) => {
    expect(parseTranscript(text)).toEqual([{ kind: 'wait', ms }]);
  });

  it('does not mind who wrote the line ends', () => {
    expect(parseTranscript(EXAMPLE.replaceAll('\n', '\r\n'))).toEqual(parseTranscript(EXAMPLE));
  });
});

describe('formatTranscript()', () => {
  it('writes what it read', () => {
    expect(formatTranscript(parseTranscript(EXAMPLE))).toBe(EXAMPLE);
  });

  it('writes anything anybody can say so that it is read back as it was', () => {
    const label = fc
      .string({ minLength: 1, maxLength: 20 })
      .filter((text) => /^[^[\]\n\r]+$/.test(text) && text.trim() === text);
    const line = fc.oneof(
      fc.record({ kind: fc.constant('words' as const), text: fc.string({ unit: 'binary' }) }),
      fc.record({ kind: fc.constant('words' as const), text: fc.stringMatching(/^[\s"[\]<>\\a1 ]{0,12}$/) }),
      fc.record({ kind: fc.constant('press' as const), label, earlier: fc.nat(3) }),
      fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.nat(10_000_000).map((seconds) => seconds * 1000),
      }),
    );
    fc.assert(
      fc.property(fc.array(line), (lines: TranscriptLine[]) => {
        expect(parseTranscript(formatTranscript(lines))).toEqual(lines);
      }),
      { numRuns: 500 },
    );
  });
});
