import { expect, test } from 'vitest';
import { type FailedTry, nextStep, unknownWaitMs } from '../../src/delivery/retry.ts';

const HOUR = 3_600_000;
function after(failed: Partial<FailedTry>) {
  return nextStep({
    failure: 'unknown',
    retryAfterMs: null,
    isDeletion: false,
    count: 1,
    sinceMs: 0,
    outages: 0,
    ...failed,
  });
}

test.each(['invalid', 'blocked'] as const)(
  'what is %s is given up at once, and only blocking gives up the participant',
  (failure) => {
    expect(after({ failure })).toEqual({ kind: 'give-up', unreachable: failure === 'blocked' });
  },
);

test('F52 throttled: the whole channel waits as long as the platform says, however often, and gives nothing up', () => {
  expect(after({ failure: 'throttled', retryAfterMs: 3_000 })).toEqual({
    kind: 'retry',
    waitMs: 3_000,
    wholeChannel: true,
  });
  expect(
    after({ failure: 'throttled', retryAfterMs: 7 * HOUR, count: 999, sinceMs: 99 * HOUR }),
  ).toMatchObject({ waitMs: 7 * HOUR });
  expect(after({ failure: 'throttled' })).toMatchObject({ waitMs: 5_000 });
});

test('F58 unreachable: the wait doubles up to a minute, for ever', () => {
  const waits = [1, 2, 3, 6, 7, 8, 5_000].map((outages) =>
    after({ failure: 'unreachable', outages, count: 9_999, sinceMs: 999 * HOUR }),
  );
  expect(waits.map((step) => (step.kind === 'retry' ? step.waitMs : step.kind))).toEqual([
    1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

test('F54 refused: this chat alone is tried again, up to hourly, for a day', () => {
  const waits = [1, 2, 6, 7, 20].map((count) => after({ failure: 'refused', count, sinceMs: 23 * HOUR }));
  expect(
    waits.map((step) => (step.kind === 'retry' ? [step.waitMs / 60_000, step.wholeChannel] : step.kind)),
  ).toEqual([
    [1, false],
    [2, false],
    [32, false],
    [60, false],
    [60, false],
  ]);
  expect(after({ failure: 'refused', count: 30, sinceMs: 24 * HOUR })).toEqual({
    kind: 'give-up',
    unreachable: false,
  });
});

test('F57 unknown: asked about for a day, and "not found" is believed later and later, up to ten minutes', () => {
  expect(after({ sinceMs: 24 * HOUR - 1 })).toEqual({ kind: 'find-out' });
  expect(after({ sinceMs: 24 * HOUR })).toEqual({ kind: 'give-up', unreachable: false });
  expect([1, 2, 3, 7, 50].map((count) => unknownWaitMs(count, 10_000))).toEqual([
    10_000, 20_000, 40_000, 600_000, 600_000,
  ]);
});

test('F61 unauthorised: everything stops and nothing is given up', () => {
  expect(after({ failure: 'unauthorised', count: 999, sinceMs: 99 * HOUR })).toEqual({ kind: 'halt' });
});

test('a deletion is tried three times at most and never asked about', () => {
  expect(after({ isDeletion: true })).toEqual({ kind: 'retry', waitMs: 1_000, wholeChannel: false });
  expect(after({ isDeletion: true, count: 3 })).toEqual({ kind: 'give-up', unreachable: false });
  expect(after({ isDeletion: true, failure: 'refused' })).toEqual({ kind: 'give-up', unreachable: false });
  expect(after({ isDeletion: true, failure: 'throttled', retryAfterMs: 1, count: 9 })).toMatchObject({
    kind: 'retry',
  });
});
