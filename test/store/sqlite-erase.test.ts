// Over 300 lines: one search through file and log serves every way in which bytes could stay behind.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Session } from '../../src/conversation/session.ts';
import type { Address } from '../../src/message.ts';
import { openSqliteStore, storeOver } from '../../src/store/sqlite.ts';
import type { Call } from '../../src/store/sqlite-calls.ts';
import { DataFile } from '../../src/store/sqlite-file.ts';
import { runHere } from '../../src/store/sqlite-thread.ts';
import type { Store, TurnResult } from '../../src/store/store.ts';
import { startChild } from './child.ts';
import { request, summary } from './contract-requests.ts';
import { bytesOf, temporaryFolder } from './folder.ts';
import { choice, claimOne, message, NOON, NOWHERE, result, say, sendAll, session, talk } from './samples.ts';

const folder = temporaryFolder();

function canary(number: number): Address {
  return { channel: 'telegram', chat: `CANARY-chat-${number}.` };
}

/** One turn of each participant; every place in which something of them is kept is marked with a canary. */
async function live(store: Store, count: number, round: number): Promise<void> {
  const incoming = Array.from({ length: count }, (_, number) =>
    message(canary(number), `${mark(round, number)}text ${'x'.repeat((number * 97 + round * 31) % 900)}`, {
      sender: `${mark(round, number)}sender`,
      messageId: `${mark(round, number)}message`,
      choice: `${mark(round, number)}choice`,
    }),
  );
  await store.receive(incoming, NOON);
  const turns = await store.claimTurns(NOON, count);
  await Promise.all(turns.map((turn, number) => store.finishTurn(turn, resultWithMarks(round, number))));
}

function mark(round: number, number: number): string {
  return `CANARY-${round}-${number}-`;
}

function resultWithMarks(round: number, number: number): TurnResult {
  const marked = mark(round, number);
  // Sessions of changing length, so that pages are split and joined.
  const answers = Array.from({ length: (number * 7 + round * 13) % 40 }, (_, index) => [
    `${marked}question-${index}`,
    { answerId: 'yes', at: NOON, order: index },
  ]);
  return result({
    session: session({ told: `${marked}told`, answers: Object.fromEntries(answers) as Session['answers'] }),
    projection: { ...NOWHERE, asking: `${marked}asking` },
    outgoing: [say(`${marked}reply`, { choices: [choice(`${marked}id`, `${marked}label`)], menu: round })],
    remind: [{ requirement: `${marked}requirement`, dueAt: NOON + 1_000_000_000, armedBy: 1 }],
  });
}

function canariesIn(path: string): string[] {
  const found = bytesOf(path)
    .toString('latin1')
    .match(/CANARY-(?:chat-\d+\.|\d+-\d+-|[a-z]+)/g);
  return [...new Set(found)];
}

test('P04 an erasure leaves no byte in the file or the log, after much writing', async () => {
  const path = join(folder, 'erased.db');
  const store = await openSqliteStore({ path });
  for (let round = 0; round < 12; round += 1) {
    await live(store, 40, round);
    // Some are sent, some wait, and some stand behind one that failed.
    if (round % 3 === 0) await sendAll(store);
  }
  await store.receive([message(canary(0), 'CANARY-parked')], NOON);
  await store.parkTurn(await claimOne(store), 'CANARY-reason', null);
  expect(canariesIn(path).length).toBeGreaterThan(40 * 12);

  for (let number = 0; number < 40; number += 1) {
    await talk(store, message(canary(number), 'CANARY-last'), { erase: true, outgoing: [say('selesai')] });
  }
  // The address stays for the last words, and nothing else.
  expect(canariesIn(path).filter((found) => !found.startsWith('CANARY-chat-'))).toEqual([]);
  expect((await sendAll(store)).filter((text) => text === 'selesai')).toHaveLength(40);
  expect(canariesIn(path)).toEqual([]);
  await store.close();
  expect(readFileSync(path).includes('CANARY')).toBe(false);
});

test('P04 an erasure among others leaves no byte of its own, also not in pages that were rearranged, and all of theirs', async () => {
  const path = join(folder, 'among.db');
  const file = new DataFile(path);
  const store = storeOver(runHere(file));
  const count = 400;
  for (let round = 0; round < 12; round += 1) await live(store, count, round);
  await sendAll(store);
  for (let number = 0; number < count; number += 2)
    await store.receive([message(canary(number), 'hapus')], NOON);
  const turns = await store.claimTurns(NOON, count);
  await Promise.all(turns.map((turn) => store.finishTurn(turn, result({ erase: true }))));
  const isErased = (found: string) => {
    const number = /^CANARY-(?:chat-|\d+-)(\d+)[.-]/.exec(found)?.[1];
    return number !== undefined && Number(number) % 2 === 0;
  };
  expect(canariesIn(path).filter(isErased)).toEqual([]);
  // Pages that SQLite remembers from before must not bring it back: every row that stays is written once more.
  file.database.exec('UPDATE conversation SET version = version + 1; UPDATE inbox SET sent_at = sent_at + 1');
  file.database.exec(
    'UPDATE outbox SET created_at = created_at + 1; UPDATE reminder SET due_at = due_at + 1',
  );
  expect(canariesIn(path).filter(isErased)).toEqual([]);
  for (let number = 1; number < count; number += 2) {
    expect(await store.history(canary(number), 0, 100)).toHaveLength(24);
  }
  await store.close();
});

