import type {
  AnswerId,
  AnswerOption,
  Checklist,
  Evidence,
  Question,
  QuestionId,
  Requirement,
  RequirementId,
} from './checklist.ts';
import type { RequirementState } from './position.ts';

/**
 * What is asked of a checklist again and again, put in order once: a walk happens in every turn. Questions,
 * requirements and signs refer to each other by their place, so that a walk reads arrays and builds no maps.
 */
export type Lookup = {
  readonly questions: readonly QuestionLookup[];
  readonly question: ReadonlyMap<QuestionId, QuestionLookup>;
  /** In the order of the chain. */
  readonly requirements: readonly RequirementLookup[];
  readonly requirement: ReadonlyMap<RequirementId, RequirementLookup>;
  readonly signs: number;
};

export type QuestionLookup = {
  readonly question: Question;
  readonly place: number;
  readonly options: ReadonlyMap<AnswerId, AnswerOption>;
  /** The signs that an answer shows. */
  readonly signsOf: ReadonlyMap<AnswerId, readonly number[]>;
  readonly onlyAfter: readonly { readonly question: number; readonly answers: ReadonlySet<AnswerId> }[];
  /** Requirements. */
  readonly about: readonly number[];
  readonly onlyMet: readonly number[];
};

export type RequirementLookup = {
  readonly requirement: Requirement;
  readonly place: number;
  /** Without what a switched-on fact makes untrue. */
  readonly evidence: readonly EvidenceLookup[];
  /** The questions about it. */
  readonly questions: readonly QuestionLookup[];
  /** Requirements. */
  readonly needs: readonly number[];
  /** Its state while no evidence holds. */
  readonly unknown: RequirementState;
};

export type EvidenceLookup = {
  readonly evidence: Evidence;
  readonly signs: readonly number[];
  /** Requirements. */
  readonly after: readonly number[];
};

const kept = new WeakMap<Checklist, Lookup>();

export function lookupOf(checklist: Checklist): Lookup {
  const known = kept.get(checklist);
  if (known !== undefined) return known;
  const lookup = buildLookup(checklist);
  kept.set(checklist, lookup);
  return lookup;
}

/** A place that nothing has: what it refers to is never seen, answered or met. */
const NOWHERE = -1;

function buildLookup(checklist: Checklist): Lookup {
  const placeIn = (all: readonly { readonly id: string }[]) => {
    const places = new Map(all.map(({ id }, place) => [id, place]));
    return (ids: readonly string[]): number[] => ids.map((id) => places.get(id) ?? NOWHERE);
  };
  const signs = placeIn(checklist.signs);
  const requirementPlaces = placeIn(checklist.requirements);
  const questionPlaces = placeIn(checklist.questions);
  const factsOn = new Set(checklist.facts.filter(({ on }) => on).map(({ id }) => id));
  const questions = checklist.questions.map(
    (question, place): QuestionLookup => ({
      question,
      place,
      options: new Map(question.answers.map((option) => [option.id, option])),
      signsOf: new Map(
        question.answers.map(({ id }) => [id, signs(signsOf(checklist, question.id, id))] as const),
      ),
      onlyAfter: Object.entries(question.onlyAfter).map(([id, answers]) => ({
        question: questionPlaces([id])[0]!,
        answers: new Set(answers),
      })),
      about: requirementPlaces(question.about),
      onlyMet: requirementPlaces(question.onlyMet),
    }),
  );
  const requirements = checklist.requirements.map(
    (requirement, place): RequirementLookup => ({
      requirement,
      place,
      evidence: requirement.evidence
        .filter(({ unless }) => unless === null || !factsOn.has(unless))
        .map((evidence) => ({
          evidence,
          signs: signs(evidence.signs),
          after: requirementPlaces(evidence.after),
        })),
      questions: questions.filter(({ question }) => question.about.includes(requirement.id)),
      needs: requirementPlaces(requirement.needs),
      unknown: unknownState(requirement.id),
    }),
  );
  return {
    questions,
    question: new Map(questions.map((lookup) => [lookup.question.id, lookup])),
    requirements,
    requirement: new Map(requirements.map((lookup) => [lookup.requirement.id, lookup])),
    signs: checklist.signs.length,
  };
}

function signsOf(checklist: Checklist, question: QuestionId, answer: AnswerId): string[] {
  return checklist.signs.filter(({ seenIn }) => seenIn[question]?.includes(answer)).map(({ id }) => id);
}

function unknownState(requirement: RequirementId): RequirementState {
  return { requirement, state: 'unknown', strength: null, telling: null, signs: [], since: null };
}
