import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import { explainNames } from '../conversation/names.ts';
import { compareNames } from '../language/names/compare.ts';
import type { Language } from '../message.ts';
import { readFields } from './json-line.ts';
import { knowledgeOrIssues } from './knowledge.ts';
import { UsageError } from './usage.ts';

const USAGE = 'names [--json] [--lang id|en]';

/** `names`: compares the name of the Kemnaker account with that of the Prakerja account; keeps neither. */
export async function run(words: readonly string[]): Promise<number> {
  const { json, language } = readWords(words);
  const knowledge = knowledgeOrIssues(loadConfig());
  if (knowledge === null) return 1;
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  if (json) for await (const line of lines) write(JSON.stringify(answer(knowledge, language, line)));
  else await ask(knowledge, language, lines);
  return 0;
}

/** One name a line, Kemnaker's first, with the words that Pandu asks for them in a chat. */
async function ask(knowledge: Knowledge, language: Language, lines: AsyncIterable<string>): Promise<void> {
  const texts = knowledge.words[language];
  let kemnaker: string | null = null;
  write(texts.get('dialogue.names.ask.kemnaker')!);
  for await (const line of lines) {
    if (kemnaker === null) {
      kemnaker = line;
      write(texts.get('dialogue.names.ask.prakerja')!);
      continue;
    }
    write(explainNames(texts, compareNames(kemnaker, line)));
    kemnaker = null;
    write(texts.get('dialogue.names.ask.kemnaker')!);
  }
}

function answer(knowledge: Knowledge, language: Language, line: string): unknown {
  const pair = readPair(line);
  if (typeof pair === 'string') return { error: pair };
  const comparison = compareNames(pair.kemnaker, pair.prakerja);
  const { result, kinds } = comparison;
  return { result, kinds, why: explainNames(knowledge.words[language], comparison) };
}

/** @returns both names, or what is wrong with the line */
function readPair(line: string): { kemnaker: string; prakerja: string } | string {
  const fields = readFields(line);
  if (typeof fields === 'string') return fields;
  const { kemnaker, prakerja } = fields;
  if (typeof kemnaker !== 'string' || typeof prakerja !== 'string') {
    return 'the line needs "kemnaker" and "prakerja", both texts';
  }
  return { kemnaker: kemnaker.toWellFormed(), prakerja: prakerja.toWellFormed() };
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @throws {UsageError} */
function readWords(words: readonly string[]): { json: boolean; language: Language } {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { json: { type: 'boolean', default: false }, lang: { type: 'string', default: 'id' } },
    });
    if (values.lang !== 'id' && values.lang !== 'en') throw new UsageError(`${USAGE}: --lang is id or en`);
    return { json: values.json, language: values.lang };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${USAGE}: ${(error as Error).message}`);
  }
}
