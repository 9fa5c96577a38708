import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Said, WORDLESS_KINDS } from '../channels/terminal.ts';
import { fill } from '../conversation/fill.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import { wallClock } from '../language/dates.ts';
import type { Choice, Language, Saying, SpokenText } from '../message.ts';
import { readSpokenDuration } from './duration.ts';
import { OPENING, type Talk } from './talk.ts';
import { formatTranscript, parseTranscript, type TranscriptLine } from './transcript.ts';

export type TerminalTalk = { readonly language: Language | null; readonly savePath: string | null };

const ADVANCE = /^\/(?:maju|advance)\b\s*(.*)$/i;

/**
 * A talk for people. Lines are said as they are; `/maju 26 jam` lets time pass. What transcripts can express works
 * here too: `[label]` presses a button, `<photo> caption` sends something that has no words.
 */
export async function chatInTerminal(
  talk: Talk,
  knowledge: Knowledge,
  { language, savePath }: TerminalTalk,
  input: Readable & { readonly isTTY?: boolean },
  output: Writable,
): Promise<void> {
  const words = knowledge.words[language ?? 'id'];
  const offered: Choice[] = [];
  const record: TranscriptLine[] = [
    { kind: 'setting', name: 'at', value: isoInWib(talk.now()) },
    { kind: 'setting', name: 'lang', value: language ?? 'id' },
  ];
  const print = (text: string): void => {
    output.write(`${text}\n`);
  };
  const show = (replies: readonly Saying[]): void => {
    for (const { text, choices, picture } of replies) {
      print(`\n${text}`);
      if (choices.length > 0) print(`\n${fill(words, 'page.terminal.choose')}`);
      for (const [index, choice] of choices.entries()) print(`  ${index + 1}. ${choice.label}`);
      offered.push(...choices);
      const line: TranscriptLine = { kind: 'bot', text, choices: choices.map(({ label }) => label) };
      record.push(picture === undefined ? line : { ...line, picture: true });
    }
    if (replies.length === 0) record.push({ kind: 'bot', text: '', choices: [] });
  };

  print(fill(words, 'page.terminal.intro'));
  print(fill(words, 'page.terminal.number-hint'));
  show(await talk.say(OPENING));

  const lines = createInterface({ input, output, terminal: input.isTTY === true, prompt: '\n> ' });
  lines.on('SIGINT', () => lines.close());
  if (input.isTTY) lines.prompt();
  for await (const line of lines) {
    const wait = ADVANCE.exec(line.trim());
    const waitMs = wait === null ? null : readSpokenDuration(wait[1]!);
    if (waitMs !== null) {
      record.push({ kind: 'wait', ms: waitMs });
      const replies = await talk.advance(waitMs);
      print(fill(words, 'page.terminal.clock', { time: momentOf(knowledge, language ?? 'id', talk.now()) }));
      if (replies.length > 0) show(replies);
    } else if (wait !== null) {
      print(fill(words, 'page.terminal.unknown-command'));
    } else {
      const { said, written } = readLine(line, offered);
      record.push(written);
      show(await talk.say(said));
    }
    if (input.isTTY) lines.prompt();
  }
  if (savePath === null) return;
  mkdirSync(dirname(savePath), { recursive: true });
  writeFileSync(savePath, formatTranscript(record), { flag: 'wx' });
  print(savePath);
}

/** What a typed line says, and how a transcript writes it. */
function readLine(
  line: string,
  offered: readonly Choice[],
): { readonly said: Said; readonly written: TranscriptLine } {
  const written = writtenIn(line);
  if (written?.kind === 'press') {
    const choice = offered.filter(({ label }) => label === written.label).at(-1 - written.earlier);
    if (choice !== undefined) return { said: said('choice', '', choice.id), written };
  }
  if (written?.kind === 'other' && isKind(written.what))
    return { said: said(written.what, written.text), written };
  return { said: said('text', line), written: { kind: 'words', text: line } };
}

function writtenIn(line: string): TranscriptLine | null {
  if (!/^[[<]/.test(line)) return null;
  return parseTranscript(`me:  ${line}`)[0] ?? null;
}

function said(kind: Said['kind'], text: string, choice: string | null = null): Said {
  return { kind, text, choice, messageId: null };
}

function isKind(name: string): name is (typeof WORDLESS_KINDS)[number] {
  return WORDLESS_KINDS.some((kind) => kind === name);
}

/** As people here would write it, to the second. */
function isoInWib(at: number): string {
  return new Date(at + 7 * 3_600_000).toISOString().replace(/(?:\.\d+)?Z$/, '+07:00');
}

function momentOf(knowledge: Knowledge, language: Language, at: number): SpokenText {
  const words = knowledge.words[language];
  const wall = wallClock(at);
  const day = fill(words, 'date.day', {
    weekday: fill(words, `date.weekday.${wall.weekday}`),
    day: wall.day,
    month: fill(words, `date.month.${wall.month}`),
  });
  const time = [wall.hour, wall.minute].map((part) => String(part).padStart(2, '0')).join('.');
  return fill(words, 'date.at', { day, time });
}
