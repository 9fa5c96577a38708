import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../src/language/normalise.ts';
import { readerOfFlows } from './table.ts';

const { lexicon } = readerOfFlows();
const { forms, known } = lexicon.spelling;

describe('normalise()', () => {
  it.each([
    // Words that only look informal stay.
    ['maaf saat ini', 'maaf saat ini'],
    ['penilaian', 'penilaian'],
    ['punya', 'punya'],
    ['hanya', 'hanya'],
    ['tanya', 'pertanyaan'],
    ['dua dua', 'keduanya'],
    ['22', '22'],
    ['1 1', '1 1'],
    ['gelombang19', 'gelombang19'],
    ['xyzzy', 'xyzzy'],
    ['[nomor] [kode] [sandi] [email]', ''],
    ['😭🙂🎉', ''],
    ['\u200b\u2060\ufeff', ''],
    ['...!?', ''],
    ['', ''],
    // Spellings of one word.
    ['SUDAH', 'sudah'],
    ['sdh udah udh dah uda', 'sudah'],
    ['sudaaaah', 'sudah'],
    ['udahhh', 'sudah'],
    ['yaaa', 'ya'],
    ['yaa', 'ya'],
    ['blmm', 'belum'],
    ['ga gk nggak enggak ora teu', 'tidak'],
    ['teu acan', 'belum'],
    ['gatau', 'tidak tahu'],
    ['ga tau', 'tidak tahu'],
    ['mboten ngertos', 'tidak mengerti'],
    ['di mana', 'dimana'],
    ['gmn', 'bagaimana'],
    ['knp', 'kenapa'],
    ['muncul2', 'muncul'],
    ['muncul-muncul', 'muncul'],
    ['dua-duanya', 'keduanya'],
    ['dua2nya', 'keduanya'],
    ['2-2nya', 'keduanya'],
    ['sertifnya', 'sertifikat'],
    ['sertipikat certificate setifikat', 'sertifikat'],
    ['dasbor dashbord daskboard', 'dashboard'],
    ['e-wallet e walet ewalet', 'ewallet'],
    ['link aja', 'linkaja'],
    ['LPK', 'lembaga'],
    ['rating dan ulasan', 'rating'],
    ['ratingnya', 'rating'],
    ['akunku', 'akun'],
    ['no2', 'no 2'],
    ['ke-2', 'ke 2'],
    ['3hari', '3 hari'],
    ['2️⃣', '2'],
    ['ｓｕｄａｈ', 'sudah'],
    ['٢', '2'],
    ['s\u200bu\u200bdah', 'sudah'],
    ['s̶u̶d̶a̶h̶', 'sudah'],
    ["don't", 'dont'],
    ["nggak'", 'tidak'],
    ['👍', 'ya'],
    ['👍🏽👍🏽', 'ya'],
    ['👎', 'tidak'],
    ['belum 👍', 'belum ya'],
  ])('brings “%s” to “%s”', (text, words) => {
    expect(normalise(lexicon, text)).toBe(words);
  });

  const spelt = fc
    .array(
      fc.constantFrom(...known, ...forms.keys(), 'nya', '2', '12', 'xy', 'aaa', 'e', 'wallet', 'no', '👍'),
      {
        maxLength: 12,
      },
    )
    .chain((words) => fc.constantFrom(words.join(' '), words.join('-'), words.join('')));

  it('changes nothing the second time', () => {
    const anything = fc.oneof(
      spelt,
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const once = normalise(lexicon, text);
        expect(normalise(lexicon, once)).toBe(once);
      }),
      { numRuns: 5_000 },
    );
  });

  it('S14 leaves only letters, ASCII digits and single spaces, at most 2,000 of them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3_000 }), (text) => {
        expect(normalise(lexicon, text)).toMatch(/^(?:[\p{L}0-9]+(?: [\p{L}0-9]+)*)?$/u);
        expect(normalise(lexicon, text).length).toBeLessThanOrEqual(2_000);
      }),
    );
  });

  it('reads a very long message only as far as its first 2,000 characters', () => {
    const start = 'sudah rating '.repeat(200).slice(0, 2_000);
    expect(normalise(lexicon, `${start} dan belum dinilai`)).toBe(normalise(lexicon, start));
  });

  it.each(['a', 'ya', 'aA', 'sertif ', 'e wallet ', '\u0301', '👍', '2', 'ﷺ', '\ud800', '[nomor]'])(
    'S26 takes no longer for much more of “%s”',
    (piece) => {
      const message = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const startedAt = performance.now();
      normalise(lexicon, message);
      expect(performance.now() - startedAt).toBeLessThan(200);
    },
  );
});
