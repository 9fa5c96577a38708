import type { Lexicon } from './lexicon.ts';
import { without } from './sequences.ts';

const MENU_NUMBER = /^\d{1,3}$/;
/** A date, a time, an amount or a range: never a menu number. */
const NUMBER_OF_PARTS = /\d[.:/–-]\d/u;

export type BareNumbers = {
  readonly numbers: readonly number[];
  /** Whether they were spelt out ("dua"), which may also be a count. */
  readonly spelt: boolean;
};

/** The menu numbers a message consists of: "2.", "no 2", "yang kedua", "1 dan 3". Any other word: none. */
export function readNumbers(lexicon: Lexicon, words: readonly string[], text: string): BareNumbers {
  const none = { numbers: [], spelt: false };
  if (words.length === 0 || NUMBER_OF_PARTS.test(text.normalize('NFKC'))) return none;
  const { before, between, words: values } = lexicon.numbers;
  const numbers: number[] = [];
  let spelt = false;
  for (const word of without(lexicon.fillers, without(lexicon.courtesies, words))) {
    const value = MENU_NUMBER.test(word) ? Number(word) : values.get(word);
    if (value === undefined && !before.has(word) && !between.has(word)) return none;
    if (value === undefined) continue;
    numbers.push(value);
    spelt ||= !MENU_NUMBER.test(word);
  }
  return { numbers: [...new Set(numbers)], spelt };
}
