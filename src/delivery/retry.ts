import type { SendFailure } from '../channels/channel.ts';

/** What to do about a message that could not be sent. */
export type NextStep =
  /** It is never sent. `unreachable`: nor is anything else to this participant, until they come back. */
  | { readonly kind: 'give-up'; readonly unreachable: boolean }
  /** It was not sent; try again. `wholeChannel`: nothing else goes out before that either. */
  | { readonly kind: 'retry'; readonly waitMs: number; readonly wholeChannel: boolean }
  /** It may have been sent; ask what became of it. */
  | { readonly kind: 'find-out' }
  /** The account is refused: nothing goes out until somebody has seen to it, and nothing is given up. */
  | { readonly kind: 'halt' };

export type FailedTry = {
  readonly failure: SendFailure;
  /** What the platform asked for, null when it named no time. */
  readonly retryAfterMs: number | null;
  /** Deletions are best effort, and doing one twice does no harm. */
  readonly isDeletion: boolean;
  /** How often this message failed in this way, this time included. */
  readonly count: number;
  /** How long ago it first failed in this way. */
  readonly sinceMs: number;
  /** How often in a row the platform could not be reached at all, by any message. */
  readonly outages: number;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Without a time from the platform. */
const USUAL_PAUSE_MS = 5 * SECOND;
const OUTAGE_FIRST_MS = SECOND;
const OUTAGE_MOST_MS = MINUTE;
const REFUSED_FIRST_MS = MINUTE;
const REFUSED_MOST_MS = HOUR;
/** After a day an answer helps nobody any more. */
const GIVE_UP_MS = 24 * HOUR;
const UNKNOWN_MOST_MS = 10 * MINUTE;
const DELETION_TRIES = 3;

/** Pure arithmetic: when to try again, when to stop. */
export function nextStep(failed: FailedTry): NextStep {
  const { failure, isDeletion, count, sinceMs } = failed;
  switch (failure) {
    case 'throttled':
      return { kind: 'retry', waitMs: failed.retryAfterMs ?? USUAL_PAUSE_MS, wholeChannel: true };
    case 'unreachable':
      return {
        kind: 'retry',
        waitMs: doubled(OUTAGE_FIRST_MS, failed.outages, OUTAGE_MOST_MS),
        wholeChannel: true,
      };
    case 'unauthorised':
      return { kind: 'halt' };
    case 'blocked':
      return { kind: 'give-up', unreachable: true };
    case 'invalid':
      return { kind: 'give-up', unreachable: false };
    case 'refused':
      if (isDeletion || sinceMs >= GIVE_UP_MS) return { kind: 'give-up', unreachable: false };
      return {
        kind: 'retry',
        waitMs: doubled(REFUSED_FIRST_MS, count, REFUSED_MOST_MS),
        wholeChannel: false,
      };
    case 'unknown':
      if (isDeletion && count >= DELETION_TRIES) return { kind: 'give-up', unreachable: false };
      if (isDeletion) return { kind: 'retry', waitMs: SECOND, wholeChannel: false };
      if (sinceMs >= GIVE_UP_MS) return { kind: 'give-up', unreachable: false };
      return { kind: 'find-out' };
  }
}

/**
 * How long after a try was given up "not found" is believed: `firstMs` the first time, and longer each time after, so
 * that a platform in trouble is not asked about the same message without end.
 */
export function unknownWaitMs(count: number, firstMs: number): number {
  return doubled(firstMs, count, UNKNOWN_MOST_MS);
}

/** `firstMs` the first time, twice as long each time after, never above `mostMs` (nor below `firstMs`). */
function doubled(firstMs: number, count: number, mostMs: number): number {
  const exponent = Math.min(Math.max(count - 1, 0), 30);
  return Math.max(firstMs, Math.min(firstMs * 2 ** exponent, mostMs));
}
