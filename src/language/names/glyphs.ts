/**
 * What a name is compared by (decision 20): letters and digits after NFKC, whatever their case. Spaces,
 * punctuation, invisible characters and emoji are none.
 */

/** One letter or digit in lower case, with and without its marks. */
export type Letter = { readonly full: string; readonly bare: string };

/** What a reader sees as one character, and the letters in it: none in a space, two in "ß". */
export type Glyph = { readonly text: string; readonly letters: readonly Letter[] };

const ASCII = /^[\u0000-\u007f]*$/;
const ASCII_LETTER = /[a-z0-9]/;
const SEGMENTER = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** A keycap and ™ are emoji, a circled M in a line of circled letters is not. */
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;
const CIRCLED_M = 'Ⓜ';
/** Zero-width, bidi and filling characters, soft hyphens, variation selectors, frames. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Me}]/gu;
/** Unicode calls these letters; in a name they are apostrophes, or only lengthen a line. */
const APOSTROPHE_LETTERS = /[\u02b9-\u02df\u02e5-\u02ff\u0640\ua78b\ua78c]/g;
const LETTER = /([\p{L}\p{Nd}\p{Nl}])(\p{M}*)/gu;
const MARKS = /\p{M}/gu;
/** Marks that Unicode does not take apart from their letter. */
const STROKES: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ħ: 'h', ŧ: 't', ı: 'i' };

export function glyphsOf(text: string): readonly Glyph[] {
  if (ASCII.test(text)) return [...text].map(asciiGlyph);
  return Array.from(SEGMENTER.segment(text), ({ segment }) => ({
    text: segment,
    letters: lettersOf(segment),
  }));
}

function asciiGlyph(text: string): Glyph {
  const letter = text.toLowerCase();
  return { text, letters: ASCII_LETTER.test(letter) ? [{ full: letter, bare: letter }] : [] };
}

function lettersOf(grapheme: string): readonly Letter[] {
  if (EMOJI.test(grapheme) && grapheme !== CIRCLED_M) return [];
  const folded = grapheme
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(APOSTROPHE_LETTERS, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ');
  return Array.from(folded.matchAll(LETTER), ([full]) => ({ full, bare: bareOf(full) }));
}

function bareOf(letter: string): string {
  const bare = letter.normalize('NFD').replace(MARKS, '').normalize('NFC');
  return STROKES[bare] ?? bare;
}
