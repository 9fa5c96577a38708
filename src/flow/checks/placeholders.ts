import { expectedTexts } from '../../conversation/texts.ts';
import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { WordEntry } from '../read/words.ts';
import type { Sources } from '../sources.ts';
import { namesFact, placeholdersOf, withoutPlaceholders } from '../words.ts';

/** A placeholder that nothing fills, one that a translation lost, and braces that are none. */
export function placeholders(sources: Sources): readonly Issue[] {
  return [...LANGUAGES.flatMap((language) => unfilled(sources.words[language], sources)), ...lost(sources)];
}

function unfilled(entries: readonly WordEntry[], { checklist, topics, ledger }: Sources): readonly Issue[] {
  const expected = expectedTexts(checklist, topics);
  return entries.flatMap(({ id, text, place }) => {
    const values = expected.get(id)?.values;
    // A text that is never said was reported as such.
    if (values === undefined) return [];
    const reasons = placeholdersOf(text).flatMap((name) => {
      if (namesFact(name))
        return ledger.has('fact', name) ? [] : `text '${id}' names the unknown fact {${name}}`;
      if (name === 'operator' || values.includes(name)) return [];
      const given = values.length === 0 ? 'there are none here' : `there is {${values.join('}, {')}} here`;
      return `text '${id}' has no value for {${name}}; ${given}`;
    });
    if (/[{}]/.test(withoutPlaceholders(text)))
      reasons.push(`text '${id}' has a brace that belongs to no {placeholder}`);
    return reasons.map((reason) => issueAt(place, reason));
  });
}

/** What one language tells and the other does not: a value, or a link that everybody needs. */
function lost({ words, checklist, topics }: Sources): readonly Issue[] {
  const expected = expectedTexts(checklist, topics);
  const twins = new Map(words.en.map((entry) => [`${entry.id}@${entry.variant}`, entry]));
  const links = new Set(
    checklist.facts.filter(({ value }) => value.startsWith('https://')).map(({ id }) => id),
  );
  return words.id.flatMap((entry) => {
    const twin = twins.get(`${entry.id}@${entry.variant}`);
    if (twin === undefined) return [];
    const values = expected.get(entry.id)?.values ?? [];
    const matters = (name: string): boolean =>
      values.includes(name) || name === 'operator' || links.has(name);
    const here = new Set(placeholdersOf(entry.text).filter(matters));
    const there = new Set(placeholdersOf(twin.text).filter(matters));
    return [
      ...[...there.difference(here)].map((name) =>
        issueAt(entry.place, `text '${entry.id}' lacks {${name}}, which 'en' has`),
      ),
      ...[...here.difference(there)].map((name) =>
        issueAt(twin.place, `text '${entry.id}' lacks {${name}}, which 'id' has`),
      ),
    ];
  });
}
