import type { MessageIds } from './message-ids.ts';

/** Where a message of unknown fate could be. */
export type Gap = {
  /** Ids to ask about, the likeliest first. */
  readonly ids: readonly number[];
  /** When none of them is it, it was not delivered. */
  readonly complete: boolean;
};

export type GapQuestion = {
  /** Ids of this chat that the store knows: ours as numbers, the participant's as `m` and a number. */
  readonly known: readonly string[];
  readonly seen: MessageIds;
  /** The highest id seen before it was sent, when this very process sent it; else null. */
  readonly highestBefore: number | null;
  /** Sends of this process whose fate is not known either: each may hold an id that nobody has seen. */
  readonly unresolved: number;
};

/** Each question is a call to Telegram. Beyond this many the answer is worth less than the calls. */
const MOST_QUESTIONS = 60;
/** Room above the highest id for messages on their way to us. */
const MARGIN = 8;
/** So many ids lie in between only when the chat was silent for long while the bot was busy. */
const MOST_IDS = 100_000;

/** Pure arithmetic on ids; faults.md §4 (4) says why it works. */
export function findGap({ known, seen, highestBefore, unresolved }: GapQuestion): Gap {
  const ours = known.filter((id) => /^\d+$/.test(id)).map(Number);
  const theirs = known.filter((id) => /^m\d+$/.test(id)).map((id) => Number(id.slice(1)));
  const inThisChat = new Set([...ours, ...theirs]);
  const isFree = (id: number): boolean => !seen.has(id) && !inThisChat.has(id);
  // Ours are all older, for a chat gets one message at a time. Theirs may be younger, but for the first of all.
  const below = ours.length > 0 ? Math.max(...ours) : Math.min(...theirs);
  const floor = Math.max(highestBefore ?? 0, Number.isFinite(below) ? below : 0);
  if (floor === 0) return { ids: [], complete: false };

  if (highestBefore !== null) {
    return cap(range(floor + 1, Math.max(seen.highest, floor) + unresolved + MARGIN).filter(isFree), true);
  }
  // An earlier process sent it, probably in its last moment: below the first message that we sent, close to it.
  if (seen.lowestSent !== null && seen.lowestSent > floor) {
    const from = Math.max(floor + 1, seen.lowestSent - MOST_IDS);
    return cap(
      range(from, seen.lowestSent - 1)
        .filter(isFree)
        .reverse(),
      from === floor + 1,
    );
  }
  // Nothing tells how far the counter has gone since.
  return cap(range(floor + 1, Math.max(seen.highest, floor) + MARGIN).filter(isFree), false);
}

function cap(ids: readonly number[], complete: boolean): Gap {
  return { ids: ids.slice(0, MOST_QUESTIONS), complete: complete && ids.length <= MOST_QUESTIONS };
}

function range(from: number, to: number): number[] {
  const length = Math.min(Math.max(to - from + 1, 0), MOST_IDS);
  return Array.from({ length }, (_, index) => from + index);
}
