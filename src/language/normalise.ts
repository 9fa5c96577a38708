import { clean, MOST_CHARACTERS } from './clean.ts';
import { respell, type Spelling } from './spelling.ts';

/**
 * The words of a message as the reader compares them: cleaned (see clean.ts), then in standard spelling (see
 * spelling.ts). Takes time in proportion to the first 2,000 characters and changes nothing the second time.
 */
export function normalise(lexicon: { readonly spelling: Spelling }, text: string): string {
  const { spelling } = lexicon;
  const cleaned = clean(text, spelling.emoji);
  return cleaned === '' ? '' : cut(respell(spelling, cleaned.split(' ')).join(' '));
}

/** Standard spellings are longer than informal ones: what grew beyond the limit ends with the last whole word. */
function cut(words: string): string {
  if (words.length <= MOST_CHARACTERS) return words;
  const end = words.lastIndexOf(' ', MOST_CHARACTERS);
  return words.slice(0, end > 0 ? end : MOST_CHARACTERS);
}
