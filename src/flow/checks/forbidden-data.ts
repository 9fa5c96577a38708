import { requestedData } from '../../language/requests.ts';
import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { Sources } from '../sources.ts';
import { withoutPlaceholders } from '../words.ts';

/** Texts that ask for data which Pandu never needs. Saying that it is never asked for is no request. */
export function forbiddenData({ words }: Sources): readonly Issue[] {
  return LANGUAGES.flatMap((language) =>
    words[language].flatMap(({ id, text, place }) => {
      const requested = requestedData(withoutPlaceholders(text));
      return requested === null
        ? []
        : issueAt(place, `text '${id}' asks for '${requested}', which nobody may be asked for`);
    }),
  );
}
