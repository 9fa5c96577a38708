import type { Store } from '../store/store.ts';

/** Since the start of this process. */
export type SenderCounters = {
  sent: number;
  /** Given up: blocked, invalid, or refused for a day. */
  dead: number;
  /** Ended without an answer. */
  unknown: number;
  /** Of unknown fate, and found to have arrived. */
  found: number;
  /** Of unknown fate, and found not to have arrived: sent again without harm. */
  notArrived: number;
  /** Replies sent again though they may have arrived. */
  repeated: number;
  /** Reminders not sent again because they may have arrived. */
  withheld: number;
};

export type SenderSettings = {
  /**
   * How long after a try was given up it is first asked what became of the message. What is found has arrived, and the
   * chat goes on; what is not found may still be on its way.
   */
  readonly firstQuestionMs: number;
  /** An accepted request may take effect this late, counted likewise: only then "not found" means "not arrived". */
  readonly resolveWaitMs: number;
  readonly drainMs: number;
  /** The outbox is looked at this often even when nobody calls. */
  readonly lookEveryMs: number;
};

export const SENDER_SETTINGS: SenderSettings = {
  firstQuestionMs: 1_000,
  resolveWaitMs: 10_000,
  drainMs: 20_000,
  lookEveryMs: 5_000,
};

export type SenderStore = Pick<
  Store,
  | 'claimOutgoing'
  | 'markSent'
  | 'markFailed'
  | 'markUnknown'
  | 'markUnreachable'
  | 'nextOutgoingAt'
  | 'knownPlatformIds'
>;
