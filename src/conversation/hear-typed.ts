import { passesOver } from '../language/passing-over.ts';
import type { Reading } from '../language/reader.ts';
import type { Draft } from './draft.ts';
import type { Heard } from './heard.ts';
import { isTyping, readTyped } from './typed.ts';
import { zoneOf } from './zone.ts';

/** Problems of what may be meant for Pandu rather than for the question. */
const TALKS: ReadonlySet<string> = new Set(['sentence', 'date', 'blank']);
const HIDDEN = /\[(?:nomor|kode|sandi|email)\]/i;
/** At a question for something of their own, whatever is no order, no choice, no yes or no, and nothing that is told. */
export function hearTyped(draft: Draft, text: string, reading: Reading): Heard | null {
  const { dialogue, menu, revision } = draft.session;
  if (!isTyping(dialogue)) return null;
  if (passesOver(text)) {
    const answer = dialogue.typed === null ? 'skip' : 'without';
    return { kind: 'pick', pick: { kind: 'dialogue', dialogue: dialogue.kind, answer }, revision };
  }
  if (reading.polarity !== null) return null;
  if (reading.numbers.length === 1 && menu[reading.numbers[0]! - 1] !== undefined) return null;
  const typed = readTyped(dialogue, text, draft.at, zoneOf(draft.session));
  const isCourse = typed.kind === 'letter' && reading.control?.startsWith('language') && /bahasa/i.test(text);
  if (reading.control !== null && !isCourse) return null;
  const isProblem = typed.kind === 'letter-problem' || typed.kind === 'provider-problem';
  const isTold = reading.answers.length > 0 || reading.topic !== null || /[?؟]/u.test(text);
  return isProblem && isTold && TALKS.has(typed.problem) ? null : { kind: 'typed', typed };
}

/** Whether something was taken out of the message before anybody read it. */
export function isHiding(text: string): boolean {
  return HIDDEN.test(text);
}
