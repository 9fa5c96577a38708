import { understand } from '../../../src/language/understand.ts';
import { learnFrom } from '../voices.ts';
import { type Contender, sharesOf } from './contender.ts';

/** All of Pandu's reading, at a moment when nothing is asked. */
export const contender: Contender = {
  async train({ sources, voices, spelling }) {
    const learned = learnFrom(sources, voices, spelling);
    const reader = { ...sources.reader(), learned: () => learned };
    return (message) => {
      const { guess } = understand(reader, message, { question: null, answers: [], near: new Set() });
      const [, ...others] = guess.options;
      // Only the order of the others is told: each is half as likely as the one before.
      const rest = others.map((label, place): [string, number] => [
        label,
        (1 - guess.confidence) / 2 ** (place + 1),
      ]);
      return sharesOf([[guess.topic, guess.confidence], ...rest]);
    };
  },
};
