import type { AnswerId, Question, QuestionId } from '../checklist/checklist.ts';
import { lookupOf } from '../checklist/lookup.ts';
import type { Answers } from '../checklist/walk.ts';
import type { SpokenText } from '../message.ts';
import { type Draft, phrase, update } from './draft.ts';

export function findQuestion(draft: Draft, id: QuestionId): Question | null {
  return lookupOf(draft.knowledge.checklist).question.get(id)?.question ?? null;
}

/** The label of an answer, quoted back to the participant. */
export function answerLabel(draft: Draft, question: QuestionId, answer: AnswerId): SpokenText {
  return phrase(draft, `question.${question}.answers.${answer}`);
}

/**
 * Writes down an answer, and whatever must have been answered for its question to be asked at all (a pasted status
 * says that the dashboard shows one). An unknown question or answer changes nothing.
 */
export function record(draft: Draft, questionId: QuestionId, answerId: AnswerId): boolean {
  const question = findQuestion(draft, questionId);
  if (question === null || !question.answers.some(({ id }) => id === answerId)) return false;
  for (const [earlier, allowed] of Object.entries(question.onlyAfter)) {
    const given = draft.session.answers[earlier]?.answerId;
    if ((given === undefined || !allowed.includes(given)) && allowed[0] !== undefined)
      record(draft, earlier, allowed[0]);
  }
  const order = draft.session.order + 1;
  const answers: Answers = { ...draft.session.answers, [question.id]: { answerId, at: draft.at, order } };
  update(draft, { answers, order, focus: draft.session.focus === question.id ? null : draft.session.focus });
  consent(draft);
  return true;
}

/** Answering after the notice is consent to it (decision 11). */
function consent(draft: Draft): void {
  const { notice, consent } = draft.session;
  if (consent !== null || notice === null || draft.channel === null) return;
  update(draft, { consent: { notice: notice.hash, at: draft.at, channel: draft.channel } });
}

/** Takes back the newest answer; the question it belonged to, null when nothing was answered yet. */
export function takeBackNewest(draft: Draft): QuestionId | null {
  const newest = Object.entries(draft.session.answers).reduce<[string, number] | null>(
    (best, [id, { order }]) => (best === null || order > best[1] ? [id, order] : best),
    null,
  );
  if (newest === null) return null;
  forget(draft, newest[0]);
  return newest[0];
}

export function forget(draft: Draft, questionId: QuestionId): void {
  const { [questionId]: _forgotten, ...answers } = draft.session.answers;
  update(draft, { answers });
}
