/**
 * What a loaded checklist is: the requirements between a finished training and the money, the questions that
 * tell which of them is unmet, and the signs by which an answer proves or disproves a requirement.
 * The data is flows/checklist.yaml; the reasoning is in its comments. Types only.
 */

export type RequirementId = string;
export type QuestionId = string;
export type AnswerId = string;
export type SignId = string;
export type FactId = string;

/** Whose turn it is. `nobody`: the data is on its way. */
export type Owner = 'participant' | 'provider' | 'nobody' | 'call-centre';
export const OWNERS: readonly Owner[] = ['participant', 'provider', 'nobody', 'call-centre'];

/** Explicit evidence beats inferred evidence, whatever their order in time. */
export type Strength = 'said' | 'inferred';

/** A sign is seen when any of the listed answers is the current one of its question. */
export type Sign = {
  readonly id: SignId;
  readonly seenIn: Readonly<Record<QuestionId, readonly AnswerId[]>>;
};

/** One way in which a requirement is proved or disproved: all signs seen, and the requirements in `after` met. */
export type Evidence = {
  readonly state: 'met' | 'unmet';
  readonly strength: Strength;
  readonly signs: readonly SignId[];
  readonly after: readonly RequirementId[];
  /** The evidence does not count while this fact is switched on. */
  readonly unless: FactId | null;
  /** Which verdict text tells this (words: `verdict.<requirement>.<telling>`). */
  readonly telling: string | null;
};

/** A result that comes by itself some days after a moment the participant was asked for. */
export type Wait = {
  /** The question whose answer says how long ago the clock started. */
  readonly question: QuestionId;
  /** The fact holding the operator's number of days after which the wait ends and the call centre is asked. */
  readonly daysFact: FactId;
};

export type Requirement = {
  readonly id: RequirementId;
  /** Clauses of the source text (1a … 5) that make it a requirement. */
  readonly source: readonly string[];
  /** Who acts when it is unmet. */
  readonly owner: Owner;
  /** A result is what follows when every condition is met; a condition somebody must bring about. */
  readonly kind: 'condition' | 'result';
  readonly evidence: readonly Evidence[];
  /** The verdict when it is unmet; `elsewhere`: this checklist is not for them. */
  readonly whenUnmet: 'blocked' | 'elsewhere';
  /** The participant can do nothing about it while one of these is unmet, so it is not offered meanwhile. */
  readonly needs: readonly RequirementId[];
  /** Counts only when this answer was given (the next training matters only to who wants one); null: always. */
  readonly wantedBy: { readonly question: QuestionId; readonly answer: AnswerId } | null;
  readonly wait: Wait | null;
  /** Where to look when nobody knows: the question asked again after "Sudah saya lakukan" and for find-out. */
  readonly question: QuestionId;
  /** The answer that "Sudah saya lakukan" stands for; null asks the question again instead. */
  readonly done: AnswerId | null;
};

export type AnswerOption = {
  readonly id: AnswerId;
  /** For questions about time: how many days ago at least, counted in WIB days from the answer. */
  readonly daysAgo: number | null;
  /** Offered only when the question is asked once more: before that nobody could have this answer. */
  readonly onlyAgain: boolean;
};

/** What Pandu can do to find an answer: compare two names that are typed. */
export type Aid = 'compare-names';
export const AIDS: readonly Aid[] = ['compare-names'];

export type Question = {
  readonly id: QuestionId;
  readonly answers: readonly AnswerOption[];
  /** Asked while one of these requirements is unknown. Empty: only asked through a wait, a topic or `onlyAfter`. */
  readonly about: readonly RequirementId[];
  /** Asked only while each of these questions has one of the listed answers. */
  readonly onlyAfter: Readonly<Record<QuestionId, readonly AnswerId[]>>;
  /** Asked only when each of these requirements is met. */
  readonly onlyMet: readonly RequirementId[];
  /** What a plain yes or no can stand for: one answer is taken, several are asked about, none is not understood. */
  readonly yes: readonly AnswerId[];
  readonly no: readonly AnswerId[];
  /** The answer for "tidak tahu"; null when the question has none. */
  readonly unsure: AnswerId | null;
  /** Help with finding the answer that is offered beside the answers; null when there is none. */
  readonly aid: Aid | null;
  /** Old ids of this question and its answers, so that stored answers survive a rename. */
  readonly moved: readonly QuestionId[];
  readonly movedAnswers: Readonly<Record<AnswerId, AnswerId>>;
};

/** A dated, sourced statement that can change without the code: a link, a number, hours, a rule. */
export type Fact = {
  readonly id: FactId;
  readonly value: string;
  /** Clause of the source text it stands for, null when it comes from elsewhere. */
  readonly clause: string | null;
  readonly source: string;
  /** ISO date (YYYY-MM-DD) at which it was last confirmed. */
  readonly confirmed: string;
  /** After so many days `check` notes that somebody should confirm it anew; null: never. */
  readonly limitDays: number | null;
  readonly on: boolean;
  /** When on, this value is told instead of that fact's. */
  readonly replaces: FactId | null;
};

export type Checklist = {
  readonly requirements: readonly Requirement[];
  readonly questions: readonly Question[];
  readonly signs: readonly Sign[];
  readonly facts: readonly Fact[];
};
