import { describe, expect, test } from 'vitest';
import type { HiddenIncoming } from '../../src/message.ts';
import type { AccountChange, AccountRow } from '../../src/store/store.ts';
import type { StoreWorld } from './contract.ts';
import { claimOne, message, NOON, result, say, sendAll, talk, textOf } from './samples.ts';

const rina = { channel: 'whatsapp', chat: '100@lid' } as const;

export function change(more: Partial<AccountChange>): AccountChange {
  return { put: [], incoming: [], same: [], ...more };
}

export function row(kind: string, id: string, value: string | null): AccountRow {
  return { kind, id, value: value === null ? null : Buffer.from(value) };
}

/** Made wrong on purpose: what the database refuses only after it has taken what comes before. */
export function broken(): HiddenIncoming {
  return { ...message(rina, 'rusak'), text: undefined as unknown as string };
}

/** The promises of src/store/store.ts about accounts; part of the one suite (contract.ts). */
export function accountContract(world: StoreWorld): void {
  const kept = async (kind: string, ...ids: string[]) =>
    [...(await world.store.readAccount('whatsapp', kind, ids))].map(([id, value]) => [
      id,
      Buffer.from(value).toString(),
    ]);

  describe('wasReceived', () => {
    test('F05 knows what was kept, by whichever name of its chat, and nothing else', async () => {
      const { store } = world;
      const first = { ...message(rina, 'halo'), aliases: ['62811@s'] };
      const other = { ...message(rina, 'apa'), messageId: 'm-lain' };
      expect(await store.wasReceived(first)).toBe(false);
      await store.changeAccount('whatsapp', change({ incoming: [first] }), NOON);
      expect(await store.wasReceived(first)).toBe(true);
      expect(await store.wasReceived({ ...first, chat: '62811@s', sender: '62811@s', aliases: [] })).toBe(
        true,
      );
      expect(await store.wasReceived(other)).toBe(false);
      expect(await store.wasReceived({ ...first, channel: 'telegram' })).toBe(false);
      expect(await store.wasReceived({ ...first, chat: '101@lid', sender: '101@lid' })).toBe(false);
    });
  });

  describe('changeAccount', () => {
    test('F04 keeps neither the keys nor the messages nor the names when one of them cannot be kept', async () => {
      const { store } = world;
      await store.changeAccount('whatsapp', change({ put: [row('session', 'a', 'lama')] }), NOON);
      await talk(store, message(rina, 'halo'));
      const failing = change({
        put: [row('session', 'a', 'baru'), row('session', 'b', 'baru')],
        incoming: [message(rina, 'utuh'), broken()],
        same: [[rina.chat, '62811@s']],
      });
      await expect(store.changeAccount('whatsapp', failing, NOON)).rejects.toThrow();
      expect(await kept('session', 'a', 'b')).toEqual([['a', 'lama']]);
      expect(await store.claimTurns(NOON, 10)).toEqual([]);
      await store.receive([message({ ...rina, chat: '62811@s' }, 'siapa?')], NOON);
      expect((await claimOne(store)).address.chat).toBe('62811@s');
    });

    test('F04 a change that fails spoils none of the same moment, before it or behind it', async () => {
      const { store } = world;
      const good = (id: string) =>
        store.changeAccount(
          'whatsapp',
          change({ put: [row('session', id, id)], incoming: [message(rina, id)] }),
          NOON,
        );
      const outcomes = await Promise.allSettled([
        good('a'),
        store.changeAccount(
          'whatsapp',
          change({ put: [row('session', 'b', 'b')], incoming: [broken()] }),
          NOON,
        ),
        good('c'),
        store.receive([message({ ...rina, chat: 'lain' }, 'd')], NOON),
      ]);
      expect(outcomes.map((outcome) => outcome.status)).toEqual([
        'fulfilled',
        'rejected',
        'fulfilled',
        'fulfilled',
      ]);
      expect(await kept('session', 'a', 'b', 'c')).toEqual([
        ['a', 'a'],
        ['c', 'c'],
      ]);
      expect((await store.depths()).inboxWaiting).toBe(3);
    });

    test('F05 a message that comes again is not kept twice, and the keys that came with it are kept', async () => {
      const { store } = world;
      const first = message(rina, 'halo');
      const put = (value: string) => change({ put: [row('session', 'a', value)], incoming: [first] });
      expect(await store.changeAccount('whatsapp', put('satu'), NOON)).toBe(1);
      expect(await store.changeAccount('whatsapp', put('dua'), NOON)).toBe(0);
      expect(await store.receive([first], NOON)).toBe(0);
      expect(await kept('session', 'a')).toEqual([['a', 'dua']]);
      expect((await store.depths()).inboxWaiting).toBe(1);
    });

    test('F18 messages of one change that share an id are told apart by chat and sender', async () => {
      const first = message(rina, 'satu', { messageId: '7' });
      const incoming = [first, { ...first, chat: '200@lid' }, { ...first, sender: 'somebody else' }, first];
      expect(await world.store.changeAccount('whatsapp', change({ incoming }), NOON)).toBe(3);
    });

    test('F06 its messages are claimed in the moment they are handed over, in their order, to one alone', async () => {
      const { store } = world;
      const incoming = [message(rina, 'satu'), message({ ...rina, chat: '200@lid' }, 'dua')];
      const [added, turns, others] = await Promise.all([
        store.changeAccount('whatsapp', change({ put: [row('session', 'a', 'x')], incoming }), NOON),
        store.claimTurns(NOON, 10),
        store.claimTurns(NOON, 10),
      ]);
      expect([added, turns.map(textOf), others]).toEqual([2, ['satu', 'dua'], []]);
      await store.finishTurn(turns[0]!, result({ outgoing: [say('balasan')] }));
      expect(await sendAll(store, NOON, 'whatsapp')).toEqual(['balasan']);
    });

    test('replaces and removes values, and what is not there is simply not found', async () => {
      const { store } = world;
      await store.changeAccount(
        'whatsapp',
        change({ put: [row('k', 'a', '1'), row('k', 'b', '2'), row('k', 'c', ''), row('k', 'a', '3')] }),
        NOON,
      );
      await store.changeAccount(
        'whatsapp',
        change({ put: [row('k', 'b', null), row('k', 'z', null)] }),
        NOON,
      );
      expect(await kept('k', 'c', 'b', 'nobody', 'a', 'a')).toEqual([
        ['c', ''],
        ['a', '3'],
      ]);
      expect(await kept('k')).toEqual([]);
    });

    test('tells apart kinds, ids and accounts that would read alike when joined', async () => {
      const { store } = world;
      await store.changeAccount(
        'whatsapp',
        change({ put: [row('ab', 'c', '1'), row('a', 'bc', '2')] }),
        NOON,
      );
      await store.changeAccount('telegram', change({ put: [row('ab', 'c', '3')] }), NOON);
      expect([await kept('ab', 'c', 'bc'), await kept('a', 'bc', 'c')]).toEqual([
        [['c', '1']],
        [['bc', '2']],
      ]);
      expect(await store.readAccount('web', 'ab', ['c'])).toEqual(new Map());
    });

    test('keeps every byte as it was in the moment of the call', async () => {
      const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const value = Buffer.from(all);
      const changed = world.store.changeAccount(
        'whatsapp',
        change({ put: [{ kind: 'k', id: 'a', value }] }),
        NOON,
      );
      value.fill(0);
      await changed;
      const read = await world.store.readAccount('whatsapp', 'k', ['a']);
      expect(Buffer.from(read.get('a')!).equals(all)).toBe(true);
    });

    test('a value asked for in the moment it is written is the new one', async () => {
      const { store } = world;
      const [, read] = await Promise.all([
        store.changeAccount('whatsapp', change({ put: [row('k', 'a', 'baru')] }), NOON),
        store.readAccount('whatsapp', 'k', ['a']),
      ]);
      expect(Buffer.from(read.get('a')!).toString()).toBe('baru');
    });
  });

  describe('clearAccount', () => {
    test('forgets all of one account, nothing of another and nothing of the participants', async () => {
      const { store } = world;
      const put = [row('k', 'a', '1'), row('l', 'b', '2')];
      await store.changeAccount('whatsapp', change({ put, incoming: [message(rina, 'halo')] }), NOON);
      await store.changeAccount('telegram', change({ put }), NOON);
      await store.clearAccount('whatsapp');
      expect([await kept('k', 'a'), await kept('l', 'b')]).toEqual([[], []]);
      expect((await store.readAccount('telegram', 'k', ['a'])).size).toBe(1);
      expect(textOf(await claimOne(store))).toBe('halo');
      await store.changeAccount('whatsapp', change({ put: [row('k', 'a', 'lagi')] }), NOON);
      expect(await kept('k', 'a')).toEqual([['a', 'lagi']]);
    });
  });

  describe('outgoing', () => {
    const ids = async () =>
      (await world.store.history(rina, 0, 100)).filter((line) => line.from === 'pandu').map(({ id }) => id);

    test('is null for a number nobody has, of another channel, and of what was erased', async () => {
      const { store } = world;
      await talk(store, message(rina, 'halo'), { outgoing: [say('di jalan'), say('menunggu')] });
      const [wire, waiting] = (await ids()) as [number, number];
      expect(await store.outgoing('whatsapp', 424_242)).toBeNull();
      expect(await store.outgoing('telegram', wire)).toBeNull();
      await store.claimOutgoing('whatsapp', NOON, 1);
      await talk(store, message(rina, 'hapus'), { erase: true, outgoing: [say('selesai')] });
      expect([await store.outgoing('whatsapp', wire), await store.outgoing('whatsapp', waiting)]).toEqual([
        null,
        null,
      ]);
    });

    test('P04 is null once a passing saying was sent, and while one on the wire is to be removed', async () => {
      const { store } = world;
      const passing = say('Kemnaker: A', { passing: true });
      await talk(store, message(rina, 'nama'), { outgoing: [passing] });
      const [sent] = await store.claimOutgoing('whatsapp', NOON, 1);
      expect(await store.outgoing('whatsapp', sent!.id)).toEqual({ address: rina, outgoing: passing });
      await store.markSent(sent!.id, '1', NOON);
      expect(await store.outgoing('whatsapp', sent!.id)).toBeNull();
      await talk(store, message(rina, 'nama'), { outgoing: [passing] });
      const [wire] = await store.claimOutgoing('whatsapp', NOON, 1);
      await talk(store, message(rina, 'lagi'), { forgetWordsSince: NOON });
      expect(await store.outgoing('whatsapp', wire!.id)).toBeNull();
    });

    test('is the message at its address whatever became of it: waiting, sent, unknown or given up', async () => {
      const { store } = world;
      const said = ['satu', 'dua', 'tiga', 'empat'].map((text) => say(text));
      await talk(store, message(rina, 'halo'), { outgoing: said });
      const all = await ids();
      const look = async () =>
        (await Promise.all(all.map((id) => store.outgoing('whatsapp', id)))).map((found) => found?.outgoing);
      expect(await look()).toEqual(said);
      await store.claimOutgoing('whatsapp', NOON, 1);
      await store.markSent(all[0]!, 'p', NOON);
      await store.claimOutgoing('whatsapp', NOON, 1);
      await store.markFailed(all[1]!, 'invalid', null);
      await store.claimOutgoing('whatsapp', NOON, 1);
      await store.markUnknown(all[2]!, 'timeout', NOON + 1);
      expect(await look()).toEqual(said);
      expect((await store.outgoing('whatsapp', all[0]!))?.address).toEqual(rina);
    });
  });

  const { reopen } = world;
  if (reopen !== null)
    describe('an account opened again', () => {
      test('F04 F05 has keys, messages and names, or had none of them', async () => {
        const incoming = [message(rina, 'halo')];
        await world.store.changeAccount(
          'whatsapp',
          change({ put: [row('session', 'a', 'maju')], incoming, same: [[rina.chat, '62811@s']] }),
          NOON,
        );
        await talkFails(world);
        await reopen();
        expect(await kept('session', 'a')).toEqual([['a', 'maju']]);
        expect(await world.store.receive(incoming, NOON)).toBe(0);
        const turn = await claimOne(world.store);
        expect([textOf(turn), turn.address]).toEqual(['halo', rina]);
        await world.store.finishTurn(turn, result({ outgoing: [say('jawaban')] }));
        await world.store.receive([message({ ...rina, chat: '62811@s' }, 'lagi')], NOON);
        expect((await claimOne(world.store)).address).toEqual(rina);
        const [line] = (await world.store.history(rina, 0, 10)).filter(({ from }) => from === 'pandu');
        await reopen();
        expect(await world.store.outgoing('whatsapp', line!.id)).toEqual({
          address: rina,
          outgoing: say('jawaban'),
        });
      });
    });
}

async function talkFails({ store }: StoreWorld): Promise<void> {
  const failing = change({ put: [row('session', 'a', 'mundur')], incoming: [broken()] });
  await expect(store.changeAccount('whatsapp', failing, NOON)).rejects.toThrow();
}
