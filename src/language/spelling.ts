import { clean } from './clean.ts';

/** What brings the spellings of a word together. */
export type Spelling = {
  /** Informal single word → standard words. */
  readonly forms: ReadonlyMap<string, readonly string[]>;
  /** Last word of an informal phrase → those phrases, longest first; replaced by fewer words than they have. */
  readonly rewrites: ReadonlyMap<string, readonly Rewrite[]>;
  /** Words that are right as they stand. */
  readonly known: ReadonlySet<string>;
  /** Emoji → word. */
  readonly emoji: ReadonlyMap<string, string>;
  /** Words after which a number may be stuck ("no2", "ke2"). */
  readonly beforeNumber: ReadonlySet<string>;
  /** Words that may stand twice and mean something by it ("dua dua"). */
  readonly twice: ReadonlySet<string>;
};

export type Rewrite = { readonly from: readonly string[]; readonly to: readonly string[] };

type SpellingData = {
  readonly forms: Readonly<Record<string, readonly string[]>>;
  readonly emoji: Readonly<Record<string, string>>;
  readonly numbers: {
    readonly words: Readonly<Record<string, readonly string[]>>;
    readonly before: readonly string[];
  };
};

/** Endings that add nothing to what a word is about ("ratingnya", "akunku"). */
const CLITIC = /(?:nya|ku|mu)$/;
/** A shorter stem is too often a word of its own ("punya", "hanya"). */
const SHORTEST_STEM = 4;
const TRIPLE = /(\p{L})\1{2,}/gu;
const DOUBLE = /(\p{L})\1+/gu;
const WORD_WITH_TWO = /^(\p{L}{3,})2$/u;
const WORD_THEN_NUMBER = /^(\p{L}{2,})(\d{1,2})$/u;
const NUMBER_THEN_WORD = /^(\d{1,3})(\p{L}{2,})$/u;

export function buildSpelling(data: SpellingData, vocabulary: readonly string[]): Spelling {
  const forms = new Map<string, readonly string[]>();
  const long: [string, readonly string[]][] = [];
  const known = new Set<string>();
  const emoji = new Map(Object.entries(data.emoji));
  const heads = Object.entries(data.forms).map(([head, variants]) => ({
    head: clean(head).split(' '),
    variants,
  }));
  for (const { head } of heads) for (const word of head) known.add(word);
  for (const { head, variants } of heads) {
    for (const variant of variants.map((text) => clean(text))) {
      if (variant.includes(' ')) long.push([variant, head]);
      else if (!known.has(variant) && !forms.has(variant)) forms.set(variant, head);
    }
  }
  const spelling = {
    forms,
    rewrites: new Map<string, Rewrite[]>(),
    known,
    emoji,
    beforeNumber: new Set(data.numbers.before.map((text) => clean(text))),
    twice: new Set(
      Object.values(data.numbers.words)
        .flat()
        .map((text) => clean(text)),
    ),
  };
  learn(spelling, vocabulary);
  // Shorter phrases first: a longer one is then stored as it looks once they have been replaced in it.
  for (const [text, to] of long.toSorted((a, b) => a[0].length - b[0].length)) {
    const from = respell(spelling, text.split(' '));
    if (from.length <= to.length) continue;
    const last = from.at(-1)!;
    const rivals = [...(spelling.rewrites.get(last) ?? []), { from, to }];
    spelling.rewrites.set(
      last,
      rivals.toSorted((a, b) => b.from.length - a.from.length),
    );
  }
  return spelling;
}

/** Adds the words of well-spelt texts; one with an ending counts only when its stem is no word itself. */
function learn(spelling: Spelling & { known: Set<string> }, texts: readonly string[]): void {
  const words = texts.flatMap((text) => clean(text).split(' ')).filter((word) => /^\p{L}+$/u.test(word));
  for (const word of words) if (!CLITIC.test(word) && !spelling.forms.has(word)) spelling.known.add(word);
  for (const word of words) {
    if (spelling.forms.has(word) || stemOf(spelling, word) !== null) continue;
    spelling.known.add(word);
  }
}

/** Brings every word to its standard spelling, then phrases of several words, then words said twice to one. */
export function respell(spelling: Spelling, words: readonly string[]): readonly string[] {
  const result: string[] = [];
  for (const word of words) {
    for (const piece of respellWord(spelling, word)) push(spelling, result, piece);
  }
  return result;
}

/** Nothing that ends at an earlier word can be replaced any more, so looking at the end of `result` is enough. */
function push(spelling: Spelling, result: string[], word: string): void {
  if (result.at(-1) === word && !/^\d/.test(word) && !spelling.twice.has(word)) return;
  result.push(word);
  const rewrite = spelling.rewrites.get(word)?.find(({ from }) => endsWith(result, from));
  if (rewrite === undefined) return;
  result.length -= rewrite.from.length;
  for (const piece of rewrite.to) push(spelling, result, piece);
}

function endsWith(words: readonly string[], ending: readonly string[]): boolean {
  const offset = words.length - ending.length;
  return offset >= 0 && ending.every((word, index) => words[offset + index] === word);
}

function respellWord(spelling: Spelling, word: string): readonly string[] {
  const { forms, known } = spelling;
  const form = forms.get(word);
  if (form !== undefined) return form;
  if (known.has(word)) return [word];
  const numbered = splitNumber(spelling, word);
  if (numbered !== null) return numbered;
  const short = shorten(spelling, word);
  return forms.get(short) ?? (known.has(short) ? [short] : (stemOf(spelling, short) ?? [short]));
}

/** "muncul2" is a word said twice, "no2" and "3hari" are a word and a number. */
function splitNumber(spelling: Spelling, word: string): readonly string[] | null {
  const after = NUMBER_THEN_WORD.exec(word);
  if (after !== null) return [after[1]!, ...respellWord(spelling, after[2]!)];
  const before = WORD_THEN_NUMBER.exec(word);
  if (before === null) return null;
  const head = respellWord(spelling, before[1]!);
  if (spelling.beforeNumber.has(head.join(' '))) return [...head, before[2]!];
  const twice = WORD_WITH_TWO.exec(word);
  return twice === null ? null : respellWord(spelling, twice[1]!);
}

/** "yaaa" → "ya", "sudahh" → "sudah", but "maaf" and "saat" keep their letters. */
function shorten(spelling: Spelling, word: string): string {
  const isWord = (text: string): boolean => spelling.known.has(text) || spelling.forms.has(text);
  const single = word.replace(DOUBLE, '$1');
  if (single !== word && isWord(single)) return single;
  const double = word.replace(TRIPLE, '$1$1');
  if (double !== word && isWord(double)) return double;
  return word.replace(TRIPLE, '$1');
}

function stemOf(spelling: Spelling, word: string): readonly string[] | null {
  const stem = word.replace(CLITIC, '');
  if (stem === word || stem.length < SHORTEST_STEM) return null;
  return spelling.forms.get(stem) ?? (spelling.known.has(stem) ? [stem] : null);
}
