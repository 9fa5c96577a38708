import { normalise } from '../../language/normalise.ts';
import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { WordEntry } from '../read/words.ts';
import type { Sources } from '../sources.ts';

/** Which texts are offered side by side: the answers of one question, the topics, the controls. */
const MENUS: readonly RegExp[] = [
  /^(question\.[^.]+)\.answers\./,
  /^(topic)\.[^.]+\.label$/,
  /^(control)\.[^.]+\.label$/,
];

/**
 * Two choices of one menu that read alike: typed instead of pressed, nobody could tell which is meant. Labels of both
 * languages are understood at any time, so they are held against each other too.
 */
export function choicesAlike({ words, reader }: Sources): readonly Issue[] {
  const { lexicon } = reader();
  const first = new Map<string, WordEntry>();
  return LANGUAGES.flatMap((language) => words[language]).flatMap((entry) => {
    const menu = MENUS.map((pattern) => pattern.exec(entry.id)?.[1]).find((name) => name !== undefined);
    if (menu === undefined) return [];
    const read = normalise(lexicon, entry.text) || entry.text;
    const earlier = first.get(`${menu} ${read}`);
    if (earlier === undefined) first.set(`${menu} ${read}`, entry);
    if (earlier === undefined || earlier.id === entry.id) return [];
    return issueAt(entry.place, `choice '${entry.id}' reads like '${earlier.id}': both are '${read}'`);
  });
}
