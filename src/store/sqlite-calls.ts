import type { Reminder } from '../conversation/session.ts';
import type { Address, ChannelName } from '../message.ts';
import type { Failure } from './sqlite-failure.ts';
import type {
  ChangeValues,
  ClaimedRows,
  KeptRow,
  MessageValues,
  OutgoingRow,
  RequestRow,
  ResultValues,
  TurnKey,
} from './sqlite-rows.ts';
import type { Bottleneck, Cursor, Depths, Forgetting, Forgotten, Line, ParkedEvent } from './store.ts';

/**
 * The store's methods as they are carried out on SQLite: synchronously, and with sessions and messages as the JSON
 * text that is in the file, so that the thread that owns the file neither builds nor reads it.
 */
export interface SqliteCalls {
  receive(incoming: readonly MessageValues[], at: number, cursor: Cursor | null): number;
  changeAccount(account: ChannelName, change: ChangeValues, at: number): number;
  clearAccount(account: ChannelName): void;
  finishTurn(turn: TurnKey, result: ResultValues): void;
  failTurn(turn: TurnKey, reason: string): number;
  parkTurn(turn: TurnKey, reason: string, result: ResultValues | null): void;
  claimOutgoing(channel: ChannelName, now: number, limit: number): OutgoingRow[];
  markSent(id: number, platformId: string | null, at: number): boolean;
  markFailed(id: number, reason: string, retryAt: number | null): void;
  markUnknown(id: number, reason: string, resolveAt: number, givenUpAt: number): void;
  markUnreachable(address: Address): void;
  forgetOld(forgetting: Forgetting): Forgotten;
  remindAll(channel: ChannelName, reminder: Reminder, contactedSince: number): number;
  keepTopic(conversation: number, topic: string | null): boolean;

  removeTraces(at: number): number | null;
  claimTurns(now: number, limit: number): ClaimedRows;
  releaseTurns(turns: readonly TurnKey[]): void;
  cursor(name: string): Cursor | null;
  wasReceived(message: MessageValues): boolean;
  readAccount(account: ChannelName, kind: string, ids: readonly string[]): Map<string, Uint8Array>;
  outgoing(channel: ChannelName, id: number): KeptRow | null;
  nextReminderAt(now: number): number | null;
  requests(): RequestRow[];
  topic(conversation: number): string | null;
  nextOutgoingAt(channel: ChannelName): number | null;
  history(address: Address, afterId: number, limit: number): Line[];
  knownPlatformIds(address: Address): string[];
  parked(): ParkedEvent[];
  bottlenecks(at: number): Bottleneck[];
  depths(): Depths;
}

export type CallName = keyof SqliteCalls;

/**
 * Calls that change what the file says; all others only read it, change nothing but claims, which live in memory, or,
 * like `removeTraces`, must not run inside a transaction.
 */
export const WRITING_CALLS: ReadonlySet<CallName> = new Set([
  'receive',
  'changeAccount',
  'clearAccount',
  'finishTurn',
  'failTurn',
  'parkTurn',
  'claimOutgoing',
  'markSent',
  'markFailed',
  'markUnknown',
  'markUnreachable',
  'forgetOld',
  'remindAll',
  'keepTopic',
]);

/** Calls that touch only the claims: they are answered while the commit of their batch is still on its way to the disk. */
export const CLAIMING_CALLS: ReadonlySet<CallName> = new Set(['claimTurns', 'releaseTurns']);

export type Call = readonly [name: CallName, args: readonly unknown[]];
export type Outcome = readonly [isDone: true, value: unknown] | readonly [isDone: false, failure: Failure];
/** The outcome of the call at this place in its batch, told before the others. */
export type EarlyOutcome = readonly [place: number, outcome: Outcome];
