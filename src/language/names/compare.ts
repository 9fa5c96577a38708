import type { Difference, NameDifferenceKind } from './difference.ts';
import { type Differences, findDiacritics, findDifferences } from './find-differences.ts';
import { type Name, parseName } from './name.ts';
import { type NameProblem, problemOf } from './problem.ts';
import type { Span } from './spans.ts';
import { lettersOfWords } from './word.ts';

export type NameResult = 'same' | 'differs' | 'unclear';

export type NameComparison = {
  readonly result: NameResult;
  /** Without repetition, in the order of KINDS; empty when the names are the same. */
  readonly kinds: readonly NameDifferenceKind[];
  readonly differences: readonly Difference[];
  /** Both names as they were typed, with every letter marked that differs; empty when a side is no complete name. */
  readonly marked: { readonly kemnaker: readonly Span[]; readonly prakerja: readonly Span[] };
  /** Why a side is no complete name; null for a side that is one. */
  readonly problem?: { readonly kemnaker: NameProblem | null; readonly prakerja: NameProblem | null };
};

/** Problems that lie in the words, which spaces and signs divide. */
const OF_WORDS: ReadonlySet<NameProblem> = new Set([
  'same-word',
  'unknown',
  'only-title',
  'only-initials',
  'sentence',
]);

/**
 * Whether two accounts show one name. Nobody publishes the rule of the offices, so this is the product's own
 * (decision 20): the same letters and digits after NFKC are the same name, whatever their case, spacing and
 * punctuation; any letter more, less or elsewhere differs; where a side is no complete name, or only marks on letters
 * differ ("José", "Jose"), nobody can tell. Total, and bounded whatever it is given.
 */
export function compareNames(kemnaker: string, prakerja: string): NameComparison {
  const problem = { kemnaker: problemOf(kemnaker, prakerja), prakerja: problemOf(prakerja, kemnaker) };
  const isComplete = problem.kemnaker === null && problem.prakerja === null;
  if (!isComplete && !isOnlyDivided(problem.kemnaker, problem.prakerja)) return noNames(problem);
  const left = parseName(kemnaker.trim());
  const right = parseName(prakerja.trim());
  const isEqual = (form: 'full' | 'bare'): boolean => lettersOf(left, form) === lettersOf(right, form);
  if (!isEqual('bare')) {
    return isComplete ? { result: 'differs', ...withKinds(findDifferences(left, right)) } : noNames(problem);
  }
  if (isEqual('full')) return { result: 'same', ...withKinds(findDiacritics(left, right, 'same')) };
  return { result: 'unclear', ...withKinds(findDiacritics(left, right, 'letters')) };
}

type Problem = NonNullable<NameComparison['problem']>;

/** "Di-na" has a word that no name has; it is a name all the same when the other side has its letters and is one. */
function isOnlyDivided(...problems: readonly (NameProblem | null)[]): boolean {
  return problems.includes(null) && problems.every((one) => one === null || OF_WORDS.has(one));
}

function noNames(problem: Problem): NameComparison {
  return {
    result: 'unclear',
    kinds: ['not-a-name'],
    differences: [],
    marked: { kemnaker: [], prakerja: [] },
    problem,
  };
}

function withKinds(found: Differences): Omit<NameComparison, 'result'> {
  return { kinds: [...new Set(found.differences.map(({ kind }) => kind))], ...found };
}

function lettersOf({ words }: Name, form: 'full' | 'bare'): string {
  return lettersOfWords(words)
    .map((letter) => letter[form])
    .join('');
}
