import type { AnswerId, QuestionId, RequirementId } from '../checklist/checklist.ts';
import type { Answers, Position } from '../checklist/walk.ts';
import type { Zone } from '../language/dates.ts';
import type { Provider } from '../language/providers.ts';
import type { HiddenIncoming, Language, Outgoing, Saying, SecretKind } from '../message.ts';
import type { CaseLabel, ReadyLabel } from './case-label.ts';

/**
 * What belongs to one case: one training of one person. Where that case stands is not in it: it is derived from
 * `answers` by checklist/walk.ts each time. Parked and taken up again as a whole (cases.ts).
 */
export type CaseState = {
  /** Counts the cases of a conversation from 1; never given twice. */
  readonly caseId: number;
  /** What the participant calls it; null while nothing had to be told apart. */
  readonly label: CaseLabel | null;
  readonly answers: Answers;
  /** Counts the answers given, so that the newest is known even within one millisecond. */
  readonly order: number;
  /** Choices with a revision below this belong to an earlier start. Tells the cases' reminders apart, too. */
  readonly firstRevision: number;
  /** A question to ask although the walk knows its answer: one being corrected, or looked at again. */
  readonly focus: QuestionId | null;
  /** Whether the participant agreed to check the other steps while a verdict stands. */
  readonly meanwhile: boolean;
  /** The verdict told last, so that it is told once and short the next time. */
  readonly told: string | null;
  /** Contradictions that were asked about; each is asked once. */
  readonly settled: readonly RequirementId[];
  /** The verdict that was told last, by its key, and since when it stands: told again it is no newer. */
  readonly standing?: { readonly verdict: string; readonly since: number };
  /**
   * What Pandu was asked to come back to: how often it came unasked since then, when the participant last said how the
   * step stands, and when it comes next (null: not any more).
   */
  readonly reminding?: {
    readonly requirement: RequirementId;
    readonly times: number;
    readonly saidAt: number;
    readonly nextAt: number | null;
  };
  /** What the participant agreed to have in messages about this case; missing until they were asked for a message. */
  readonly letter?: ForLetter;
  /** Who gives the training, for counting alone; null when they were asked and did not say. */
  readonly provider?: Provider | null;
};

/** What is known of one conversation: plain JSON, small, bounded. The current case stands in it as if it were the only one. */
export type Session = CaseState & {
  readonly version: 1;
  readonly language: Language;
  /** Whose clocks the participant goes by, once they said where they are; WIB until then. */
  readonly zone?: Zone;
  /** The other cases, the one that was left last at the end. */
  readonly others: readonly CaseState[];
  /** How many cases were ever opened. */
  readonly casesOpened: number;
  /** Revision of the last menu before the current case was taken up; choices up to it may be of another case. 0: never. */
  readonly switchedAt: number;
  /** Revision of the last menu shown; grows with every menu and starts at the epoch second of the session. */
  readonly revision: number;
  /** The choices of that menu in their order: what a bare number means. */
  readonly menu: readonly string[];
  /** The question shown with that menu, null when it showed none. Plain words are read as its answer, never as another's. */
  readonly asked: QuestionId | null;
  readonly dialogue: Dialogue | null;
  /** Misunderstandings in a row: after two numbered choices, after three a person. */
  readonly misunderstood: number;
  /** The notice that was shown, and when the participant first answered after it (decision 11). */
  readonly notice: { readonly hash: string; readonly shownAt: number } | null;
  readonly consent: { readonly notice: string; readonly at: number; readonly channel: string } | null;
  /** After STOP nothing unsolicited is sent until MULAI; `told`: the participant wrote again and was told so. */
  readonly stopped: 'no' | 'yes' | 'told';
  /** When the participant was last warned about each kind of secret, epoch milliseconds. */
  readonly warned: Readonly<Partial<Record<SecretKind, number>>>;
  /** Replies are owed because more messages were waiting when the last one was handled. */
  readonly owed: Owed | null;
  /** When the quarter of an hour for a comparison was over and its first name was forgotten, epoch milliseconds. */
  readonly namesOver?: number;
  /** Whether their zone was asked about. */
  readonly isZoneAsked?: true;
  /** When something last came unasked: it does so once a day at most. */
  readonly remindedAt?: number;
  /**
   * When a person last wrote to the participant in this chat, epoch milliseconds: Pandu keeps silent for a while (pause.ts)
   * and says that it is back with its next reply. 0 once the chat is Pandu's again and that is still to be said.
   */
  readonly operatorAt?: number;
  /** The wish to talk to a person, from when it was told until it is closed (request.ts). */
  readonly request?: OpenRequest;
};

/** Times in epoch milliseconds. */
export type OpenRequest = {
  readonly openedAt: number;
  /** When a person of ours first answered; null while everybody still waits. */
  readonly takenAt: number | null;
  /** When they last did. */
  readonly operatorAt: number | null;
  /** When the desk was reminded that somebody waits. */
  readonly escalatedAt: number | null;
};

/** Why a request ends: each has its sentence for those who answer. */
export const CLOSINGS = ['handed-back', 'cancelled', 'stop', 'left', 'given-up', 'forgotten'] as const;
export type Closing = (typeof CLOSINGS)[number];

/** What whoever answers is told: ids and dates, and no words of the participant but those with which they asked. */
export type RequestSummary = {
  readonly verdict: {
    readonly kind: string;
    readonly requirement: RequirementId;
    readonly telling: string;
    readonly owner: string;
    /** Since when it stands, as far as is known. */
    readonly since: number | null;
  } | null;
  readonly answers: readonly {
    readonly question: QuestionId;
    readonly answer: AnswerId;
    readonly at: number;
  }[];
  /** With its secrets hidden; '' when they pressed a button. */
  readonly lastWords: string;
};

