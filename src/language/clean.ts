import { asciiDigit } from './digits.ts';

/** A participant's message is cut here before anything is done with it. */
export const MOST_CHARACTERS = 2_000;

const NOT_ASCII = /[^\u0000-\u007f]/;
/** Zero-width, bidi and combining characters, and apostrophes, are taken out without leaving a gap. */
const INVISIBLE = /[\p{Cf}\p{M}'`´‘’ʼ]/gu;
const PICTOGRAPH = /\p{Extended_Pictographic}/gu;
const DIGIT = /\p{Nd}/gu;
const NEITHER_LETTER_NOR_DIGIT = /[^\p{L}0-9]+/gu;
/** What hideSecrets puts where something was; it carries no words. */
const PLACEHOLDER = /\[(?:nomor|kode|sandi|email|nama)\]/gi;

/** Letters in lower case and ASCII digits, single spaces for everything else; emoji become the words they stand for. */
export function clean(text: string, emoji: ReadonlyMap<string, string> = NO_EMOJI): string {
  let result = text.slice(0, MOST_CHARACTERS).replace(PLACEHOLDER, ' ');
  if (NOT_ASCII.test(result)) result = fold(result, emoji);
  return result.toLowerCase().replace(INVISIBLE, '').replace(NEITHER_LETTER_NOR_DIGIT, ' ').trim();
}

const NO_EMOJI: ReadonlyMap<string, string> = new Map();

/** NFKD rather than NFKC: once the accents are apart they can be dropped with the other marks. */
function fold(text: string, emoji: ReadonlyMap<string, string>): string {
  return text
    .replace(PICTOGRAPH, (character) => ` ${emoji.get(character) ?? ''} `)
    .normalize('NFKD')
    .replace(DIGIT, asciiDigit);
}
