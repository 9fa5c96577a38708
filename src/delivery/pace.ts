/** How fast something may go: `perSecond` in the long run, up to `burst` at once after a rest. */
export type Rate = { readonly perSecond: number; readonly burst: number };

/**
 * A bucket that refills at an even rate, kept as one number: the moment at which it is full again.
 * A moment in the past is a full bucket, so 0 is where every meter starts.
 */
export type Meter = number;

/** Takes one place; `at` is when it may be used, `now` or later. Places are given out in order. */
export function take(meter: Meter, rate: Rate, now: number): { readonly meter: Meter; readonly at: number } {
  const intervalMs = 1_000 / rate.perSecond;
  const at = Math.max(now, meter - (rate.burst - 1) * intervalMs);
  return { meter: Math.max(meter, now) + intervalMs, at };
}

/** How many places could be used at this moment. */
export function room(meter: Meter, rate: Rate, now: number): number {
  const intervalMs = 1_000 / rate.perSecond;
  const taken = Math.max(0, meter - now) / intervalMs;
  // A hair's breadth of rounding must not cost a place.
  return Math.max(0, Math.floor(rate.burst - taken + 1e-6));
}

/** When the next place can be used. */
export function nextAt(meter: Meter, rate: Rate, now: number): number {
  return take(meter, rate, now).at;
}
