import { buildSequences, matchLength, type Sequences } from '../sequences.ts';

/** Words of many tongues that come to the same: what is learnt about one of them holds for the others. */
export type Ideas = {
  readonly sequences: Sequences;
  /** Normalised word or words → the ideas they are of, the first one first. */
  readonly of: ReadonlyMap<string, readonly string[]>;
};

export const NO_IDEAS: Ideas = { sequences: buildSequences([]), of: new Map() };

/** @param data idea → words for it, normalised */
export function buildIdeas(data: Readonly<Record<string, readonly string[]>>): Ideas {
  const of = new Map<string, readonly string[]>();
  for (const [idea, texts] of Object.entries(data)) {
    for (const text of texts) {
      const known = of.get(text) ?? [];
      if (text !== '' && !known.includes(idea)) of.set(text, [...known, idea]);
    }
  }
  return { sequences: buildSequences(of.keys()), of };
}

/** The ideas of a text in their order, each word with all of its own; longer phrases before the words in them. */
export function ideasIn({ sequences, of }: Ideas, words: readonly string[]): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  for (let start = 0; start < words.length; ) {
    const length = matchLength(sequences, words, start);
    if (length > 0) found.push(of.get(words.slice(start, start + length).join(' '))!);
    start += Math.max(length, 1);
  }
  return found;
}
