/**
 * Bounds how often one visitor may post: a burst at once, then a steady rate. Remembers a bounded number of
 * visitors; who is forgotten starts with a full burst again, so forgetting never refuses anybody.
 */
export type RateLimit = {
  /** @returns 0 when it may pass, else how long to wait in milliseconds */
  waitMs(key: string, now: number): number;
};

export function createRateLimit(limits: {
  readonly burst: number;
  readonly perSecond: number;
  readonly remembered: number;
}): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    waitMs(key, now) {
      const bucket = buckets.get(key) ?? { left: limits.burst, at: now };
      const passedSeconds = Math.max(0, now - bucket.at) / 1000;
      const left = Math.min(limits.burst, bucket.left + passedSeconds * limits.perSecond);
      const allowed = left >= 1;
      // Deleting first keeps the map in the order of use, so that its first key is the one unused for longest.
      buckets.delete(key);
      buckets.set(key, { left: allowed ? left - 1 : left, at: now });
      if (buckets.size > limits.remembered) buckets.delete(buckets.keys().next().value!);
      return allowed ? 0 : Math.ceil(((1 - left) / limits.perSecond) * 1000);
    },
  };
}
