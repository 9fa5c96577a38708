import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import { createLog } from '../log.ts';
import type { Language } from '../message.ts';
import { chatInJson } from './chat-json.ts';
import { chatInTerminal } from './chat-terminal.ts';
import { knowledgeOrIssues } from './knowledge.ts';
import { readMoment } from './moment.ts';
import { openTalk } from './talk.ts';
import { UsageError } from './usage.ts';

export type ChatOptions = {
  readonly json: boolean;
  readonly language: Language | null;
  /** Epoch milliseconds, null for now. */
  readonly startAt: number | null;
  /** Where the transcript goes, null for nowhere. */
  readonly savePath: string | null;
};

/** `chat`: a talk in the terminal, or line by line with another program (`--json`). Nothing of it is kept. */
export async function run(words: readonly string[]): Promise<number> {
  const options = readChatOptions(words);
  const config = loadConfig();
  const knowledge = knowledgeOrIssues(config);
  if (knowledge === null) return 1;
  const talk = await openTalk({
    knowledge: (): Knowledge => knowledge,
    language: options.language,
    startAt: options.startAt,
    // What a server would note is noise between the lines of a talk.
    log: createLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
  });
  try {
    if (options.json) await chatInJson(talk, process.stdin, process.stdout);
    else await chatInTerminal(talk, knowledge, options, process.stdin, process.stdout);
  } finally {
    await talk.close();
  }
  return 0;
}

/** @throws {UsageError} */
export function readChatOptions(words: readonly string[]): ChatOptions {
  const { json, lang, at, save } = readWords(words);
  if (lang !== undefined && lang !== 'id' && lang !== 'en') throw new UsageError('--lang is id or en');
  return {
    json: json ?? false,
    language: lang ?? null,
    startAt: at === undefined ? null : readMoment(at),
    savePath: save === undefined ? null : savePathOf(save),
  };
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        json: { type: 'boolean' },
        lang: { type: 'string' },
        at: { type: 'string' },
        save: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(
      `chat [--lang id|en] [--at ISO-TIME] [--save NAME] [--json]: ${(error as Error).message}`,
    );
  }
}

function savePathOf(name: string): string {
  if (!/^[a-z0-9]+(?:[-/][a-z0-9]+)*$/.test(name)) {
    throw new UsageError(
      '--save needs a name of small letters, digits and hyphens, such as wallet-not-linked',
    );
  }
  const path = `test/transcripts/${name}.txt`;
  if (existsSync(path))
    throw new UsageError(`--save: ${path} is there already; remove it or choose another name`);
  return path;
}
