import type { Address, Card, ChannelName, Incoming, Outgoing } from '../message.ts';

/** A platform Pandu talks on. Knows its platform and nothing else; main hands in what it needs. */
export interface Channel {
  readonly name: ChannelName;
  readonly pace: Pace;
  /** Begins to listen. Resolves when it can take messages; keeps reconnecting by itself until it shall stop. */
  start(): Promise<void>;
  /**
   * Gives one message to the platform.
   * @param id its number in the outbox: the same at every try, and no other message of this channel ever has it
   * @returns the platform's id of it, null when it gives none
   * @throws {SendError} with what the sender must know to go on
   */
  send(address: Address, outgoing: Outgoing, id: number): Promise<string | null>;
  /**
   * Finds out what became of a send that ended without an answer, when the platform allows it.
   * @returns the platform's id when it had arrived, null when it had not, 'unclear' when nobody can tell
   */
  resolve?(
    address: Address,
    outgoing: Outgoing,
    knownIds: readonly string[],
  ): Promise<string | null | 'unclear'>;
  /**
   * The platform drops a message that it has under the same number already: what is of unknown fate is simply sent
   * again.
   */
  readonly repeatsAreHarmless?: true;
  /** Shows that an answer is being written. Best effort, never throws. */
  typing?(address: Address): void;
  /**
   * Takes nothing in any more: what comes now is refused, so that it comes again after the next start. Resolves when
   * what was being received is stored. Sending goes on until `stop`.
   */
  stopListening(): Promise<void>;
  /** Stops listening and sending, and closes every connection; sends that run are finished. */
  stop(): Promise<void>;
}

/** How fast a platform may be used; each number has its source beside it in the channel. */
export type Pace = {
  readonly perSecond: number;
  readonly perChatPerSecond: number;
  /** For messages nobody waits for (reminders); like all others when missing. */
  readonly unaskedPerSecond?: number;
  readonly concurrency: number;
};

/** What a channel hands its messages to: hides secrets, stores, and only then resolves. */
export interface Intake {
  receive(
    incoming: readonly Incoming[],
    cursor?: { readonly name: string; readonly value: string },
  ): Promise<void>;
  cursor(name: string): Promise<string | null>;
}

/** Draws what messages show; for channels whose platform has pictures. */
export interface Pictures {
  /** @throws {Error} when it cannot be drawn: the words of the message stand alone then, and nobody waits for another try */
  draw(card: Card): Promise<Picture>;
  /** Its size before it is drawn, in pixels of a phone that is 360 of them wide. */
  sizeOf(card: Card): Omit<Picture, 'png'>;
}

export type Picture = { readonly png: Uint8Array; readonly width: number; readonly height: number };

/** One thing that a platform's account needs kept: a key, a session, a list. `value` null removes it. */
export type AccountValue = { readonly kind: string; readonly id: string; readonly value: Uint8Array | null };

/** What is written in one commit, all or nothing. */
export type AccountChange = {
  readonly put: readonly AccountValue[];
  /** Messages that these values let us read; kept as by `Intake.receive`. */
  readonly incoming: readonly Incoming[];
  /** Names of chats that are the same participant, learnt without a message of theirs. */
  readonly same: readonly (readonly [chat: string, alias: string])[];
};

/** What a channel keeps of its account on the platform, in the store and sealed there. */
export interface AccountStore {
  /** Those of `ids` that there are. */
  read(kind: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Resolves when everything is durable. */
  transaction(change: AccountChange): Promise<void>;
  /** Whether this very message was kept before. */
  wasKept(incoming: Incoming): Promise<boolean>;
  /** Forgets everything of the account; nothing of the participants. */
  clear(): Promise<void>;
  /** The message with this number in the outbox, while it is kept; null when it is not. */
  outgoing(id: number): Promise<{ readonly address: Address; readonly outgoing: Outgoing } | null>;
}

/** For status lines, logs and the console: one state, one sentence a person understands. */
export type ChannelStatus = {
  readonly state: 'starting' | 'on' | 'waiting' | 'stopped';
  readonly reason: string;
};
export type StatusReport = (channel: ChannelName, status: ChannelStatus) => void;

/**
 * Every way a send can fail.
 * - `throttled`: not sent; the platform named a time (`retryAfterMs`); the whole channel waits.
 * - `unreachable`: definitely not sent (no connection was made); try again.
 * - `unknown`: the request left, no usable answer came; it may have been sent.
 * - `blocked`: the participant blocked us; never retry, keep the progress.
 * - `refused`: this chat cannot be written to for now; try again later, delete nothing.
 * - `invalid`: the platform will never take this message; a bug of ours.
 * - `unauthorised`: the account itself is refused; the channel stops.
 */
export type SendFailure =
  | 'throttled'
  | 'unreachable'
  | 'unknown'
  | 'blocked'
  | 'refused'
  | 'invalid'
  | 'unauthorised';

const RETRYABLE: Readonly<Record<SendFailure, boolean>> = {
  throttled: true,
  unreachable: true,
  unknown: true,
  refused: true,
  unauthorised: true,
  blocked: false,
  invalid: false,
};

export class SendError extends Error {
  override readonly name = 'SendError';
  readonly failure: SendFailure;
  readonly retryAfterMs: number | null;
  constructor(
    failure: SendFailure,
    message: string,
    options: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.failure = failure;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
  get retryable(): boolean {
    return RETRYABLE[this.failure];
  }
}

/** A channel cannot be opened at all, and somebody has to change a setting. The message says which. */
export class ChannelUnusable extends Error {
  override readonly name = 'ChannelUnusable';
}
