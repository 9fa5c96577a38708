import type { Answer, Known } from './answers.ts';
import type { Checklist, Evidence, QuestionId, Requirement, RequirementId, SignId } from './checklist.ts';
import { lookupOf } from './lookup.ts';
import type { RequirementState } from './position.ts';

type Shown = { readonly question: QuestionId; readonly answer: Answer };
export type Seen = ReadonlyMap<SignId, Shown>;
export type States = ReadonlyMap<RequirementId, RequirementState>;

/** What the answers prove or disprove, requirement by requirement in the order of the chain. */
export function stateOfAll(checklist: Checklist, seen: Seen): States {
  const states = new Map<RequirementId, RequirementState>();
  for (const requirement of checklist.requirements) {
    states.set(requirement.id, stateOf(checklist, requirement, seen, states));
  }
  return states;
}

/** Newest explicit evidence, else the newest inference; of two given at once the unmet one, which costs only a question. */
function stateOf(
  checklist: Checklist,
  requirement: Requirement,
  seen: Seen,
  earlier: States,
): RequirementState {
  let best: { evidence: Evidence; newest: Answer } | null = null;
  for (const evidence of requirement.evidence) {
    const newest = newestSupport(checklist, evidence, seen, earlier);
    if (newest === null) continue;
    if (best === null || beats(evidence, newest, best.evidence, best.newest)) best = { evidence, newest };
  }
  if (best === null) {
    return {
      requirement: requirement.id,
      state: 'unknown',
      strength: null,
      telling: null,
      signs: [],
      since: null,
    };
  }
  const { evidence, newest } = best;
  return {
    requirement: requirement.id,
    state: evidence.state,
    strength: evidence.strength,
    telling: evidence.telling,
    signs: evidence.signs,
    since: newest.at,
  };
}

function beats(a: Evidence, aNewest: Answer, b: Evidence, bNewest: Answer): boolean {
  if (a.strength !== b.strength) return a.strength === 'said';
  if (aNewest.order !== bNewest.order) return aNewest.order > bNewest.order;
  return a.state === 'unmet' && b.state === 'met';
}

/** The newest answer that shows all signs of the evidence, null when it does not hold. */
export function newestSupport(
  checklist: Checklist,
  evidence: Evidence,
  seen: Seen,
  earlier: States,
): Answer | null {
  let newest: Answer | null = null;
  for (const sign of evidence.signs) {
    const shown = seen.get(sign);
    if (shown === undefined) return null;
    if (newest === null || shown.answer.order > newest.order) newest = shown.answer;
  }
  if (evidence.unless !== null && lookupOf(checklist).factsOn.has(evidence.unless)) return null;
  return evidence.after.every((id) => earlier.get(id)?.state === 'met') ? newest : null;
}

/** Every sign that the answers show, with the newest answer that shows it. */
export function seenSigns(checklist: Checklist, known: Known): Seen {
  const { signsOf } = lookupOf(checklist);
  const seen = new Map<SignId, Shown>();
  for (const [question, answer] of known) {
    for (const sign of signsOf.get(question)?.get(answer.answerId) ?? []) {
      const before = seen.get(sign);
      if (before === undefined || answer.order > before.answer.order) seen.set(sign, { question, answer });
    }
  }
  return seen;
}

/** The question whose newest answer shows each of these signs. */
export function questionsOf(signs: readonly SignId[], seen: Seen): QuestionId[] {
  return signs.map((sign) => seen.get(sign)!.question);
}
