import type { Address, Card } from '../../message.ts';

/** One line of a conversation as the page shows it. */
export type TranscriptLine = {
  /** Grows with time within a conversation; the page asks for what came after the last one it has. */
  readonly id: number;
  readonly from: 'pandu' | 'participant';
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** What is shown above the words, which say the same. */
  readonly picture?: Card;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The participant's own message id, by which a page knows the bubble it has drawn already; null on Pandu's lines. */
  readonly messageId?: string | null;
};

/** What was said so far, as it is stored. The page never shows a line that this does not have. */
export type Transcript = {
  /** Up to `limit` lines after `afterId`, oldest first. */
  read(address: Address, afterId: number, limit: number): Promise<readonly TranscriptLine[]>;
};

/** The texts around the conversation (`page.web.*` in flows/). */
export const PAGE_WORDS = [
  'title',
  'subtitle',
  'placeholder',
  'send',
  'connecting',
  'offline',
  'retry',
  'typing',
  'newer',
  'you',
  'pandu',
  'history-label',
  'too-long',
] as const;
export type PageWords = Readonly<Record<(typeof PAGE_WORDS)[number], string>>;

/** A path that another house answers on the same port, such as a Telegram webhook. */
export type ExtraRoute = {
  readonly path: string;
  readonly handle: (request: Request) => Response | Promise<Response>;
};
