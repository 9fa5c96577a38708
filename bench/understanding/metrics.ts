/** A share with its number of cases, and the interval that holds the true share in 95 of 100 such samples. */
export type Share = {
  readonly hits: number;
  readonly of: number;
  /** NaN when there were no cases. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
};

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.959964;

/** Wilson's interval: honest also for small samples and for shares near 0 and 1. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: Number.NaN, low: 0, high: 1 };
  const share = hits / of;
  const z2 = Z * Z;
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  return { hits, of, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** One case: how sure it was, whether it was right, and whether it was one that could be right at all. */
export type Scored = { readonly confidence: number; readonly isRight: boolean; readonly isInScope: boolean };

export type Coverage = {
  /** Of what is in scope: answered, and rightly. */
  readonly answeredRight: Share;
  /** Of everything answered: right. What is out of scope and answered is wrong. */
  readonly precision: Share;
  readonly outOfScopeAnswered: Share;
};

/** What is answered when everything from `threshold` on is. */
export function coverageAt(cases: readonly Scored[], threshold: number): Coverage {
  const answered = cases.filter(({ confidence }) => confidence >= threshold);
  const right = answered.filter(({ isRight, isInScope }) => isRight && isInScope).length;
  const inScope = cases.filter(({ isInScope }) => isInScope).length;
  return {
    answeredRight: shareOf(right, inScope),
    precision: shareOf(right, answered.length),
    outOfScopeAnswered: shareOf(
      answered.filter(({ isInScope }) => !isInScope).length,
      cases.length - inScope,
    ),
  };
}

/** @returns the lowest confidence from which on `precision` of what is answered is right; infinite when none is enough */
export function thresholdFor(cases: readonly Scored[], precision: number): number {
  const sorted = cases.toSorted((a, b) => b.confidence - a.confidence);
  let right = 0;
  let threshold = Number.POSITIVE_INFINITY;
  for (const [index, { confidence, isRight, isInScope }] of sorted.entries()) {
    if (isRight && isInScope) right += 1;
    // Cases of one confidence are answered all or none.
    const isLastOfIts = sorted[index + 1]?.confidence !== confidence;
    if (isLastOfIts && right / (index + 1) >= precision) threshold = confidence;
  }
  return threshold;
}

export type Bin = {
  readonly from: number;
  readonly confidence: number;
  readonly right: Share;
};

const BINS = 10;

/** How often it was right, for ten ranges of how sure it was; without the empty ones. */
export function reliability(cases: readonly { readonly confidence: number; readonly isRight: boolean }[]): {
  readonly bins: readonly Bin[];
  /** How far confidence is from truth, on average over all cases. */
  readonly expectedError: number;
} {
  const bins = Array.from({ length: BINS }, (_, place) => {
    const inside = cases.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === place,
    );
    const sum = inside.reduce((total, { confidence }) => total + confidence, 0);
    const right = inside.filter(({ isRight }) => isRight).length;
    return {
      from: place / BINS,
      confidence: sum / Math.max(1, inside.length),
      right: shareOf(right, inside.length),
    };
  }).filter(({ right }) => right.of > 0);
  const expectedError = bins.reduce(
    (total, { confidence, right }) =>
      total + (Math.abs(confidence - right.share) * right.of) / Math.max(1, cases.length),
    0,
  );
  return { bins, expectedError };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
