import type { AnswerId, Checklist, Question, QuestionId } from './checklist.ts';

/** One answer: `at` in epoch milliseconds, `order` counts answers so that the newest is always known. */
export type Answer = { readonly answerId: AnswerId; readonly at: number; readonly order: number };
export type Answers = Readonly<Record<QuestionId, Answer>>;
/** The answers that count as things stand, by question. */
export type Known = ReadonlyMap<QuestionId, Answer>;

/**
 * The answers that still mean something: their question asked as things stand, its id and answer id current ones.
 * An answer to a further question is of no use after the earlier one was answered anew: the status changes, and the
 * word that was read three weeks ago is asked for again.
 */
export function currentAnswers(checklist: Checklist, answers: Answers): Known {
  const known = new Map<QuestionId, Answer>();
  for (const question of checklist.questions) {
    const answer = storedAnswer(question, answers);
    if (answer === null) continue;
    const asked = Object.entries(question.onlyAfter).every(([id, allowed]) => {
      const earlier = known.get(id);
      return earlier !== undefined && allowed.includes(earlier.answerId) && earlier.order < answer.order;
    });
    if (asked) known.set(question.id, answer);
  }
  return known;
}

/** The answers under the ids that a renamed question or answer has now; the others stay as they are. */
export function underCurrentIds(checklist: Checklist, answers: Answers): Answers {
  const current = { ...answers };
  let isRenamed = false;
  for (const question of checklist.questions) {
    const answer = storedAnswer(question, answers);
    for (const id of question.moved) {
      isRenamed ||= Object.hasOwn(current, id);
      delete current[id];
    }
    if (answer === null || answer === answers[question.id]) continue;
    current[question.id] = answer;
    isRenamed = true;
  }
  return isRenamed ? current : answers;
}

function storedAnswer(question: Question, answers: Answers): Answer | null {
  for (const id of [question.id, ...question.moved]) {
    const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
    if (answer === undefined) continue;
    const answerId = Object.hasOwn(question.movedAnswers, answer.answerId)
      ? question.movedAnswers[answer.answerId]!
      : answer.answerId;
    if (!question.answers.some((option) => option.id === answerId)) continue;
    return answerId === answer.answerId ? answer : { ...answer, answerId };
  }
  return null;
}
