import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildVocabulary, vectorOf } from '../../../src/language/learning/features.ts';
import { buildIdeas } from '../../../src/language/learning/ideas.ts';

const TEXTS = ['cara sambung gopay', 'gopay gagal tersambung', 'survei di mana', 'cara isi survei'].map(
  (text) => text.split(' '),
);

/** Which features of the vocabulary stand in the text. */
function featuresOf(leastTexts: number, words: readonly string[]): Map<string, number> {
  const { vocabulary } = buildVocabulary(TEXTS, leastTexts);
  const names = [...vocabulary.ids.keys()];
  const { ids, values } = vectorOf(vocabulary, words);
  return new Map([...ids].map((id, place) => [names[id]!, values[place]!]));
}

describe('the features of a text', () => {
  it('are its words, their pieces, its pairs of words, its first word and its length', () => {
    const features = [...featuresOf(1, ['cara', 'isi', 'gopay']).keys()];
    const some = ['w cara', 'w isi', '<car', 'cara', 'ara>', 'b cara isi', 'f cara', 'l 2'];
    expect(features).toEqual(expect.arrayContaining(some));
    expect(features).not.toContain('b isi gopay');
  });

  it('are passed over when no text had them, or too few', () => {
    expect([...featuresOf(1, ['halo', 'dunia', 'lagi']).keys()]).toEqual(['l 2']);
    const common = [...featuresOf(2, ['cara', 'isi', 'survei']).keys()];
    expect(common).toContain('w survei');
    expect(common).not.toContain('w isi');
  });

  it('count the more the rarer they are', () => {
    const { vocabulary } = buildVocabulary(TEXTS, 1);
    const rarity = (feature: string): number => vocabulary.rarity[vocabulary.ids.get(feature)!]!;
    expect(rarity('w gagal')).toBeGreaterThan(rarity('w gopay'));
  });

  it('survive a typo in part: a misspelt word shares pieces with the right one', () => {
    const right = featuresOf(1, ['survei']);
    const shared = [...featuresOf(1, ['survai']).keys()].filter((feature) => right.has(feature));
    expect(shared).toEqual(expect.arrayContaining(['<sur', 'surv']));
  });

  it('are the ideas of its words as well, and what follows what, in whatever tongue', () => {
    const ideas = buildIdeas({ yes: ['sudah', 'su'], no: ['belum', 'alun'], gopay: ['gopay'] });
    const said = (text: string): Set<string> => {
      const { vocabulary } = buildVocabulary([text.split(' ')], 1, ideas);
      return new Set([...vocabulary.ids.keys()].filter((feature) => /^(?:i+|i-i|all) /.test(feature)));
    };
    expect(said('gopay su mar ovo alun')).toEqual(said('gopay sudah tapi dana belum'));
    expect(said('gopay sudah ovo belum')).toContain('iii gopay yes no');
    expect(said('gopay sudah')).not.toEqual(said('gopay belum'));
  });

  it('are none when there are no words', () => {
    expect(featuresOf(1, []).size).toBe(0);
  });
});

describe('the vector of a text', () => {
  it('is of length one, each feature once, in ascending order', () => {
    const { vocabulary } = buildVocabulary(TEXTS, 1);
    const words = fc.array(fc.constantFrom('cara', 'gopay', 'survei', 'xyz', 'gagal', ''), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(words, (text) => {
        const { ids, values } = vectorOf(vocabulary, text);
        expect([...ids]).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
        const length = Math.hypot(...values);
        expect(ids.length === 0 || Math.abs(length - 1) < 1e-5).toBe(true);
      }),
      { numRuns: 200, seed: 20_261_124 },
    );
  });

  it('is the same whether the text was learnt from or comes later', () => {
    const { vocabulary, vectors } = buildVocabulary(TEXTS, 1);
    for (const [place, words] of TEXTS.entries()) expect(vectorOf(vocabulary, words)).toEqual(vectors[place]);
  });
});
