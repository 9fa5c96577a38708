import type { Vector } from './features.ts';

/** A trained linear classifier: label by label a weight for every feature. */
export type Softmax = {
  readonly labels: readonly string[];
  /** `weights[id * labels.length + label]`. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
};

export type Sample = { readonly vector: Vector; readonly label: string };

export type TrainingOptions = { readonly epochs: number; readonly rate: number };

/** Gradients smaller than this change nothing that anybody could see. */
const NEGLIGIBLE = 0.01;

/**
 * Multinomial logistic regression by AdaGrad, classes weighted so that rare ones count as much as frequent ones.
 * Deterministic: the order of the samples is shuffled from a fixed seed.
 */
export function train(samples: readonly Sample[], features: number, options: TrainingOptions): Softmax {
  const labels = [...new Set(samples.map(({ label }) => label))].sort();
  const count = labels.length;
  const targets = samples.map(({ label }) => labels.indexOf(label));
  const frequency = new Float64Array(count);
  for (const target of targets) frequency[target]! += 1;
  const classWeight = frequency.map((value) => Math.sqrt(samples.length / count / value));
  const weights = new Float32Array(features * count);
  const squares = new Float32Array(features * count).fill(1e-3);
  const bias = new Float32Array(count);
  const biasSquares = new Float32Array(count).fill(1e-3);
  const scores = new Float64Array(count);
  /** The labels that a sample moves, and how far. */
  const activeLabels = new Int32Array(count);
  const errors = new Float64Array(count);
  const order = samples.map((_, index) => index);
  const next = seeded(20_261_124);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, next);
    for (const index of order) {
      const { ids, values } = samples[index]!.vector;
      const target = targets[index]!;
      score(weights, bias, ids, values, scores);
      softmaxInPlace(scores);
      let active = 0;
      for (let label = 0; label < count; label += 1) {
        const error = (scores[label]! - (label === target ? 1 : 0)) * classWeight[target]!;
        if (error < NEGLIGIBLE && error > -NEGLIGIBLE) continue;
        biasSquares[label]! += error * error;
        bias[label]! -= (options.rate * error) / Math.sqrt(biasSquares[label]!);
        activeLabels[active] = label;
        errors[active] = error;
        active += 1;
      }
      // Feature by feature, since the weights of one feature lie side by side.
      for (let place = 0; place < ids.length; place += 1) {
        const row = ids[place]! * count;
        const value = values[place]!;
        for (let index = 0; index < active; index += 1) {
          const at = row + activeLabels[index]!;
          const gradient = errors[index]! * value;
          const square = squares[at]! + gradient * gradient;
          squares[at] = square;
          weights[at]! -= (options.rate * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return { labels, weights, bias };
}

/** The score of each label before it is made a probability. */
export function scoresOf({ labels, weights, bias }: Softmax, { ids, values }: Vector): Float64Array {
  const scores = new Float64Array(labels.length);
  score(weights, bias, ids, values, scores);
  return scores;
}

function score(
  weights: Float32Array,
  bias: Float32Array,
  ids: Int32Array,
  values: Float32Array,
  scores: Float64Array,
): void {
  const count = scores.length;
  for (let label = 0; label < count; label += 1) scores[label] = bias[label]!;
  for (let place = 0; place < ids.length; place += 1) {
    const row = ids[place]! * count;
    const value = values[place]!;
    for (let label = 0; label < count; label += 1) scores[label]! += weights[row + label]! * value;
  }
}

/** @param temperature below 1 makes the most likely label likelier */
export function softmaxInPlace(scores: Float64Array, temperature = 1): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of scores) if (value > most) most = value;
  let sum = 0;
  for (let label = 0; label < scores.length; label += 1) {
    scores[label] = Math.exp((scores[label]! - most) / temperature);
    sum += scores[label]!;
  }
  for (let label = 0; label < scores.length; label += 1) scores[label]! /= sum;
}

function shuffle(order: number[], next: () => number): void {
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(next() * (index + 1));
    [order[index], order[other]] = [order[other]!, order[index]!];
  }
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
