import { type AbbreviationDetail, abbreviation, areInitials } from './abbreviations.ts';
import { distance } from './letter-alignment.ts';
import { areOneName } from './spellings.ts';
import { joinWords, lettersOfWords, type Word } from './word.ts';

/** How the words of a pair belong together. `turned` words are joined the other way round: "AminahSiti". */
export type Bond = 'same' | 'turned' | 'title' | 'letters' | AbbreviationDetail;

/** Bonds in which one side is short, or another title. */
export type ShortBond = Exclude<Bond, 'same' | 'turned' | 'letters'>;

/** The cheapest bond that some words have. */
export type Judgement = { readonly bond: Bond; readonly cost: number };

/** `isMoved` says that the words would change places with others that already have their partners. */
export type Judge = (left: readonly Word[], right: readonly Word[], isMoved: boolean) => Judgement | null;

/** Up to this distance two words are one word with slips; few letters prove less. */
const NEAR = 0.4;
const NEAR_SHORT = 0.34;
const SHORT = 3;
/** Several words against one must be nearer, or a missing word would pass for a slip. */
const NEAR_JOINED = 0.25;
/** The only words without a partner between the same neighbours. */
const NEAR_IN_PLACE = 0.5;
const COST_OF_BOND: Readonly<Record<ShortBond, number>> = {
  'abbreviated-title': 0.2,
  'known-abbreviation': 0.3,
  shortened: 0.36,
  initials: 0.42,
  initial: 0.45,
  title: 0.6,
};
/** So many times as long a word may be: old spellings make two letters of one, seldom of each in a row. */
const LONGEST = 2;
const LONGEST_JOINED = 1.5;
const COST_OF_STUCK = 0.25;
/** A rotation by fewer letters is a slip. */
const LEAST_TURNED = 3;

/** Equal words, however they are divided. */
export function equalBond(left: readonly Word[], right: readonly Word[]): Judgement | null {
  const [one, other] = [fullOf(left), fullOf(right)];
  // Among equal words the longest prove most.
  if (one === other) return { bond: 'same', cost: -one.length };
  const reversed = left.length > 1 ? fullOf(left.toReversed()) === other : fullOf(right.toReversed()) === one;
  return reversed || isRotated(one, other) ? { bond: 'turned', cost: 0 } : null;
}

function isRotated(one: string, other: string): boolean {
  if (one.length !== other.length || one.length < 2 * LEAST_TURNED) return false;
  const at = (one + one).indexOf(other);
  return at >= LEAST_TURNED && at <= one.length - LEAST_TURNED;
}

/** Words that stand for each other: short forms, usual spellings, slips. */
export function looseBond(left: readonly Word[], right: readonly Word[], isMoved: boolean): Judgement | null {
  const bond = shortBond(left, right, isMoved);
  const near = nearBond(left, right);
  if (bond === null) return near;
  const isStuck = bond !== 'initials' && left.length + right.length > 2;
  const cost = isStuck ? COST_OF_STUCK : COST_OF_BOND[bond];
  if (near === null || isStuck) return { bond, cost };
  // A slip is likelier than an initial; but "Slmt" was shortened, near as it is to Slamet.
  return bond === 'title' || bond === 'initial' ? near : { bond, cost: Math.min(cost, near.cost) };
}

function nearBond(left: readonly Word[], right: readonly Word[]): Judgement | null {
  const words = [...left, ...right];
  // A degree is no slip of a name.
  if (words.some(({ title, pieces, bare }) => title !== null && (pieces > 1 || bare.length <= SHORT)))
    return null;
  const lengths = [left, right].map((side) => fullOf(side).length);
  const [shorter, longer] = [Math.min(...lengths), Math.max(...lengths)];
  const most = words.length > 2 ? NEAR_JOINED : longer <= SHORT ? NEAR_SHORT : NEAR;
  const isOneName = words.length === 2 && areOneName(left[0]!.bare, right[0]!.bare);
  if (shorter * (words.length > 2 ? LONGEST_JOINED : LONGEST) < longer) return null;
  const cost = distance(lettersOfWords(left), lettersOfWords(right));
  return cost <= most || isOneName ? { bond: 'letters', cost: isOneName ? Math.min(cost, 0.1) : cost } : null;
}

function shortBond(left: readonly Word[], right: readonly Word[], isMoved: boolean): ShortBond | null {
  if (left.length > 1) return shortBond(right, left, isMoved);
  const one = left[0]!;
  if (right.length > 1) {
    if (areInitials(one, right)) return 'initials';
    return stuckBond(one, right);
  }
  const other = right[0]!;
  if (one.title !== null && other.title !== null) {
    if (one.title.meaning === other.title.meaning) return 'abbreviated-title';
    return one.title.detail === other.title.detail ? 'title' : null;
  }
  const bond = abbreviation(one, other);
  const isTitled = one.title !== null || other.title !== null;
  if (isTitled && (isMoved || bond === 'shortened')) return null;
  return bond;
}

/** "Abd. Rahman" and "Abdurrahman": the end of the long word is the second one, its beginning the first one's name. */
function stuckBond(long: Word, [short, ...rest]: readonly Word[]): AbbreviationDetail | null {
  const end = rest.map(({ bare }) => bare).join('');
  if (short === undefined || !long.bare.endsWith(end)) return null;
  const letters = long.letters.slice(0, long.letters.length - end.length);
  if (letters.length <= short.letters.length) return null;
  const bare = letters.map((letter) => letter.bare).join('');
  return abbreviation(short, { ...joinWords([long], null), letters, bare });
}

/** For words that have no other partner between the same neighbours. */
export function placedBond(one: Word, other: Word): Judgement | null {
  if (one.title !== null || other.title !== null) return null;
  const cost = distance(one.letters, other.letters);
  return cost <= NEAR_IN_PLACE ? { bond: 'letters', cost } : null;
}

function fullOf(words: readonly Word[]): string {
  return words.map(({ full }) => full).join('');
}
