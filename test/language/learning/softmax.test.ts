import { describe, expect, it } from 'vitest';
import { type Sample, scoresOf, softmaxInPlace, train } from '../../../src/language/learning/softmax.ts';

const OPTIONS = { epochs: 20, rate: 0.5 };

function sample(label: string, ...ids: number[]): Sample {
  const value = 1 / Math.sqrt(ids.length);
  return { label, vector: { ids: Int32Array.from(ids), values: Float32Array.from(ids, () => value) } };
}

/** Feature 0 says `a`, feature 1 says `b`, feature 2 says nothing. */
const SAMPLES = [
  sample('b', 1, 2),
  sample('a', 0, 2),
  sample('a', 0),
  sample('b', 1),
  sample('a', 0, 2),
  sample('b', 1, 2),
];

function likeliest(samples: readonly Sample[], ...ids: number[]): string {
  const model = train(samples, 4, OPTIONS);
  const scores = scoresOf(model, sample('?', ...ids).vector);
  return model.labels[scores.indexOf(Math.max(...scores))]!;
}

describe('training', () => {
  it('tells apart what features tell apart', () => {
    expect(likeliest(SAMPLES, 0, 2)).toBe('a');
    expect(likeliest(SAMPLES, 1, 2)).toBe('b');
  });

  it('comes to the same weights twice, and leaves the samples as they were', () => {
    const samples = structuredClone(SAMPLES);
    const once = train(samples, 4, OPTIONS);
    expect(samples).toEqual(SAMPLES);
    expect(train(samples, 4, OPTIONS)).toEqual(once);
  });

  it('names its labels in the order of the alphabet, each once', () => {
    expect(train(SAMPLES, 4, OPTIONS).labels).toEqual(['a', 'b']);
  });

  it('does not let a frequent label drown a rare one that looks the same', () => {
    const common = Array.from({ length: 30 }, () => sample('common', 2));
    const rare = Array.from({ length: 3 }, () => sample('rare', 2));
    const model = train([...common, ...rare], 4, OPTIONS);
    const scores = scoresOf(model, sample('?', 2).vector);
    softmaxInPlace(scores);
    // One in eleven by numbers alone.
    expect(scores[model.labels.indexOf('rare')]).toBeGreaterThan(0.15);
    expect(scores[model.labels.indexOf('common')]).toBeGreaterThan(0.5);
  });

  it('leaves features that no sample has without weight', () => {
    const { weights, labels } = train(SAMPLES, 4, OPTIONS);
    expect([...weights.slice(3 * labels.length)]).toEqual([0, 0]);
  });

  it('learns one label when there is but one', () => {
    const model = train([sample('only', 0)], 1, OPTIONS);
    const scores = scoresOf(model, sample('?', 0).vector);
    softmaxInPlace(scores);
    expect([...scores]).toEqual([1]);
  });
});

describe('probabilities', () => {
  it.each([
    ['equal scores', [3, 3, 3]],
    ['scores far apart', [-1_000, 0, 1_000]],
    ['scores beyond what a power of e can hold', [10_000, 10_001]],
    ['negative scores', [-5, -6, -7]],
    ['a single score', [42]],
  ])('sum to one: %s', (_, values) => {
    const scores = Float64Array.from(values);
    softmaxInPlace(scores);
    expect(scores.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 10);
  });

  it.each([
    [0.5, 0.8808],
    [1, 0.7311],
    [2, 0.6225],
  ])('are the surer the lower the temperature: at %d the likeliest has %d', (temperature, expected) => {
    const scores = Float64Array.of(1, 0);
    softmaxInPlace(scores, temperature);
    expect(scores[0]).toBeCloseTo(expected, 4);
  });
});
