import type { Pair } from './align.ts';
import type { ShortBond } from './bonds.ts';
import { type Found, KIND_OF_LETTERS } from './difference.ts';
import { alignLetters, type Edit, type LetterDetail } from './letter-alignment.ts';
import { marksOf } from './spans.ts';
import { areOneName } from './spellings.ts';
import { isDegree } from './titles.ts';
import { bareOf, lettersOfWords, type Word } from './word.ts';

/** What differs between words that belong together. */
export function inPair({ left, right, bond }: Pair): Found[] {
  if (bond === 'same' || bond === 'turned') return [];
  const [one, other] = [lettersOfWords(left), lettersOfWords(right)];
  const edits = joinRuns(alignLetters(one, other).edits);
  const marked = (some: readonly Edit[]): Pick<Found, 'left' | 'right' | 'leftMarks' | 'rightMarks'> => ({
    left,
    right,
    leftMarks: marksOf(one, some, 'left'),
    rightMarks: marksOf(other, some, 'right'),
  });
  const short = bond === 'letters' ? stuckTitle(left, right) : shortForm(bond, left);
  if (short !== null) return [{ ...short, ...marked(edits) }];
  const isOneName = areOneName(bareOf(left), bareOf(right));
  const detailOf = ({ detail }: Edit): LetterDetail =>
    isOneName && KIND_OF_LETTERS[detail] === 'letter' ? 'variant-spelling' : detail;
  return [...Map.groupBy(edits, detailOf)].map(([detail, some]) => ({
    kind: KIND_OF_LETTERS[detail],
    detail,
    ...marked(some),
  }));
}

/** Of several letters missing in a row none is a dropped h or a doubled letter: "Amin" for Aminah. */
function joinRuns(edits: readonly Edit[]): readonly Edit[] {
  const joined: Edit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    const detail = last === undefined ? null : runDetail(last, edit);
    if (last === undefined || detail === null) {
      joined.push(edit);
      continue;
    }
    joined[joined.length - 1] = {
      detail,
      left: { from: last.left.from, to: edit.left.to },
      right: { from: last.right.from, to: edit.right.to },
    };
  }
  return joined;
}

function runDetail(last: Edit, next: Edit): LetterDetail | null {
  if (last.left.to !== next.left.from || last.right.to !== next.right.from) return null;
  const isEmpty = (side: 'left' | 'right'): boolean =>
    [last, next].every((edit) => edit[side].from === edit[side].to);
  if (isEmpty('right')) return 'extra-letter';
  return isEmpty('left') ? 'missing-letter' : null;
}

function shortForm(bond: ShortBond, left: readonly Word[]): Pick<Found, 'kind' | 'detail'> {
  if (bond === 'title') return { kind: 'title', detail: left[0]!.title!.detail };
  return { kind: 'abbreviation', detail: bond };
}

/** "AMINAHSPD" is Aminah and a degree. */
function stuckTitle(left: readonly Word[], right: readonly Word[]): Pick<Found, 'kind' | 'detail'> | null {
  const [shorter, longer] = [bareOf(left), bareOf(right)].toSorted((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  const isTitle = longer.startsWith(shorter) && isDegree(longer.slice(shorter.length));
  return isTitle ? { kind: 'title', detail: 'academic-title' } : null;
}
