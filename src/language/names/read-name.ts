import { MOST_CHARACTERS } from '../clean.ts';
import { type Message, readParts } from './parts.ts';
import { problemOf, unwrap } from './problem.ts';
import { type Token, tokensOf } from './tokens.ts';
import { BEFORE_A_NAME, NO_WORDS, TALK_BEFORE_NAME } from './words.ts';

/** A message with the parts of its words; `text` is cut where every message is. */
export type PartedMessage = Message & { readonly text: string };

/** Ends a name: the line, a bracket, another half. */
const ENDS_NAME = /[\n;/|()=→>]/;
const ENDS_SENTENCE = /[?!]$/;
/** As above, and a comma: what stands before says nothing of what stands behind. */
const PARTS = /[,\n;/|()=→>]/;
const CAPITAL = /^\P{L}*\p{Lu}/u;
/** What a site shows for letters it hides or has no room for. */
const HIDDEN_BEHIND = /^\s*(?:[*∗＊]{2,}|[•●█]{2,}|\.{3,}|…)/;
const TRAILING = /[\s,;:!?\-–—]+$/u;
/** Behind a word too long to be short for another. */
const FULL_STOP = /(?<=[\p{L}\p{M}]{6})\.$/u;
const LEADING = /^[\s\-–—•.]+/u;

export function partsOfMessage(message: string): PartedMessage {
  const text = message.slice(0, MOST_CHARACTERS);
  return { text, ...readParts(tokensOf(text), ({ end }) => text.slice(end)) };
}

/**
 * The name in a reply to "which name stands there?", without what people write around it ("nama saya …", "… kak"),
 * never without a part of the name; null when there is no complete name in it.
 */
export function readName(message: string): string | null {
  const parted = partsOfMessage(message);
  const { tokens, parts } = parted;
  const name = nameWithin(parted, 0, tokens.length);
  if (name !== null && !isLoneWord(parted, name)) return name;
  const isHarmless = tokens.every(({ word }, index) => parts[index] !== 'talk' || TALK_BEFORE_NAME.has(word));
  const announced = nameAnnounced(parted, 0, tokens.length);
  // "Kok harus pakai nama segala" announces nothing.
  if (announced !== null && (isHarmless || !isLoneWord(parted, announced))) return announced;
  return isHarmless ? nameInCapitals(parted, 0, tokens.length) : null;
}

/** The name among tokens `from` up to `to`: what they begin with, else what stands behind "namanya". */
export function nameWithin(message: PartedMessage, from: number, to: number): string | null {
  return nameFrom(message, from, to) ?? nameAnnounced(message, from, to);
}

/** The first words in capitals, where a message has small letters too: "tanpa gelar Siti Aminah". */
export function nameInCapitals(message: PartedMessage, from: number, to: number): string | null {
  const { tokens, parts } = message;
  const isName = (index: number): boolean =>
    index < to && parts[index] === 'name' && CAPITAL.test(tokens[index]!.text);
  if (tokens.every(({ text }) => text === text.toUpperCase())) return null;
  for (let index = from; index < to; index += 1) {
    if (!isName(index) || !isName(index + 1) || NO_WORDS.has(tokens[index - 1]?.word ?? '')) continue;
    return nameFrom(message, index, to);
  }
  return null;
}

/** "cairnya kapan", "tertera atas nama …": one small word beside talk is some word we do not know. */
export function isLoneWord({ tokens, parts }: PartedMessage, name: string): boolean {
  if (/[\s\p{Lu}]/u.test(name)) return false;
  return parts.includes('talk') || tokens.slice(1).some(({ word }) => BEFORE_A_NAME.has(word));
}

function nameAnnounced(message: PartedMessage, from: number, to: number): string | null {
  const { tokens } = message;
  for (let index = from + 1; index < to; index += 1) {
    if (!BEFORE_A_NAME.has(tokens[index - 1]!.word)) continue;
    const name = nameFrom(message, index, to);
    if (name !== null) return name;
  }
  return null;
}

/** The name that tokens begin with, but for linking words; null when they begin otherwise. */
function nameFrom(message: PartedMessage, from: number, to: number): string | null {
  const { tokens, parts } = message;
  let start = from;
  while (start < to && isAround(message, start)) start += 1;
  let end = start;
  while (end < to && parts[end] === 'name' && (end === start || !isEnd(tokens, end))) end += 1;
  return nameOf(message, start, end);
}

/** The name that tokens `from` up to `to` end with. */
export function nameBefore(message: PartedMessage, from: number, to: number): string | null {
  const { tokens, parts } = message;
  let end = to;
  while (end > from && isAround(message, end - 1)) end -= 1;
  let start = end;
  while (start > from && parts[start - 1] === 'name' && (start === end || !isEnd(tokens, start))) start -= 1;
  // "belum dinilai di sisnaker": what follows talk at once belongs to it.
  const isTalk = start > from && parts[start - 1] === 'talk' && !PARTS.test(tokens[start]?.before ?? '');
  return isTalk ? null : nameOf(message, start, end);
}

function isAround({ parts }: PartedMessage, index: number): boolean {
  return parts[index] === 'linking' || parts[index] === 'courtesy' || parts[index] === 'mention';
}

function isEnd(tokens: readonly Token[], index: number): boolean {
  return ENDS_NAME.test(tokens[index]!.before) || ENDS_SENTENCE.test(tokens[index - 1]!.text);
}

function nameOf({ text, tokens }: PartedMessage, start: number, end: number): string | null {
  if (start >= end) return null;
  const last = tokens[end - 1]!.end;
  const hidden = HIDDEN_BEHIND.exec(text.slice(last))?.[0] ?? '';
  const name = unwrap(text.slice(tokens[start]!.start, last) + hidden)
    .replace(TRAILING, '')
    .replace(FULL_STOP, '')
    .replace(LEADING, '');
  return problemOf(name) === null ? name : null;
}
