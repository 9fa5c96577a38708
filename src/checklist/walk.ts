import { addDays, startOfDay } from '../language/dates.ts';
import type {
  AnswerId,
  Checklist,
  Evidence,
  Fact,
  Question,
  QuestionId,
  Requirement,
  RequirementId,
  SignId,
} from './checklist.ts';
import type { Contradiction, Position, RequirementState, Verdict } from './position.ts';

/** One answer: `at` in epoch milliseconds, `order` counts answers so that the newest is always known. */
export type Answer = { readonly answerId: AnswerId; readonly at: number; readonly order: number };
export type Answers = Readonly<Record<QuestionId, Answer>>;
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
  const states = stateOfAll(checklist, known);
  const contradiction = findContradiction(checklist, known, states, settled);
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

type Known = ReadonlyMap<QuestionId, Answer>;
type States = ReadonlyMap<RequirementId, RequirementState>;

/**
 * The answers that still mean something: their question asked as things stand, its id and answer id current ones.
 * An answer to a further question is of no use after the earlier one was answered anew: the status changes, and the
 * word that was read three weeks ago is asked for again.
 */
export function currentAnswers(checklist: Checklist, answers: Answers): Known {
  const known = new Map<QuestionId, Answer>();
  for (const question of checklist.questions) {
    const answer = storedAnswer(question, answers);
    if (answer === null) continue;
    const asked = Object.entries(question.onlyAfter).every(([id, allowed]) => {
      const earlier = known.get(id);
      return earlier !== undefined && allowed.includes(earlier.answerId) && earlier.order < answer.order;
    });
    if (asked) known.set(question.id, answer);
  }
  return known;
}

/** The answers under the ids that a renamed question or answer has now; the others stay as they are. */
export function underCurrentIds(checklist: Checklist, answers: Answers): Answers {
  const current = { ...answers };
  for (const question of checklist.questions) {
    const answer = storedAnswer(question, answers);
    for (const id of question.moved) delete current[id];
    if (answer !== null) current[question.id] = answer;
  }
  return current;
}

function storedAnswer(question: Question, answers: Answers): Answer | null {
  for (const id of [question.id, ...question.moved]) {
    const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
    if (answer === undefined) continue;
    const answerId = Object.hasOwn(question.movedAnswers, answer.answerId)
      ? question.movedAnswers[answer.answerId]!
      : answer.answerId;
    if (question.answers.some((option) => option.id === answerId)) return { ...answer, answerId };
  }
  return null;
}

function stateOfAll(checklist: Checklist, known: Known): States {
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
function newestSupport(
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

/** Said outright that it is unmet, while the answer to another question suggests that it is met. */
function findContradiction(
  checklist: Checklist,
  known: Known,
  states: States,
  settled: readonly RequirementId[],
): Contradiction | null {
  for (const requirement of checklist.requirements) {
    const state = states.get(requirement.id)!;
    if (state.state !== 'unmet' || state.strength !== 'said' || settled.includes(requirement.id)) continue;
    const said = questionsOf(checklist, state.signs, known);
    for (const evidence of requirement.evidence) {
      if (evidence.state !== 'met' || evidence.strength !== 'inferred') continue;
      if (newestSupport(checklist, evidence, known, states) === null) continue;
      const suggested = questionsOf(checklist, evidence.signs, known);
      if (suggested.some((id) => said.includes(id))) continue;
      return { requirement: requirement.id, said: said.at(-1)!, suggested: suggested[0]! };
    }
  }
  return null;
}

function questionsOf(checklist: Checklist, signs: readonly SignId[], known: Known): QuestionId[] {
  return signs.map((sign) => seenSign(checklist, sign, known)!.question);
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
