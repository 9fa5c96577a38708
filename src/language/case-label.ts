import { hideSecrets } from './secrets.ts';

declare const ownLabel: unique symbol;
/** A few harmless words of a participant by which they know one of their cases. Only `readCaseLabel` makes one. */
export type OwnLabel = string & { readonly [ownLabel]: true };

/** Why a text is no label. */
export type LabelProblem =
  /** No letter in it. */
  | 'empty'
  | 'too-long'
  /** A number that could be somebody's, or what was hidden of one. */
  | 'number'
  /** A link, an e-mail address, an @name, or signs that no label needs. */
  | 'address';

/** Every platform shows this much on a button. */
export const LONGEST_LABEL = 20;
/** More words are a sentence. */
const MOST_WORDS = 3;
/** From here on digits could be a code. */
const LEAST_NUMBER = 4;

const HIDDEN = /\[(?:nomor|kode|sandi|email|nama)\]/i;
const ADDRESS = /[@:\\/]|www\.|\S\.\S/iu;
/** Emoji, marks that join them, invisible characters and quotes are left out; what remains must be plain. */
const LEFT_OUT =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cc}\p{Cf}\p{Variation_Selector}"“”'‘’*_~]/gu;
const PLAIN = /^[\p{L}\p{M}\p{Nd} .&+-]+$/u;
const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/**
 * The label in a message, or why there is none: at most 20 characters and three words, with a letter, without links and
 * without four digits. Deterministic.
 */
export function readCaseLabel(
  text: string,
): { readonly label: OwnLabel } | { readonly problem: LabelProblem } {
  if (HIDDEN.test(text) || hideSecrets(text).hidden.length > 0) return { problem: 'number' };
  if ((text.match(/\p{Nd}/gu)?.length ?? 0) >= LEAST_NUMBER) return { problem: 'number' };
  if (!/\p{L}/u.test(text)) return { problem: 'empty' };
  if (ADDRESS.test(text)) return { problem: 'address' };
  const words = text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(LEFT_OUT, '')
    .split(' ')
    .filter((word) => word !== '');
  const label = words.join(' ').replace(/[ .!?,]+$/u, '');
  if (words.length > MOST_WORDS || [...graphemes.segment(label)].length > LONGEST_LABEL)
    return { problem: 'too-long' };
  if (!PLAIN.test(label)) return { problem: 'address' };
  return { label: (label[0]!.toUpperCase() + label.slice(1)) as OwnLabel };
}
