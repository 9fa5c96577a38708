import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AccountValue } from '../../src/channels/channel.ts';
import {
  type AccountStoreOptions,
  AccountUnreadable,
  createAccountStore,
} from '../../src/command/account-store.ts';
import { hidden } from '../../src/command/hidden.ts';
import { createSeal } from '../../src/command/seal.ts';
import type { Incoming } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type Store, StoreBusy } from '../../src/store/store.ts';
import { bytesOf } from '../store/folder.ts';
import { claimOne, message, NOON, result, say } from '../store/samples.ts';

const key = Uint8Array.from({ length: 32 }, (_, byte) => byte);
const otherKey = new Uint8Array(32).fill(9);
const rina = { channel: 'whatsapp', chat: '62811000111@s' } as const;

let folder: string;
let path: string;
let store: Store;
let calls: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pandu-account-'));
  path = join(folder, 'pandu.db');
  store = await openSqliteStore({ path });
  calls = [];
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function account(more: Partial<AccountStoreOptions> = {}) {
  return createAccountStore({
    store,
    channel: 'whatsapp',
    key,
    clock: { now: () => NOON },
    hidden,
    wake: () => calls.push('wake'),
    kept: (incoming) => calls.push(`kept ${incoming.length}`),
    ...more,
  });
}

function value(kind: string, id: string, text: string | null): AccountValue {
  return { kind, id, value: text === null ? null : Buffer.from(text) };
}

function put(...values: AccountValue[]) {
  return { put: values, incoming: [], same: [] };
}

function text(found: ReadonlyMap<string, Uint8Array>): [string, string][] {
  return [...found].map(([id, bytes]) => [id, Buffer.from(bytes).toString()]);
}

/** The sealed credentials as they stand in the store. */
const credsId = createSeal(key, 'whatsapp').idOf('creds', '');
async function sealedCreds(): Promise<Buffer> {
  const found = await store.readAccount('whatsapp', 'creds', [credsId]);
  return Buffer.from(found.get(credsId)!);
}

async function replaceCreds(bytes: Uint8Array): Promise<void> {
  const damaged = [{ kind: 'creds', id: credsId, value: bytes }];
  await store.changeAccount('whatsapp', { put: damaged, incoming: [], same: [] }, NOON);
}

test('F44 with another data key nothing is read, nothing written, and nobody is told that the account is new', async () => {
  await account().transaction(put(value('creds', '', 'pasangan')));
  const wrong = account({ key: otherKey });
  for (const attempt of [
    () => wrong.read('creds', ['']),
    () => wrong.read('anything', ['not there']),
    () => wrong.transaction(put(value('creds', '', 'baru'))),
    () => wrong.transaction({ put: [], incoming: [message(rina, 'halo')], same: [] }),
    () => wrong.read('creds', ['']),
  ]) {
    const error = await attempt().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AccountUnreadable);
    expect((error as Error).message).toMatch(/whatsapp.*DATA_KEY.*data\.key.*paired anew/);
  }
  expect((await store.depths()).inboxWaiting).toBe(0);
  expect(text(await account().read('creds', ['']))).toEqual([['', 'pasangan']]);
});

test('F44 with another data key the account can be cleared, which somebody has to ask for, and paired anew', async () => {
  await account().transaction(put(value('creds', '', 'pasangan'), value('session', 'a', 'x')));
  const wrong = account({ key: otherKey });
  await expect(wrong.read('creds', [''])).rejects.toThrow(AccountUnreadable);
  await wrong.clear();
  expect(text(await wrong.read('creds', ['']))).toEqual([]);
  await wrong.transaction(put(value('creds', '', 'pasangan baru')));
  expect(text(await account({ key: otherKey }).read('creds', ['']))).toEqual([['', 'pasangan baru']]);
  await expect(account().read('creds', [''])).rejects.toThrow(AccountUnreadable);
});

test('F44 credentials cut at any byte, or changed in one, are never taken for none', async () => {
  await account().transaction(put(value('creds', '', 'pasangan'), value('session', 'a', 'x')));
  const whole = await sealedCreds();
  for (let at = 0; at < whole.length; at += 1) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 255;
    for (const bytes of [whole.subarray(0, at), changed]) {
      await replaceCreds(bytes);
      await expect(account().read('creds', ['']), `byte ${at}`).rejects.toThrow(
        /damaged.*backup.*paired anew/,
      );
    }
  }
  expect(text(await account().read('session', ['a']))).toEqual([['a', 'x']]);
  await replaceCreds(whole);
  expect(text(await account().read('creds', ['']))).toEqual([['', 'pasangan']]);
});

test('F44 a value that stands in the place of another is not taken for it', async () => {
  await account().transaction(put(value('creds', '', 'pasangan'), value('session', 'a', 'x')));
  const sessionId = createSeal(key, 'whatsapp').idOf('session', 'a');
  const session = (await store.readAccount('whatsapp', 'session', [sessionId])).get(sessionId)!;
  await replaceCreds(session);
  await expect(account().read('creds', [''])).rejects.toThrow(AccountUnreadable);
});

