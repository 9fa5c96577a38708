import type { Answer, Known } from './answers.ts';
import type { Evidence, QuestionId } from './checklist.ts';
import type { EvidenceLookup, Lookup, RequirementLookup } from './lookup.ts';
import type { RequirementState } from './position.ts';

type Shown = { readonly question: QuestionId; readonly answer: Answer };
/** By the place of the sign: the newest answer that shows it. */
export type Seen = readonly (Shown | undefined)[];
/** By the place of the requirement. */
export type States = readonly RequirementState[];

/** What the answers prove or disprove, requirement by requirement in the order of the chain. */
export function stateOfAll({ requirements }: Lookup, seen: Seen): States {
  const states: RequirementState[] = [];
  for (const requirement of requirements) states.push(stateOf(requirement, seen, states));
  return states;
}

/** Newest explicit evidence, else the newest inference; of two given at once the unmet one, which costs only a question. */
function stateOf(
  { evidence: all, unknown }: RequirementLookup,
  seen: Seen,
  earlier: States,
): RequirementState {
  let best: Evidence | null = null;
  let bestNewest: Answer | null = null;
  for (const candidate of all) {
    const newest = newestSupport(candidate, seen, earlier);
    if (newest === null) continue;
    if (best !== null && !beats(candidate.evidence, newest, best, bestNewest!)) continue;
    best = candidate.evidence;
    bestNewest = newest;
  }
  if (best === null) return unknown;
  return {
    requirement: unknown.requirement,
    state: best.state,
    strength: best.strength,
    telling: best.telling,
    signs: best.signs,
    since: bestNewest!.at,
  };
}

function beats(a: Evidence, aNewest: Answer, b: Evidence, bNewest: Answer): boolean {
  if (a.strength !== b.strength) return a.strength === 'said';
  if (aNewest.order !== bNewest.order) return aNewest.order > bNewest.order;
  return a.state === 'unmet' && b.state === 'met';
}

/** The newest answer that shows all signs of the evidence, null when it does not hold. */
export function newestSupport({ signs, after }: EvidenceLookup, seen: Seen, earlier: States): Answer | null {
  let newest: Answer | null = null;
  for (const sign of signs) {
    const shown = seen[sign];
    if (shown === undefined) return null;
    if (newest === null || shown.answer.order > newest.order) newest = shown.answer;
  }
  for (const requirement of after) if (earlier[requirement]?.state !== 'met') return null;
  return newest;
}

/** Every sign that the answers show. */
export function seenSigns({ questions, signs }: Lookup, known: Known): Seen {
  const seen = new Array<Shown | undefined>(signs).fill(undefined);
  for (const { question, place, signsOf } of questions) {
    const answer = known[place];
    if (answer === undefined) continue;
    const shown: Shown = { question: question.id, answer };
    for (const sign of signsOf.get(answer.answerId)!) {
      const before = seen[sign];
      if (before === undefined || answer.order > before.answer.order) seen[sign] = shown;
    }
  }
  return seen;
}

/** The question whose newest answer shows each of these signs. */
export function questionsOf({ signs }: EvidenceLookup, seen: Seen): QuestionId[] {
  return signs.map((sign) => seen[sign]!.question);
}