test('P04 what was said at the desk leaves no byte either, once it is erased', async () => {
  const path = join(folder, 'desk.db');
  const store = await openSqliteStore({ path });
  const { conversation } = await talk(store, message(canary(1), 'CANARY-asked'), {
    request: request({ summary: summary('CANARY-summary') }),
    posts: [say('CANARY-post')],
  });
  await store.keepTopic(conversation, '-1001/7');
  await sendAll(store, NOON, 'desk');
  const desk = { channel: 'desk', chat: `#${conversation}` } as const;
  await talk(store, message(desk, 'CANARY-answer', { kind: 'desk' }), {
    outgoing: [say('CANARY-passed')],
    posts: [say('CANARY-unsent')],
  });
  expect(canariesIn(path).length).toBeGreaterThan(3);
  await talk(store, message(canary(1), 'hapus'), { erase: true });
  expect(canariesIn(path).filter((found) => !found.startsWith('CANARY-chat-'))).toEqual([]);
  expect(await sendAll(store, NOON, 'desk')).toEqual(['delete -1001/7']);
  await store.close();
  expect(readFileSync(path).includes('CANARY')).toBe(false);
});

/** A store over `runner` that notes which calls it is asked to carry out. */
function watched(path: string): { store: Store; asked: string[] } {
  const runner = runHere(new DataFile(path));
  const asked: string[] = [];
  const note = (calls: readonly Call[]): void => {
    for (const [name, args] of calls) asked.push(name === 'removeTraces' ? `${name} ${args[0]}` : name);
  };
  const store = storeOver({
    begin: (calls) => {
      note(calls);
      runner.begin(calls);
    },
    run: (calls, tellEarly) => {
      note(calls);
      return runner.run(calls, tellEarly);
    },
    close: () => runner.close(),
  });
  return { store, asked };
}

const begun = (asked: readonly string[]): number => asked.filter((name) => name === 'removeTraces 0').length;

test('P04 an erasure keeps nobody waiting: others are served between slices of the file', async () => {
  const { store, asked } = watched(join(folder, 'slices.db'));
  for (let number = 0; number < 3; number += 1) {
    await talk(store, message(canary(number), 'x'.repeat(5_000_000)));
  }
  await store.receive([message(canary(0), 'hapus')], NOON);
  const turn = await claimOne(store);
  const done: string[] = [];
  const erased = store.finishTurn(turn, result({ erase: true })).then(() => done.push('erased'));
  await store.receive([message(canary(1), 'halo')], NOON).then(() => done.push('first'));
  await store.receive([message(canary(2), 'halo')], NOON).then(() => done.push('second'));
  await erased;
  expect(done).toEqual(['first', 'second', 'erased']);
  expect(asked.filter((name) => name.startsWith('removeTraces')).length).toBeGreaterThan(2);
  await store.close();
});

test('P04 erasures of the same time share one look through the file, and their last words need none', async () => {
  const { store, asked } = watched(join(folder, 'shared.db'));
  await live(store, 20, 0);
  await sendAll(store);
  await store.receive(
    Array.from({ length: 20 }, (_, number) => message(canary(number), 'hapus')),
    NOON,
  );
  const turns = await store.claimTurns(NOON, 20);
  const last = result({ erase: true, outgoing: [say('selesai')] });
  const half = turns.slice(0, 10).map((turn) => store.finishTurn(turn, last));
  await store.depths();
  await Promise.all([...half, ...turns.slice(10).map((turn) => store.finishTurn(turn, last))]);
  expect(begun(asked)).toBeLessThanOrEqual(2);
  const before = begun(asked);
  expect(await sendAll(store)).toHaveLength(20);
  expect(begun(asked)).toBe(before);
  expect(canariesIn(join(folder, 'shared.db'))).toEqual([]);
  await store.close();
});

test('P04 P09 a round of forgetting ends with one look through the file, and with no byte of what it forgot', async () => {
  const path = join(folder, 'forgotten.db');
  const { store, asked } = watched(path);
  for (let round = 0; round < 30; round += 1) await live(store, 60, round);
  await sendAll(store);
  let afterMessage: number | null = 0;
  let afterConversation: number | null = 0;
  while (afterMessage !== null || afterConversation !== null) {
    const before = {
      messagesBefore: NOON + 1,
      conversationsBefore: NOON + 1,
      unresolvedBefore: NOON,
      seenBefore: 0,
    };
    const forgotten = await store.forgetOld({ ...before, afterMessage, afterConversation, afterSeen: null });
    afterMessage = forgotten.nextMessage;
    afterConversation = forgotten.nextConversation;
  }
  expect(asked.filter((name) => name === 'forgetOld').length).toBeGreaterThan(1);
  expect(begun(asked)).toBe(1);
  expect(canariesIn(path)).toEqual([]);
  await store.close();
});

