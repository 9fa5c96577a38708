import { vectorOf } from '../../../src/language/learning/features.ts';
import { wordsFor } from '../../../src/language/learning/learn.ts';
import { scoresOf } from '../../../src/language/learning/softmax.ts';
import { learnFrom } from '../voices.ts';
import { type Contender, sharesOfLogs } from './contender.ts';

/** Only what Pandu learns from examples, without labels, phrases and orders. */
export const contender: Contender = {
  async train({ sources, voices, spelling }) {
    const learned = learnFrom(sources, voices, spelling);
    const { topics, vocabulary } = learned;
    const { temperature } = sources.reader().calibration.topics;
    return (message) => {
      const scores = scoresOf(topics, vectorOf(vocabulary, wordsFor(learned, spelling(message))));
      return sharesOfLogs(topics.labels.map((label, place) => [label, scores[place]! / temperature]));
    };
  },
};
