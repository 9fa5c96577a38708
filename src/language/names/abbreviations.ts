import type { Word } from './word.ts';

/** Short forms that Indonesians write for a name, and the names that they stand for. */
const KNOWN: readonly (readonly [shorts: RegExp, longs: RegExp])[] = [
  [
    /^(?:m|md|m[ou]h|m[ou]hd|mhd|mhmd|m[ou]ch|m[ou]chd|moc|m[ou]kh|m[ou]hm|m[ou]hamm)$/,
    /^m[ou](?:h|ch|kh|k)a?mm?[ae]?d$/,
  ],
  [/^(?:ab|abd|abdl|abdr)$/, /^abd(?:u|oe)/],
  [/^(?:ach|ahm|akh|achm|akhm|ahmd)$/, /^a(?:h|ch|kh)m[ae]d$/],
  [/^(?:sy|syr|syf)$/, /^s(?:y|j|h)(?:ar[ie]f|[ae][iy]?(?:ch|kh))|^sayy?id/],
  [/^(?:st|stt)$/, /^sitt?i$/],
  [/^nr$/, /^n(?:u|oo|oe)r$/],
  [/^(?:b|bn)$/, /^bin(?:ti|te)?$/],
  [/^(?:bt|bte|bti|bnt)$/, /^bin(?:ti|te)$/],
  [/^(?:br|b)$/, /^boru$/],
  [/^(?:fr|frans)$/, /^fran(?:s|c)is(?:k|c)us$/],
];

export type AbbreviationDetail =
  | 'known-abbreviation'
  | 'initial'
  | 'initials'
  | 'shortened'
  | 'abbreviated-title';

const ALL_CONSONANTS = /^[^aeiou\d]{2,}$/;
const VOWEL = /[aeiou]/;
/** "Ram." for Ramadhan leaves out something, "Amina." at the end of a sentence does not. */
const LEAST_LEFT_OUT = 2;
const LONGEST_DOTTED = 5;
/** Without a dot: "Ram" for Ramadhan, not "Wahyu" for Wahyuni. */
const LEAST_LEFT_OUT_UNDOTTED = 3;
const LONGEST_UNDOTTED = 3;

/** How one word stands for another, whichever of them is the short one; null when neither does. */
export function abbreviation(one: Word, other: Word): AbbreviationDetail | null {
  return shortOf(one, other) ?? shortOf(other, one);
}

/** Whether the letters of one word are the initials of several ("FX", "AA", "S.H."). */
export function areInitials(short: Word, words: readonly Word[]): boolean {
  if (words.length < 2 || words.length !== short.bare.length) return false;
  return words.every(({ bare }, index) => bare.length > 1 && bare[0] === short.bare[index]);
}

/** Whether a word is nothing but a short form, and would leave a name incomplete when it stands alone. */
export function isShortForm({ bare }: Word): boolean {
  return bare.length === 1 || KNOWN.some(([shorts]) => shorts.test(bare));
}

function shortOf(short: Word, long: Word): AbbreviationDetail | null {
  const isKnown = KNOWN.some(
    ([shorts, longs]) => shorts.test(short.bare) && (longs.test(long.bare) || shorts.test(long.bare)),
  );
  if (isKnown && short.bare !== long.bare) return 'known-abbreviation';
  if (short.bare.length >= long.bare.length) return null;
  if (short.bare.length === 1) return long.bare.startsWith(short.bare) ? 'initial' : null;
  return isCut(short, long) || isSkeleton(short.bare, long.bare) ? 'shortened' : null;
}

function isCut(short: Word, long: Word): boolean {
  if (!long.bare.startsWith(short.bare)) return false;
  const leftOut = long.bare.length - short.bare.length;
  if (short.isDotted) return leftOut >= LEAST_LEFT_OUT && short.bare.length <= LONGEST_DOTTED;
  return leftOut >= LEAST_LEFT_OUT_UNDOTTED && short.bare.length <= LONGEST_UNDOTTED;
}

/** "Wyn" is Wayan without its vowels, "Gst" Gusti. */
function isSkeleton(short: string, long: string): boolean {
  if (!ALL_CONSONANTS.test(short) || !VOWEL.test(long) || short[0] !== long[0]) return false;
  let at = 0;
  for (const letter of long) if (letter === short[at]) at += 1;
  return at === short.length;
}
