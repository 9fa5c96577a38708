import { underCurrentIds } from '../checklist/answers.ts';
import type { AnswerId, Checklist, QuestionId } from '../checklist/checklist.ts';
import type { Dialogue, Session } from './session.ts';

/** What may be pending; a side question that an older version asked is let go. */
const KINDS: Readonly<Record<Dialogue['kind'], true>> = {
  'delete-data': true,
  restart: true,
  'new-case': true,
  'close-case': true,
  settle: true,
  names: true,
  'remind-day': true,
  letter: true,
  provider: true,
  changed: true,
};

/** Sessions that were saved before there could be several cases hold one. */
const ONE_CASE = { caseId: 1, label: null, others: [], casesOpened: 1, switchedAt: 0 } as const;

/**
 * The flows may have been edited since the last turn: what was renamed is found under its new name, and what a side
 * question or an unsaid reply rests on is let go when it is gone. A contradiction that still stands is found anew.
 */
export function underCurrentFlows(checklist: Checklist, saved: Session): Session {
  const session: Session = { ...ONE_CASE, ...saved };
  const answers = underCurrentIds(checklist, session.answers);
  const isKnown = (question: QuestionId, answer: AnswerId | undefined): boolean =>
    checklist.questions.some(
      ({ id, answers: options }) => id === question && options.some((option) => option.id === answer),
    );
  const stands = (dialogue: Dialogue): boolean => {
    if (!(dialogue.kind in KINDS)) return false;
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
    others: session.others.map((parked) => ({
      ...parked,
      answers: underCurrentIds(checklist, parked.answers),
    })),
    dialogue: dialogue === null || stands(dialogue) ? dialogue : null,
    owed: owed && {
      ...owed,
      recorded: owed.recorded.filter(({ question, answer }) => isKnown(question, answer)),
    },
  };
}
