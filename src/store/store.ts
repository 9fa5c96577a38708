// Longer than others: it is one list, every promise of the store in words.
import type { Event, Reminder, RequestRecord, RequestSummary, Session } from '../conversation/session.ts';
import type { Address, Card, ChannelName, HiddenIncoming, Incoming, Outgoing, Saying } from '../message.ts';

/**
 * Everything that must survive a crash. Each promise is in words at its method; every implementation passes
 * test/store/contract.ts. All times are epoch milliseconds and come from the caller's clock.
 *
 * Promises resolve only when what they did is durable (on SQLite: after the COMMIT with synchronous=FULL).
 * Calls made in the same moment share one commit; a call that fails does not spoil the others.
 */
export interface Store {
  /**
   * Keeps incoming messages, each once: the same channel, chat, sender and message id again changes nothing,
   * until `forgetOld` lets go of that. A message with `aliases` is the same under any name of its chat. Of a chat that is
   * not known nothing is kept when only a person of ours wrote there (`operator`, `handed-back`).
   *
   * Its conversation is the one that a name of its chat leads to, and these names are remembered as its aliases until
   * it is erased or forgotten. When they lead to two conversations they all lead from then on to the one with answers,
   * to the older one when neither has any: nothing is moved, what waits in the other one is answered there, and
   * nothing is ever said from there unasked. When both have answers, the message belongs to the one of its `chat` and
   * nothing is remembered. The address of a turn is always the name that its conversation began with.
   * What comes from the `desk` belongs to the conversation it names (ChannelName), and is an event of it like any other;
   * when it names none with a request, nothing is kept.
   * `cursor`, when given, is kept in the same transaction (Telegram's next update id).
   * Resolves to how many were new; only then may the platform be told that they arrived.
   */
  receive(incoming: readonly HiddenIncoming[], at: number, cursor?: Cursor): Promise<number>;

  cursor(name: string): Promise<Cursor | null>;

  /** Whether this very message was kept, under whichever name of its chat; until `forgetOld` lets go of that. */
  wasReceived(message: Incoming): Promise<boolean>;

