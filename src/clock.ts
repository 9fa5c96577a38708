/** The only source of time outside the pure houses; tests and the terminal chat bring their own. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };
