import type { AnswerId, Checklist, QuestionId, RequirementId } from '../checklist/checklist.ts';
import type { Places } from '../language/read-zone.ts';
import type { Reader } from '../language/reader.ts';
import type { Calendar } from '../language/working-days.ts';
import type { Language } from '../message.ts';

/** Everything loaded from flows/, frozen, exchanged as a whole when the files change. */
export type Knowledge = {
  readonly checklist: Checklist;
  readonly topics: readonly Topic[];
  readonly matters: readonly MatterId[];
  readonly words: Readonly<Record<Language, Words>>;
  readonly reader: Reader;
  readonly calendar: Calendar;
  readonly places: Places;
  /** SHA-256 over all files of flows/, hex; projections carry it. */
  readonly flowHash: string;
  /** SHA-256 of the notice in both languages; consent is given to this very text. */
  readonly noticeHash: string;
  /** Whether people of ours answer at a desk; a setting of whoever runs Pandu. */
  readonly hasOperators: boolean;
};

/** Text id (`question.rating.text`) → text with `{placeholders}`; facts are filled in already. */
export type Words = ReadonlyMap<string, string>;

/** One of the questions participants ask (flows/topics.yaml). */
export type Topic = {
  readonly id: string;
  /** The checklist step it is about, null when there is none. */
  readonly requirement: RequirementId | null;
  /** Clauses of the source text that the answer rests on. */
  readonly clauses: readonly string[];
  /** What asking it says about the participant, when they go on to check it. */
  readonly sets: { readonly question: QuestionId; readonly answer: AnswerId } | null;
};

/** A kind of what Pandu cannot help with (flows/topics.yaml): told kindly, with where to go instead. */
export type MatterId = string;

/** Orders a participant can give at any time. */
export const CONTROLS = [
  'start-checklist',
  'status',
  'menu',
  'help',
  'back',
  'correct',
  'restart',
  'restart-other',
  'switch-case',
  'close-case',
  'human',
  'cancel-request',
  'delete-data',
  'stop',
  'resume',
  'language',
  'language-id',
  'language-en',
  'questions',
  'done',
  'compare-names',
  'remind',
  'no-reminders',
  'letter',
  'mail',
  'call',
  'repeat',
  'why',
  'official',
  'weary',
  'greeting',
  'thanks',
] as const;
export type Control = (typeof CONTROLS)[number];
