import type { Letter } from './glyphs.ts';
import { areLookAlikes, isDigitForLetter, isOtherScript } from './look-alikes.ts';
import { rulesEnding, type SpellingDetail } from './spellings.ts';

export type LetterDetail =
  | SpellingDetail
  | 'diacritic'
  | 'doubled-letter'
  | 'dropped-h'
  | 'changed-letter'
  | 'missing-letter'
  | 'extra-letter'
  | 'swapped-letters'
  | 'digit-for-letter'
  | 'look-alike-letter'
  | 'other-script';

/** One place where two words part: letters from `from` up to `to` on either side, none where both are equal. */
export type Edit = {
  readonly detail: LetterDetail;
  readonly left: { readonly from: number; readonly to: number };
  readonly right: { readonly from: number; readonly to: number };
};

export type LetterAlignment = { readonly cost: number; readonly edits: readonly Edit[] };

/** What a slip costs against a letter that is simply another. Old spellings win ties with other habits. */
const COST: Readonly<Record<LetterDetail, number>> = {
  'look-alike-letter': 0.1,
  diacritic: 0.2,
  'old-spelling': 0.28,
  'variant-spelling': 0.3,
  'doubled-letter': 0.35,
  'dropped-h': 0.4,
  'digit-for-letter': 0.5,
  'changed-letter': 1,
  'missing-letter': 1,
  'extra-letter': 1,
  'swapped-letters': 1,
  'other-script': 1,
};

/** A move through the table: so many letters on either side. */
type Move = {
  readonly left: number;
  readonly right: number;
  readonly detail: LetterDetail | null;
  readonly cost: number;
};

const EQUAL: Move = { left: 1, right: 1, detail: null, cost: 0 };
const SWAP = moveOf(2, 2, 'swapped-letters');
const CHANGES = new Map(
  (Object.keys(COST) as LetterDetail[]).map((detail) => [detail, moveOf(1, 1, detail)]),
);

function moveOf(left: number, right: number, detail: LetterDetail): Move {
  return { left, right, detail, cost: COST[detail] };
}

/** The cheapest way from one word to the other; `left` is the side that has an extra letter or misses one. */
export function alignLetters(left: readonly Letter[], right: readonly Letter[]): LetterAlignment {
  const { costs, moves } = tableOf(left, right);
  return { cost: costs[costs.length - 1]!, edits: editsOf(left, right, moves) };
}

/** Cost for each letter of the longer word: 0 is the same, 1 has nothing in common. */
export function distance(left: readonly Letter[], right: readonly Letter[]): number {
  const { costs } = tableOf(left, right);
  return costs[costs.length - 1]! / Math.max(left.length, right.length, 1);
}

/** For every number of letters on both sides the cheapest cost, and the last move of the way there. */
function tableOf(
  left: readonly Letter[],
  right: readonly Letter[],
): { costs: Float64Array; moves: readonly Move[] } {
  const width = right.length + 1;
  const costs = new Float64Array((left.length + 1) * width).fill(Number.POSITIVE_INFINITY);
  const moves: Move[] = new Array(costs.length).fill(EQUAL);
  const extra = left.map((_, index) => moveOf(1, 0, alone(left, index, 'extra-letter')));
  const missing = right.map((_, index) => moveOf(0, 1, alone(right, index, 'missing-letter')));
  const offer = (row: number, column: number, move: Move): void => {
    const cost = costs[(row - move.left) * width + column - move.right]! + move.cost;
    if (cost >= costs[row * width + column]!) return;
    costs[row * width + column] = cost;
    moves[row * width + column] = move;
  };
  costs[0] = 0;
  for (let row = 0; row <= left.length; row += 1) {
    for (let column = 0; column <= right.length; column += 1) {
      // First, so that of two equal ways the one wins that has the letters in common at the beginning.
      if (row > 0) offer(row, column, extra[row - 1]!);
      if (column > 0) offer(row, column, missing[column - 1]!);
      if (row > 0 && column > 0) offerPair(left, right, row, column, offer);
    }
  }
  return { costs, moves };
}

function offerPair(
  left: readonly Letter[],
  right: readonly Letter[],
  row: number,
  column: number,
  offer: (row: number, column: number, move: Move) => void,
): void {
  const one = left[row - 1]!;
  const other = right[column - 1]!;
  const isEqual = one.full === other.full;
  offer(row, column, isEqual ? EQUAL : CHANGES.get(substitution(one.bare, other.bare))!);
  for (const rule of rulesEnding(one.bare, other.bare)) {
    if (!endsWith(left, row, rule.left) || !endsWith(right, column, rule.right)) continue;
    offer(row, column, moveOf(rule.left.length, rule.right.length, rule.detail));
  }
  const isSwap = !isEqual && left[row - 2]?.full === other.full && right[column - 2]?.full === one.full;
  if (isSwap) offer(row, column, SWAP);
}

function substitution(one: string, other: string): LetterDetail {
  if (one === other) return 'diacritic';
  if (areLookAlikes(one, other)) return 'look-alike-letter';
  if (isDigitForLetter(one, other)) return 'digit-for-letter';
  return isOtherScript(one) === isOtherScript(other) ? 'changed-letter' : 'other-script';
}

function alone(letters: readonly Letter[], index: number, otherwise: LetterDetail): LetterDetail {
  const { full, bare } = letters[index]!;
  const isDoubled = letters[index - 1]?.full === full || letters[index + 1]?.full === full;
  if (isDoubled && !/\d/.test(bare)) return 'doubled-letter';
  return bare === 'h' ? 'dropped-h' : otherwise;
}

function endsWith(letters: readonly Letter[], length: number, ending: string): boolean {
  const start = length - ending.length;
  if (start < 0) return false;
  for (let index = 0; index < ending.length; index += 1) {
    if (letters[start + index]!.bare !== ending[index]) return false;
  }
  return true;
}

function editsOf(left: readonly Letter[], right: readonly Letter[], moves: readonly Move[]): readonly Edit[] {
  const edits: Edit[] = [];
  let row = left.length;
  let column = right.length;
  while (row > 0 || column > 0) {
    const move = moves[row * (right.length + 1) + column]!;
    if (move.detail !== null) {
      edits.push(
        trimmed(left, right, {
          detail: move.detail,
          left: { from: row - move.left, to: row },
          right: { from: column - move.right, to: column },
        }),
      );
    }
    row -= move.left;
    column -= move.right;
  }
  return edits.reverse();
}

/** Of "dj" and "j" only the d differs. */
function trimmed(left: readonly Letter[], right: readonly Letter[], edit: Edit): Edit {
  let [from, to] = [edit.left.from, edit.left.to];
  let [start, end] = [edit.right.from, edit.right.to];
  while (from < to && start < end && left[to - 1]!.full === right[end - 1]!.full) {
    to -= 1;
    end -= 1;
  }
  while (from < to && start < end && left[from]!.full === right[start]!.full) {
    from += 1;
    start += 1;
  }
  return { detail: edit.detail, left: { from, to }, right: { from: start, to: end } };
}
