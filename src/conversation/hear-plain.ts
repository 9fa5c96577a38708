import type { Reading } from '../language/reader.ts';
import { contains } from '../language/sequences.ts';
import type { Guess } from '../language/understand.ts';
import { findQuestion } from './answer.ts';
import type { Pending } from './ask.ts';
import { parseChoice } from './choice.ts';
import type { Draft } from './draft.ts';
import { type Heard, isDelivered, type Seen } from './heard.ts';
import type { Order } from './session.ts';
import { isTyping } from './typed.ts';

/** A plain yes, no or "tidak tahu": what it means depends on what was asked last. */
export function hearPolarity(
  draft: Draft,
  polarity: NonNullable<Reading['polarity']>,
  pending: Pending,
  seen: Seen,
  order: Order | null,
): Heard {
  const single = singleOffer(draft);
  if (single !== null && isDelivered(draft, seen)) {
    if (polarity === 'yes') return { kind: 'pick', ...single };
    if (polarity === 'no') return { kind: 'again' };
  }
  if (pending.kind === 'dialogue') return hearDialogue(draft, polarity, pending.dialogue.kind);
  if (pending.kind === 'nothing') {
    if (order !== null) return { kind: 'order', order, also: null };
    // "Tidak mengerti" beside a verdict asks for it once more.
    if (polarity === 'unsure') return { kind: 'order', order: { kind: 'control', id: 'repeat' }, also: null };
    // "Kabari kalau sudah": a plain yes to a verdict that asks for something is "Sudah saya lakukan".
    const done = draft.session.menu
      .map(parseChoice)
      .find((choice) => choice?.pick.kind === 'act' && choice.pick.action === 'done');
    return polarity === 'yes' && done != null ? { kind: 'pick', ...done } : { kind: 'which-choice' };
  }
  const question = findQuestion(draft, pending.question)!;
  if (draft.session.asked !== question.id || !isDelivered(draft, seen)) {
    return isRepetition(draft, polarity) ? { kind: 'again' } : { kind: 'too-early' };
  }
  if (polarity === 'mixed') {
    return { kind: 'which', question: question.id, answers: [...question.yes, ...question.no], why: 'two' };
  }
  const answers =
    polarity === 'unsure' ? (question.unsure === null ? [] : [question.unsure]) : question[polarity];
  if (answers.length === 0) return { kind: 'not-understood', isSmallTalk: false };
  if (answers.length > 1) return { kind: 'which', question: question.id, answers, why: 'vague' };
  return { kind: 'answers', answers: [{ question: question.id, answer: answers[0]! }], order, also: null };
}

/** Whether it was asked if one thing was meant: a yes takes it, a no leads back. The menu stands beside it. */
function singleOffer({ session }: Draft): ReturnType<typeof parseChoice> {
  const [offered, beside, ...more] = session.menu.map(parseChoice);
  const isMenu = beside?.pick.kind === 'control' && beside.pick.control === 'menu';
  const isOffer = offered?.pick.kind === 'topic' || offered?.pick.kind === 'control';
  return session.asked === null && isMenu && isOffer && more.length === 0 ? offered : null;
}

/** Plain words at a side question: a yes or no to it, anything else leaves it open. */
function hearDialogue(draft: Draft, polarity: NonNullable<Reading['polarity']>, kind: string): Heard {
  const { dialogue, revision } = draft.session;
  // Who does not know which of two statements is true has not said the one that was only stated.
  if (dialogue?.kind === 'settle' && polarity === 'unsure') {
    return { kind: 'pick', pick: { kind: 'dialogue', dialogue: 'settle', answer: 'suggested' }, revision };
  }
  if (dialogue?.kind === 'changed' && polarity !== 'mixed') {
    const action = polarity === 'no' ? 'unchanged' : 'changed';
    return { kind: 'pick', pick: { kind: 'act', action, requirement: dialogue.requirement }, revision };
  }
  if (dialogue?.kind === 'names') {
    const isNo = polarity === 'no' || polarity === 'unsure';
    return isNo
      ? { kind: 'pick', pick: { kind: 'dialogue', dialogue: kind, answer: 'no' }, revision }
      : { kind: 'no-name', problem: null };
  }
  if (dialogue?.kind === 'new-case' && polarity !== 'no') return { kind: 'no-label', problem: 'empty' };
  if (isTyping(dialogue)) {
    const isShown = dialogue.typed !== null;
    if (polarity === 'mixed' || (polarity === 'yes' && !isShown)) return { kind: 'again' };
    const answer = polarity === 'yes' ? 'use' : isShown ? 'without' : 'skip';
    return { kind: 'pick', pick: { kind: 'dialogue', dialogue: kind, answer }, revision };
  }
  if (polarity !== 'yes' && polarity !== 'no') return { kind: 'not-understood', isSmallTalk: false };
  if (dialogue?.kind === 'remind-day') {
    if (polarity === 'yes') return { kind: 'not-understood', isSmallTalk: false };
    return { kind: 'pick', pick: { kind: 'dialogue', dialogue: kind, answer: 'no' }, revision };
  }
  if (dialogue === null || dialogue.kind === 'settle') return { kind: 'not-understood', isSmallTalk: false };
  return { kind: 'pick', pick: { kind: 'dialogue', dialogue: kind, answer: polarity }, revision };
}

/** Whether the newest answer already says just this (a plain word sent twice in a row). */
function isRepetition(draft: Draft, polarity: NonNullable<Reading['polarity']>): boolean {
  const { answers, asked } = draft.session;
  const question = asked === null ? null : findQuestion(draft, asked);
  const given = asked === null ? undefined : answers[asked];
  if (question === null || given === undefined || polarity === 'mixed') return false;
  return polarity === 'unsure'
    ? given.answerId === question.unsure
    : question[polarity].includes(given.answerId);
}

/**
 * "Belum ada kabar juga", where no question of the checklist is pending: a no, which changes nothing that was said before.
 * Asked whether something has changed, few words with a no in them are one.
 */
export function isRatherNo({ knowledge }: Draft, reading: Reading, guess: Guess, pending: Pending): boolean {
  if (pending.kind === 'question') return false;
  if (guess.topic === 'no' && guess.confidence > EVEN) return true;
  const words = reading.words.split(' ');
  const isAsked = pending.kind === 'dialogue' && pending.dialogue.kind === 'changed';
  return isAsked && words.length <= FEW_WORDS && contains(knowledge.reader.lexicon.no, words);
}

/** As likely as not. */
const EVEN = 0.5;
const FEW_WORDS = 6;
