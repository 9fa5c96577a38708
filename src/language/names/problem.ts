import { clean } from '../clean.ts';
import { isShortForm } from './abbreviations.ts';
import { parseName } from './name.ts';
import { isOnlyTitles } from './titles.ts';
import type { Word } from './word.ts';
import {
  AND_SO_ON,
  COURTESIES,
  FILLERS,
  LINKING,
  LINKING_AND_NAME,
  LINKING_OR_NAME,
  NO_WORDS,
  NOT_KNOWN,
  SAME,
  SAME_OR_NAME,
  TALK,
  TALK_OR_NAME,
  TALK_SHAPE,
  WITH_SAME,
} from './words.ts';

/** Why a text is no complete name. */
export type NameProblem =
  | 'blank'
  /** "sama": it points at the other name. */
  | 'same-word'
  /** Says that there is none, or that it is not known. */
  | 'unknown'
  | 'cut-off'
  /** Part of it is hidden, by a site or by us. */
  | 'masked'
  | 'number'
  /** An e-mail address, a page, an @name. */
  | 'address'
  | 'only-title'
  | 'only-initials'
  | 'sentence'
  | 'too-long';

/** Far beyond any name, decorations included; they bound the work that a text can cause. */
const MOST_CHARACTERS = 500;
const MOST_LETTERS = 200;
const MOST_WORDS = 24;
/** So many digits are no "Budi 2"; with letters around them they are a user name, or something that was hidden. */
const LEAST_NUMBER = 4;
const MOST_FILLER_WORDS = 3;

const HIDDEN_NUMBER = /\[(?:nomor|kode)\]/i;
const HIDDEN_ADDRESS = /\[email\]/i;
const HIDDEN = /\[(?:nama|sandi|name)\]/i;
const ADDRESS = /@|https?:|www\.|\p{L}\.(?:com|net|org|go\.id|co\.id)\b/iu;
const WRAPPED = /^\s*([*_~]{1,3}|"|')(.*)\1\s*$/su;
const STARS = /[\p{L}][*∗＊]|[*∗＊]{2,}|[•●█▪■]{2,}|\p{L}[_-]{2,}(?!\p{L})/u;
const CROSSES = /^[^\P{L}x]x{3,}$|^x{2,}$/u;
const CUT = /[\p{L}\p{M}]\s*(?:\.{3,}|…)|(?:\.{3,}|…)\s*\p{L}/u;

/** Why `text` is no complete name, null when it is one. `other` is what the other account is said to show. */
export function problemOf(text: string, other = ''): NameProblem | null {
  if (text.trim().length > MOST_CHARACTERS) return 'too-long';
  if (HIDDEN_NUMBER.test(text)) return 'number';
  if (HIDDEN_ADDRESS.test(text) || ADDRESS.test(text)) return 'address';
  if (HIDDEN.test(text)) return 'masked';
  if (countDigits(text) >= LEAST_NUMBER) return 'number';
  if (isMasked(text)) return 'masked';
  if (CUT.test(text)) return 'cut-off';
  const said = clean(text).split(' ');
  // Before titles: "NN" is a Nona as well.
  if (withoutFiller(said).length === 0) return 'unknown';
  const { words } = parseName(text);
  if (isOnlyTitles(words)) return 'only-title';
  return problemOfWords(withoutFiller(said), other) ?? problemOfName(words);
}

function problemOfName(words: readonly Word[]): NameProblem | null {
  const letters = words.reduce((sum, word) => sum + word.letters.length, 0);
  if (letters === 0) return 'blank';
  // "3 hari": no name begins with a number.
  if (/^\p{N}+$/u.test(words[0]!.bare)) return 'number';
  if (letters > MOST_LETTERS || words.length > MOST_WORDS) return 'too-long';
  return words.filter(({ title }) => title === null).every(isShortForm) ? 'only-initials' : null;
}

function problemOfWords(words: readonly string[], other: string): NameProblem | null {
  if (words[0] === '') return null;
  if (isSame(words, other)) return 'same-word';
  const isNegated = words.some((word) => NO_WORDS.has(word));
  if (words.some((word) => NOT_KNOWN.has(word) || (word === 'tau' && isNegated))) return 'unknown';
  if (words.length > 1 && AND_SO_ON.has(words.at(-1)!)) return 'cut-off';
  if (NO_WORDS.has(words[0]!) && words.length <= 3) return words.length === 1 ? 'sentence' : 'unknown';
  const shown = clean(other).split(' ');
  const doubtful = words.filter((word) => TALK_OR_NAME.has(word) && !shown.includes(word));
  const isTalk = (word: string): boolean =>
    isTalking(word) || COURTESIES.has(word) || doubtful.includes(word);
  return doubtful.length > 1 || words.some(isTalking) || words.every(isTalk) ? 'sentence' : null;
}

/** Whether a word is never part of a name. */
export function isTalking(word: string): boolean {
  if (TALK.has(word) || TALK_SHAPE.test(word)) return true;
  return LINKING.has(word) && !LINKING_OR_NAME.has(word) && !LINKING_AND_NAME.has(word);
}

function isSame(words: readonly string[], other: string): boolean {
  const rest = words.filter((word) => !COURTESIES.has(word));
  const heads = rest.filter((word) => SAME.has(word) || SAME_OR_NAME.has(word));
  if (heads.length === 0 || !rest.every((word) => heads.includes(word) || WITH_SAME.has(word))) return false;
  // Sami is a name when the other account shows one like it.
  return heads.some((word) => SAME.has(word)) || !clean(other).split(' ').includes(heads[0]!);
}

/** Without "Tidak Ada" and its like behind a name; nothing is left of a filler that stands alone. */
function withoutFiller(words: readonly string[]): readonly string[] {
  for (let count = Math.min(MOST_FILLER_WORDS, words.length); count > 0; count -= 1) {
    if (FILLERS.has(words.slice(-count).join(''))) return words.slice(0, -count);
  }
  return words;
}

/** Without the signs that print bold, or the quotes, around all of it. */
export function unwrap(text: string): string {
  return WRAPPED.exec(text)?.[2] ?? text;
}

function isMasked(text: string): boolean {
  if (STARS.test(unwrap(text))) return true;
  const words = clean(text).split(' ');
  return words.some((word, index) => CROSSES.test(word) && (index === 0 || !FILLERS.has(word)));
}

function countDigits(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0;
}
