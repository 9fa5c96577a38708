import { askedOf } from '../../src/flow/sources.ts';
import { answerLines, NO_ANSWER, topicLines } from '../../src/language/learning/examples.ts';
import { vectorOf } from '../../src/language/learning/features.ts';
import { wordsFor } from '../../src/language/learning/learn.ts';
import { type Softmax, scoresOf, softmaxInPlace } from '../../src/language/learning/softmax.ts';
import { OUT_OF_SCOPE } from '../../src/language/understand.ts';
import type { Fold } from './folds.ts';

/** The scores of one sentence before they become probabilities, and which of them are right. */
export type Judged = { readonly scores: Float64Array; readonly right: readonly number[] };

/** Whole replies to whatever was asked. */
const PLAIN: ReadonlySet<string> = new Set(['yes', 'no', 'unsure', 'done']);
/** Of what is no answer, every so many are put to each question, so that "nothing" is fitted too. */
const NO_ANSWER_EVERY = 12;

export function judgedTopics({ learned, sources, spoken }: Fold): Judged[] {
  return spoken.lines.map(({ label, text }) => {
    const isRight = (one: string): boolean =>
      label === OUT_OF_SCOPE ? one.startsWith(`${OUT_OF_SCOPE}/`) : one === label;
    return judged(learned.topics, isRight, vectorFor({ learned, sources }, text));
  });
}

export function judgedAnswers(fold: Fold): Judged[] {
  const voices = fold.sources.examples.voices.filter(({ name }) => name === fold.voice);
  const asked = askedOf(fold.sources.checklist, fold.sources.topics);
  const others = topicLines(voices)
    .filter(({ label }) => !PLAIN.has(label))
    .filter((_, index) => index % NO_ANSWER_EVERY === 0);
  return answerLines(voices).flatMap(({ question, lines }) => {
    const model = fold.learned.answers.get(question)!;
    const nothing = others
      .filter(({ label }) => !asked.get(question)!.near.has(label))
      .map(({ text }) => ({ label: NO_ANSWER, text }));
    return [...lines, ...nothing].map(({ label, text }) =>
      judged(model, (one) => one === label, vectorFor(fold, text)),
    );
  });
}

function vectorFor({ learned, sources }: Pick<Fold, 'learned' | 'sources'>, text: string) {
  return vectorOf(learned.vocabulary, wordsFor(learned, sources.normal(text)));
}

function judged(
  model: Softmax,
  isRight: (label: string) => boolean,
  vector: ReturnType<typeof vectorOf>,
): Judged {
  const right = model.labels.flatMap((label, place) => (isRight(label) ? place : []));
  return { scores: scoresOf(model, vector), right };
}

/** Where nobody ever learnt the right label, no temperature helps. */
const LEAST_PROBABILITY = 1e-9;

/** How probable what is right was held to be: the mean of the logarithm. */
export function logLikelihood(cases: readonly Judged[], temperature: number): number {
  let sum = 0;
  for (const { scores, right } of cases) {
    const shares = scores.slice();
    softmaxInPlace(shares, temperature);
    const probability = right.reduce((total, place) => total + shares[place]!, 0);
    sum += Math.log(Math.max(LEAST_PROBABILITY, probability));
  }
  return sum / cases.length;
}

const LOWEST = 0.2;
const HIGHEST = 3;
const STEP = 0.01;

/** The temperature under which what was right was likeliest. The likelihood has one peak, so halving finds it. */
export function fitTemperature(cases: readonly Judged[]): number {
  let [low, high] = [Math.round(LOWEST / STEP), Math.round(HIGHEST / STEP)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const rises = logLikelihood(cases, (middle + 1) * STEP) > logLikelihood(cases, middle * STEP);
    if (rises) low = middle + 1;
    else high = middle;
  }
  return low / 100;
}
