import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Session } from '../../src/conversation/session.ts';
import type { Address } from '../../src/message.ts';
import { openSqliteStore, storeOver } from '../../src/store/sqlite.ts';
import { DataFile } from '../../src/store/sqlite-file.ts';
import { runHere } from '../../src/store/sqlite-thread.ts';
import type { Store, TurnResult } from '../../src/store/store.ts';
import { startChild } from './child.ts';
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