  /** Those of `ids` that are kept of a channel's account. */
  readAccount(
    account: ChannelName,
    kind: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Uint8Array>>;

  /**
   * Changes what is kept of a channel's account, together with the messages that the change lets us read and with what
   * was learnt about the names of chats: all or nothing, and durable when it resolves. Values are replaced, or removed
   * when null. Messages are kept and claimed as those of `receive`. Of `same`, a pair of which nobody is known is
   * forgotten: nothing is kept of people who never wrote.
   * Resolves to how many messages were new.
   */
  changeAccount(account: ChannelName, change: AccountChange, at: number): Promise<number>;

  /**
   * Removes every value of a channel's account, so that no byte of them stays in the file or the log. What is kept of
   * participants stays.
   */
  clearAccount(account: ChannelName): Promise<void>;

  /**
   * The oldest waiting event of up to `limit` conversations nobody is working on: first messages in the order
   * they were received, then reminders due at `now`. Never two events of one conversation at once. A claimed conversation
   * stays claimed until its turn is finished, failed or released; a restart releases all.
   *
   * Claimed in the moment it is received, a message is handed out while its commit is on the way: what is decided on it
   * becomes durable after it. Should that commit fail, its turn is lost, and the message never came.
   */
  claimTurns(now: number, limit: number): Promise<readonly Turn[]>;

  /**
   * Writes what a turn decided, all or nothing: event done, session, projection, outbox rows, reminders. A reminder armed
   * with `onceSaid` counts only once the last saying of this turn reached the participant, is due 8 hours after that at
   * the soonest, 16 hours when it is a reminder itself, and goes when that saying dies; should the participant write before it is said, the reminder stays. A
   * turn on a message also withdraws reminders of earlier turns that are not sent yet, and makes a retry due that holds up this
   * conversation, unless the outcome of its last try is unknown.
   * @throws {TurnLost} when the conversation's session is no longer the one the turn was claimed with, or when the event
   *   of the turn was not kept
   */
  finishTurn(turn: Turn, result: TurnResult): Promise<void>;

  /**
   * Notes that a turn threw and releases it; resolves to the number of failed tries. The session stays.
   * `reason` must not hold words of the participant.
   */
  failTurn(turn: Turn, reason: string): Promise<number>;

  /** Sets a failing event aside, visible through `parked`, with the apology (`result`) in the same transaction. */
  parkTurn(turn: Turn, reason: string, result: TurnResult | null): Promise<void>;

  /** Gives back turns that were claimed but not begun (shutdown). */
  releaseTurns(turns: readonly Turn[]): Promise<void>;

  /**
   * Arms one reminder for every conversation of a channel whose participant wrote since `contactedSince`; one that is
   * armed for the same requirement stays. Resolves to how many were armed.
   */
  remindAll(channel: ChannelName, reminder: Reminder, contactedSince: number): Promise<number>;

  /**
   * When to look for due reminders next, null when there is none. For one that is due before what announced it was said
   * it is a while after `now`.
   */
  nextReminderAt(now: number): Promise<number | null>;

  /**
   * Up to `limit` messages due at `now`, and marks them as being sent: per conversation the oldest that is neither sent
   * nor dead, and nothing of a conversation that has one on the wire or unresolved; replies before reminders.
   * What comes unasked is left for the hours it may be said in (`Saying.within`), and while a message of its participant
   * waits to be handled.
   */
  claimOutgoing(channel: ChannelName, now: number, limit: number): Promise<readonly OutboxRow[]>;

  /** The platform accepted it. Remembers the delivered menu; rows of an erased conversation are removed for good. */
  markSent(id: number, platformId: string | null, at: number): Promise<void>;

  /**
   * Definitely not sent. `retryAt` null: given up, the row is dead with its reason. When it held words of a person of ours,
   * the conversation is reminded of `UNDELIVERED` at once; so it is when `markUnreachable` makes such a row die.
   */
  markFailed(id: number, reason: string, retryAt: number | null): Promise<void>;

  /**
   * Nobody knows whether it was sent; nothing more of this conversation goes out until `resolveAt`, when it is claimed
   * again. `givenUpAt`: when the try ended without an answer (`OutboxRow.unknownSince`); `resolveAt` when not given.
   */
  markUnknown(id: number, reason: string, resolveAt: number, givenUpAt?: number): Promise<void>;

  /** The platform says this participant cannot be reached: unsent rows die, reminders that would speak go, progress stays. */
  markUnreachable(address: Address, at: number): Promise<void>;

  /**
   * A message of this channel by its number, whatever became of it, for a platform that asks for it again. Null when it
   * is not kept (any more), and when it held a name and was blanked, or shall be removed once it is settled.
   */
  outgoing(channel: ChannelName, id: number): Promise<KeptOutgoing | null>;

  /** The requests that are not closed, the oldest first, with all that whoever answers them needs. */
  requests(): Promise<readonly Request[]>;

  /** The topic in which a conversation is discussed at the desk; null when there is none (yet). */
  topic(conversation: number): Promise<string | null>;

  /**
   * Remembers that topic, or that it is gone (null). Resolves to whether there is such a request; there is none once the
   * participant's data were erased. With the request its topic is given up: a `delete` with the topic's name goes to the desk.
   */
  keepTopic(conversation: number, topic: string | null): Promise<boolean>;

  /** When the next outgoing message of this channel falls due (retry or unknown), null when none waits. */
  nextOutgoingAt(channel: ChannelName): Promise<number | null>;

  /** Both sides of one conversation, oldest first, for channels that must show it again (web chat). */
  history(address: Address, afterId: number, limit: number): Promise<readonly Line[]>;

  /** Ids of messages the platform is known to have given to us in this chat between two ids (edit probe, faults.md §4). */
  knownPlatformIds(address: Address): Promise<readonly string[]>;

  /**
   * Removes a part of what is older than it may be: messages of both sides, conversations nobody came back to, and requests
   * that were closed as long ago as messages are kept, with their topics.
   * What waits to be handled stays, and with it its conversation; what waits to be sent goes like what was sent, unless
   * it is on the wire. Bounded work in each call; go on with `nextMessage`, `nextConversation` and `nextSeen` until all are null.
   */
  forgetOld(forgetting: Forgetting): Promise<Forgotten>;

  /**
   * Providers that are known to hold somebody up, with the requirement and how many conversations are blocked there
   * since `at` or before; the most first. No conversation can be told from it.
   */
  bottlenecks(at: number): Promise<readonly Bottleneck[]>;

  parked(): Promise<readonly ParkedEvent[]>;
  depths(): Promise<Depths>;
  close(): Promise<void>;
}

/** One value of a channel's account. `value` null removes it. */
export type AccountRow = { readonly kind: string; readonly id: string; readonly value: Uint8Array | null };

/** What is written in one commit, all or nothing. */
export type AccountChange = {
  readonly put: readonly AccountRow[];
  readonly incoming: readonly HiddenIncoming[];
  /** Pairs of names of one chat. */
  readonly same: readonly (readonly [chat: string, alias: string])[];
};

export type Cursor = { readonly name: string; readonly value: string };

/** One event of one conversation, held by nobody else, with all that `step` needs. */
export type Turn = {
  readonly id: number;
  readonly source: 'inbox' | 'reminder';
  readonly address: Address;
  readonly conversation: number;
  /** Version of the session read; `finishTurn` refuses when it has changed (a fence). */
  readonly sessionVersion: number;
  readonly session: Session | null;
  readonly event: Event;
  readonly failures: number;
};

/**
 * For lists and reports; can be rebuilt from the session at any time and is never read by `step`. Of several cases it
 * tells of the one that is talked about.
 */
export type Projection = {
  readonly verdict: string | null;
  readonly requirement: string | null;
  readonly owner: string | null;
  readonly asking: string | null;
  readonly since: number | null;
  readonly flowHash: string;
  /** Who gives the training, as it is counted (language/providers.ts); missing or null unless the participant agreed. */
  readonly provider?: string | null;
};

/** How many conversations stand still at one requirement that one provider has to meet. */
export type Bottleneck = { readonly provider: string; readonly requirement: string; readonly count: number };

export type TurnResult = {
  readonly session: Session;
  readonly projection: Projection;
  readonly outgoing: readonly Outgoing[];
  /** How the wish to talk to a person stands now; null when nothing of it changed. One for each conversation. */
  readonly request: RequestRecord | null;
  /** Said at the desk, in the order of what was said there before about this conversation. Lost when the turn erases. */
  readonly posts: readonly Saying[];
  readonly remind: readonly Reminder[];
  readonly forgetReminders: boolean;
  /**
   * The words of messages received since then go, so that no byte of them stays in the file or the log, and with them
   * unsent sayings of earlier turns that are `passing`; null keeps them. A passing saying also goes once it is settled.
   */
  readonly forgetWordsSince: number | null;
  /** Unsent sayings of earlier turns die; a secret they wanted deleted still is. */
  readonly withdrawUnsent: boolean;
  /**
   * Everything about the conversation is removed so that no byte of it stays in the file or the log, with its aliases
   * and with the conversations it was merged with; of all of them only messages stay that came after the one of this
   * turn. `outgoing` of this very result is still sent and then removed too.
   */
  readonly erase: boolean;
};

export type OutboxRow = {
  readonly id: number;
  readonly address: Address;
  readonly outgoing: Outgoing;
  /** How often it was tried before. */
  readonly attempts: number;
  /** The last try ended without an answer: resolve it before sending again. Holds when that try was given up. */
  readonly unknownSince: number | null;
};

/** Somebody who wants to talk to a person, or does. */
export type Request = Omit<RequestRecord, 'summary'> & {
  readonly conversation: number;
  readonly address: Address;
  readonly summary: RequestSummary;
};

export type KeptOutgoing = { readonly address: Address; readonly outgoing: Outgoing };

export type Line = {
  readonly id: number;
  readonly from: 'pandu' | 'participant';
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** What was shown above Pandu's words. */
  readonly picture?: Card;
  readonly kind: string;
  readonly at: number;
  /** The platform's id of the participant's message, so that a page knows what it shows already; null on Pandu's lines. */
  readonly messageId?: string | null;
};

export type Forgetting = {
  /** Messages received or made before this go. */
  readonly messagesBefore: number;
  /** Conversations whose participant wrote last before this go with all that is known of them. */
  readonly conversationsBefore: number;
  /** Messages received on a day that was over before this are no longer known when they are delivered again. */
  readonly seenBefore: number;
  /** What may be on the wire goes too when the outcome of its last try is unknown since before this. */
  readonly unresolvedBefore: number;
  /** Where the last call stopped; 0 to begin, null when it came to the end. */
  readonly afterMessage: number | null;
  readonly afterConversation: number | null;
  /** The same for the marks by which a redelivery is known; begins with no bytes at all. */
  readonly afterSeen: Uint8Array | null;
};

export type Forgotten = {
  readonly messages: number;
  readonly conversations: number;
  /** Null when there is nothing old behind. */
  readonly nextMessage: number | null;
  /** Null when all conversations were looked at. */
  readonly nextConversation: number | null;
  /** Null when all marks were looked at. */
  readonly nextSeen: Uint8Array | null;
};

export type ParkedEvent = {
  readonly id: number;
  readonly address: Address;
  readonly receivedAt: number;
  readonly kind: string;
  readonly reason: string;
};

export type Depths = {
  readonly inboxWaiting: number;
  readonly outboxWaiting: number;
  readonly parked: number;
  readonly conversations: number;
};

/** Another turn has written this conversation since the claim, or its event was not kept; what was decided is thrown away. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

/** The store cannot write just now (disk full, disk fault). Nothing of the call happened; it may work later. */
export class StoreBusy extends Error {
  override readonly name = 'StoreBusy';
}

/** The data file cannot be used: held by another process, damaged, or written by a newer Pandu. Says what to do. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}
