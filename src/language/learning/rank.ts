import { NO_ANSWER, outOfScopeKind } from './examples.ts';
import { vectorOf } from './features.ts';
import type { Learned } from './learn.ts';
import { type Softmax, scoresOf, softmaxInPlace } from './softmax.ts';

export type Ranked = { readonly id: string; readonly confidence: number };

/** What a message is about, likeliest first. */
export type TopicRanking = {
  /** Topics and controls. */
  readonly inScope: readonly Ranked[];
  /** All kinds of what is out of scope together; `id` is the likeliest of them, `own` how likely that is. */
  readonly outOfScope: Ranked & { readonly own: number };
};

/** How much a topic gains (in logits) when it is about what was just asked, measured on voices that were kept out. */
const CONTEXT_GAIN = 1.5;
/** Up to so many words a message may be short because what was asked says the rest; from the second on it speaks for itself. */
const SHORT_WORDS = 4;
const LONG_WORDS = 8;

/**
 * @param near topics about what was just asked: they are likelier, the more so the shorter the message
 * @param temperature below 1 makes the likeliest likelier; fitted so that a confidence is how often it is right
 */
export function rankTopics(
  learned: Learned,
  words: readonly string[],
  near: ReadonlySet<string>,
  temperature: number,
): TopicRanking {
  const { labels } = learned.topics;
  const gain =
    CONTEXT_GAIN * Math.min(1, Math.max(0, (LONG_WORDS - words.length) / (LONG_WORDS - SHORT_WORDS)));
  const scores = scoresFor(learned, learned.topics, words);
  for (const [place, label] of labels.entries()) if (near.has(label)) scores[place]! += gain;
  softmaxInPlace(scores, temperature);
  const inScope: Ranked[] = [];
  let outOfScope = 0;
  let kind = '';
  let kindScore = -1;
  for (const [place, label] of labels.entries()) {
    const confidence = scores[place]!;
    const about = outOfScopeKind(label);
    if (about === null) {
      inScope.push({ id: label, confidence });
      continue;
    }
    outOfScope += confidence;
    if (confidence > kindScore) [kind, kindScore] = [about, confidence];
  }
  inScope.sort((a, b) => b.confidence - a.confidence);
  return { inScope, outOfScope: { id: kind, confidence: outOfScope, own: Math.max(0, kindScore) } };
}

/** What a message answers to the question that was just asked, likeliest first; `none` is how likely it answers nothing. */
export function rankAnswers(
  learned: Learned,
  question: string,
  words: readonly string[],
  temperature: number,
): { readonly answers: readonly Ranked[]; readonly none: number } {
  const model = learned.answers.get(question);
  if (model === undefined) return { answers: [], none: 1 };
  const scores = scoresFor(learned, model, words);
  softmaxInPlace(scores, temperature);
  const ranked = model.labels.map((id, place): Ranked => ({ id, confidence: scores[place]! }));
  const answers = ranked.filter(({ id }) => id !== NO_ANSWER);
  answers.sort((a, b) => b.confidence - a.confidence);
  return { answers, none: ranked.find(({ id }) => id === NO_ANSWER)?.confidence ?? 0 };
}

function scoresFor({ vocabulary }: Learned, model: Softmax, words: readonly string[]): Float64Array {
  return scoresOf(model, vectorOf(vocabulary, words));
}