/** The request as it stands in lists. `summary` null: as it was. */
export type RequestRecord = OpenRequest & {
  readonly state: 'open' | 'taken' | 'closed';
  readonly summary: RequestSummary | null;
};

/** The name of the training, and the start of the day it ended, epoch milliseconds. */
export type ForLetter = { readonly training: string | null; readonly finishedAt: number | null };

/** A side question that is pending in front of the checklist. */
export type Dialogue =
  | { readonly kind: 'delete-data' | 'restart' }
  /** A case is about to be opened: what is it called (`label`), and then what is the present one called? */
  | { readonly kind: 'new-case'; readonly label: CaseLabel | null }
  /** This case is about to be closed. */
  | { readonly kind: 'close-case'; readonly case: number }
  /** Two statements exclude each other; which one stands? */
  | {
      readonly kind: 'settle';
      readonly requirement: RequirementId;
      readonly said: QuestionId;
      readonly suggested: QuestionId;
    }
  /** Two names are being asked for, to be compared and forgotten; `since` is when that began. */
  | {
      readonly kind: 'names';
      readonly since: number;
      readonly kemnaker: string | null;
      readonly prakerja: string | null;
    }
  /** The day is asked for on which Pandu shall come back. */
  | { readonly kind: 'remind-day'; readonly requirement: RequirementId }
  /** What the message to the provider may say of the training, asked for one after the other; `typed` waits for a yes. */
  | {
      readonly kind: 'letter';
      readonly about: 'training' | 'finished';
      readonly typed: (ForLetter & { readonly since: number }) | null;
    }
  /** Who gives the training; `typed` waits for a yes. */
  | { readonly kind: 'provider'; readonly typed: (Provider & { readonly since: number }) | null }
  /** Pandu came back by itself and asked whether this has changed. */
  | { readonly kind: 'changed'; readonly requirement: RequirementId };

/** What the next reply still has to say because nothing was said to earlier messages of a burst. */
export type Owed = {
  readonly messages: number;
  readonly recorded: readonly { readonly question: QuestionId; readonly answer: AnswerId }[];
  /** The last order or question of the burst, carried out with its last message. */
  readonly order: Order | null;
};

/** What a participant comes with at any time: a control, one of the topics, or a matter that is not Pandu's. */
export type Order =
  | {
      readonly kind: 'control' | 'topic' | 'matter';
      readonly id: string;
      /** Whom a new case is for, when the order says so ("untuk suami saya"). */
      readonly label?: ReadyLabel;
    }
  /** Something to do with one of the cases; `id` is its number. */
  | { readonly kind: 'switch-case'; readonly id: number }
  | { readonly kind: 'close-case'; readonly id: number };

/** What happened. `at` is epoch milliseconds; the only time `step` knows. */
export type Event =
  | {
      readonly kind: 'message';
      readonly at: number;
      readonly message: HiddenIncoming;
      /** More messages of this conversation are waiting: keep the reply for the last of them. */
      readonly moreWaiting: boolean;
      /** Revision of the last menu that reached the participant, null when none did. */
      readonly deliveredMenu: number | null;
    }
  | { readonly kind: 'reminder'; readonly at: number; readonly reminder: Reminder }
  /** A message failed three times and was set aside; the participant is owed an apology. */
  | { readonly kind: 'failed'; readonly at: number };

/** Stands for no requirement: messages may have been lost while Pandu was away (faults.md F62). */
export const OUTAGE = 'outage';

/** Stands for no requirement: somebody waits for a person, or a person has left them alone (request.ts). */
export const REQUEST = 'request';
/** Stands for no requirement: words of a person of ours did not reach the participant, and the desk has to know. */
export const UNDELIVERED = 'undelivered';

/** A moment at which Pandu comes back by itself. One per conversation, requirement and `armedBy`. */
export type Reminder = {
  readonly requirement: RequirementId;
  readonly dueAt: number;
  /** `firstRevision` of the case that armed it: once that is closed or started anew it stays silent. */
  readonly armedBy: number;
  /** Counts only once the last saying of the turn that arms it reached the participant. */
  readonly onceSaid?: true;
};

/** What we want done. Data; the turn writes all of it in one transaction. */
export type Effect =
  | { readonly kind: 'send'; readonly outgoing: Outgoing }
  /** Replaces the conversation's reminder for the same requirement and `armedBy`. */
  | { readonly kind: 'remind'; readonly reminder: Reminder }
  | { readonly kind: 'forget-reminders' }
  /** Everything unsent that is no reply to this very event is withdrawn. */
  | { readonly kind: 'withdraw-unsent' }
  /** The words of messages received since then go: they held names, and these have done their work. */
  | { readonly kind: 'forget-words'; readonly since: number }
  /** The wish to talk to a person was told, taken up or closed; one for each conversation. */
  | { readonly kind: 'request'; readonly request: RequestRecord }
  /** Said to those who answer, in the topic of this conversation. */
  | { readonly kind: 'post'; readonly outgoing: Saying }
  /** Everything about this conversation goes, once the sayings of this turn are on their way. */
  | { readonly kind: 'erase' };

export type Step = {
  readonly session: Session;
  readonly effects: readonly Effect[];
  /** Where the answers now leave the participant, for reports; the next step derives it anew. */
  readonly position: Position;
  /** The question of the checklist that is pending, null while a side question or none is. */
  readonly asking: QuestionId | null;
};
