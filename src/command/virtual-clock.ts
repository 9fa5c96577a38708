import type { Clock } from '../clock.ts';

/** A clock that a talk can move ahead. It never goes back. */
export type VirtualClock = Clock & {
  /** Moves on to `at`, epoch milliseconds; a moment that has passed changes nothing. */
  moveTo(at: number): void;
};

/** @param startAt where it stands still; null lets it run from now on */
export function createVirtualClock(startAt: number | null): VirtualClock {
  let aheadMs = 0;
  const base = startAt === null ? () => Date.now() : () => startAt;
  return {
    now: () => base() + aheadMs,
    moveTo: (at) => {
      aheadMs = Math.max(aheadMs, at - base());
    },
  };
}
