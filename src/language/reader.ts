import type { Lexicon } from './lexicon.ts';

/** What the reader knows: built once from flows/lexicon.yaml, flows/phrases.yaml and the labels in flows/id and flows/en. */
export type Reader = {
  readonly lexicon: Lexicon;
  /** Normalised phrase → what it stands for. */
  readonly phrases: ReadonlyMap<string, readonly Meaning[]>;
};

export type Meaning =
  | { readonly kind: 'answer'; readonly question: string; readonly answer: string }
  | { readonly kind: 'control'; readonly control: string }
  | { readonly kind: 'topic'; readonly topic: string };

/** What one message says, before anybody decides what to make of it. */
export type Reading = {
  /** The message as the reader sees it; '' when nothing readable is left. */
  readonly words: string;
  /** Bare menu numbers, in order: "2", "no 2", "yang kedua" → [2]; "1 dan 3" → [1, 3]; empty when it is not a bare number. */
  readonly numbers: readonly number[];
  /**
   * What the message says taken as an answer: plain yes, plain no, "tidak tahu" (also "belum tahu", never a yes), or
   * `mixed` for two that exclude each other; null when it is more than such an answer.
   */
  readonly polarity: 'yes' | 'no' | 'unsure' | 'mixed' | null;
  /** Answers it states by label or phrase; those of the pending question alone when it states one of them. */
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  readonly control: string | null;
  readonly topic: string | null;
};
