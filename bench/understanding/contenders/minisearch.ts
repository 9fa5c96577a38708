import MiniSearch from 'minisearch';
import { type Contender, sharesOf } from './contender.ts';

/** So many of the likeliest labels share the confidence. */
const LABELS = 5;
/** So many of the most similar sentences have a say, the best of each label. */
const SENTENCES = 60;

export const contender: Contender = {
  async train({ sentences, spelling }) {
    const search = new MiniSearch<{ id: number; text: string }>({
      fields: ['text'],
      searchOptions: { prefix: (term) => term.length > 3, fuzzy: (term) => (term.length > 4 ? 0.2 : false) },
    });
    search.addAll(sentences.map(({ text }, id) => ({ id, text: spelling(text) })));
    return (message) => {
      const best = new Map<string, number>();
      for (const { id, score } of search.search(spelling(message)).slice(0, SENTENCES)) {
        const { label } = sentences[id as number]!;
        if (!best.has(label)) best.set(label, score);
      }
      return sharesOf([...best].slice(0, LABELS));
    };
  },
};
