import { expectedTexts } from '../../conversation/texts.ts';
import type { Language } from '../../message.ts';
import { type Issue, issueAt, type Place } from '../issue.ts';
import { WORD_FILES } from '../read/files.ts';
import type { WordEntry } from '../read/words.ts';
import type { Sources } from '../sources.ts';

/** A text that can be said but stands nowhere, or in one language only. */
export function missingTexts(sources: Sources): readonly Issue[] {
  const expected = expectedTexts(sources.checklist, sources.topics, sources.matters);
  return [
    ...missingIn('id', 'en', expected.keys(), sources),
    ...missingIn('en', 'id', expected.keys(), sources),
  ];
}

function missingIn(
  language: Language,
  other: Language,
  expected: Iterable<string>,
  sources: Sources,
): Issue[] {
  const entries = sources.words[language];
  const known = new Set(entries.flatMap((entry) => [entry.id, keyOf(entry)]));
  const elsewhere = new Map(sources.words[other].map((entry) => [keyOf(entry), entry]));
  const wanted = new Set(expected);
  // A variant replaces its plain text in both languages, or one of them goes on telling what is no longer so.
  for (const entry of sources.words[other]) {
    if (entry.variant !== null && wanted.has(entry.id)) wanted.add(keyOf(entry));
  }
  return [...wanted]
    .filter((id) => !known.has(id))
    .map((id) => {
      const translation = elsewhere.get(id);
      const hint = translation === undefined ? '' : `; '${other}' has it in line ${translation.place.line}`;
      return issueAt(placeFor(id, language, entries, sources), `text '${id}' is missing${hint}`);
    });
}

function keyOf({ id, variant }: WordEntry): string {
  return variant === null ? id : `${id}@${variant}`;
}

/** Where somebody would write it: beside its nearest neighbour, else at the top of its file. */
function placeFor(id: string, language: Language, entries: readonly WordEntry[], { files }: Sources): Place {
  const parts = id.split('@')[0]!.split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const beginning = parts.slice(0, length).join('.');
    const neighbour = entries.find((entry) => entry.id === beginning || entry.id.startsWith(`${beginning}.`));
    if (neighbour !== undefined) return neighbour.place;
  }
  const file = Object.entries(WORD_FILES).find(([, tops]) =>
    (tops as readonly string[]).includes(parts[0]!),
  )!;
  return { file: files.nameOf(`${language}/${file[0]}`), line: 1 };
}
