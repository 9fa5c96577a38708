import { describe, expect, it } from 'vitest';
import { compareNames } from '../../../src/language/names/compare.ts';
import { readName } from '../../../src/language/names/read-name.ts';
import { readNamePair } from '../../../src/language/names/read-pair.ts';

const LENGTH = 10_000;
/** A few milliseconds, and ten times as many for a machine that does something else. */
const MOST_MS = 40;
const RUNS = 5;

function bestMsOf(work: () => void): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...times);
}

const PIECES = [
  'a',
  'ab ',
  'S.',
  'é',
  '🙏',
  'e\u0301\u0302',
  ' ',
  '.',
  '*',
  '\u200b',
  'Siti Aminah, ',
  '1',
  'ya ',
  'dina ',
  'nama S ',
  'kemnaker ',
  'di prakerja Siti ',
];

describe('a text of ten thousand characters', () => {
  for (const piece of PIECES) {
    it(`made of ${JSON.stringify(piece)} is compared and read in no time`, () => {
      const text = piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
      expect(bestMsOf(() => compareNames(text, `${text}b`))).toBeLessThan(MOST_MS);
      expect(bestMsOf(() => readName(text))).toBeLessThan(MOST_MS);
      expect(bestMsOf(() => readNamePair(text))).toBeLessThan(MOST_MS);
    });
  }
});

describe('the longest names there may be', () => {
  it('are compared in no time, though no two words are alike', () => {
    const nameOf = (letters: string): string =>
      Array.from({ length: 24 }, (_, word) =>
        [...'xxxxxxxx'].map((_, at) => letters[(word * 7 + at * 3) % letters.length]).join(''),
      ).join(' ');
    expect(bestMsOf(() => compareNames(nameOf('abdegiklmno'), nameOf('prstuvwyaei')))).toBeLessThan(
      2 * MOST_MS,
    );
  });
});
