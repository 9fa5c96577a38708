import { describe, expect, it } from 'vitest';
import { drawConfusion } from '../../bench/understanding/confusion.ts';
import { figuresOf, replyFiguresOf } from '../../bench/understanding/figures.ts';
import { fitTemperature } from '../../bench/understanding/fit.ts';
import type { Outcome, ReplyKind, ReplyOutcome } from '../../bench/understanding/heard.ts';
import { coverageAt, reliability, shareOf, thresholdFor } from '../../bench/understanding/metrics.ts';
import { noisy } from '../../bench/understanding/noise.ts';

describe('a share', () => {
  it('has the interval of Wilson', () => {
    // The worked example of R: prop.test(81, 263, correct = FALSE).
    const { share, low, high } = shareOf(81, 263);
    expect([share, low, high].map((value) => value.toFixed(4))).toEqual(['0.3080', '0.2553', '0.3662']);
  });

  it('is not certain because all of a few were right', () => {
    expect(shareOf(10, 10)).toMatchObject({
      share: 1,
      high: expect.closeTo(1),
      low: expect.closeTo(0.7225, 4),
    });
    expect(shareOf(0, 10)).toMatchObject({
      share: 0,
      low: expect.closeTo(0),
      high: expect.closeTo(0.2775, 4),
    });
  });

  it('of nothing is unknown', () => {
    expect(shareOf(0, 0)).toEqual({ hits: 0, of: 0, share: Number.NaN, low: 0, high: 1 });
  });
});

const CASES = [
  { confidence: 0.9, isRight: true, isInScope: true },
  { confidence: 0.8, isRight: true, isInScope: true },
  { confidence: 0.8, isRight: false, isInScope: false },
  { confidence: 0.7, isRight: true, isInScope: true },
  { confidence: 0.6, isRight: false, isInScope: true },
];

describe('what is answered from a threshold on', () => {
  it('counts what is out of scope as wrong when it is answered', () => {
    const { answeredRight, precision, outOfScopeAnswered } = coverageAt(CASES, 0.7);
    expect([answeredRight.hits, answeredRight.of]).toEqual([3, 4]);
    expect([precision.hits, precision.of]).toEqual([3, 4]);
    expect([outOfScopeAnswered.hits, outOfScopeAnswered.of]).toEqual([1, 1]);
  });

  it('takes messages of one confidence all or none', () => {
    expect(thresholdFor(CASES, 0.75)).toBe(0.7);
    expect(thresholdFor(CASES, 0.9)).toBe(0.9);
    // After the second case all is right, but the third is as sure as that.
    expect(thresholdFor(CASES, 1)).toBe(0.9);
  });

  it('has no threshold where none is precise enough', () => {
    expect(thresholdFor([{ confidence: 1, isRight: false, isInScope: true }], 0.5)).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(coverageAt(CASES, Number.POSITIVE_INFINITY).answeredRight.hits).toBe(0);
  });
});

describe('reliability', () => {
  it('is how far confidence is from how often it was right', () => {
    const { bins, expectedError } = reliability([
      { confidence: 0.95, isRight: true },
      { confidence: 0.85, isRight: true },
      { confidence: 0.85, isRight: false },
      { confidence: 1, isRight: true },
    ]);
    expect(bins.map(({ from, right }) => [from, right.hits, right.of])).toEqual([
      [0.8, 1, 2],
      [0.9, 2, 2],
    ]);
    expect(expectedError).toBeCloseTo((0.35 * 2 + 0.025 * 2) / 4);
  });
});

describe('the figures', () => {
  const outcome = (label: string, topic: string, act: Outcome['act'], offered: string[] = []): Outcome => ({
    line: { voice: 'a', label, text: '' },
    topic,
    confidence: 0.5,
    act,
    options: [topic, 'survey'],
    offered,
    statements: [],
  });

  it('count what is in scope and what is not apart, and both where something was answered', () => {
    const figures = figuresOf([
      outcome('status', 'status', 'answer'),
      outcome('status', 'menu', 'answer'),
      outcome('survey', 'menu', 'ask', ['menu', 'survey']),
      outcome('back', 'menu', 'ask', ['menu']),
      outcome('back', 'back', 'refuse'),
      outcome('out-of-scope', 'menu', 'answer'),
      outcome('out-of-scope', 'out-of-scope', 'refuse'),
    ]);
    const counted = Object.entries(figures).map(([name, { hits, of }]) => [name, `${hits}/${of}`]);
    expect(Object.fromEntries(counted)).toEqual({
      top1: '2/5',
      top3: '3/5',
      answeredRight: '1/5',
      answeredWrong: '1/5',
      asked: '2/5',
      offeredRight: '1/2',
      refused: '1/5',
      precision: '1/3',
      outAnswered: '1/2',
      outAsked: '0/2',
      outRefused: '1/2',
    });
  });

  it('of replies tell which were asked about with the right one among the choices', () => {
    const kinds: ReplyKind[] = ['right', 'right', 'wrong', 'asked', 'asked-other', 'passed'];
    const figures = replyFiguresOf(kinds.map((kind) => ({ kind }) as ReplyOutcome));
    expect(figures.right).toMatchObject({ hits: 2, of: 6 });
    expect(figures.offeredRight).toMatchObject({ hits: 1, of: 2 });
  });

  it('are drawn with a row for what was meant and a column for what was understood', () => {
    const svg = drawConfusion(
      [outcome('status', 'status', 'answer'), outcome('status', 'menu', 'ask')],
      ['menu', 'status'],
    );
    expect(svg).toContain('<title>status, understood as menu: 1 (50.0 %)</title>');
    expect(svg.match(/<g>/g)).toHaveLength(2);
    expect(svg.match(/text-anchor="end"/g)).toHaveLength(1);
  });
});

describe('the temperature', () => {
  it('is low when the scores were too modest and high when they were too bold', () => {
    const judged = (isFirst: boolean) => ({ scores: Float64Array.of(1, 0), right: [isFirst ? 0 : 1] });
    // Nine of ten right: the scores should lie log 9 apart, not 1.
    const modest = [...Array(9).fill(judged(true)), judged(false)];
    expect(fitTemperature(modest)).toBeCloseTo(1 / Math.log(9), 1);
    const bold = [...Array(3).fill(judged(true)), ...Array(2).fill(judged(false))];
    expect(fitTemperature(bold)).toBeCloseTo(1 / Math.log(1.5), 1);
  });
});

describe('typing errors', () => {
  const text = 'sertifikat saya belum muncul di dashboard prakerja padahal sudah rating kemarin sore';

  it('are the same in every run', () => {
    expect(noisy(text)).toBe(noisy(text));
    expect(noisy(text)).not.toBe(text);
    expect(noisy(`${text}!`)).not.toBe(`${noisy(text)}!`);
  });

  it('leave short words, numbers and links alone', () => {
    const plain = 'di 2024 ya https://prakerja.go.id';
    expect(noisy(plain)).toBe(plain);
  });

  it('hit about a third of the longer words', () => {
    const texts = Array.from(
      { length: 400 },
      (_, number) => `satu${'abcdefgh'[number % 8]} kalimat nomor ${number}`,
    );
    const words = texts.flatMap((one) => one.split(' ').slice(0, 3));
    const changed = texts
      .map((one) => noisy(one).split(' '))
      .filter((parts, index) => parts.join(' ') !== texts[index]);
    expect(words.length).toBe(1_200);
    // Of three words at least one: 1 - 0.65³ = 0.73; a slip may change nothing.
    expect(changed.length / texts.length).toBeGreaterThan(0.6);
    expect(changed.length / texts.length).toBeLessThan(0.8);
  });
});
