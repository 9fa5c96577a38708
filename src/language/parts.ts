import { normalise } from './normalise.ts';
import type { Reader } from './reader.ts';

/** A part of a message that says one thing: its words, and whether a question mark ends it. */
export type Part = { readonly words: readonly string[]; readonly asks: boolean };

const SENTENCE = /[^\n.,;!?？]+[?？]?/gu;
/** Less than this before a word such as "terus" is no part of its own. */
const LEAST_WORDS = 3;

/** Parts end at punctuation, and before words at which a new statement begins. */
export function partsOf({ lexicon }: Reader, message: string): Part[] {
  return [...message.matchAll(SENTENCE)].flatMap(([sentence]) => {
    const parts: string[][] = [[]];
    for (const word of normalise(lexicon, sentence).split(' ')) {
      if (lexicon.clauses.has(word) && parts.at(-1)!.length >= LEAST_WORDS) parts.push([]);
      parts.at(-1)!.push(word);
    }
    const asks = /[?？]$/u.test(sentence);
    return parts.map((words, index) => ({ words, asks: asks && index === parts.length - 1 }));
  });
}
