/** The words all houses share: where a message comes from, what came in, what goes out. Types only. */

/**
 * `desk` is where people of ours answer. What goes there has the number of a conversation as its chat; what comes from there
 * names a conversation by `#` and that number, or by the topic in which it is discussed (Store.keepTopic).
 */
export type ChannelName = 'telegram' | 'whatsapp' | 'web' | 'terminal' | 'desk';

export type Language = 'id' | 'en';

/** One conversation: a channel and the chat id that channel uses for it. */
export type Address = { readonly channel: ChannelName; readonly chat: string };

/**
 * What kind of thing arrived. `text` and `choice` carry an answer; the other message kinds are things
 * Pandu cannot read, each with a kind sentence of its own. `left` / `returned` tell that the participant
 * blocked or unblocked the bot; `operator` that a person wrote to the participant in this chat by another way, whose
 * words are not kept, and `handed-back` that this person leaves the chat to Pandu again. `desk` are words of a person of
 * ours to be passed on to the participant, `desk-edit` and `desk-other` what they did there that is not passed on.
 */
export const INCOMING_KINDS = [
  'text',
  'choice',
  'voice',
  'sticker',
  'photo',
  'video',
  'document',
  'location',
  'contact',
  'poll',
  'edit',
  'other',
  'unreadable',
  'left',
  'returned',
  'operator',
  'handed-back',
  'desk',
  'desk-edit',
  'desk-other',
] as const;
export type IncomingKind = (typeof INCOMING_KINDS)[number];

/** What a channel makes of one platform payload. Only these fields are ever stored, never the payload itself. */
export type Incoming = Address & {
  /** Who wrote, as the platform identifies them; unique within the channel. */
  readonly sender: string;
  /** The platform's id of this message; unique only together with channel, chat and sender. */
  readonly messageId: string;
  readonly kind: IncomingKind;
  /** The words: text or caption, '' when there are none. */
  readonly text: string;
  /** The opaque id of a pressed choice (see conversation/choice.ts), null unless `kind` is 'choice'. */
  readonly choice: string | null;
  /** The platform's hint about the participant's language, null when it gives none. */
  readonly language: Language | null;
  /** When it was written, epoch milliseconds by the platform's clock. */
  readonly sentAt: number;
  /** Other names by which the platform calls this very chat (WhatsApp: a phone number beside a LID). */
  readonly aliases?: readonly string[];
};

/** Kinds of secrets that are hidden before the first byte is stored (faults.md S02–S07). */
export type SecretKind = 'number' | 'code' | 'password';

/** An Incoming whose secrets have been replaced; the only form in which a message is stored. */
export type HiddenIncoming = Incoming & { readonly hidden: readonly SecretKind[] };

declare const spoken: unique symbol;
/** A text a participant may read. Only conversation/fill.ts makes one, from the files in flows/. */
export type SpokenText = string & { readonly [spoken]: true };

export type Choice = {
  /** Opaque to channels; at most 64 bytes (Telegram callback_data). */
  readonly id: string;
  /** At most 20 characters, so that every platform can show it. */
  readonly label: SpokenText;
};

/** How far a step is, as a picture shows it. */
export const STEP_STATES = ['met', 'waiting', 'unmet', 'unknown'] as const;
export type StepState = (typeof STEP_STATES)[number];

/**
 * The participant's path as a picture: what it shows, not its bytes, so that an outbox can keep it and any channel can
 * have it drawn (src/card). Words of flows/ only: nothing that a participant wrote or is called.
 */
export type Card = {
  readonly language: Language;
  /** Whose turn it is, or what the picture is about. */
  readonly title: SpokenText;
  /** Where on the path that is, or how much of it is done. */
  readonly subtitle: SpokenText;
  /** In the order of the path; the first is number 1. */
  readonly steps: readonly { readonly name: SpokenText; readonly state: StepState }[];
  /** Place in `steps` of the one that everything waits for, and what stands beside it; null when there is none. */
  readonly current: { readonly index: number; readonly text: SpokenText } | null;
  /** What each mark in the picture means, in words. */
  readonly legend: readonly { readonly state: StepState; readonly text: SpokenText }[];
};

export type Saying = {
  readonly kind: 'say';
  readonly text: SpokenText;
  /** Shown above `text`, which says the same in words and stands alone wherever the picture cannot be shown. */
  readonly picture?: Card;
  readonly choices: readonly Choice[];
  /** The session revision that a bare number refers to once this message is delivered; null without a menu. */
  readonly menu: number | null;
  /** A reply answers the participant; a reminder comes unasked and gives way to replies. */
  readonly priority: 'reply' | 'reminder';
  /**
   * The hours in which a reminder may be said, epoch milliseconds; the same hours of the days after when it could not be
   * said in them.
   */
  readonly within?: { readonly from: number; readonly until: number };
  /** For words that a channel puts around a menu; Indonesian when it is missing. */
  readonly language?: Language;
  /** Holds a name of the participant: forgotten as soon as it is sent. */
  readonly passing?: true;
  /** Words of a person of ours: the desk is told when they cannot be delivered. */
  readonly from?: 'operator';
  /** At the desk: what becomes of the topic in which the conversation is discussed. */
  readonly topic?: 'opens' | 'closes';
};

/** Asks the platform to delete the participant's own message, because it held a secret. */
export type Deletion = { readonly kind: 'delete'; readonly messageId: string };

export type Outgoing = Saying | Deletion;
