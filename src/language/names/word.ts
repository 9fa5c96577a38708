import type { Letter } from './glyphs.ts';
import type { Title } from './titles.ts';

/** A letter that knows where in the name it stands. */
export type PlacedLetter = Letter & { readonly glyph: number };

/** A word of a name; a title is one word however it is written: "S.Pd", "S Pd", "SPd". */
export type Word = {
  readonly letters: readonly PlacedLetter[];
  readonly full: string;
  readonly bare: string;
  /** First glyph, and the one behind the last; a dot behind the word belongs to it. */
  readonly start: number;
  readonly end: number;
  /** How many pieces it was written in. */
  readonly pieces: number;
  readonly isDotted: boolean;
  /** Whether a comma or a bracket stands before it. */
  readonly isApart: boolean;
  readonly title: Title | null;
};

/** All letters of some words, one behind the other. */
export function lettersOfWords(words: readonly Word[]): readonly PlacedLetter[] {
  return words.flatMap(({ letters }) => letters);
}

/** Several words seen as one. */
export function joinWords(words: readonly Word[], title: Title | null): Word {
  const first = words[0]!;
  const last = words.at(-1)!;
  return {
    letters: lettersOfWords(words),
    full: words.map(({ full }) => full).join(''),
    bare: words.map(({ bare }) => bare).join(''),
    start: first.start,
    end: last.end,
    pieces: words.length,
    isDotted: last.isDotted,
    isApart: first.isApart,
    title,
  };
}

export function bareOf(words: readonly Word[]): string {
  return words.map(({ bare }) => bare).join('');
}
