import type { AbbreviationDetail } from './abbreviations.ts';
import type { LetterDetail } from './letter-alignment.ts';
import type { Marks, Span } from './spans.ts';
import type { TitleDetail } from './titles.ts';
import type { Word } from './word.ts';

/** In the order in which they are told; a contract of `names --json`. */
export const KINDS = [
  'title',
  'abbreviation',
  'spelling',
  'order',
  'missing-word',
  'extra-word',
  'letter',
  'script',
  'not-a-name',
] as const;

export type NameDifferenceKind = (typeof KINDS)[number];

/** What exactly differs; the explanation has words for each. */
export type DifferenceDetail =
  | TitleDetail
  | AbbreviationDetail
  | LetterDetail
  | 'word-order'
  /** A word that is a name, or may be one. */
  | 'name'
  /** bin, binti, boru. */
  | 'descent-word'
  /** A single name written twice, as passports do. */
  | 'repeated-name'
  /** Something in the place of a last name: "LNU", "Tidak Ada". */
  | 'filler';

/**
 * One thing that differs, seen from the Kemnaker side, which is the one that gets changed (decision 20): an
 * `extra-word` or an `extra-letter` stands only there, a missing one only at Prakerja.
 */
export type Difference = {
  readonly kind: NameDifferenceKind;
  readonly detail: DifferenceDetail;
  /** The words concerned as they were typed, with the letters of this difference; empty when that side has none. */
  readonly kemnaker: readonly Span[];
  readonly prakerja: readonly Span[];
};

/** A difference before it is put into spans; Kemnaker's side is the left one. */
export type Found = {
  readonly kind: NameDifferenceKind;
  readonly detail: DifferenceDetail;
  readonly left: readonly Word[];
  readonly right: readonly Word[];
  readonly leftMarks: Marks;
  readonly rightMarks: Marks;
};

export const NO_MARKS: Marks = new Set();

export const KIND_OF_LETTERS: Readonly<Record<LetterDetail, NameDifferenceKind>> = {
  'old-spelling': 'spelling',
  'variant-spelling': 'spelling',
  'doubled-letter': 'spelling',
  'dropped-h': 'spelling',
  diacritic: 'spelling',
  'changed-letter': 'letter',
  'missing-letter': 'letter',
  'extra-letter': 'letter',
  'swapped-letters': 'letter',
  'digit-for-letter': 'letter',
  'look-alike-letter': 'script',
  'other-script': 'script',
};
