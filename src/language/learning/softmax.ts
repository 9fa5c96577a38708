import type { Vector } from './features.ts';

/** A trained linear classifier: label by label a weight for every feature. */
export type Softmax = {
  readonly labels: readonly string[];
  /** `weights[id * labels.length + label]`. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
};

export type Sample = { readonly vector: Vector; readonly label: string };

/** One of several things that are learnt side by side. */
export type Task = {
  readonly samples: readonly Sample[];
  /** Label → a name that labels of other tasks have as well: what is learnt about one of them holds for all. */
  readonly shared: ReadonlyMap<string, string>;
};

export type TrainingOptions = { readonly epochs: number; readonly rate: number };

/** Gradients smaller than this change nothing that anybody could see. */
const NEGLIGIBLE = 0.01;

/**
 * Multinomial logistic regression by AdaGrad, classes weighted so that rare ones count as much as frequent ones.
 * Deterministic: the order of the samples is shuffled from a fixed seed.
 */
export function train(samples: readonly Sample[], features: number, options: TrainingOptions): Softmax {
  return trainTogether([{ samples, shared: new Map() }], features, options)[0]!;
}

/** As `train`, several tasks in turn. A label's weights are its own and those of its shared name, added up. */
export function trainTogether(
  tasks: readonly Task[],
  features: number,
  options: TrainingOptions,
): readonly Softmax[] {
  const names = [...new Set(tasks.flatMap(({ shared }) => [...shared.values()]))].sort();
  const common = new Weights(features, names.length);
  const commonScores = new Float64Array(names.length);
  const prepared = tasks.map((task) => prepare(task, features, names));
  const order = prepared.flatMap(({ targets }, task) => targets.map((_, sample) => ({ task, sample })));
  const next = seeded(20_261_124);
  const step = new Step(prepared);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, next);
    for (const { task, sample } of order) {
      const { samples, targets, classWeight, own, commonOf } = prepared[task]!;
      const { vector } = samples[sample]!;
      const scores = step.scoresFor(task);
      own.score(vector, scores);
      if (names.length > 0) common.score(vector, commonScores);
      for (let label = 0; label < scores.length; label += 1)
        if (commonOf[label]! >= 0) scores[label]! += commonScores[commonOf[label]!]!;
      softmaxInPlace(scores);
      step.begin(scores, targets[sample]!, classWeight[targets[sample]!]!);
      own.move(vector, step.labels, step.errors, step.active, options.rate);
      if (names.length === 0) continue;
      step.keepShared(commonOf);
      common.move(vector, step.labels, step.errors, step.active, options.rate);
    }
  }
  return prepared.map(({ labels, own, commonOf }) => {
    own.add(common, commonOf);
    return { labels, weights: own.weights, bias: own.bias };
  });
}

type Prepared = {
  readonly samples: readonly Sample[];
  readonly labels: readonly string[];
  readonly targets: readonly number[];
  readonly classWeight: Float64Array;
  readonly own: Weights;
  /** Label → the row of its shared name, -1 for none. */
  readonly commonOf: Int32Array;
};

function prepare({ samples, shared }: Task, features: number, names: readonly string[]): Prepared {
  const labels = [...new Set(samples.map(({ label }) => label))].sort();
  const count = labels.length;
  const places = new Map(labels.map((label, place) => [label, place]));
  const targets = samples.map(({ label }) => places.get(label)!);
  const frequency = new Float64Array(count);
  for (const target of targets) frequency[target]! += 1;
  return {
    samples,
    labels,
    targets,
    classWeight: frequency.map((value) => Math.sqrt(samples.length / count / value)),
    own: new Weights(features, count),
    commonOf: Int32Array.from(labels, (label) => names.indexOf(shared.get(label) ?? '')),
  };
}

/** The labels that one sample moves, and how far. */
class Step {
  readonly labels: Int32Array;
  readonly errors: Float64Array;
  active = 0;
  readonly #scores: readonly Float64Array[];

  constructor(tasks: readonly Prepared[]) {
    this.#scores = tasks.map(({ labels }) => new Float64Array(labels.length));
    const most = Math.max(0, ...tasks.map(({ labels }) => labels.length));
    this.labels = new Int32Array(most);
    this.errors = new Float64Array(most);
  }

  scoresFor(task: number): Float64Array {
    return this.#scores[task]!;
  }

  begin(shares: Float64Array, target: number, weight: number): void {
    this.active = 0;
    for (let label = 0; label < shares.length; label += 1) {
      const error = (shares[label]! - (label === target ? 1 : 0)) * weight;
      if (error < NEGLIGIBLE && error > -NEGLIGIBLE) continue;
      this.labels[this.active] = label;
      this.errors[this.active] = error;
      this.active += 1;
    }
  }

  /** From now on only the labels with a shared name, by the row of that name. */
  keepShared(commonOf: Int32Array): void {
    let kept = 0;
    for (let index = 0; index < this.active; index += 1) {
      const row = commonOf[this.labels[index]!]!;
      if (row < 0) continue;
      this.labels[kept] = row;
      this.errors[kept] = this.errors[index]!;
      kept += 1;
    }
    this.active = kept;
  }
}

/** Weights for every feature and label, with how far each was moved already. */
class Weights {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly #count: number;
  readonly #squares: Float32Array;
  readonly #biasSquares: Float32Array;

  constructor(features: number, count: number) {
    this.#count = count;
    this.weights = new Float32Array(features * count);
    this.bias = new Float32Array(count);
    this.#squares = new Float32Array(features * count).fill(1e-3);
    this.#biasSquares = new Float32Array(count).fill(1e-3);
  }

  score({ ids, values }: Vector, scores: Float64Array): void {
    score(this.weights, this.bias, ids, values, scores);
  }

  move(
    { ids, values }: Vector,
    labels: Int32Array,
    errors: Float64Array,
    active: number,
    rate: number,
  ): void {
    const { weights, bias } = this;
    const squares = this.#squares;
    for (let index = 0; index < active; index += 1) {
      const label = labels[index]!;
      const error = errors[index]!;
      this.#biasSquares[label]! += error * error;
      bias[label]! -= (rate * error) / Math.sqrt(this.#biasSquares[label]!);
    }
    // Feature by feature, since the weights of one feature lie side by side.
    for (let place = 0; place < ids.length; place += 1) {
      const row = ids[place]! * this.#count;
      const value = values[place]!;
      for (let index = 0; index < active; index += 1) {
        const at = row + labels[index]!;
        const gradient = errors[index]! * value;
        const square = squares[at]! + gradient * gradient;
        squares[at] = square;
        weights[at]! -= (rate * gradient) / Math.sqrt(square);
      }
    }
  }

  /** Adds to each label what stands in the row of its shared name. */
  add(common: Weights, commonOf: Int32Array): void {
    for (let label = 0; label < this.#count; label += 1) {
      const row = commonOf[label]!;
      if (row < 0) continue;
      this.bias[label]! += common.bias[row]!;
      const width = common.#count;
      for (let at = label, other = row; at < this.weights.length; at += this.#count, other += width)
        this.weights[at]! += common.weights[other]!;
    }
  }
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

function shuffle<Value>(order: Value[], next: () => number): void {
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
