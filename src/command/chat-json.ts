import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Said, WORDLESS_KINDS } from '../channels/terminal.ts';
import type { Saying } from '../message.ts';
import { readIsoDuration } from './duration.ts';
import { readFields } from './json-line.ts';
import { OPENING, type Talk } from './talk.ts';

/** What a line can ask for. */
export type Request =
  | { readonly say: Said }
  | { readonly advanceMs: number; readonly messageId: string | null };

/**
 * The machine's side of a talk: one line out for the opening, then one JSON value per line in and one out, until the
 * input ends. A line that cannot be read is answered with its error, and the next one is read.
 */
export async function chatInJson(talk: Talk, input: Readable, output: Writable): Promise<void> {
  const write = (value: unknown): void => {
    output.write(`${JSON.stringify(value)}\n`);
  };
  const waited = new Set<string>();
  const carryOut = async (request: Request): Promise<readonly Saying[]> => {
    if ('say' in request) return talk.say(request.say);
    // A repeated message is known to the store; time has no store.
    if (request.messageId !== null && waited.has(request.messageId)) return [];
    if (request.messageId !== null) waited.add(request.messageId);
    return talk.advance(request.advanceMs);
  };
  write(answer(await talk.say(OPENING), talk));
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const request = readRequest(line);
    write(typeof request === 'string' ? { error: request } : answer(await carryOut(request), talk));
  }
}

function answer(replies: readonly Saying[], talk: Talk): unknown {
  return {
    replies: replies.map(({ text, choices, picture }) => ({
      text,
      choices: choices.map(({ id, label }) => ({ id, label })),
      ...(picture === undefined ? {} : { picture: { type: 'image/png', alt: text } }),
    })),
    position: talk.standing,
  };
}

/** @returns what was asked for, or what is wrong with the line */
export function readRequest(line: string): Request | string {
  const fields = readFields(line);
  if (typeof fields === 'string') return fields;
  const { text, choice, kind, advance, messageId } = fields;
  if (messageId !== undefined && typeof messageId !== 'string' && typeof messageId !== 'number') {
    return '"messageId" must be a text';
  }
  if (text !== undefined && typeof text !== 'string') return '"text" must be a text';
  const asked = [choice, kind, advance].filter((field) => field !== undefined).length;
  if (asked > 1 || (text !== undefined && (choice !== undefined || advance !== undefined))) {
    return 'one line says one thing: "text", "choice", "kind" (with a "text" if it has one) or "advance"';
  }
  const id = messageId === undefined ? null : String(messageId);
  if (advance !== undefined) {
    const advanceMs = typeof advance === 'string' ? readIsoDuration(advance) : null;
    return advanceMs === null
      ? '"advance" must be an ISO 8601 duration such as "PT26H"'
      : { advanceMs, messageId: id };
  }
  if (choice !== undefined) {
    if (typeof choice !== 'string') return '"choice" must be the id of a choice';
    return { say: { kind: 'choice', text: '', choice: choice.toWellFormed(), messageId: id } };
  }
  if (kind !== undefined) {
    const known = WORDLESS_KINDS.find((name) => name === kind);
    if (known === undefined) return `"kind" must be one of ${WORDLESS_KINDS.join(', ')}`;
    return { say: { kind: known, text: (text ?? '').toWellFormed(), choice: null, messageId: id } };
  }
  if (text === undefined) return 'the line needs "text", "choice", "kind" or "advance"';
  return { say: { kind: 'text', text: text.toWellFormed(), choice: null, messageId: id } };
}