test('P04 F73 an erasure leaves no byte of any name, nor of what was merged, among many others with names of their own', async () => {
  const path = join(folder, 'names.db');
  const store = await openSqliteStore({ path });
  const count = 120;
  // Names of changing length, so that pages are split and joined.
  const name = (number: number, which: string) =>
    `CANARY-chat-${number}. ${which} ${'9'.repeat((number * 37) % 60)}`;
  const from = (number: number, which: string, aliases: readonly string[] = []) =>
    message({ channel: 'whatsapp', chat: name(number, which) }, `CANARY-chat-${number}. words`, { aliases });
  const everybody = Array.from({ length: count }, (_, number) => number);
  const settle = async (more: Partial<TurnResult>) => {
    const turns = await store.claimTurns(NOON, 10 * count);
    await Promise.all(turns.map((turn) => store.finishTurn(turn, result(more))));
  };
  await store.receive(
    everybody.flatMap((number) => [from(number, 'phone', [name(number, 'old')]), from(number, 'lid')]),
    NOON,
  );
  await settle({ outgoing: [say('balasan')] });
  const same = everybody.flatMap((number) => [
    [name(number, 'lid'), name(number, 'phone')] as const,
    [name(number, 'lid'), name(number, 'third')] as const,
  ]);
  await store.changeAccount('whatsapp', { put: [], incoming: [], same }, NOON);
  expect((await store.depths()).conversations).toBe(2 * count);
  await sendAll(store, NOON, 'whatsapp');

  const gone = everybody.filter((number) => number % 2 === 0);
  await store.receive(
    gone.map((number) => from(number, 'third')),
    NOON,
  );
  await settle({ erase: true, outgoing: [say('selesai')] });
  expect(await sendAll(store, NOON, 'whatsapp')).toHaveLength(gone.length);
  expect((await store.depths()).conversations).toBe(count);
  const left = new Set(canariesIn(path).map((found) => Number(/^CANARY-chat-(\d+)\./.exec(found)?.[1])));
  expect([...left].filter((number) => number % 2 === 0)).toEqual([]);
  expect(left.size).toBe(count - gone.length);
  await store.receive([from(1, 'third')], NOON);
  expect((await claimOne(store)).address.chat).toMatch(/^CANARY-chat-1\. (?:phone|lid)/);
  await store.close();
  expect(readFileSync(path).includes('CANARY-chat-2.')).toBe(false);
});

test('P04 a conversation that is forgotten leaves no byte of its names', async () => {
  const path = join(folder, 'forgotten-names.db');
  const store = await openSqliteStore({ path });
  await talk(store, message(canary(1), 'halo', { aliases: ['CANARY-alias'] }));
  const before = { messagesBefore: 0, conversationsBefore: NOON + 1, unresolvedBefore: 0, seenBefore: 0 };
  await store.forgetOld({ ...before, afterMessage: null, afterConversation: 0, afterSeen: null });
  expect(canariesIn(path)).toEqual([]);
  await store.close();
});

test('S45 an account that is cleared leaves no byte of its values, and others all of theirs', async () => {
  const path = join(folder, 'account.db');
  const store = await openSqliteStore({ path });
  const put = (round: number) =>
    Array.from({ length: 200 }, (_, number) => ({
      kind: 'session',
      id: `CANARY-${round}-${number}-`,
      value: Buffer.from(`${mark(round, number)}${'x'.repeat((number * 53 + round * 17) % 700)}`),
    }));
  for (let round = 0; round < 4; round += 1) {
    const account = round % 2 === 0 ? 'whatsapp' : 'telegram';
    await store.changeAccount(account, { put: put(round), incoming: [], same: [] }, NOON);
  }
  await store.clearAccount('whatsapp');
  const rounds = new Set(canariesIn(path).map((found) => found.split('-')[1]));
  expect([...rounds].sort()).toEqual(['1', '3']);
  expect((await store.readAccount('telegram', 'session', ['CANARY-1-7-', 'CANARY-3-199-'])).size).toBe(2);
  await store.close();
});

test('P04 a kill between the erasure and the emptying of the log is made good at the next start', async () => {
  const path = join(folder, 'killed.db');
  const child = await startChild('erase', path);
  expect(await child.line()).toBeNull();
  // The commit is in the log, and so is still what it removed.
  expect(bytesOf(path).includes('CANARY-text')).toBe(true);
  const store = await openSqliteStore({ path });
  expect(canariesIn(path)).toEqual([]);
  expect((await store.depths()).conversations).toBe(0);
  await store.close();
});
