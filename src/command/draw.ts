import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { drawChecklist } from '../flow/draw.ts';
import type { Language } from '../message.ts';
import { knowledgeOrIssues } from './knowledge.ts';
import { UsageError } from './usage.ts';

/** `pandu draw [--lang id|en]`: the checklist that runs, as one SVG page on stdout. */
export async function run(words: readonly string[]): Promise<number> {
  const language = readLanguage(words);
  const knowledge = knowledgeOrIssues(loadConfig());
  if (knowledge === null) return 1;
  process.stdout.write(drawChecklist(knowledge, language));
  return 0;
}

/** @throws {UsageError} */
function readLanguage(words: readonly string[]): Language {
  const language = readWords(words).lang;
  if (language !== 'id' && language !== 'en')
    throw new UsageError(`Cannot draw in '${language}': --lang takes id or en`);
  return language;
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: { lang: { type: 'string', default: 'id' } } }).values;
  } catch (error) {
    throw new UsageError(`draw [--lang id|en]: ${(error as Error).message}`);
  }
}
