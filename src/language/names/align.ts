import { type Bond, equalBond, type Judge, looseBond, placedBond } from './bonds.ts';
import type { Word } from './word.ts';

/** Words of one side and those of the other that stand for them; of one side there is one, or they are the same. */
export type Pair = { readonly left: readonly Word[]; readonly right: readonly Word[]; readonly bond: Bond };

export type WordAlignment = {
  /** In the order of the left side. */
  readonly pairs: readonly Pair[];
  readonly leftAlone: readonly Word[];
  readonly rightAlone: readonly Word[];
  /** Whether words that both sides have stand in another order. */
  readonly isReordered: boolean;
};

type Group = { readonly from: number; readonly count: number };
type Candidate = { readonly left: Group; readonly right: Group; readonly bond: Bond; readonly cost: number };

const MOST_JOINED = 3;
/** Of two equal candidates the one that moves less; never worth more than a letter. */
const COST_OF_PLACE = 0.002;
/** Finds for every word its partner on the other side, however the words are spaced, spelt or ordered. */
export function alignWords(left: readonly Word[], right: readonly Word[]): WordAlignment {
  const chosen = new Chosen(left, right);
  // Equal words first: then few are left to compare letter by letter.
  chosen.take(candidatesOf(left, right, chosen, equalBond));
  chosen.take(candidatesOf(left, right, chosen, looseBond));
  chosen.take(candidatesInPlace(left, right, chosen));
  const pairs = chosen.candidates.toSorted((a, b) => a.left.from - b.left.from);
  return {
    pairs: pairs.map((pair) => ({
      left: wordsOf(left, pair.left),
      right: wordsOf(right, pair.right),
      bond: pair.bond,
    })),
    leftAlone: left.filter((_, index) => !chosen.hasLeft(index)),
    rightAlone: right.filter((_, index) => !chosen.hasRight(index)),
    isReordered: pairs.some(
      (pair, index) => pair.bond === 'turned' || pair.right.from < (pairs[index - 1]?.right.from ?? 0),
    ),
  };
}

class Chosen {
  readonly candidates: Candidate[] = [];
  readonly #left: boolean[];
  readonly #right: boolean[];

  constructor(left: readonly Word[], right: readonly Word[]) {
    this.#left = left.map(() => false);
    this.#right = right.map(() => false);
  }

  hasLeft(index: number): boolean {
    return this.#left[index]!;
  }

  hasRight(index: number): boolean {
    return this.#right[index]!;
  }

  isFree({ left, right }: Pick<Candidate, 'left' | 'right'>): boolean {
    const isFree = (taken: readonly boolean[], { from, count }: Group): boolean =>
      !taken.slice(from, from + count).includes(true);
    return isFree(this.#left, left) && isFree(this.#right, right);
  }

  /** Cheapest first; each word has one partner. */
  take(candidates: readonly Candidate[]): void {
    for (const candidate of candidates.toSorted((a, b) => a.cost - b.cost)) {
      if (!this.isFree(candidate)) continue;
      this.candidates.push(candidate);
      const { left, right } = candidate;
      this.#left.fill(true, left.from, left.from + left.count);
      this.#right.fill(true, right.from, right.from + right.count);
    }
  }
}

function candidatesOf(
  left: readonly Word[],
  right: readonly Word[],
  chosen: Chosen,
  judge: Judge,
): Candidate[] {
  const found: Candidate[] = [];
  for (const [leftCount, rightCount] of groupings()) {
    for (let from = 0; from + leftCount <= left.length; from += 1) {
      for (let to = 0; to + rightCount <= right.length; to += 1) {
        const groups = { left: { from, count: leftCount }, right: { from: to, count: rightCount } };
        if (!chosen.isFree(groups)) continue;
        const isMoved = chosen.candidates.some((other) => other.left.from < from !== other.right.from < to);
        const bond = judge(wordsOf(left, groups.left), wordsOf(right, groups.right), isMoved);
        if (bond === null) continue;
        const place = Math.abs(from / left.length - to / right.length) * COST_OF_PLACE;
        found.push({ ...groups, bond: bond.bond, cost: bond.cost + place });
      }
    }
  }
  return found;
}

function groupings(): (readonly [number, number])[] {
  const counts = Array.from({ length: MOST_JOINED }, (_, index) => index + 1);
  return [
    ...counts.map((count) => [count, 1] as const),
    ...counts.slice(1).map((count) => [1, count] as const),
  ];
}

/** Words without a partner that stand alone between the same neighbours belong together on weaker grounds. */
function candidatesInPlace(left: readonly Word[], right: readonly Word[], chosen: Chosen): Candidate[] {
  const placeLeft = placesOf(left.length, (index) => chosen.hasLeft(index));
  const placeRight = placesOf(right.length, (index) => chosen.hasRight(index));
  const found: Candidate[] = [];
  for (const [place, indexes] of placeLeft) {
    const others = placeRight.get(place) ?? [];
    if (indexes.length !== 1 || others.length !== 1) continue;
    const [from, to] = [indexes[0]!, others[0]!];
    const bond = placedBond(left[from]!, right[to]!);
    if (bond === null) continue;
    found.push({ left: { from, count: 1 }, right: { from: to, count: 1 }, ...bond });
  }
  return found;
}

/** Number of words with a partner before → the words without one that stand there. */
function placesOf(
  length: number,
  hasPartner: (index: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  let place = 0;
  for (let index = 0; index < length; index += 1) {
    if (hasPartner(index)) place += 1;
    else places.set(place, [...(places.get(place) ?? []), index]);
  }
  return places;
}

function wordsOf(words: readonly Word[], { from, count }: Group): readonly Word[] {
  return words.slice(from, from + count);
}
