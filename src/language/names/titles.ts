import { DEGREES_AFTER, LIKE_NAMES, OTHER_TITLES_AFTER, TITLES_BEFORE } from './title-lists.ts';
import { bareOf, joinWords, type Word } from './word.ts';

export type TitleDetail = keyof typeof TITLES_BEFORE;

/** Two spellings of one title have one meaning. */
export type Title = { readonly detail: TitleDetail; readonly meaning: string };

const BEFORE: ReadonlyMap<string, Title> = new Map(
  (Object.entries(TITLES_BEFORE) as [TitleDetail, readonly string[]][]).flatMap(([detail, lines]) =>
    lines.flatMap((line) => {
      const forms = line.split(' ');
      return forms.map((form): [string, Title] => [form, { detail, meaning: forms[0]! }]);
    }),
  ),
);

const AFTER: ReadonlySet<string> = new Set([
  ...OTHER_TITLES_AFTER.split(' '),
  ...DEGREES_AFTER.flatMap(([letters, fields]) => fields.split(' ').map((field) => letters + field)),
  'amd',
]);

const MOST_PIECES = 4;
const SHORTEST_ANYWHERE = 3;
const LONGEST_CERTIFICATE = 4;
/** Said to whoever reads rather than of whoever is named: "Siti Aminah kak". */
const SAID_BEHIND: ReadonlySet<string> = new Set(['kak', 'kakak', 'pak']);
/** Behind them a title may stand in the middle of a name: "binti H. Ahmad". */
const DESCENT = /^b(?:in|inti|t)?$/;

/** Makes one word of every title, however many pieces it was written in; at least one word stays a name. */
export function joinTitles(words: readonly Word[]): readonly Word[] {
  const before: Word[] = [];
  let start = 0;
  for (let found = true; found; ) {
    found = false;
    for (let count = longest(words.length - start - 1); count > 0 && !found; count -= 1) {
      const title = titleBefore(words.slice(start, start + count));
      if (title === null) continue;
      before.push(joinWords(words.slice(start, start + count), title));
      start += count;
      found = true;
    }
  }
  const after: Word[] = [];
  let end = words.length;
  for (let found = true; found; ) {
    found = false;
    for (let count = longest(end - start - 1); count > 0 && !found; count -= 1) {
      const title = titleAfter(words.slice(end - count, end)) ?? certificate(words, end - count, end);
      if (title === null) continue;
      after.unshift(joinWords(words.slice(end - count, end), title));
      end -= count;
      found = true;
    }
  }
  return [...before, ...joinInside(words.slice(start, end)), ...after];
}

/** Whether these words are titles and nothing else; "Raden" and "Datuk" are names as well. */
export function isOnlyTitles(words: readonly Word[]): boolean {
  const isTitle = (word: Word): boolean => {
    const title = word.title ?? titleBefore([word]) ?? titleAfter([word]);
    return title !== null && (title.detail !== 'noble-title' || word.bare.length < SHORTEST_ANYWHERE);
  };
  if (words.length === 0) return false;
  return words.every(isTitle) || (words.length <= MOST_PIECES && titleAfter(words) !== null);
}

/** Whether letters stuck to the end of a name are a degree ("AMINAHSPD"). */
export function isDegree(letters: string): boolean {
  return letters.length >= SHORTEST_ANYWHERE && AFTER.has(letters) && !LIKE_NAMES.has(letters);
}

function longest(available: number): number {
  return Math.max(0, Math.min(MOST_PIECES, available));
}

function titleBefore(words: readonly Word[]): Title | null {
  const letters = bareOf(words);
  const title = BEFORE.get(letters);
  if (title !== undefined) return title;
  return letters.length >= SHORTEST_ANYWHERE ? degreeOf(words) : null;
}

function titleAfter(words: readonly Word[]): Title | null {
  const degree = degreeOf(words);
  if (degree !== null) return degree;
  const title = BEFORE.get(bareOf(words));
  if (title === undefined) return null;
  const isAlways = title.detail === 'academic-title' && words.length === 1;
  return isAlways || SAID_BEHIND.has(bareOf(words)) || words[0]!.isApart ? title : null;
}

/** Any few letters behind a comma behind a degree are another: "S.H., M.H., C.L.A.". */
function certificate(words: readonly Word[], from: number, to: number): Title | null {
  const letters = bareOf(words.slice(from, to));
  if (!words[from]!.isApart || letters.length > LONGEST_CERTIFICATE) return null;
  const follows = [1, 2, 3].some(
    (count) => from - count > 0 && degreeOf(words.slice(from - count, from)) !== null,
  );
  return follows ? { detail: 'academic-title', meaning: letters } : null;
}

function degreeOf(words: readonly Word[]): Title | null {
  const letters = bareOf(words);
  if (!AFTER.has(letters) || (words.length === 1 && LIKE_NAMES.has(letters))) return null;
  return { detail: 'academic-title', meaning: letters };
}

function joinInside(words: readonly Word[]): readonly Word[] {
  const result: Word[] = [];
  for (let at = 0; at < words.length; ) {
    const count = [4, 3, 2].find((length) => {
      const pieces = words.slice(at, at + length);
      if (pieces.length < length || at === 0) return false;
      return bareOf(pieces).length >= SHORTEST_ANYWHERE && pieces[0]!.isDotted && degreeOf(pieces) !== null;
    });
    const word = words[at]!;
    if (count !== undefined) {
      const pieces = words.slice(at, at + count);
      result.push(joinWords(pieces, degreeOf(pieces)));
    } else {
      const title = DESCENT.test(result.at(-1)?.bare ?? '') ? BEFORE.get(word.bare) : undefined;
      result.push(title?.detail === 'religious-title' && at + 1 < words.length ? { ...word, title } : word);
    }
    at += count ?? 1;
  }
  return result;
}
