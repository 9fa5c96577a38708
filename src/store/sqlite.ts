import type { Session } from '../conversation/session.ts';
import type { Outgoing } from '../message.ts';
import type { PackedMessage, PackedResult, PackedTurn, SqliteCalls, TurnKey } from './sqlite-calls.ts';
import { DataFile, MEMORY } from './sqlite-file.ts';
import { CallQueue } from './sqlite-queue.ts';
import { type BatchRunner, runHere, runInThread } from './sqlite-thread.ts';
import type { OutboxRow, Store, Turn, TurnResult } from './store.ts';

/**
 * Opens the store in one SQLite file, or in memory for `:memory:`. Only one process at a time can have the file; the
 * operating system takes it back however the process ends.
 *
 * @throws {StoreUnusable} when the file cannot be used; the message says what to do
 */
export async function openSqliteStore(options: { readonly path: string }): Promise<Store> {
  const { path } = options;
  return storeOver(path === MEMORY ? runHere(new DataFile(path)) : await runInThread(path));
}

/** The store over whoever carries out its calls. */
export function storeOver(runner: BatchRunner): Store {
  const queue = new CallQueue(runner);
  async function call<Name extends keyof SqliteCalls>(
    name: Name,
    ...args: Parameters<SqliteCalls[Name]>
  ): Promise<ReturnType<SqliteCalls[Name]>> {
    return (await queue.call(name, args)) as ReturnType<SqliteCalls[Name]>;
  }
  return {
    receive: (incoming, at, cursor) => call('receive', incoming, at, cursor ?? null),
    cursor: (name) => call('cursor', name),
    claimTurns: async (now, limit) => (await call('claimTurns', now, limit)).map(unpackTurn),
    finishTurn: async (turn, result) => call('finishTurn', keyOf(turn), pack(result)),
    failTurn: (turn, reason) => call('failTurn', keyOf(turn), reason),
    parkTurn: async (turn, reason, result) => call('parkTurn', keyOf(turn), reason, result && pack(result)),
    releaseTurns: (turns) => call('releaseTurns', turns.map(keyOf)),
    nextReminderAt: () => call('nextReminderAt'),
    claimOutgoing: async (channel, now, limit) =>
      (await call('claimOutgoing', channel, now, limit)).map(unpackOutgoing),
    markSent: (id, platformId, at) => call('markSent', id, platformId, at),
    markFailed: (id, reason, retryAt) => call('markFailed', id, reason, retryAt),
    markUnknown: (id, reason, resolveAt, givenUpAt) =>
      call('markUnknown', id, reason, resolveAt, givenUpAt ?? resolveAt),
    markUnreachable: (address) => call('markUnreachable', address),
    nextOutgoingAt: (channel) => call('nextOutgoingAt', channel),
    history: (address, afterId, limit) => call('history', address, afterId, limit),
    knownPlatformIds: (address) => call('knownPlatformIds', address),
    forgetOld: (forgetting) => call('forgetOld', forgetting),
    parked: () => call('parked'),
    depths: () => call('depths'),
    close: () => queue.close(),
  };
}

function keyOf({ id, source, address, conversation, sessionVersion, event }: Turn): TurnKey {
  return { id, source, channel: address.channel, conversation, sessionVersion, at: event.at };
}

function unpackTurn({ session, ...turn }: PackedTurn): Turn {
  return { ...turn, session: session === null ? null : (JSON.parse(session) as Session) };
}

function unpackOutgoing({ body, ...row }: Omit<OutboxRow, 'outgoing'> & { body: string }): OutboxRow {
  return { ...row, outgoing: JSON.parse(body) as Outgoing };
}

function pack(result: TurnResult): PackedResult {
  return {
    ...result,
    session: JSON.stringify(result.session),
    outgoing: result.outgoing.map(packMessage),
  };
}

function packMessage(outgoing: Outgoing): PackedMessage {
  return {
    body: JSON.stringify(outgoing),
    priority: outgoing.kind === 'say' && outgoing.priority === 'reminder' ? 1 : 0,
    menu: outgoing.kind === 'say' ? outgoing.menu : null,
  };
}
