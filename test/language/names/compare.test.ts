import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames, type NameComparison } from '../../../src/language/names/compare.ts';
import { KINDS } from '../../../src/language/names/difference.ts';
import type { Span } from '../../../src/language/names/spans.ts';
import { anyText, name, namesOfOne } from './names.ts';

const TURNED: Readonly<Record<string, string>> = {
  'missing-word': 'extra-word',
  'extra-word': 'missing-word',
};

function textOf(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}

/** "S[i]ti": what only this side has, in brackets. */
function drawn(spans: readonly Span[]): string {
  return spans.map(({ text, kind }) => (kind === 'same' ? text : `[${text}]`)).join('');
}

function drawnPairs({ differences }: NameComparison): readonly string[] {
  return differences.map(
    ({ detail, ...sides }) => `${detail}: ${drawn(sides.kemnaker)} / ${drawn(sides.prakerja)}`,
  );
}

describe('a comparison of two names', () => {
  it('comes to the same result from either side, with missing and extra words turned round', () => {
    fc.assert(
      fc.property(
        fc.oneof(namesOfOne, fc.tuple(name, anyText), fc.tuple(anyText, anyText)),
        ([one, other]) => {
          const there = compareNames(one, other);
          const back = compareNames(other, one);
          expect(back.result).toBe(there.result);
          expect(back.kinds.toSorted()).toEqual(there.kinds.map((kind) => TURNED[kind] ?? kind).toSorted());
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('finds a name the same as itself in any case, spacing and punctuation', () => {
    const between = fc.constantFrom('', ' ', '  ', '-', '.', ', ', "'", '’', '\u200b', ' 🌸 ', '\t', '_');
    const styled = name.chain((text) =>
      fc
        .array(fc.tuple(between, fc.boolean()), { minLength: text.length, maxLength: text.length })
        .map((styles) =>
          [...text]
            .map((letter, index) => {
              const [gap, isUpper] = styles[index]!;
              const cased = isUpper ? letter.toUpperCase() : letter.toLowerCase();
              return letter === ' ' ? gap : cased;
            })
            .join(''),
        )
        .map((other) => [text, other] as const),
    );
    fc.assert(
      fc.property(styled, ([one, other]) => {
        expect(compareNames(one, other)).toMatchObject({ result: 'same', kinds: [], differences: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds a name the same as itself with a sign between any two letters', () => {
    const signed = fc.tuple(name, fc.constantFrom('\u200b', '\u00ad', "'", '’', '.', '-'), fc.nat(30));
    fc.assert(
      fc.property(signed, ([text, sign, at]) => {
        const place = Math.min(at, text.length);
        expect(compareNames(text, text.slice(0, place) + sign + text.slice(place)).result).toBe('same');
      }),
      { numRuns: 1_000 },
    );
  });

  it('never finds the same when a letter was added, taken away or changed', () => {
    const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789а');
    const edit = fc.constantFrom('add', 'take', 'change');
    fc.assert(
      fc.property(name, letter, fc.nat(40), edit, (text, added, at, how) => {
        const place = Math.min(at, text.length - 1);
        const isLetter = text[place] !== ' ';
        fc.pre(how === 'add' || (isLetter && text[place]!.toLowerCase() !== added));
        const behind = how === 'add' ? place : place + 1;
        const other = text.slice(0, place) + (how === 'take' ? '' : added) + text.slice(behind);
        const { result, kinds } = compareNames(text, other);
        expect(result).not.toBe('same');
        expect(kinds).not.toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws, and says whatever it says with all its parts', () => {
    fc.assert(
      fc.property(fc.oneof(namesOfOne, fc.tuple(anyText, anyText)), ([kemnaker, prakerja]) => {
        const { result, kinds, differences, marked, problem } = compareNames(kemnaker, prakerja);
        expect(kinds).toEqual(KINDS.filter((kind) => kinds.includes(kind)));
        expect(result === 'same').toBe(kinds.length === 0);
        expect(problem !== undefined).toBe(kinds.includes('not-a-name'));
        if (problem !== undefined) return;
        expect(new Set(differences.map(({ kind }) => kind))).toEqual(new Set(kinds));
        expect(textOf(marked.kemnaker)).toBe(kemnaker.trim());
        expect(textOf(marked.prakerja)).toBe(prakerja.trim());
        for (const difference of differences) {
          expect(kemnaker).toContain(textOf(difference.kemnaker));
          expect(prakerja).toContain(textOf(difference.prakerja));
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('tells both sides why they are no names', () => {
    expect(compareNames('sama', 'S*** A***').problem).toEqual({ kemnaker: 'same-word', prakerja: 'masked' });
    expect(compareNames('Siti Aminah', '').problem).toEqual({ kemnaker: null, prakerja: 'blank' });
    expect(compareNames('a'.repeat(600), 'Siti').problem).toEqual({ kemnaker: 'too-long', prakerja: null });
  });
});

describe('what differs is shown letter by letter,', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['Siti Aminah S.Pd', 'SITI AMINAH', ['academic-title: [S.Pd] / ']],
    [
      'Soekarno',
      'SUKARNI',
      ['old-spelling: S[oe]karno / S[U]KARNI', 'changed-letter: Soekarn[o] / SUKARN[I]'],
    ],
    ['Djoko', 'JOKO', ['old-spelling: [D]joko / JOKO']],
    ['Moh. Rizki', 'MUHAMMAD RIZKI', ['known-abbreviation: M[o]h. / M[U]H[AMMAD]']],
    ['Siti A.', 'SITI AMINAH', ['initial: A. / A[MINAH]']],
    ['Budi Hartnato', 'BUDI HARTANTO', ['swapped-letters: Hart[na]to / HART[AN]TO']],
    ['Siti', 'SITI AMINAH', ['name:  / [AMINAH]']],
    ['Sukarno Tidak Ada', 'SUKARNO', ['filler: [Tidak Ada] / ']],
    ['Aminah Siti', 'SITI AMINAH', ['word-order: Aminah Siti / SITI AMINAH']],
    ['José Silva', 'JOSE SILVA', ['diacritic: Jos[é] Silva / JOS[E] SILVA']],
    [
      'Jose\u0301 Silva S.Pd',
      'JOSE SILVA',
      ['academic-title: [S.Pd] / ', 'diacritic: Jos[e\u0301] / JOS[E]'],
    ],
    ['Sіti', 'SITI', ['look-alike-letter: S[і]ti / S[I]TI']],
    ["Nu'aini Putri", 'NURAINI PUTRI', ["missing-letter: Nu'aini / NU[R]AINI"]],
  ];
  for (const [kemnaker, prakerja, expected] of cases) {
    it(`"${kemnaker}" beside "${prakerja}"`, () => {
      expect(drawnPairs(compareNames(kemnaker, prakerja))).toEqual(expected);
    });
  }

  it('also in the whole names', () => {
    const { marked } = compareNames('Drs. H. Moh. Soleh, M.Pd', 'MUHAMMAD SALEH');
    expect(drawn(marked.kemnaker)).toBe('[Drs. H.] M[o]h. S[o]leh, [M.Pd]');
    expect(drawn(marked.prakerja)).toBe('M[U]H[AMMAD] S[A]LEH');
  });

  it('and never through the middle of a character', () => {
    const { marked } = compareNames('Sitiy\u0301\u0302 Aminah 👩‍👩‍👧', 'SITI AMINAH');
    expect(drawn(marked.kemnaker)).toBe('Siti[y\u0301\u0302] Aminah 👩‍👩‍👧');
  });
});
