import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { Sources } from '../sources.ts';

/**
 * Characters nobody sees or means: controls other than line breaks, marks that turn the direction of writing, the
 * replacement character that a wrong encoding leaves, private use. The joiners inside emoji are meant.
 */
const STRANGE = /[\p{Cc}\p{Co}\p{Cn}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/u;

/** Texts and facts with characters that would reach participants as boxes, or twist the line. */
export function characters({ words, checklist, ledger }: Sources): readonly Issue[] {
  return [
    ...LANGUAGES.flatMap((language) =>
      words[language].flatMap(({ id, text, place }) => {
        const found = strangeIn(text.replaceAll('\n', ' '));
        return found === null ? [] : issueAt(place, `text '${id}' contains the invisible character ${found}`);
      }),
    ),
    ...checklist.facts.flatMap(({ id, value }) => {
      const place = ledger.placeOf('fact', id);
      const found = strangeIn(value);
      if (found !== null) return issueAt(place, `fact '${id}' contains the invisible character ${found}`);
      return /[{}]/.test(value)
        ? issueAt(place, `fact '${id}' contains a brace, which would look like a placeholder`)
        : [];
    }),
  ];
}

function strangeIn(text: string): string | null {
  const found = STRANGE.exec(text)?.[0];
  return found === undefined
    ? null
    : `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
