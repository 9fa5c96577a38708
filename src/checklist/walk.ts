import { addDays, startOfDay } from '../language/dates.ts';
import { type Answers, currentAnswers, type Known } from './answers.ts';
import type { Checklist, Fact, QuestionId, Requirement, RequirementId } from './checklist.ts';
import { newestSupport, questionsOf, type Seen, type States, seenSigns, stateOfAll } from './evidence.ts';
import { type Lookup, lookupOf, type QuestionLookup, type RequirementLookup } from './lookup.ts';
import type { Contradiction, Position, RequirementState, Verdict } from './position.ts';

export type { Answers } from './answers.ts';
export type { Position } from './position.ts';

/**
 * Derives where `answers` leave somebody at `at` (epoch milliseconds; only waits depend on it).
 *
 * Pure. Answers to unknown questions, or with unknown answer ids, count for nothing, so an edited checklist never
 * misreads an old answer. `settled` lists the contradictions that were asked about already.
 */
export function walk(
  checklist: Checklist,
  answers: Answers,
  at: number,
  settled: readonly RequirementId[] = [],
): Position {
  const lookup = lookupOf(checklist);
  const known = currentAnswers(lookup, answers);
  const seen = seenSigns(lookup, known);
  const states = stateOfAll(lookup, seen);
  const contradiction = findContradiction(lookup, seen, states, settled);
  const wanted = lookup.requirements.filter(({ requirement }) => isWanted(lookup, requirement, known));
  const open = openQuestions(lookup, known, states, wanted);
  const { verdict, question } = conclude(checklist, known, states, wanted, open, at);
  const next = verdict === null ? question : meanwhileQuestion(open, verdict);
  const path: QuestionId[] = [];
  for (const { question: asked, place } of lookup.questions)
    if (known[place] !== undefined) path.push(asked.id);
  if (next !== null && !path.includes(next)) path.push(next);
  return { states, verdict, next, contradiction, path };
}

/** Said outright that it is unmet, while the answer to another question suggests that it is met. */
function findContradiction(
  lookup: Lookup,
  seen: Seen,
  states: States,
  settled: readonly RequirementId[],
): Contradiction | null {
  for (const { requirement, place, evidence: all } of lookup.requirements) {
    const state = states[place]!;
    if (state.state !== 'unmet' || state.strength !== 'said' || settled.includes(requirement.id)) continue;
    const said = questionsOf(all.find(({ evidence }) => evidence.signs === state.signs)!, seen);
    for (const candidate of all) {
      if (candidate.evidence.state !== 'met' || candidate.evidence.strength !== 'inferred') continue;
      if (newestSupport(candidate, seen, states) === null) continue;
      const suggested = questionsOf(candidate, seen);
      if (suggested.some((id) => said.includes(id))) continue;
      return { requirement: requirement.id, said: said.at(-1)!, suggested: suggested[0]! };
    }
  }
  return null;
}

function isWanted(lookup: Lookup, { wantedBy }: Requirement, known: Known): boolean {
  if (wantedBy === null) return true;
  const asked = lookup.question.get(wantedBy.question);
  return asked !== undefined && known[asked.place]?.answerId === wantedBy.answer;
}

/** Unanswered questions that could still tell something, in the order of the checklist. */
function openQuestions(
  lookup: Lookup,
  known: Known,
  states: States,
  wanted: readonly RequirementLookup[],
): readonly QuestionLookup[] {
  return lookup.questions.filter(
    ({ place, about, onlyMet, onlyAfter }) =>
      known[place] === undefined &&
      about.some((id) => states[id]?.state === 'unknown' && wanted.some((one) => one.place === id)) &&
      onlyMet.every((id) => states[id]?.state === 'met') &&
      onlyAfter.every(({ question, answers }) => answers.has(known[question]?.answerId ?? '')),
  );
}

type Conclusion = { readonly verdict: Verdict | null; readonly question: QuestionId | null };

