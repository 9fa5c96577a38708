import { expectedTexts } from '../../conversation/texts.ts';
import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { Sources } from '../sources.ts';

/** A text that nothing ever says: a misspelt id, or what a removed question left behind. */
export function unusedTexts({ checklist, topics, matters, words }: Sources): readonly Issue[] {
  const expected = expectedTexts(checklist, topics, matters);
  return LANGUAGES.flatMap((language) =>
    words[language]
      .filter(({ id }) => !expected.has(id))
      .map(({ id, place }) => issueAt(place, `text '${id}' is never said`)),
  );
}
