import type { QuestionId, RequirementId, SignId } from '../checklist/checklist.ts';
import { type Draft, positionOf } from './draft.ts';
import { requirementOf } from './tell.ts';

/** Where to look for whether a step has changed: what showed it missing, or has to be found out, else its own question. */
export function questionToLookAt(draft: Draft, requirement: RequirementId): QuestionId {
  const { states, verdict } = positionOf(draft);
  if (verdict?.kind === 'find-out' && verdict.requirement === requirement) return verdict.telling;
  const state = states.find((candidate) => candidate.requirement === requirement)!;
  const { answers } = draft.session;
  const shown = questionsBehind(draft, state.signs).toSorted(
    (a, b) => answers[b]!.order - answers[a]!.order,
  )[0];
  return (state.state === 'unmet' ? shown : undefined) ?? requirementOf(draft, requirement).question;
}

/** The questions whose present answers show these signs. */
export function questionsBehind(draft: Draft, signs: readonly SignId[]): QuestionId[] {
  const { checklist } = draft.knowledge;
  const shown = checklist.signs.filter(({ id }) => signs.includes(id));
  const { answers } = draft.session;
  return [
    ...new Set(
      shown.flatMap(({ seenIn }) =>
        Object.entries(seenIn).flatMap(([question, options]) =>
          options.includes(answers[question]?.answerId ?? '') ? question : [],
        ),
      ),
    ),
  ];
}