function conclude(
  checklist: Checklist,
  known: Known,
  states: States,
  wanted: readonly RequirementLookup[],
  open: readonly QuestionLookup[],
  at: number,
): Conclusion {
  const of = ({ place }: RequirementLookup): RequirementState => states[place]!;
  const tell = (
    kind: Verdict['kind'],
    about: RequirementLookup,
    more: Partial<Pick<Verdict, 'owner' | 'telling' | 'from' | 'until'>>,
  ): Conclusion => ({
    verdict: {
      kind,
      requirement: about.requirement.id,
      owner: more.owner ?? about.requirement.owner,
      telling: more.telling ?? of(about).telling ?? kind,
      meanwhile: meanwhileOf(states, wanted, about.requirement, kind),
      also: alsoOf(states, wanted, about),
      since: of(about).since,
      from: more.from ?? null,
      until: more.until ?? null,
    },
    question: null,
  });

  for (const one of wanted) {
    const { kind, whenUnmet } = one.requirement;
    if (kind === 'condition' && of(one).state === 'unmet') return tell(whenUnmet, one, {});
  }

  const first = open[0];
  if (first !== undefined) return { verdict: null, question: first.question.id };

  for (const one of wanted) {
    const { kind, question } = one.requirement;
    if (kind === 'condition' && one.questions.length > 0 && of(one).state === 'unknown')
      return tell('find-out', one, { owner: 'participant', telling: question });
  }

  for (const one of wanted) {
    const { kind, wait } = one.requirement;
    if (kind !== 'result' || of(one).state === 'met') continue;
    if (of(one).state === 'unmet') return tell('blocked', one, {});
    const lookUp = unsureQuestion(known, one.questions);
    if (lookUp !== null) return tell('find-out', one, { owner: 'participant', telling: lookUp });
    if (wait === null) continue;
    const waiting = waitOf(checklist, known, wait);
    if (waiting === 'ask') return { verdict: null, question: wait.question };
    if (waiting === 'unsure') return tell('find-out', one, { owner: 'participant', telling: wait.question });
    if (at >= waiting.until)
      return tell('blocked', one, { owner: 'call-centre', telling: 'overdue', ...waiting });
    return tell('waiting', one, { owner: 'nobody', ...waiting });
  }
  return tell('finished', wanted.at(-1)!, { owner: 'nobody' });
}

/** What else is missing that is not the participant's turn. */
function alsoOf(
  states: States,
  wanted: readonly RequirementLookup[],
  verdict: RequirementLookup,
): RequirementId[] {
  const also: RequirementId[] = [];
  for (const one of wanted) {
    const state = states[one.place]!;
    if (one === verdict || one.requirement.owner === 'participant' || state.state !== 'unmet') continue;
    if (!isSameCause(state, states[verdict.place]!)) also.push(one.requirement.id);
  }
  return also;
}

/** A missing certificate after the rating is the missing grade: what one thing shows is told as one thing. */
function isSameCause(a: RequirementState, b: RequirementState): boolean {
  return a.signs.length === b.signs.length && a.signs.every((sign) => b.signs.includes(sign));
}

/** The last of these questions that was answered "tidak tahu", null when none was. */
function unsureQuestion(known: Known, questions: readonly QuestionLookup[]): QuestionId | null {
  const unsure = questions.findLast(
    ({ question: { unsure }, place }) => unsure !== null && known[place]?.answerId === unsure,
  );
  return unsure?.question.id ?? null;
}

function waitOf(
  checklist: Checklist,
  known: Known,
  wait: NonNullable<Requirement['wait']>,
): 'ask' | 'unsure' | { from: number; until: number } {
  const { options, place } = lookupOf(checklist).question.get(wait.question)!;
  const answer = known[place];
  if (answer === undefined) return 'ask';
  const { daysAgo } = options.get(answer.answerId)!;
  if (daysAgo === null) return 'unsure';
  const from = addDays(startOfDay(answer.at), -daysAgo);
  return { from, until: addDays(from, Number(factValue(checklist.facts, wait.daysFact)) + 1) };
}

/** The value told for a fact: that of a switched-on record which replaces it, else its own. */
export function factValue(facts: readonly Fact[], id: string): string {
  const replacement = facts.find((fact) => fact.replaces === id && fact.on);
  const own = facts.find((fact) => fact.id === id);
  return (replacement ?? own)?.value ?? '';
}

/**
 * Other steps of the participant's own that are unmet or unknown, and that can be acted on as things stand. What the
 * same look will tell (the rating menu tells of the grade and of the rating) is not named beside it.
 */
function meanwhileOf(
  states: States,
  wanted: readonly RequirementLookup[],
  verdict: Requirement,
  kind: Verdict['kind'],
): RequirementId[] {
  const meanwhile: RequirementId[] = [];
  for (const { requirement, place, questions, needs } of wanted) {
    if (requirement === verdict || requirement.owner !== 'participant' || questions.length === 0) continue;
    if (states[place]!.state === 'met') continue;
    if (kind === 'find-out' && requirement.question === verdict.question) continue;
    if (needs.some((id) => states[id]?.state === 'unmet')) continue;
    meanwhile.push(requirement.id);
  }
  return meanwhile;
}

function meanwhileQuestion(open: readonly QuestionLookup[], verdict: Verdict): QuestionId | null {
  const next = open.find(({ question }) => question.about.some((id) => verdict.meanwhile.includes(id)));
  return next?.question.id ?? null;
}
