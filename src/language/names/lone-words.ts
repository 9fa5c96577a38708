import { type DifferenceDetail, type Found, type NameDifferenceKind, NO_MARKS } from './difference.ts';
import { isOtherScript } from './look-alikes.ts';
import type { Marks } from './spans.ts';
import { bareOf, lettersOfWords, type Word } from './word.ts';
import { DESCENT_WORDS, FILLERS } from './words.ts';

const MOST_FILLER_WORDS = 3;

/** Words of the left side that stand only there. */
export function alone(
  all: readonly Word[],
  words: readonly Word[],
  others: readonly Word[],
  kind: NameDifferenceKind,
): Found[] {
  const isScript = isInOtherScript(words, others) || isInOtherScript(others, words);
  const filler = fillerOf(all, words);
  const names = words.filter((word) => !filler.includes(word) && (word.title !== null || !isScript));
  const found = names.map((word) => only([word], word.title === null ? kind : 'title', detailOf(word, all)));
  return filler.length === 0 ? found : [...found, only(filler, kind, 'filler')];
}

function detailOf(word: Word, all: readonly Word[]): DifferenceDetail {
  if (word.title !== null) return word.title.detail;
  const isLast = all.at(-1) === word;
  if (DESCENT_WORDS.has(word.bare) && !isLast) return 'descent-word';
  return all.some((other) => other !== word && other.bare === word.bare) ? 'repeated-name' : 'name';
}

/** The last words, when they only fill the place of a last name. */
function fillerOf(all: readonly Word[], words: readonly Word[]): readonly Word[] {
  for (let count = Math.min(MOST_FILLER_WORDS, all.length - 1); count > 0; count -= 1) {
    const last = all.slice(-count);
    if (FILLERS.has(bareOf(last)) && last.every((word) => words.includes(word))) return last;
  }
  return [];
}

/** Words of one script that have only words of another to stand beside. */
export function inOtherScript(left: readonly Word[], right: readonly Word[]): Found | null {
  if (!isInOtherScript(left, right) && !isInOtherScript(right, left)) return null;
  const [one, other] = [left, right].map((words) => words.filter(({ title }) => title === null));
  return {
    kind: 'script',
    detail: 'other-script',
    left: one!,
    right: other!,
    leftMarks: glyphsOf(one!),
    rightMarks: glyphsOf(other!),
  };
}

function isInOtherScript(words: readonly Word[], others: readonly Word[]): boolean {
  const isOther = (word: Word): boolean => word.letters.every(({ bare }) => isOtherScript(bare));
  const [one, other] = [words, others].map((side) => side.filter(({ title }) => title === null));
  return one!.length > 0 && other!.length > 0 && one!.every(isOther) && !other!.some(isOther);
}

function only(words: readonly Word[], kind: NameDifferenceKind, detail: DifferenceDetail): Found {
  return { kind, detail, left: words, right: [], leftMarks: glyphsOf(words), rightMarks: NO_MARKS };
}

function glyphsOf(words: readonly Word[]): Marks {
  return new Set(lettersOfWords(words).map(({ glyph }) => glyph));
}
