import { asciiDigit } from '../digits.ts';

/**
 * Letters of other scripts that look like Latin ones, as capitals or as small letters (compare the confusables of
 * Unicode's UTS 39). Somebody who copies a name from a decorated profile does not see them; the comparison of an office does.
 */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  // Cyrillic
  а: 'a',
  в: 'b',
  ь: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  ԍ: 'g',
  н: 'h',
  һ: 'h',
  і: 'i',
  ӏ: 'li',
  ј: 'j',
  к: 'k',
  м: 'm',
  п: 'n',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  г: 'r',
  ѕ: 's',
  т: 't',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  у: 'y',
  ү: 'y',
  // Greek
  α: 'a',
  β: 'b',
  γ: 'y',
  ε: 'e',
  ζ: 'z',
  η: 'hn',
  ι: 'i',
  κ: 'k',
  μ: 'mu',
  ν: 'nv',
  ο: 'o',
  ρ: 'p',
  σ: 'o',
  τ: 't',
  υ: 'yu',
  χ: 'x',
  ω: 'w',
  // Small capitals and single-storey letters
  ᴀ: 'a',
  ɑ: 'a',
  ʙ: 'b',
  ᴄ: 'c',
  ᴅ: 'd',
  ᴇ: 'e',
  ꜰ: 'f',
  ɢ: 'g',
  ɡ: 'g',
  ʜ: 'h',
  ɪ: 'i',
  ᴊ: 'j',
  ᴋ: 'k',
  ʟ: 'l',
  ᴍ: 'm',
  ɴ: 'n',
  ᴏ: 'o',
  ᴘ: 'p',
  ǫ: 'q',
  ʀ: 'r',
  ꜱ: 's',
  ᴛ: 't',
  ᴜ: 'u',
  ᴠ: 'v',
  ᴡ: 'w',
  ʏ: 'y',
  ᴢ: 'z',
};

/** Digits that are typed for letters. */
const DIGIT_LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'li',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'bg',
  '7': 't',
  '8': 'b',
  '9': 'gq',
};

const FIRST_FOREIGN = '\u0080';
const DIGIT = /^\p{Nd}$/u;
const LATIN_OR_DIGIT = /^[\p{Script=Latin}0-9]$/u;

/** Whether one of two letters passes for the other, being of another script. */
export function areLookAlikes(one: string, other: string): boolean {
  // Two plain letters are what they are; this is asked for every pair of letters.
  if (one < FIRST_FOREIGN && other < FIRST_FOREIGN) return false;
  const left = shapesOf(one);
  const right = shapesOf(other);
  return [...left].some((shape) => right.includes(shape));
}

export function isDigitForLetter(one: string, other: string): boolean {
  return (DIGIT_LIKE[one]?.includes(other) ?? false) || (DIGIT_LIKE[other]?.includes(one) ?? false);
}

export function isOtherScript(letter: string): boolean {
  return letter >= FIRST_FOREIGN && !LATIN_OR_DIGIT.test(letter);
}

function shapesOf(letter: string): string {
  if (DIGIT.test(letter)) return asciiDigit(letter);
  return LOOKS_LIKE[letter] ?? letter;
}
