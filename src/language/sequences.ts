/** A set of word sequences in which the longest one at a place of a message can be found. */
export type Sequences = {
  readonly entries: ReadonlySet<string>;
  /** First word → number of words in the longest sequence that begins with it. */
  readonly longest: ReadonlyMap<string, number>;
};

/** @param texts normalised: words with single spaces between them */
export function buildSequences(texts: Iterable<string>): Sequences {
  const entries = new Set<string>();
  const longest = new Map<string, number>();
  for (const text of texts) {
    if (text === '') continue;
    entries.add(text);
    const words = text.split(' ');
    longest.set(words[0]!, Math.max(longest.get(words[0]!) ?? 0, words.length));
  }
  return { entries, longest };
}

/** @returns how many words the longest sequence at `start` takes, 0 when none begins there */
export function matchLength(sequences: Sequences, words: readonly string[], start: number): number {
  const most = sequences.longest.get(words[start]!);
  if (most === undefined) return 0;
  let candidate = '';
  let found = 0;
  for (let length = 1; length <= most && start + length <= words.length; length += 1) {
    candidate = length === 1 ? words[start]! : `${candidate} ${words[start + length - 1]!}`;
    if (sequences.entries.has(candidate)) found = length;
  }
  return found;
}

export function contains(sequences: Sequences, words: readonly string[]): boolean {
  return words.some((_, start) => matchLength(sequences, words, start) > 0);
}

/** The words that are left when every sequence of the set is taken out, longest first from the left. */
export function without(sequences: Sequences, words: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let start = 0; start < words.length; ) {
    const length = matchLength(sequences, words, start);
    if (length === 0) kept.push(words[start]!);
    start += Math.max(length, 1);
  }
  return kept;
}
