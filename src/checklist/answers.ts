import type { AnswerId, Checklist, QuestionId } from './checklist.ts';
import { type Lookup, lookupOf, type QuestionLookup } from './lookup.ts';

/** One answer: `at` in epoch milliseconds, `order` counts answers so that the newest is always known. */
export type Answer = { readonly answerId: AnswerId; readonly at: number; readonly order: number };
export type Answers = Readonly<Record<QuestionId, Answer>>;
/** The answers that count as things stand, by the place of their question. */
export type Known = readonly (Answer | undefined)[];

/**
 * The answers that still mean something: their question asked as things stand, its id and answer id current ones.
 * An answer to a further question is of no use after the earlier one was answered anew: the status changes, and the
 * word that was read three weeks ago is asked for again.
 */
export function currentAnswers({ questions }: Lookup, answers: Answers): Known {
  const known = new Array<Answer | undefined>(questions.length).fill(undefined);
  for (const lookup of questions) {
    const answer = storedAnswer(lookup, answers);
    if (answer !== null && isAsked(lookup, answer, known)) known[lookup.place] = answer;
  }
  return known;
}

function isAsked({ onlyAfter }: QuestionLookup, answer: Answer, known: Known): boolean {
  for (const { question, answers } of onlyAfter) {
    const earlier = known[question];
    if (earlier === undefined || !answers.has(earlier.answerId) || earlier.order >= answer.order)
      return false;
  }
  return true;
}

/** The answers under the ids that a renamed question or answer has now; the others stay as they are. */
export function underCurrentIds(checklist: Checklist, answers: Answers): Answers {
  let current: Record<QuestionId, Answer> | null = null;
  for (const lookup of lookupOf(checklist).questions) {
    const { id, moved } = lookup.question;
    const answer = storedAnswer(lookup, answers);
    const left = moved.length === 0 ? moved : moved.filter((old) => Object.hasOwn(answers, old));
    if (left.length === 0 && (answer === null || answer === answers[id])) continue;
    current ??= { ...answers };
    for (const old of left) delete current[old];
    if (answer !== null) current[id] = answer;
  }
  return current ?? answers;
}

function storedAnswer(lookup: QuestionLookup, answers: Answers): Answer | null {
  const { id, moved } = lookup.question;
  const stored = answerUnder(id, lookup, answers);
  if (stored !== null) return stored;
  for (const old of moved) {
    const found = answerUnder(old, lookup, answers);
    if (found !== null) return found;
  }
  return null;
}

function answerUnder(id: QuestionId, { question, options }: QuestionLookup, answers: Answers): Answer | null {
  const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
  if (answer === undefined) return null;
  if (!Object.hasOwn(question.movedAnswers, answer.answerId)) {
    return options.has(answer.answerId) ? answer : null;
  }
  const answerId = question.movedAnswers[answer.answerId]!;
  return options.has(answerId) ? { ...answer, answerId } : null;
}
