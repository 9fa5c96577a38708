import type { Event, Reminder } from '../conversation/session.ts';
import type { Address, ChannelName, HiddenIncoming } from '../message.ts';
import type { Failure } from './sqlite-failure.ts';
import type {
  Cursor,
  Depths,
  Forgetting,
  Forgotten,
  Line,
  OutboxRow,
  ParkedEvent,
  Projection,
  Turn,
} from './store.ts';

/**
 * The store's methods as they are carried out on SQLite: synchronously, and with sessions and messages as the JSON
 * text that is in the file, so that the thread that owns the file neither builds nor reads it.
 */
export interface SqliteCalls {
  receive(incoming: readonly HiddenIncoming[], at: number, cursor: Cursor | null): number;
  finishTurn(turn: TurnKey, result: PackedResult): void;
  failTurn(turn: TurnKey, reason: string): number;
  parkTurn(turn: TurnKey, reason: string, result: PackedResult | null): void;
  claimOutgoing(channel: ChannelName, now: number, limit: number): PackedOutgoing[];
  markSent(id: number, platformId: string | null, at: number): void;
  markFailed(id: number, reason: string, retryAt: number | null): void;
  markUnknown(id: number, reason: string, resolveAt: number, givenUpAt: number): void;
  markUnreachable(address: Address): void;
  forgetOld(forgetting: Forgetting): Forgotten;

  claimTurns(now: number, limit: number): PackedTurn[];
  releaseTurns(turns: readonly TurnKey[]): void;
  cursor(name: string): Cursor | null;
  nextReminderAt(): number | null;
  nextOutgoingAt(channel: ChannelName): number | null;
  history(address: Address, afterId: number, limit: number): Line[];
  knownPlatformIds(address: Address): string[];
  parked(): ParkedEvent[];
  depths(): Depths;
}

export type CallName = keyof SqliteCalls;

/** Calls that change the file; all others only read it, or change nothing but claims, which live in memory. */
export const WRITING_CALLS: ReadonlySet<CallName> = new Set([
  'receive',
  'finishTurn',
  'failTurn',
  'parkTurn',
  'claimOutgoing',
  'markSent',
  'markFailed',
  'markUnknown',
  'markUnreachable',
  'forgetOld',
]);

export type Call = { readonly name: CallName; readonly args: readonly unknown[] };
export type Outcome = { readonly value: unknown } | { readonly error: Failure };

/** Which turn is meant; all of it that the file needs to know. */
export type TurnKey = Pick<Turn, 'id' | 'source' | 'conversation' | 'sessionVersion'> & {
  readonly channel: ChannelName;
  /** `event.at` of the turn: from when its messages may be sent. */
  readonly at: number;
};

export type PackedTurn = Omit<Turn, 'session' | 'event'> & {
  readonly session: string | null;
  readonly event: Exclude<Event, { kind: 'failed' }>;
};

export type PackedResult = {
  readonly session: string;
  readonly projection: Projection;
  readonly outgoing: readonly PackedMessage[];
  readonly remind: readonly Reminder[];
  readonly forgetReminders: boolean;
  readonly withdrawUnsent: boolean;
  readonly erase: boolean;
};

export type PackedMessage = {
  readonly body: string;
  readonly priority: 0 | 1;
  readonly menu: number | null;
};

export type PackedOutgoing = Omit<OutboxRow, 'outgoing'> & { readonly body: string };
