import { containerBootstrap } from '@nlpjs/core';
import { LangId } from '@nlpjs/lang-id';
import { Nlp } from '@nlpjs/nlp';
import { type Contender, sharesOf } from './contender.ts';

/** nlp.js as its pages show it: its neural classifier behind its Indonesian tokenizer and stemmer. */
export const contender: Contender = {
  async train({ sentences, spelling }) {
    const container = await containerBootstrap();
    container.use(Nlp);
    container.use(LangId);
    const nlp = container.get('nlp');
    Object.assign(nlp.settings, { autoSave: false, autoLoad: false, calculateSentiment: false });
    nlp.addLanguage('id');
    for (const { label, text } of sentences) nlp.addDocument('id', spelling(text), label);
    await quietly(() => nlp.train());
    return async (message) => {
      const { classifications } = await nlp.process('id', spelling(message));
      return sharesOf(classifications.map(({ intent, score }) => [intent, score]));
    };
  },
};

/** It prints every round of its training. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => {};
  try {
    await work();
  } finally {
    console.log = log;
  }
}
