import type { Question } from '../../checklist/checklist.ts';
import { walk } from '../../checklist/walk.ts';
import { type Issue, issueAt } from '../issue.ts';
import { asAnswers, waysToAsk } from '../possible.ts';
import type { Sources } from '../sources.ts';

/** A question that no path, wait, topic or requirement ever comes to. */
export function unreachableQuestions(sources: Sources): readonly Issue[] {
  return sources.checklist.questions.flatMap((question) => {
    const reason = whyNeverAsked(sources, question);
    const place = sources.ledger.placeOf('question', question.id);
    return reason === null ? [] : [issueAt(place, `question '${question.id}' is never asked: ${reason}`)];
  });
}

function whyNeverAsked({ checklist, topics }: Sources, question: Question): string | null {
  // The walk derives answers from top to bottom, so what comes before must stand before.
  const above = checklist.questions.slice(0, checklist.questions.indexOf(question)).map(({ id }) => id);
  const below = Object.keys(question.onlyAfter).find((id) => !above.includes(id));
  if (below !== undefined) return `it comes after '${below}', which does not stand above it`;
  const isNamed =
    checklist.requirements.some(({ question: lookUp, wait, wantedBy }) =>
      [lookUp, wait?.question, wantedBy?.question].includes(question.id),
    ) || topics.some(({ sets }) => sets?.question === question.id);
  if (isNamed) return null;
  if (question.about.length === 0)
    return 'it is about no requirement, and no wait, topic or requirement names it';
  for (const given of waysToAsk(checklist, question.id)) {
    const { states } = walk(checklist, asAnswers(checklist, given), 0);
    const isOpen = states.some(
      ({ requirement, state }) => state === 'unknown' && question.about.includes(requirement),
    );
    if (isOpen) return null;
  }
  return 'all that it is about is known by the time it could be asked';
}