test('F04 F36 what cannot be kept leaves nothing, and the next change is whole, the mark of the key included', async () => {
  const change = { ...put(value('creds', '', 'a')), incoming: [message(rina, 'halo')], same: [] };
  let isFull = true;
  const failing = account({
    store: {
      ...store,
      changeAccount: async (...args) => {
        if (isFull) throw new StoreBusy('full');
        return store.changeAccount(...args);
      },
    },
  });
  await expect(failing.transaction(change)).rejects.toThrow(StoreBusy);
  expect(calls).toEqual(['wake']);
  isFull = false;
  await failing.transaction(change);
  await expect(account({ key: otherKey }).read('creds', [''])).rejects.toThrow(AccountUnreadable);
  expect((await store.depths()).inboxWaiting).toBe(1);
});

test('F44 the mark of the key is there again after a clearing, also when changes are under way at that moment', async () => {
  const mine = account();
  await mine.transaction(put(value('creds', '', 'a')));
  await Promise.all([
    mine.transaction(put(value('creds', '', 'b'))),
    mine.clear(),
    mine.transaction(put(value('creds', '', 'c'))),
  ]);
  expect(text(await mine.read('creds', ['']))).toEqual([['', 'c']]);
  await expect(account({ key: otherKey }).read('creds', [''])).rejects.toThrow(AccountUnreadable);
  const first = account();
  await first.clear();
  await Promise.all([first.transaction(put(value('creds', '', 'd'))), first.clear()]);
  await first.transaction(put(value('creds', '', 'e')));
  await expect(account({ key: otherKey }).read('creds', [''])).rejects.toThrow(AccountUnreadable);
});

test('S45 no value, no id and no secret of a message stands in the file or its log', async () => {
  const mine = account();
  await mine.transaction({
    put: [value('session', '62899555111@s.0', 'CANARY-session'), value('creds', '', 'CANARY-creds')],
    incoming: [message(rina, 'password: CANARY-password')],
    same: [],
  });
  await mine.transaction(put(value('session', '62899555222@s.0', 'CANARY-session')));
  const bytes = bytesOf(path).toString('latin1');
  expect(bytes).toContain(rina.chat);
  expect(bytes).not.toMatch(/CANARY|62899555/);
  expect(text(await mine.read('session', ['62899555111@s.0', 'nobody']))).toEqual([
    ['62899555111@s.0', 'CANARY-session'],
  ]);
});

test('F04 messages come with the keys, with their secrets hidden, and the loop is woken before the disk has answered', async () => {
  const incoming: Incoming[] = [message(rina, 'PIN saya 123456')];
  const done = account().transaction({ ...put(value('k', 'a', '1')), incoming, same: [] });
  await done;
  expect(calls).toEqual(['wake', 'kept 1']);
  const turn = await claimOne(store);
  expect(turn.event).toMatchObject({ message: { text: expect.not.stringContaining('123456') } });
  expect(turn.event.kind === 'message' && turn.event.message.hidden).toEqual(hidden(incoming[0]!).hidden);
  expect(hidden(incoming[0]!).hidden).not.toEqual([]);
});

test('once the key is known, messages are handed over in the moment of the call, so that they can be claimed with it', async () => {
  const mine = account();
  await mine.read('creds', ['']);
  const done = mine.transaction({ put: [], incoming: [message(rina, 'halo')], same: [] });
  expect(calls).toEqual(['wake']);
  const [, turns] = await Promise.all([done, store.claimTurns(NOON, 10)]);
  expect(turns).toHaveLength(1);
});

test('changes without messages wake nobody', async () => {
  await account().transaction(put(value('k', 'a', '1')));
  expect(calls).toEqual([]);
});

test('reads, replaces, removes and clears; a clearing leaves the participants', async () => {
  const mine = account();
  await mine.transaction(put(value('k', 'a', '1'), value('k', 'b', ''), value('l', 'a', '3')));
  await mine.transaction(put(value('k', 'a', null), value('l', 'a', '4')));
  expect(text(await mine.read('k', ['a', 'b', 'b']))).toEqual([['b', '']]);
  expect(text(await account().read('l', ['a']))).toEqual([['a', '4']]);
  await mine.transaction({ put: [], incoming: [message(rina, 'halo')], same: [] });
  await mine.clear();
  expect([await mine.read('k', ['b']), await mine.read('l', ['a'])]).toEqual([new Map(), new Map()]);
  expect((await store.depths()).inboxWaiting).toBe(1);
});

test('F73 names that are the same reach the store, also those that come with a message', async () => {
  const mine = account();
  const chats = async (chat: string, aliases: string[] = []) => {
    await mine.transaction({
      put: [],
      incoming: [message({ channel: 'whatsapp', chat }, 'x', { aliases })],
      same: [],
    });
    const turn = await claimOne(store);
    await store.finishTurn(turn, result());
    return turn.address.chat;
  };
  expect(await chats('100@lid', ['62811@s'])).toBe('100@lid');
  expect(await chats('62811@s')).toBe('100@lid');
  await mine.transaction({ put: [], incoming: [], same: [['100@lid', '62822@s']] });
  expect(await chats('62822@s')).toBe('100@lid');
});

test('gives the message with a number of the outbox, and none of another channel', async () => {
  await account().transaction({ put: [], incoming: [message(rina, 'halo')], same: [] });
  await store.finishTurn(await claimOne(store), result({ outgoing: [say('balasan')] }));
  const [row] = await store.claimOutgoing('whatsapp', NOON, 1);
  expect(await account().outgoing(row!.id)).toEqual({ address: rina, outgoing: say('balasan') });
  expect(await account({ channel: 'telegram' }).outgoing(row!.id)).toBeNull();
});
