import type { WhatsappTiming } from './timing.ts';

/**
 * What was sent while there was no connection comes in one by one, and would be answered one by one: thirty messages,
 * thirty answers. So answers are held back until no more of it comes (faults.md F25), but not for long: other channels
 * wait as well.
 */
export type CatchUp = {
  /** A message of that time is about to be kept. */
  note(): void;
  end(): void;
};

export function createCatchUp(
  hold: () => () => void,
  { catchUpQuietMs, catchUpMostMs }: Pick<WhatsappTiming, 'catchUpQuietMs' | 'catchUpMostMs'>,
): CatchUp {
  let release: (() => void) | null = null;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  /** From the first of them until none comes any more, held back or not. */
  let isUnderWay = false;

  function letGo(): void {
    clearTimeout(patience);
    release?.();
    release = null;
  }

  function end(): void {
    clearTimeout(quiet);
    isUnderWay = false;
    letGo();
  }

  return {
    note() {
      if (!isUnderWay) {
        isUnderWay = true;
        release = hold();
        patience = setTimeout(letGo, catchUpMostMs);
      }
      clearTimeout(quiet);
      quiet = setTimeout(end, catchUpQuietMs);
    },
    end,
  };
}
