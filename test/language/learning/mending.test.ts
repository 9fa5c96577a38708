import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMending, mend } from '../../../src/language/learning/mending.ts';

const WORDS =
  'sertifikat download kemnaker prakerja sisnaker dashboard rating bagaimana cara jadwal insentif belum muncul sudah cair rekening tersambung'.split(
    ' ',
  );
const FORMS = new Map([
  ['gmn', ['bagaimana']],
  ['gajadi', ['tidak', 'jadi']],
]);

/** Every word in three texts; "di" in a hundred; one typo that somebody made once; one word that two people wrote. */
const mending = buildMending(
  [
    ...Array.from({ length: 3 }, () => WORDS),
    ...Array.from({ length: 97 }, () => ['di', 'cara']),
    ...Array.from({ length: 3 }, () => ['di']),
    ['sertipikat'],
    ['lembaga'],
    ['lembaga'],
  ],
  FORMS,
);

describe('a misspelt word', () => {
  it.each([
    // Vowels left out.
    ['srtfkt', 'sertifikat'],
    ['dshbrd', 'dashboard'],
    ['kmnkr', 'kemnaker'],
    ['rtng', 'rating'],
    // A letter too few, too many, wrong, or swapped with its neighbour.
    ['sertifkat', 'sertifikat'],
    ['sertiffikat', 'sertifikat'],
    ['sertofikat', 'sertifikat'],
    ['sertfiikat', 'sertifikat'],
    ['jadwl', 'jadwal'],
    ['jadqal', 'jadwal'],
    ['jawdal', 'jadwal'],
    ['ratingg', 'rating'],
    ['ceir', 'cair'],
    // Two errors, from eight letters on.
    ['setifikatt', 'sertifikat'],
    ['dashborad', 'dashboard'],
    ['bagaimanna', 'bagaimana'],
  ])('is taken for the one that many wrote: %s is %s', (word, meant) => {
    expect(mend(mending, word)).toEqual([meant]);
  });

  it.each([
    ['two errors in a short one', 'rasinf'],
    ['three errors', 'sartofokit'],
    ['too short to be sure', 'cra'],
    ['no letters only', 'r4ting'],
    ['another alphabet', 'сертификат'],
    ['nothing near it', 'qwertyuiop'],
    ['near a word that only two people wrote', 'lembagga'],
    ['one letter', 'x'],
    ['empty', ''],
  ])('stays as it is when there is doubt: %s', (_, word) => {
    expect(mend(mending, word)).toEqual([word]);
  });

  it('of two words that are as near becomes the one that more people wrote', () => {
    const near = buildMending(
      [...Array.from({ length: 3 }, () => ['saran']), ...Array.from({ length: 5 }, () => ['sarat'])],
      new Map(),
    );
    expect(mend(near, 'sarag')).toEqual(['sarat']);
  });
});

describe('words without spaces between them', () => {
  it.each([
    ['bagaimanacaradownloadsertifikat', ['bagaimana', 'cara', 'download', 'sertifikat']],
    ['jadwalinsentifbelummuncul', ['jadwal', 'insentif', 'belum', 'muncul']],
    ['rekeningsudahtersambung', ['rekening', 'sudah', 'tersambung']],
    // Short words are a part only when very many use them.
    ['sertifikatdisisnaker', ['sertifikat', 'di', 'sisnaker']],
    // An ending that stands for nothing.
    ['sertifikatnyabelummuncul', ['sertifikat', 'belum', 'muncul']],
    // Informal words are parts as well.
    ['gmncara', ['bagaimana', 'cara']],
    ['gajadidownload', ['tidak', 'jadi', 'download']],
  ])('come apart: %s', (word, parts) => {
    expect(mend(mending, word)).toEqual(parts);
  });

  it('stay together when a part of them is no word', () => {
    expect(mend(mending, 'sertifikatxqzbelum')).toEqual(['sertifikatxqzbelum']);
  });

  it('stay together when they are longer than anybody writes', () => {
    const joined = 'sertifikat'.repeat(7);
    expect(mend(mending, joined)).toEqual([joined]);
  });
});

describe('mending', () => {
  it('never changes a word that somebody wrote, be it once', () => {
    for (const word of mending.known.keys()) expect(mend(mending, word)).toEqual([word]);
  });

  it('turns anything into words that are known, or leaves it', () => {
    const informal = new Set([...FORMS.values()].flat());
    const letters = fc.constantFrom(...'sertifkabdjwlnumcgo');
    const typed = fc.array(letters, { maxLength: 80 }).map((all) => all.join(''));
    const joined = fc
      .array(fc.constantFrom(...WORDS, 'gmn', 'di'), { maxLength: 8 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(typed, joined), (word) => {
        const words = mend(mending, word);
        expect(words.length).toBeGreaterThan(0);
        const isLeft = words.length === 1 && words[0] === word;
        expect(isLeft || words.every((one) => mending.known.has(one) || informal.has(one))).toBe(true);
      }),
      { numRuns: 500, seed: 20_261_124 },
    );
  });

  it('does not try all the ways in which a word could come apart', () => {
    const parts = ['ana', 'nan', 'anan', 'nana', 'anana', 'nanan'];
    const many = buildMending(
      Array.from({ length: 3 }, () => parts),
      new Map(),
    );
    const begun = performance.now();
    // Millions of ways; the last letters are no word, so each of them would have to be gone to its end.
    const joined = `${'an'.repeat(28)}xqz`;
    expect(mend(many, joined)).toEqual([joined]);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('does not choke on a word as long as a message', () => {
    const begun = performance.now();
    expect(mend(mending, 'sertifikat'.repeat(200))).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
