import type { LabelData } from '../language/phrases.ts';
import type { Language } from '../message.ts';
import { LANGUAGES } from './read/files.ts';
import type { WordEntry } from './read/words.ts';

type ByAnswer = Record<string, Record<string, string[]>>;
type ById = Record<string, string[]>;

/**
 * The words on buttons, so that typing a label works like pressing it: in both languages, whichever is spoken, and in
 * all variants, because an old button stays on the screen after a fact was switched.
 */
export function labelsOf(words: Readonly<Record<Language, readonly WordEntry[]>>): LabelData {
  const answers: ByAnswer = Object.create(null);
  const controls: ById = Object.create(null);
  const topics: ById = Object.create(null);
  for (const { id, text } of LANGUAGES.flatMap((language) => words[language])) {
    const [part, name, kind, answer] = id.split('.') as [string, ...(string | undefined)[]];
    if (name === undefined) continue;
    if (part === 'question' && kind === 'answers' && answer !== undefined) {
      answers[name] ??= Object.create(null) as ById;
      answers[name][answer] ??= [];
      answers[name][answer].push(text);
    } else if (part === 'control' && kind === 'label') {
      controls[name] ??= [];
      controls[name].push(text);
    } else if (part === 'topic' && kind === 'label') {
      topics[name] ??= [];
      topics[name].push(text);
    }
  }
  return { answers, controls, topics };
}
