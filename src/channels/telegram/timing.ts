/** How long this channel waits for what. Tests shorten them; nobody needs to set them otherwise. */
export type TelegramTiming = {
  /** How long Telegram may hold a long poll open. */
  readonly pollSeconds: number;
  /** How much longer than that we wait for its answer: later, the network is taken for dead (faults.md F59). */
  readonly pollMarginMs: number;
  /** After this long without an answer nobody knows whether a message was sent. */
  readonly sendTimeoutMs: number;
  /** No connection after this long means: not sent. Shorter than `sendTimeoutMs`, so that the two stay apart. */
  readonly connectTimeoutMs: number;
  /** First wait after a failed poll; doubles up to `retryMostMs`. */
  readonly retryFirstMs: number;
  readonly retryMostMs: number;
  /** First wait after another program took the poll away; doubles up to `retryMostMs`. */
  readonly conflictFirstMs: number;
  /** A typing notice stays visible for five seconds, so a new one is not needed earlier than this. */
  readonly typingEveryMs: number;
  /** How long running requests may take to end when stopping. */
  readonly stopMs: number;
};

export const TELEGRAM_TIMING: TelegramTiming = {
  pollSeconds: 30,
  pollMarginMs: 10_000,
  sendTimeoutMs: 20_000,
  connectTimeoutMs: 10_000,
  retryFirstMs: 1_000,
  retryMostMs: 60_000,
  conflictFirstMs: 5_000,
  typingEveryMs: 4_000,
  stopMs: 5_000,
};

/** The wait before try number `failures` + 1: doubles each time, without chance in it, up to `mostMs`. */
export function backOffMs(failures: number, firstMs: number, mostMs: number): number {
  return Math.min(firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 30), mostMs);
}
