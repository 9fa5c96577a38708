import { alignWords, type Pair } from './align.ts';
import { type Difference, type Found, KINDS, NO_MARKS } from './difference.ts';
import { alone, inOtherScript } from './lone-words.ts';
import type { Name } from './name.ts';
import { inPair } from './pair-differences.ts';
import { type Marks, type Span, spansOf } from './spans.ts';
import type { Word } from './word.ts';

export type Differences = {
  readonly differences: readonly Difference[];
  /** Both names in full, with everything that differs. */
  readonly marked: { readonly kemnaker: readonly Span[]; readonly prakerja: readonly Span[] };
};

/** Everything in which two names differ, in the order of KINDS; Kemnaker's is the left one. */
export function findDifferences(left: Name, right: Name): Differences {
  const { pairs, leftAlone, rightAlone, isReordered } = alignWords(left.words, right.words);
  const found = [
    ...pairs.flatMap(inPair),
    ...alone(left.words, leftAlone, rightAlone, 'extra-word'),
    ...alone(right.words, rightAlone, leftAlone, 'missing-word').map(turned),
  ];
  const scripts = inOtherScript(leftAlone, rightAlone);
  if (scripts !== null) found.push(scripts);
  if (isReordered) found.push(order(pairs));
  // What no word accounts for still is a difference.
  if (found.length === 0) found.push(...inPair({ left: left.words, right: right.words, bond: 'letters' }));
  return inWords(left, right, found);
}

/** The places where names differ that have the same letters but for the marks on them. */
export function findDiacritics(left: Name, right: Name, bond: 'same' | 'letters'): Differences {
  return inWords(left, right, inPair({ left: left.words, right: right.words, bond }));
}

function inWords(left: Name, right: Name, found: readonly Found[]): Differences {
  const ordered = found.toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  const all = (side: 'leftMarks' | 'rightMarks'): Marks => new Set(found.flatMap((one) => [...one[side]]));
  return {
    differences: ordered.map(({ kind, detail, leftMarks, rightMarks, ...words }) => ({
      kind,
      detail,
      kemnaker: spansOfWords(left, words.left, leftMarks),
      prakerja: spansOfWords(right, words.right, rightMarks),
    })),
    marked: {
      kemnaker: spansOf(left.glyphs, { from: 0, to: left.glyphs.length }, all('leftMarks')),
      prakerja: spansOf(right.glyphs, { from: 0, to: right.glyphs.length }, all('rightMarks')),
    },
  };
}

function spansOfWords({ glyphs }: Name, words: readonly Word[], marks: Marks): readonly Span[] {
  if (words.length === 0) return [];
  const from = Math.min(...words.map(({ start }) => start));
  const to = Math.max(...words.map(({ end }) => end));
  return spansOf(glyphs, { from, to }, marks);
}

function order(pairs: readonly Pair[]): Found {
  const left = pairs.flatMap((pair) => pair.left);
  const right = pairs.flatMap((pair) => pair.right);
  return { kind: 'order', detail: 'word-order', left, right, leftMarks: NO_MARKS, rightMarks: NO_MARKS };
}

function turned(found: Found): Found {
  const { left, right, leftMarks, rightMarks } = found;
  return { ...found, left: right, right: left, leftMarks: rightMarks, rightMarks: leftMarks };
}
