import { addDays, startOfDay } from '../language/dates.ts';
import { type Answers, currentAnswers, type Known } from './answers.ts';
import type { Checklist, Fact, Question, QuestionId, Requirement, RequirementId } from './checklist.ts';
import { newestSupport, questionsOf, type Seen, type States, seenSigns, stateOfAll } from './evidence.ts';
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
  const known = currentAnswers(checklist, answers);
  const seen = seenSigns(checklist, known);
  const states = stateOfAll(checklist, seen);
  const contradiction = findContradiction(checklist, seen, states, settled);
  const wanted = checklist.requirements.filter((requirement) => isWanted(requirement, known));
  const open = openQuestions(checklist, known, states, wanted);
  const { verdict, question } = conclude(checklist, known, states, wanted, open, at);
  const next = verdict === null ? question : meanwhileQuestion(open, verdict);
  const answered = checklist.questions.filter(({ id }) => known.has(id)).map(({ id }) => id);
  const path = next === null || known.has(next) ? answered : [...answered, next];
  return {
    states: checklist.requirements.map(({ id }) => states.get(id)!),
    verdict,
    next,
    contradiction,
    path,
  };
}

/** Said outright that it is unmet, while the answer to another question suggests that it is met. */
function findContradiction(
  checklist: Checklist,
  seen: Seen,
  states: States,
  settled: readonly RequirementId[],
): Contradiction | null {
  for (const requirement of checklist.requirements) {
    const state = states.get(requirement.id)!;
    if (state.state !== 'unmet' || state.strength !== 'said' || settled.includes(requirement.id)) continue;
    const said = questionsOf(state.signs, seen);
    for (const evidence of requirement.evidence) {
      if (evidence.state !== 'met' || evidence.strength !== 'inferred') continue;
      if (newestSupport(checklist, evidence, seen, states) === null) continue;
      const suggested = questionsOf(evidence.signs, seen);
      if (suggested.some((id) => said.includes(id))) continue;
      return { requirement: requirement.id, said: said.at(-1)!, suggested: suggested[0]! };
    }
  }
  return null;
}

function isWanted(requirement: Requirement, known: Known): boolean {
  const { wantedBy } = requirement;
  return wantedBy === null || known.get(wantedBy.question)?.answerId === wantedBy.answer;
}

/** Unanswered questions that could still tell something, in the order of the checklist. */
function openQuestions(
  checklist: Checklist,
  known: Known,
  states: States,
  wanted: readonly Requirement[],
): readonly Question[] {
  const unknown = new Set(wanted.filter(({ id }) => states.get(id)!.state === 'unknown').map(({ id }) => id));
  return checklist.questions.filter(
    (question) =>
      !known.has(question.id) &&
      question.about.some((id) => unknown.has(id)) &&
      question.onlyMet.every((id) => states.get(id)?.state === 'met') &&
      Object.entries(question.onlyAfter).every(([id, allowed]) =>
        allowed.includes(known.get(id)?.answerId ?? ''),
      ),
  );
}

type Conclusion = { readonly verdict: Verdict | null; readonly question: QuestionId | null };

function conclude(
  checklist: Checklist,
  known: Known,
  states: States,
  wanted: readonly Requirement[],
  open: readonly Question[],
  at: number,
): Conclusion {
  const of = (requirement: Requirement): RequirementState => states.get(requirement.id)!;
  const tell = (
    kind: Verdict['kind'],
    requirement: Requirement,
    more: Partial<Pick<Verdict, 'owner' | 'telling' | 'from' | 'until'>>,
  ): Conclusion => ({
    verdict: {
      kind,
      requirement: requirement.id,
      owner: more.owner ?? requirement.owner,
      telling: more.telling ?? of(requirement).telling ?? kind,
      meanwhile: meanwhileOf(checklist, states, wanted, requirement, kind),
      also: wanted
        .filter((other) => other !== requirement && other.owner !== 'participant')
        .filter((other) => of(other).state === 'unmet' && !isSameCause(of(other), of(requirement)))
        .map(({ id }) => id),
      since: of(requirement).since,
      from: more.from ?? null,
      until: more.until ?? null,
    },
    question: null,
  });

  const conditions = wanted.filter(({ kind }) => kind === 'condition');
  const unmet = conditions.find((requirement) => of(requirement).state === 'unmet');
  if (unmet !== undefined) return tell(unmet.whenUnmet, unmet, {});

  const results = wanted.filter(({ kind }) => kind === 'result');
  const first = open[0];
  if (first !== undefined) return { verdict: null, question: first.id };

  const unsure = conditions.find(
    (requirement) =>
      of(requirement).state === 'unknown' &&
      checklist.questions.some(({ about }) => about.includes(requirement.id)),
  );
  if (unsure !== undefined)
    return tell('find-out', unsure, { owner: 'participant', telling: unsure.question });

  for (const requirement of results) {
    if (of(requirement).state === 'met') continue;
    if (of(requirement).state === 'unmet') return tell('blocked', requirement, {});
    const lookUp = unsureQuestion(checklist, known, requirement);
    if (lookUp !== null) return tell('find-out', requirement, { owner: 'participant', telling: lookUp });
    if (requirement.wait === null) continue;
    const waiting = waitOf(checklist, known, requirement.wait);
    if (waiting === 'ask') return { verdict: null, question: requirement.wait.question };
    if (waiting === 'unsure')
      return tell('find-out', requirement, { owner: 'participant', telling: requirement.wait.question });
    if (at >= waiting.until)
      return tell('blocked', requirement, { owner: 'call-centre', telling: 'overdue', ...waiting });
    return tell('waiting', requirement, { owner: 'nobody', ...waiting });
  }
  return tell('finished', wanted.at(-1)!, { owner: 'nobody' });
}

/** A missing certificate after the rating is the missing grade: what one thing shows is told as one thing. */
function isSameCause(a: RequirementState, b: RequirementState): boolean {
  return a.signs.length === b.signs.length && a.signs.every((sign) => b.signs.includes(sign));
}

/** The question about this requirement that was answered "tidak tahu", null when none was. */
function unsureQuestion(checklist: Checklist, known: Known, requirement: Requirement): QuestionId | null {
  const asked = checklist.questions.filter(({ about }) => about.includes(requirement.id));
  const unsure = asked.findLast(({ id, unsure }) => unsure !== null && known.get(id)?.answerId === unsure);
  return unsure?.id ?? null;
}

function waitOf(
  checklist: Checklist,
  known: Known,
  wait: NonNullable<Requirement['wait']>,
): 'ask' | 'unsure' | { from: number; until: number } {
  const answer = known.get(wait.question);
  if (answer === undefined) return 'ask';
  const question = checklist.questions.find(({ id }) => id === wait.question)!;
  const daysAgo = question.answers.find(({ id }) => id === answer.answerId)!.daysAgo;
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
  checklist: Checklist,
  states: States,
  wanted: readonly Requirement[],
  verdict: Requirement,
  kind: Verdict['kind'],
): RequirementId[] {
  return wanted
    .filter((requirement) => {
      const { state } = states.get(requirement.id)!;
      if (requirement === verdict || requirement.owner !== 'participant' || state === 'met') return false;
      if (kind === 'find-out' && requirement.question === verdict.question) return false;
      if (requirement.needs.some((id) => states.get(id)!.state === 'unmet')) return false;
      return checklist.questions.some(({ about }) => about.includes(requirement.id));
    })
    .map(({ id }) => id);
}

function meanwhileQuestion(open: readonly Question[], verdict: Verdict): QuestionId | null {
  return open.find(({ about }) => about.some((id) => verdict.meanwhile.includes(id)))?.id ?? null;
}
