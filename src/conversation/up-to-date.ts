import { underCurrentIds } from '../checklist/answers.ts';
import type { AnswerId, Checklist, QuestionId } from '../checklist/checklist.ts';
import type { Dialogue, Session } from './session.ts';

/**
 * The flows may have been edited since the last turn: what was renamed is found under its new name, and what a side
 * question or an unsaid reply rests on is let go when it is gone. A contradiction that still stands is found anew.
 */
export function underCurrentFlows(checklist: Checklist, session: Session): Session {
  const answers = underCurrentIds(checklist, session.answers);
  const isKnown = (question: QuestionId, answer: AnswerId | undefined): boolean =>
    checklist.questions.some(
      ({ id, answers: options }) => id === question && options.some((option) => option.id === answer),
    );
  const stands = (dialogue: Dialogue): boolean => {
    if (dialogue.kind === 'settle') {
      return [dialogue.said, dialogue.suggested].every((id) => isKnown(id, answers[id]?.answerId));
    }
    return (
      dialogue.kind !== 'changed' || checklist.requirements.some(({ id }) => id === dialogue.requirement)
    );
  };
  const { dialogue, owed } = session;
  return {
    ...session,
    answers,
    dialogue: dialogue === null || stands(dialogue) ? dialogue : null,
    owed: owed && {
      ...owed,
      recorded: owed.recorded.filter(({ question, answer }) => isKnown(question, answer)),
    },
  };
}
