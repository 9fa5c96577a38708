import type { Fact } from '../../checklist/checklist.ts';
import { expectedTexts } from '../../conversation/texts.ts';
import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { WordEntry } from '../read/words.ts';
import type { Sources } from '../sources.ts';
import { fillFacts } from '../words.ts';

/** As long as any operator's name should be. */
const OPERATOR_NAME = 'x'.repeat(60);
const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' });

/** A label that a button would cut off, or a text that a platform would refuse. */
export function lengths({ checklist, topics, matters, words }: Sources): readonly Issue[] {
  const expected = expectedTexts(checklist, topics, matters);
  return LANGUAGES.flatMap((language) =>
    words[language].flatMap((entry) => {
      const longest = expected.get(entry.id)?.longest ?? Number.POSITIVE_INFINITY;
      const told = fillFacts(entry.text, factsBehind(entry, checklist.facts), OPERATOR_NAME);
      if (told === '')
        return issueAt(entry.place, `text '${entry.id}' is empty while the facts it names are off`);
      const length = told.length <= longest ? told.length : countGraphemes(told);
      if (length <= longest) return [];
      return issueAt(entry.place, `text '${entry.id}' has ${length} characters, ${longest} fit`);
    }),
  );
}

/** A variant is told only while its fact is on. */
function factsBehind({ variant }: WordEntry, facts: readonly Fact[]): readonly Fact[] {
  return variant === null ? facts : facts.map((fact) => (fact.id === variant ? { ...fact, on: true } : fact));
}

function countGraphemes(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}
