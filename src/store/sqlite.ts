import type { SqliteCalls } from './sqlite-calls.ts';
import { createCleaning } from './sqlite-cleaning.ts';
import { DataFile, MEMORY } from './sqlite-file.ts';
import { CallQueue } from './sqlite-queue.ts';
import {
  changeValues,
  keptOutgoing,
  messageTurn,
  messageValues,
  openRequest,
  outboxRow,
  reminderTurn,
  resultValues,
  turnKey,
} from './sqlite-rows.ts';
import { type BatchRunner, runHere, runInThread } from './sqlite-thread.ts';
import type { Store, TurnResult } from './store.ts';

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

function leavesTraces({ erase, forgetWordsSince }: TurnResult): boolean {
  return erase || forgetWordsSince !== null;
}

/** The store over whoever carries out its calls. */
export function storeOver(runner: BatchRunner): Store {
  const queue = new CallQueue(runner);
  function call<Name extends keyof SqliteCalls>(
    name: Name,
    ...args: Parameters<SqliteCalls[Name]>
  ): Promise<ReturnType<SqliteCalls[Name]>> {
    return queue.call(name, args) as Promise<ReturnType<SqliteCalls[Name]>>;
  }
  const clean = createCleaning((at) => call('removeTraces', at));
  /** An erasure is followed by another look within the hour: by then the last words and their address are gone too. */
  let holdsTraces = false;
  return {
    receive: async (incoming, at, cursor) => call('receive', incoming.map(messageValues), at, cursor ?? null),
    cursor: (name) => call('cursor', name),
    wasReceived: (message) => call('wasReceived', messageValues({ ...message, hidden: [] })),
    readAccount: (account, kind, ids) => call('readAccount', account, kind, ids),
    changeAccount: async (account, change, at) => call('changeAccount', account, changeValues(change), at),
    clearAccount: async (account) => {
      await call('clearAccount', account);
      holdsTraces = true;
      await clean();
    },
    claimTurns: async (now, limit) => {
      const { messages, more, reminders } = await call('claimTurns', now, limit);
      return [
        ...messages.map((row, index) => messageTurn(row, more[index]!)),
        ...reminders.map((row) => reminderTurn(row, now)),
      ];
    },
    finishTurn: async (turn, result) => {
      await call('finishTurn', turnKey(turn), resultValues(result));
      if (!leavesTraces(result)) return;
      holdsTraces = true;
      await clean();
    },
    failTurn: (turn, reason) => call('failTurn', turnKey(turn), reason),
    parkTurn: async (turn, reason, result) => {
      await call('parkTurn', turnKey(turn), reason, result && resultValues(result));
      if (result === null || !leavesTraces(result)) return;
      holdsTraces = true;
      await clean();
    },
    releaseTurns: (turns) => call('releaseTurns', turns.map(turnKey)),
    nextReminderAt: (now) => call('nextReminderAt', now),
    claimOutgoing: async (channel, now, limit) =>
      (await call('claimOutgoing', channel, now, limit)).map((row) => outboxRow(channel, row)),
    markSent: async (id, platformId, at) => {
      // Words that held a name: nobody waits for the file to be looked through.
      if (await call('markSent', id, platformId, at)) void clean();
    },
    markFailed: (id, reason, retryAt) => call('markFailed', id, reason, retryAt),
    markUnknown: (id, reason, resolveAt, givenUpAt) =>
      call('markUnknown', id, reason, resolveAt, givenUpAt ?? resolveAt),
    markUnreachable: (address) => call('markUnreachable', address),
    outgoing: async (channel, id) => {
      const row = await call('outgoing', channel, id);
      return row && keptOutgoing(channel, row);
    },
    requests: async () => (await call('requests')).map(openRequest),
    topic: (conversation) => call('topic', conversation),
    keepTopic: (conversation, topic) => call('keepTopic', conversation, topic),
    nextOutgoingAt: (channel) => call('nextOutgoingAt', channel),
    history: (address, afterId, limit) => call('history', address, afterId, limit),
    knownPlatformIds: (address) => call('knownPlatformIds', address),
    remindAll: (channel, reminder, contactedSince) => call('remindAll', channel, reminder, contactedSince),
    forgetOld: async (forgetting) => {
      const forgotten = await call('forgetOld', forgetting);
      if (forgotten.messages + forgotten.conversations > 0) holdsTraces = true;
      if (holdsTraces && forgotten.nextMessage === null && forgotten.nextConversation === null) {
        holdsTraces = false;
        await clean();
      }
      return forgotten;
    },
    parked: () => call('parked'),
    bottlenecks: (at) => call('bottlenecks', at),
    depths: () => call('depths'),
    close: () => queue.close(),
  };
}
