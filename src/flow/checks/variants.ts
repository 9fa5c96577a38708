import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { Sources } from '../sources.ts';

/** A text for when a fact is on, without the plain one for when it is off. Unknown facts are unknown ids. */
export function variants({ words }: Sources): readonly Issue[] {
  return LANGUAGES.flatMap((language) => {
    const plain = new Set(words[language].filter(({ variant }) => variant === null).map(({ id }) => id));
    return words[language]
      .filter(({ id, variant }) => variant !== null && !plain.has(id))
      .map(({ id, variant, place }) =>
        issueAt(place, `text '${id}@${variant}' has no plain text '${id}' beside it`),
      );
  });
}
