/** Longer waits are cut into pieces, so that a clock that jumps, or a laptop that slept, is noticed within a minute. */
const LONGEST_WAIT_MS = 60_000;
/** Something due that nobody can take yet is not asked for in a circle. */
const SHORTEST_WAIT_MS = 20;

/** One timer that can be set anew; it never keeps the process alive by itself. */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  set(inMs: number): void {
    this.cancel();
    const waitMs = Math.min(Math.max(inMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#ring();
    }, waitMs);
    this.#timer.unref();
  }

  cancel(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
