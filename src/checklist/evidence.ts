import type { Answer, Known } from './answers.ts';
import type {
  Checklist,
  Evidence,
  Fact,
  QuestionId,
  Requirement,
  RequirementId,
  SignId,
} from './checklist.ts';
import type { RequirementState } from './position.ts';

export type States = ReadonlyMap<RequirementId, RequirementState>;

/** What the answers prove or disprove, requirement by requirement in the order of the chain. */
export function stateOfAll(checklist: Checklist, known: Known): States {
  const states = new Map<RequirementId, RequirementState>();
  for (const requirement of checklist.requirements) {
    states.set(requirement.id, stateOf(checklist, requirement, known, states));
  }
  return states;
}

/** Newest explicit evidence, else the newest inference; of two given at once the unmet one, which costs only a question. */
function stateOf(
  checklist: Checklist,
  requirement: Requirement,
  known: Known,
  earlier: States,
): RequirementState {
  let best: { evidence: Evidence; newest: Answer } | null = null;
  for (const evidence of requirement.evidence) {
    const newest = newestSupport(checklist, evidence, known, earlier);
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
  known: Known,
  earlier: States,
): Answer | null {
  if (evidence.unless !== null && isOn(checklist.facts, evidence.unless)) return null;
  if (!evidence.after.every((id) => earlier.get(id)?.state === 'met')) return null;
  let newest: Answer | null = null;
  for (const sign of evidence.signs) {
    const seen = seenSign(checklist, sign, known);
    if (seen === null) return null;
    if (newest === null || seen.answer.order > newest.order) newest = seen.answer;
  }
  return newest;
}

function seenSign(
  checklist: Checklist,
  id: SignId,
  known: Known,
): { question: QuestionId; answer: Answer } | null {
  const sign = checklist.signs.find((candidate) => candidate.id === id)!;
  let newest: { question: QuestionId; answer: Answer } | null = null;
  for (const [question, shown] of Object.entries(sign.seenIn)) {
    const answer = known.get(question);
    if (answer === undefined || !shown.includes(answer.answerId)) continue;
    if (newest === null || answer.order > newest.answer.order) newest = { question, answer };
  }
  return newest;
}

function isOn(facts: readonly Fact[], id: string): boolean {
  return facts.some((fact) => fact.id === id && fact.on);
}

/** The question whose newest answer shows each of these signs. */
export function questionsOf(checklist: Checklist, signs: readonly SignId[], known: Known): QuestionId[] {
  return signs.map((sign) => seenSign(checklist, sign, known)!.question);
}
