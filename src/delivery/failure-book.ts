import type { SendFailure } from '../channels/channel.ts';

/** How often one message failed in the same way, one time after the other. A restart counts anew. */
export type FailureBook = {
  note(id: number, failure: SendFailure, now: number): { readonly count: number; readonly since: number };
  /** At least 1: asked about a message that failed, though perhaps in an earlier process. */
  countOf(id: number): number;
  forget(id: number): void;
};

/** Messages that were withdrawn while they waited never come back to be forgotten. */
const REMEMBERED = 10_000;

export function createFailureBook(): FailureBook {
  const met = new Map<number, { readonly failure: SendFailure; count: number; readonly since: number }>();
  return {
    note(id, failure, now) {
      const known = met.get(id);
      const entry = known?.failure === failure ? known : { failure, count: 0, since: now };
      entry.count += 1;
      if (met.size >= REMEMBERED) met.delete(met.keys().next().value!);
      met.set(id, entry);
      return entry;
    },
    countOf: (id) => met.get(id)?.count ?? 1,
    forget(id) {
      met.delete(id);
    },
  };
}
