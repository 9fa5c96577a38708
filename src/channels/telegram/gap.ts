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
const MOST_QUESTIONS = 90;
/** Where all cannot be asked about, this many at each likely place. */
const BELOW_OUR_FIRST = 30;
const AFTER_THEIR_FIRST = 40;
const AFTER_THEIR_LAST = 10;
const AFTER_OURS = 10;
/** Room above the highest id for messages on their way to us. */
const MARGIN = 8;

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
  const younger = theirs.filter((id) => id > floor);
  const top = Math.max(seen.highest, floor, ...younger) + MARGIN;

  if (highestBefore !== null) {
    const all = firstAbove(floor, top + unresolved, MOST_QUESTIONS + 1, isFree);
    return { ids: all.slice(0, MOST_QUESTIONS), complete: all.length <= MOST_QUESTIONS };
  }

  // An earlier process sent it: below the first message that this one sent, as long as there is one.
  const hasCeiling = seen.lowestSent !== null && seen.lowestSent > floor;
  const ceiling = hasCeiling ? seen.lowestSent! : top + 1;
  const all = hasCeiling ? lastBelow(ceiling, floor, MOST_QUESTIONS + 1, isFree) : [];
  if (hasCeiling && all.length <= MOST_QUESTIONS) return { ids: all, complete: true };
  // Most likely it left in the last moment of that process, or answers the first of theirs that has no answer yet.
  const after = (id: number, count: number): number[] => firstAbove(id, ceiling - 1, count, isFree);
  const likely = [
    ...all.slice(0, BELOW_OUR_FIRST),
    ...after(Math.min(...younger), AFTER_THEIR_FIRST),
    ...after(Math.max(...younger), AFTER_THEIR_LAST),
    ...after(floor, AFTER_OURS),
  ];
  return { ids: [...new Set(likely)], complete: false };
}

/** Nothing, when there is no floor to begin at. */
function firstAbove(floor: number, top: number, count: number, isFree: (id: number) => boolean): number[] {
  const ids: number[] = [];
  if (!Number.isFinite(floor)) return ids;
  for (let id = floor + 1; id <= top && ids.length < count; id += 1) if (isFree(id)) ids.push(id);
  return ids;
}

function lastBelow(ceiling: number, floor: number, count: number, isFree: (id: number) => boolean): number[] {
  const ids: number[] = [];
  for (let id = ceiling - 1; id > floor && ids.length < count; id -= 1) if (isFree(id)) ids.push(id);
  return ids;
}
