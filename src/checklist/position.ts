import type { Owner, QuestionId, RequirementId, SignId, Strength } from './checklist.ts';

/** Where a set of answers leaves somebody. Derived each time, never stored. */
export type Position = {
  /** Every requirement in the order of the chain. */
  readonly states: readonly RequirementState[];
  /** What blocks, or what is waited for; null while too little is known. Exactly one, with one owner. */
  readonly verdict: Verdict | null;
  /**
   * The next question: before a verdict the one that leads to it, beside a blocking or waiting verdict one about a
   * step of the participant's own that can be checked meanwhile. Null when nothing is left to ask.
   */
  readonly next: QuestionId | null;
  /** Two statements that exclude each other, null when there are none left to ask about. */
  readonly contradiction: Contradiction | null;
  /** The questions this position rests on, answered or next: what can be corrected. */
  readonly path: readonly QuestionId[];
};

export type RequirementState = {
  readonly requirement: RequirementId;
  readonly state: 'met' | 'unmet' | 'unknown';
  readonly strength: Strength | null;
  readonly telling: string | null;
  /** The signs that showed it, for "Kenapa?". */
  readonly signs: readonly SignId[];
  /** Epoch milliseconds of the answer that settled it, null while unknown. */
  readonly since: number | null;
};

export type VerdictKind = 'blocked' | 'waiting' | 'find-out' | 'elsewhere' | 'finished';

export type Verdict = {
  readonly kind: VerdictKind;
  readonly requirement: RequirementId;
  readonly owner: Owner;
  /** Which of the texts `verdict.<requirement>.<telling>` tells it; for find-out the question to look up. */
  readonly telling: string;
  /** Other unmet or unknown steps of the participant that can be done now. */
  readonly meanwhile: readonly RequirementId[];
  /** Other unmet requirements that are somebody else's turn. */
  readonly also: readonly RequirementId[];
  readonly since: number | null;
  /** A wait: the start of the WIB day it counts from, and of the day on which it ends. */
  readonly from: number | null;
  readonly until: number | null;
};

/** `unmet` was said outright, and what `question` was answered with suggests the opposite. */
export type Contradiction = {
  readonly requirement: RequirementId;
  readonly said: QuestionId;
  readonly suggested: QuestionId;
};
