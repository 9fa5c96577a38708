import type { Sources } from '../../../src/flow/sources.ts';
import type { Voice } from '../../../src/language/learning/examples.ts';

/** How a text is put to a contender. */
export type Spelling = (text: string) => string;

export type Sentence = { readonly label: string; readonly text: string };

/** A label and how sure the contender is, as shares of one. */
export type Guessed = readonly { readonly label: string; readonly share: number }[];

/** What all of them are compared by: trained on the same sentences, asked the same messages. */
export type Contender = {
  train(training: Training): Promise<(message: string) => Promise<Guessed> | Guessed>;
};

export type Training = {
  readonly sources: Sources;
  readonly voices: readonly Voice[];
  /** All sentences of these voices about topics, controls and what is out of scope. */
  readonly sentences: readonly Sentence[];
  readonly spelling: Spelling;
};

/** Scores on a logarithmic scale, as shares of one. */
export function sharesOfLogs(scores: readonly (readonly [label: string, log: number])[]): Guessed {
  const most = Math.max(...scores.map(([, log]) => log));
  return sharesOf(scores.map(([label, log]) => [label, Math.exp(log - most)]));
}

export function sharesOf(scores: readonly (readonly [label: string, score: number])[]): Guessed {
  const sum = scores.reduce((total, [, score]) => total + score, 0);
  return scores.map(([label, score]) => ({ label, share: sum === 0 ? 0 : score / sum }));
}
