/**
 * The ids of messages in private chats that this process has seen. Telegram takes them all from one counter per bot,
 * so they tell between which ids a message of unknown fate must lie (faults.md §4).
 */
export type MessageIds = {
  /** Received, or found to have arrived. */
  note(id: number): void;
  /** Sent by this process, with an answer. */
  noteSent(id: number): void;
  has(id: number): boolean;
  /** 0 before anything was seen. */
  readonly highest: number;
  /** The first message this process sent; whatever an earlier process sent lies below. Null before that. */
  readonly lowestSent: number | null;
};

/** Enough for several minutes at full speed; an id forgotten earlier only costs a question more. */
const REMEMBERED = 20_000;

export function createMessageIds(): MessageIds {
  const seen = new Set<number>();
  let highest = 0;
  let lowestSent: number | null = null;

  function note(id: number): void {
    seen.add(id);
    highest = Math.max(highest, id);
    if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
  }

  return {
    note,
    noteSent(id) {
      note(id);
      lowestSent = Math.min(lowestSent ?? id, id);
    },
    has: (id) => seen.has(id),
    get highest() {
      return highest;
    },
    get lowestSent() {
      return lowestSent;
    },
  };
}
