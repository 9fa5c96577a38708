import type { OwnLabel } from '../language/case-label.ts';
import type { Span } from '../language/names/spans.ts';
import type { SpokenText } from '../message.ts';
import type { Words } from './knowledge.ts';

/**
 * What may stand for a placeholder: a text already spoken, an id or date of ours, a number. Words of a participant
 * are never passed in, so nobody can make Pandu say a sentence of theirs.
 */
export type Values = Readonly<Record<string, SpokenText | string | number>>;

/** What may stand between spoken texts: layout, no words. */
export type Separator = '' | ' ' | ', ' | ' · ' | '\n' | '\n\n';

/** `{name}`: a value the code gives. Facts (names with a dot) were filled in when the files were loaded. */
const PLACEHOLDER = /\{([a-z][A-Za-z0-9-]*)\}/g;

/**
 * The text `id` with its placeholders filled: the only maker of texts that a participant reads. A value is put in as
 * it is; braces in it are not placeholders.
 *
 * @throws {RangeError} for an unknown text or a placeholder without a value; `pandu check` finds both beforehand
 */
export function fill(words: Words, id: string, values: Values = {}): SpokenText {
  const text = words.get(id);
  if (text === undefined) throw new RangeError(`Cannot say '${id}': there is no such text`);
  // Most texts have none, and are said many times a second.
  if (!text.includes('{')) return spoken(text);
  const filled = text.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new RangeError(`Cannot say '${id}': no value for {${name}}`);
    return String(value);
  });
  return spoken(filled);
}

/** Spoken texts side by side. */
export function join(parts: readonly SpokenText[], separator: Separator): SpokenText {
  return spoken(parts.join(separator));
}

/**
 * A name as a participant typed it, told back to them alone: what only this side has stands in brackets. A text
 * that is not ours; language/names has found it to be a name, so no sentence, link or number.
 */
export function echo(spans: readonly Span[], marking: 'marked' | 'plain' = 'marked'): SpokenText {
  const parts = spans.map(({ text, kind }) => {
    const shown = text.replace(NOT_SHOWN, ' ');
    if (marking === 'plain' || kind === 'same' || shown.trim() === '') return shown;
    const [, before, letters, behind] = AROUND.exec(shown)!;
    return `${before}[${letters}]${behind}`;
  });
  return spoken(parts.join('').trim());
}

/**
 * What a participant calls a case of theirs, told back to them alone. Not ours either; language/case-label.ts has found
 * it to be a few plain words, so no sentence, link or number.
 */
export function echoLabel(label: OwnLabel): SpokenText {
  return spoken(label);
}

/** Line breaks, and characters that would turn the direction of what stands around the name. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const AROUND = /^(\s*)(.*?)(\s*)$/su;

/** Words of the participant for those who answer them, and for nobody else: what would turn or break the lines is left out. */
export function quoted(words: string): SpokenText {
  return spoken(words.replace(DIRECTIONS, '').trim());
}
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/gu;

/** One below the other with the numbers 1, 2, … that a participant can answer with. */
export function numbered(parts: readonly SpokenText[]): SpokenText {
  return spoken(parts.map((part, index) => `${index + 1}. ${part}`).join('\n'));
}

/** The one place where a string becomes spoken. Half a surrogate pair would make a platform refuse the message. */
function spoken(text: string): SpokenText {
  return text.toWellFormed() as SpokenText;
}
