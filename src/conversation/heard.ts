import type { AnswerId, QuestionId } from '../checklist/checklist.ts';
import type { LabelProblem } from '../language/case-label.ts';
import type { NameProblem } from '../language/names/problem.ts';
import type { NamePair } from '../language/names/read-pair.ts';
import type { CaseLabel } from './case-label.ts';
import type { Pick } from './choice.ts';
import type { Draft } from './draft.ts';
import type { Topic } from './knowledge.ts';
import type { Event, Order } from './session.ts';
import type { Typed } from './typed.ts';

/** What a message comes to, once it is read in the light of what was shown last. */
export type Heard =
  | { readonly kind: 'pick'; readonly pick: Pick; readonly revision: number }
  /** `also`: another topic in the same message. */
  | {
      readonly kind: 'answers';
      readonly answers: readonly Given[];
      readonly order: Order | null;
      readonly also: TopicId | null;
    }
  | { readonly kind: 'order'; readonly order: Order; readonly also: TopicId | null }
  /** One of these topics and controls could be meant. */
  | { readonly kind: 'which-topic'; readonly ids: readonly string[] }
  /** Several answers of one question could be meant. */
  | {
      readonly kind: 'which';
      readonly question: QuestionId;
      readonly answers: readonly AnswerId[];
      readonly why: 'two' | 'vague';
    }
  /** A number or a plain word for a menu that the participant may not have seen yet. */
  | { readonly kind: 'too-early' }
  /** The same plain answer once more. */
  | { readonly kind: 'again' }
  /** "Oke", "batal": nothing that could be written down. */
  | { readonly kind: 'agreed' }
  /** A plain word while only a menu of things to do is open. */
  | { readonly kind: 'which-choice' }
  /** Names to be compared, of which one may still be missing. */
  | { readonly kind: 'names'; readonly pair: NamePair }
  /** Names are asked for, and there was none in it. */
  | { readonly kind: 'no-name'; readonly problem: NameProblem | null }
  /** The second name, after the first one was forgotten. */
  | { readonly kind: 'late-name' }
  /** A wish to be reminded, with the days it names: starts of days, epoch milliseconds. */
  | { readonly kind: 'remind'; readonly days: readonly number[] }
  /** What a case is to be called. */
  | { readonly kind: 'label'; readonly label: CaseLabel }
  /** That is asked for, and this cannot be it. */
  | { readonly kind: 'no-label'; readonly problem: LabelProblem }
  /** Where they live, and nothing else; that was taken down already. */
  | { readonly kind: 'zone' }
  /** Something of their own, at a side question for it. */
  | { readonly kind: 'typed'; readonly typed: Typed }
  | { readonly kind: 'nothing-to-read' }
  /** Small talk is told so once; after that it is like anything that is not understood. */
  | { readonly kind: 'not-understood'; readonly isSmallTalk: boolean };

export type TopicId = Topic['id'];

export type Given = { readonly question: QuestionId; readonly answer: AnswerId };

export type MessageEvent = Extract<Event, { kind: 'message' }>;

/** Words that only make sense for what was asked are read against the last menu that was delivered. */
export type Seen = { readonly deliveredMenu: number | null };

export function isDelivered(draft: Draft, seen: Seen): boolean {
  return seen.deliveredMenu === draft.session.revision;
}
