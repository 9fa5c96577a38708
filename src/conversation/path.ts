import type { Requirement } from '../checklist/checklist.ts';
import type { RequirementState, Verdict } from '../checklist/position.ts';
import type { Answers } from '../checklist/walk.ts';
import type { StepState } from '../message.ts';
import type { Draft } from './draft.ts';

/** The requirements that matter to this participant, in the order of the chain. */
export function wantedRequirements(draft: Draft, answers: Answers): readonly Requirement[] {
  return draft.knowledge.checklist.requirements.filter(
    ({ wantedBy }) => wantedBy === null || answers[wantedBy.question]?.answerId === wantedBy.answer,
  );
}

/** How a step is shown: what the verdict stands at is no longer merely unknown, and behind the money nothing is. */
export function shownState(state: RequirementState, verdict: Verdict | null): StepState {
  if (verdict?.kind === 'finished') return 'met';
  if (verdict?.requirement === state.requirement) {
    if (verdict.kind === 'waiting') return 'waiting';
    if (verdict.kind === 'blocked' || verdict.kind === 'elsewhere') return 'unmet';
  }
  return state.state;
}
