import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSources } from '../../src/flow/sources.ts';
import { type Reader, type Reading, read } from '../../src/language/reader.ts';

/** The reader of the flows that run. */
export function readerOfFlows(): Reader {
  const { sources, issues } = readSources('flows');
  if (sources === null) throw new Error(`flows/ cannot be read: ${JSON.stringify(issues)}`);
  return sources.reader();
}

/** Menu order of the answers, as flows/checklist.yaml has them. */
export function answersOfFlows(): ReadonlyMap<string, readonly string[]> {
  const { sources } = readSources('flows');
  return new Map(
    sources!.checklist.questions.map(({ id, answers }) => [id, answers.map((answer) => answer.id)] as const),
  );
}

export type Row = { readonly line: number; readonly cells: readonly string[] };

/** Rows of a tab-separated table; `#` begins a comment line, `\n` and `\u200b` are written so. */
export function rowsOf(file: string, columns: number): readonly Row[] {
  const rows = readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .map((text, index) => ({ line: index + 1, text }))
    .filter(({ text }) => text.trim() !== '' && !text.startsWith('#'));
  return rows.map(({ line, text }) => {
    const cells = text.split(/\t+/).map(unescaped);
    if (cells.length !== columns) throw new Error(`${file}:${line}: ${cells.length} columns, not ${columns}`);
    return { line, cells };
  });
}

function unescaped(cell: string): string {
  return cell
    .replace(/\\n/g, '\n')
    .replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const READER = readerOfFlows();
const ANSWERS = answersOfFlows();

/** @param question '-' when none is pending */
export function readAt(question: string, text: string): Reading {
  return read(READER, text, {
    question: question === '-' ? null : question,
    answers: ANSWERS.get(question) ?? [],
  });
}

/** A reading in one line: `2`, `yes`, `rating=sisnaker`, `control:stop`, `topic:survey`, joined by ` + `; `nothing`. */
export function inShort(reading: Reading): string {
  const parts = [
    reading.numbers.join(','),
    reading.polarity ?? '',
    ...reading.answers.map(({ question, answer }) => `${question}=${answer}`),
    reading.control === null ? '' : `control:${reading.control}`,
    reading.topic === null ? '' : `topic:${reading.topic}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing' : parts.join(' + ');
}
