import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Address } from '../../src/message.ts';
import { openSqliteStore, storeOver } from '../../src/store/sqlite.ts';
import { DataFile } from '../../src/store/sqlite-file.ts';
import { runHere } from '../../src/store/sqlite-thread.ts';
import type { Store } from '../../src/store/store.ts';
import { startTurnLoop } from '../../src/turn/loop.ts';
import { smallTalk } from '../turn/small-talk.ts';
import { startChild } from './child.ts';
import { temporaryFolder } from './folder.ts';
import { message, NOON, NOWHERE, sendAll, textOf } from './samples.ts';

const folder = temporaryFolder();
const KILLS = 25;
const CHATS = Array.from(
  { length: 12 },
  (_, chat): Address => ({ channel: 'telegram', chat: `chat ${chat}` }),
);

/** Numbers the participant of each chat was told are received, and rows the platform is known to have. */
type Acknowledged = { readonly received: Map<string, string[]>; readonly sent: Set<number> };

function note({ received, sent }: Acknowledged, line: string): void {
  const [what, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
  if (what === 'sent') sent.add(Number(rest));
  if (what !== 'received') return;
  const [chat, number] = rest.split('/') as [string, string];
  received.get(chat)!.push(number);
}

async function finishAll(store: Store): Promise<void> {
  const loop = startTurnLoop({
    store,
    clock: { now: () => NOON },
    decide: smallTalk,
    project: () => NOWHERE,
    log: { warn: () => {}, error: () => {} },
  });
  await loop.idle();
  await loop.stop();
}

/** Both sides of a chat: every message once, each answered once, in order, with its own number. */
async function linesOf(store: Store, address: Address): Promise<{ heard: string[]; said: string[] }> {
  const lines = await store.history(address, 0, 1_000_000);
  const heard = lines.filter((line) => line.from === 'participant').map((line) => line.text);
  const said = lines.filter((line) => line.from === 'pandu').map((line) => line.text);
  return { heard, said };
}

test(`F01 F02 F08 F09 F38 loses nothing that was acknowledged and does nothing twice in ${KILLS} kills`, async () => {
  const path = join(folder, 'killed.db');
  const acknowledged: Acknowledged = {
    received: new Map(CHATS.map(({ chat }) => [chat, []])),
    sent: new Set(),
  };
  let total = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = await startChild('talk', path);
    expect(await child.line()).toBe('open');
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 120));
    await child.kill();
    const lines = child.rest();
    expect(lines).not.toContain('warned');
    for (const line of lines) note(acknowledged, line);
    total += lines.length;
  }
  expect(total).toBeGreaterThan(1_000);

  const store = await openSqliteStore({ path });
  const again = await store.receive(
    CHATS.flatMap((address) =>
      acknowledged.received
        .get(address.chat)!
        .map((number) => message(address, number, { messageId: `m${number}` })),
    ),
    NOON,
  );
  expect(again).toBe(0);
  await finishAll(store);
  for (const row of await store.claimOutgoing('telegram', NOON, 1_000)) {
    expect(acknowledged.sent.has(row.id)).toBe(false);
    await store.markSent(row.id, null, NOON);
  }
  await sendAll(store);
  for (const address of CHATS) {
    const { heard, said } = await linesOf(store, address);
    expect(new Set(heard).size).toBe(heard.length);
    expect(said).toEqual(heard.map((text, index) => `${index + 1} ${text}`));
    const kept = new Set(heard);
    expect(acknowledged.received.get(address.chat)!.filter((number) => !kept.has(number))).toEqual([]);
  }
  expect(await store.depths()).toMatchObject({ inboxWaiting: 0, outboxWaiting: 0, parked: 0 });
  await store.close();
}, 180_000);

test('F38 a kill between the parts of a batch keeps what was acknowledged before and none of the parts', async () => {
  const path = join(folder, 'parts.db');
  const child = await startChild('parts', path);
  expect(await child.line()).toBe('kept 40');
  expect(await child.line()).toBeNull();
  const store = await openSqliteStore({ path });
  const turns = await store.claimTurns(NOON, 100);
  expect(turns.map(textOf)).toEqual(Array.from({ length: 40 }, () => 'kept'));
  expect(await store.depths()).toMatchObject({ inboxWaiting: 40 });
  await store.close();
});

test('F04 F05 F38 in 6 kills a key never moves on without its message and its name, nor they without it', async () => {
  const path = join(folder, 'ratchet.db');
  for (let kill = 0; kill < 6; kill += 1) {
    const child = await startChild('account', path);
    expect(await child.line()).toBe('open');
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 80));
    await child.kill();
    const acknowledged = child.rest().map((line) => line.split(' ').slice(1).map(Number));
    const store = await openSqliteStore({ path });
    for (let lane = 0; lane < 4; lane += 1) {
      const chat = `chat ${lane}`;
      const value = (await store.readAccount('whatsapp', 'session', [chat])).get(chat);
      const { heard } = await linesOf(store, { channel: 'whatsapp', chat });
      expect(heard.at(-1)).toBe(value && Buffer.from(value).toString());
      const steps = acknowledged.filter(([told]) => told === lane).map(([, step]) => step!);
      const kept = new Set(heard);
      expect(steps.filter((step) => !kept.has(String(step)))).toEqual([]);
      if (value === undefined) continue;
      // The name that came with the first step of this process leads there.
      const name = `${chat} of ${Math.floor(Number(Buffer.from(value)) / 100_000)}`;
      await store.receive([message({ channel: 'whatsapp', chat: name }, 'lagi')], NOON);
      expect((await linesOf(store, { channel: 'whatsapp', chat })).heard.at(-1)).toBe('lagi');
      await store.changeAccount(
        'whatsapp',
        { put: [{ kind: 'session', id: chat, value: Buffer.from('lagi') }], incoming: [], same: [] },
        NOON,
      );
    }
    await store.close();
  }
}, 60_000);

test('F14 a first start that is killed at any moment is followed by a good one', async () => {
  for (let round = 0; round < 12; round += 1) {
    const path = join(folder, `first-${round}.db`);
    const child = await startChild('hold', path);
    await new Promise((resolve) => setTimeout(resolve, 60 + round * 8));
    await child.kill();
    const store = await openSqliteStore({ path });
    expect(await store.receive([message(CHATS[0]!, 'halo')], NOON)).toBe(1);
    await store.close();
  }
}, 60_000);

test('F38 a log cut at any byte leaves a clean prefix of what happened', async () => {
  const path = join(folder, 'cut.db');
  const child = await startChild('talk', path);
  await child.line();
  while (!statSync(`${path}-wal`, { throwIfNoEntry: false }) || statSync(`${path}-wal`).size < 600_000) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await child.kill();
  const { size } = statSync(`${path}-wal`);
  const copy = join(folder, 'copy.db');
  let longest = 0;
  for (let round = 0; round < 150; round += 1) {
    copyFileSync(path, copy);
    copyFileSync(`${path}-wal`, `${copy}-wal`);
    truncateSync(`${copy}-wal`, Math.floor(((round + Math.random()) / 150) * size));
    const store = storeOver(runHere(new DataFile(copy)));
    await finishAll(store);
    for (const address of CHATS) {
      const { heard, said } = await linesOf(store, address);
      expect(heard).toEqual(heard.map((_, index) => String(Number(heard[0]) + index)));
      expect(said).toEqual(heard.map((text, index) => `${index + 1} ${text}`));
      longest = Math.max(longest, heard.length);
    }
    await store.close();
  }
  expect(longest).toBeGreaterThan(5);
}, 60_000);
