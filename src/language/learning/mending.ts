/** Words that a misspelt one may have been meant for, ready to be looked up. */
export type Mending = {
  /** Informal word → standard words, for parts of words that were run together. */
  readonly forms: ReadonlyMap<string, readonly string[]>;
  /** Word → in how many texts it stands; these are right as they are. */
  readonly known: ReadonlyMap<string, number>;
  /** A word without one of its letters → the words it may come from. */
  readonly shortened: ReadonlyMap<string, readonly string[]>;
  /** The consonants of a word → the words that have just these. */
  readonly consonants: ReadonlyMap<string, readonly string[]>;
};

/** A word in fewer texts is as likely a typo itself as the word that was meant. */
const LEAST_TEXTS = 3;
const SHORTEST_MENDED = 4;
/** From this length on two errors in one word still leave no doubt. */
const TWO_ERRORS_FROM = 8;
const SHORTEST_PART = 3;
/** Shorter words are only taken for a part when so many use them ("di", "ke"). */
const VERY_MANY_TEXTS = 100;
const LONGEST_PART = 16;
const LONGEST_JOINED = 60;
const CLITIC = /(?:nya|ku|mu)$/;
const VOWELS = /[aiueo]/g;
const LETTERS = /^[a-z]+$/;

/** @param spelt further words that are right as they are, whoever wrote them */
export function buildMending(
  texts: Iterable<readonly string[]>,
  forms: ReadonlyMap<string, readonly string[]>,
  spelt: Iterable<string> = [],
): Mending {
  const known = new Map<string, number>();
  for (const word of spelt) known.set(word, 0);
  for (const words of texts) for (const word of new Set(words)) known.set(word, (known.get(word) ?? 0) + 1);
  const shortened = new Map<string, string[]>();
  const consonants = new Map<string, string[]>();
  for (const [word, count] of known) {
    if (count < LEAST_TEXTS || !LETTERS.test(word)) continue;
    if (word.length >= SHORTEST_MENDED) for (const short of shorter(word)) push(shortened, short, word);
    const skeleton = word.replace(VOWELS, '');
    if (skeleton.length >= 3 && skeleton !== word) push(consonants, skeleton, word);
  }
  return { forms, known, shortened, consonants };
}

/**
 * A word nobody wrote before, as those that many did: the vowels left out ("srtfkt"), a letter too many, too few, wrong
 * or swapped, or several words without the spaces between them. Stays as it is when nothing is near.
 */
export function mend(mending: Mending, word: string): readonly string[] {
  if (
    word.length > LONGEST_JOINED ||
    word.length < SHORTEST_MENDED ||
    !LETTERS.test(word) ||
    mending.known.has(word)
  )
    return [word];
  const near = byConsonants(mending, word) ?? byLetters(mending, word);
  if (near !== null) return [near];
  return byParts(mending, word) ?? [word];
}

/** Only what was written with hardly a vowel was meant so. */
function byConsonants(mending: Mending, word: string): string | null {
  const skeleton = word.replace(VOWELS, '');
  if (word.length - skeleton.length > word.length / 5) return null;
  return mostFrequent(mending, mending.consonants.get(skeleton) ?? []);
}

function byLetters(mending: Mending, word: string): string | null {
  const most = word.length >= TWO_ERRORS_FROM ? 2 : 1;
  let best: string | null = null;
  let bestErrors = most + 1;
  for (const candidate of candidatesFor(mending, word)) {
    const errors = errorsBetween(word, candidate, most);
    const isBetter =
      errors < bestErrors || (errors === bestErrors && isMoreFrequent(mending, candidate, best));
    if (errors > most || !isBetter) continue;
    best = candidate;
    bestErrors = errors;
  }
  return best;
}

function candidatesFor({ known, shortened }: Mending, word: string): Set<string> {
  const candidates = new Set(shortened.get(word) ?? []);
  for (const short of shorter(word)) {
    if ((known.get(short) ?? 0) >= LEAST_TEXTS) candidates.add(short);
    for (const candidate of shortened.get(short) ?? []) candidates.add(candidate);
  }
  return candidates;
}

/** As few known words as possible, one after the other; of equally few those that the most people wrote. */
function byParts(mending: Mending, word: string): readonly string[] | null {
  if (word.length > LONGEST_JOINED) return null;
  type Split = { readonly parts: number; readonly score: number; readonly words: readonly string[] };
  const best: (Split | null)[] = [{ parts: 0, score: 0, words: [] }];
  for (let end = 1; end <= word.length; end += 1) {
    let chosen: Split | null = null;
    for (let start = Math.max(0, end - LONGEST_PART); start < end; start += 1) {
      const before = best[start];
      const part = before == null ? null : partOf(mending, word.slice(start, end));
      if (before == null || part === null) continue;
      const split = {
        parts: before.parts + 1,
        score: before.score + Math.log(part.count),
        words: [...before.words, ...part.words],
      };
      const isBetter =
        chosen === null ||
        split.parts < chosen.parts ||
        (split.parts === chosen.parts && split.score > chosen.score);
      if (isBetter) chosen = split;
    }
    best.push(chosen);
  }
  return best[word.length]?.words ?? null;
}

type Part = { readonly words: readonly string[]; readonly count: number };

function partOf({ known, forms }: Mending, text: string): Part | null {
  if (text.length < SHORTEST_PART) {
    const count = known.get(text) ?? 0;
    return count < VERY_MANY_TEXTS ? null : { words: [text], count };
  }
  const informal = forms.get(text);
  if (informal !== undefined) return { words: informal, count: LEAST_TEXTS };
  const stem = text.replace(CLITIC, '');
  for (const candidate of [text, stem]) {
    const count = known.get(candidate) ?? 0;
    if (candidate.length >= SHORTEST_PART && count >= LEAST_TEXTS) return { words: [candidate], count };
  }
  return null;
}

function mostFrequent(mending: Mending, words: readonly string[]): string | null {
  return words.reduce<string | null>(
    (best, word) => (isMoreFrequent(mending, word, best) ? word : best),
    null,
  );
}

function isMoreFrequent({ known }: Mending, word: string, than: string | null): boolean {
  return than === null || known.get(word)! > known.get(than)!;
}

/** The word with one letter left out, each once. */
function shorter(word: string): Set<string> {
  const results = new Set<string>();
  for (let at = 0; at < word.length; at += 1) results.add(word.slice(0, at) + word.slice(at + 1));
  return results;
}

/** Letters added, left out, changed, or swapped with a neighbour (optimal string alignment); more than `most` is `most + 1`. */
function errorsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let errors = Math.min(
        last[column]! + 1,
        current[column - 1]! + 1,
        last[column - 1]! + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        errors = Math.min(errors, before[column - 2]! + 1);
      current.push(errors);
      least = Math.min(least, errors);
    }
    if (least > most) return most + 1;
    before = last;
    last = current;
  }
  return last[b.length]!;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
