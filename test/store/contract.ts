// Long because it is one list: every promise of src/store/store.ts, for every implementation.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Store, type Turn, TurnLost } from '../../src/store/store.ts';
import { accountContract } from './contract-account.ts';
import { bottlenecksContract } from './contract-bottlenecks.ts';
import { namesContract } from './contract-names.ts';
import { requestsContract } from './contract-requests.ts';
import {
  budi,
  choice,
  claimOne,
  counted,
  deletion,
  HOUR_MS,
  message,
  NOON,
  NOWHERE,
  result,
  sari,
  say,
  sendAll,
  talk,
  textOf,
} from './samples.ts';

export type StoreMaker = {
  /** A store with nothing in it. */
  fresh(): Promise<Store>;
  /** Closes `store` and opens the same data again; null when it forgets. */
  readonly reopen: ((store: Store) => Promise<Store>) | null;
};

/** The store of the running test. */
export type StoreWorld = {
  readonly store: Store;
  /** Closes it and opens the same data again; null when it forgets. */
  readonly reopen: (() => Promise<void>) | null;
};

/** The one suite every implementation of the store passes. */
export function storeContract(name: string, maker: StoreMaker): void {
  describe(`${name} store`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await maker.fresh();
    });
    afterEach(() => store.close());

    describe('receive', () => {
      test('F17 keeps a message once, however often and however late it comes again', async () => {
        const first = message(sari, 'halo');
        expect(await store.receive([first, first], NOON)).toBe(1);
        expect(await store.receive([first], NOON + 1)).toBe(0);
        const turn = await claimOne(store);
        await store.finishTurn(turn, result({ session: counted(1) }));
        expect(
          await store.receive([{ ...first, text: 'another text, same id' }], NOON + 40 * 24 * HOUR_MS),
        ).toBe(0);
        expect(await store.claimTurns(NOON, 10)).toEqual([]);
      });

      test('F17 keeps one of many copies that arrive at the same moment', async () => {
        const copy = message(sari, 'halo');
        const kept = await Promise.all(Array.from({ length: 20 }, () => store.receive([copy], NOON)));
        expect(kept.reduce((sum, each) => sum + each, 0)).toBe(1);
      });

      test('F18 tells apart the same message id in another chat, from another sender, on another channel', async () => {
        const first = message(sari, 'satu', { messageId: '7' });
        const others = [
          { ...first, chat: budi.chat },
          { ...first, sender: 'somebody else' },
          { ...first, channel: 'web' as const },
        ];
        expect(await store.receive([first, ...others], NOON)).toBe(4);
      });

      test('F18 does not confuse ids whose parts would read alike when joined', async () => {
        const first = message(sari, 'satu', { chat: '1', sender: '23', messageId: '4' });
        const second = message(sari, 'dua', { chat: '12', sender: '3', messageId: '4' });
        const third = message(sari, 'tiga', { chat: '1","23', sender: '4', messageId: '' });
        expect(await store.receive([first, second, third], NOON)).toBe(3);
      });

      test('gives every field of a message back as it came', async () => {
        const rich = message(sari, 'à la “NIK” [nomor] 👩‍🎓\u200e\0\n', {
          kind: 'choice',
          choice: 'c:rating:3:17',
          language: null,
          sentAt: NOON - 5,
          hidden: ['number', 'password'],
        });
        await store.receive([rich], NOON);
        const turn = await claimOne(store);
        expect(turn).toMatchObject({ source: 'inbox', address: sari, session: null, failures: 0 });
        expect(turn.event).toEqual({
          kind: 'message',
          at: NOON,
          message: rich,
          moreWaiting: false,
          deliveredMenu: null,
        });
      });

      test('F01 keeps the cursor with the messages it stands behind, or neither', async () => {
        expect(await store.cursor('telegram')).toBeNull();
        await store.receive([], NOON, { name: 'telegram', value: '41' });
        await store.receive([message(sari, 'halo')], NOON, { name: 'telegram', value: '42' });
        expect(await store.cursor('telegram')).toEqual({ name: 'telegram', value: '42' });
        const broken = { ...message(sari, 'rusak'), text: undefined as unknown as string };
        await expect(
          store.receive([message(sari, 'baik'), broken], NOON, { name: 'telegram', value: '43' }),
        ).rejects.toThrow();
        expect(await store.cursor('telegram')).toEqual({ name: 'telegram', value: '42' });
        expect((await store.depths()).inboxWaiting).toBe(1);
      });

      test('a call that fails does not spoil those of the same moment', async () => {
        const broken = { ...message(sari, 'rusak'), text: undefined as unknown as string };
        const outcomes = await Promise.allSettled([
          store.receive([message(sari, 'satu')], NOON),
          store.receive([broken], NOON),
          store.receive([message(sari, 'dua')], NOON),
        ]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        const turn = await claimOne(store);
        expect(textOf(turn)).toBe('satu');
        await store.finishTurn(turn, result());
        expect(textOf(await claimOne(store))).toBe('dua');
        expect(await store.receive([{ ...broken, text: 'utuh' }], NOON)).toBe(1);
      });
    });

    describe('many calls of one moment', () => {
      const MANY = 50;
      const chats = Array.from(
        { length: MANY },
        (_, chat) => ({ channel: 'telegram', chat: `chat ${chat}` }) as const,
      );

      test('are each answered with their own outcome, in their order', async () => {
        const again = (place: number) => place % 3 === 0;
        const sent = chats.map((address, place) => message(address, `ini ${place}`));
        await store.receive(
          sent.filter((_, place) => again(place)),
          NOON,
        );
        const kept = await Promise.all(sent.map((one) => store.receive([one], NOON)));
        expect(kept).toEqual(chats.map((_, place) => (again(place) ? 0 : 1)));
      });

      test('F08 of which one fails early and one late spoil no other', async () => {
        await store.receive(
          chats.map((address, place) => message(address, String(place))),
          NOON,
        );
        const turns = await store.claimTurns(NOON, MANY);
        const isLost = (place: number) => place === 2 || place === MANY - 1;
        const outcomes = await Promise.allSettled(
          turns.map((turn, place) =>
            store.finishTurn(
              isLost(place) ? { ...turn, sessionVersion: turn.sessionVersion + 1 } : turn,
              result({ session: counted(place), outgoing: [say(`jawaban ${textOf(turn)}`)] }),
            ),
          ),
        );
        for (const [place, outcome] of outcomes.entries()) {
          if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(TurnLost);
          expect(outcome.status).toBe(isLost(place) ? 'rejected' : 'fulfilled');
          const said = (await store.history(turns[place]!.address, 0, 10)).map((line) => line.text);
          const heard = textOf(turns[place]!);
          expect(said).toEqual(isLost(place) ? [heard] : [heard, `jawaban ${heard}`]);
        }
        await store.releaseTurns(turns);
        const left = await store.claimTurns(NOON, MANY);
        expect(left.map((turn) => turn.id)).toEqual([turns[2]!.id, turns[MANY - 1]!.id]);
        expect(left.map((turn) => turn.session)).toEqual([null, null]);
      });
    });

    describe('claimTurns', () => {
      test('hands out a message in the moment it is received, to one alone', async () => {
        const [kept, turns, others] = await Promise.all([
          store.receive([message(sari, 'halo')], NOON),
          store.claimTurns(NOON, 10),
          store.claimTurns(NOON, 10),
        ]);
        expect([kept, turns.length, others.length]).toEqual([1, 1, 0]);
        await store.finishTurn(turns[0]!, result({ session: counted(1) }));
        expect(await store.claimTurns(NOON, 10)).toEqual([]);
        await store.receive([message(sari, 'lagi')], NOON);
        expect((await claimOne(store)).session).toEqual(counted(1));
      });

      test('hands out nothing of a call that failed in that moment', async () => {
        const broken = { ...message(sari, 'rusak'), text: undefined as unknown as string };
        const [, , turns] = await Promise.allSettled([
          store.receive([message(budi, 'baik')], NOON),
          store.receive([broken], NOON),
          store.claimTurns(NOON, 10),
        ]);
        expect(turns.status === 'fulfilled' && turns.value.map(textOf)).toEqual(['baik']);
      });

      test('F22 hands out one event of a conversation at a time, in the order they were received', async () => {
        await store.receive(
          [message(sari, 'satu', { sentAt: NOON }), message(sari, 'dua', { sentAt: 1 })],
          NOON,
        );
        const first = await claimOne(store);
        expect(textOf(first)).toBe('satu');
        expect(await store.claimTurns(NOON, 10)).toEqual([]);
        await store.finishTurn(first, result({ session: counted(1) }));
        const second = await claimOne(store);
        expect(textOf(second)).toBe('dua');
        expect(second.session).toEqual(counted(1));
        expect(second.conversation).toBe(first.conversation);
      });

      test('lets other conversations pass the busy one, the longest waiting first', async () => {
        await store.receive(
          [message(sari, 'sari 1'), message(sari, 'sari 2'), message(budi, 'budi 1')],
          NOON,
        );
        const [one] = await store.claimTurns(NOON, 1);
        expect(textOf(one!)).toBe('sari 1');
        await store.receive([message({ channel: 'web', chat: 'w' }, 'web 1')], NOON);
        expect((await store.claimTurns(NOON, 1)).map(textOf)).toEqual(['budi 1']);
        await store.finishTurn(one!, result());
        expect((await store.claimTurns(NOON, 10)).map(textOf)).toEqual(['sari 2', 'web 1']);
      });

      test('S11 one flooding chat keeps nobody else waiting', async () => {
        await store.receive(
          Array.from({ length: 500 }, (_, index) => message(sari, `banjir ${index}`)),
          NOON,
        );
        await store.receive([message(budi, 'halo')], NOON);
        expect((await store.claimTurns(NOON, 2)).map(textOf)).toEqual(['banjir 0', 'halo']);
      });

      test('says whether more of the conversation is waiting', async () => {
        await store.receive([message(sari, 'satu'), message(budi, 'x'), message(sari, 'dua')], NOON);
        const more = (turns: readonly Turn[]) =>
          turns.map((turn) => turn.event.kind === 'message' && turn.event.moreWaiting);
        const turns = await store.claimTurns(NOON, 10);
        expect(more(turns)).toEqual([true, false]);
        await store.finishTurn(turns[0]!, result());
        expect(more(await store.claimTurns(NOON, 10))).toEqual([false]);
      });

      test('claims nothing beyond the limit, and none twice when asked twice at once', async () => {
        const chats = Array.from({ length: 30 }, (_, index) =>
          message({ channel: 'web', chat: `w${index}` }, 'x'),
        );
        await store.receive(chats, NOON);
        const [first, second] = await Promise.all([store.claimTurns(NOON, 20), store.claimTurns(NOON, 20)]);
        expect([first.length, second.length]).toEqual([20, 10]);
        expect(new Set([...first, ...second].map((turn) => turn.conversation)).size).toBe(30);
      });

      test('a released turn is claimed again, unchanged', async () => {
        await store.receive([message(sari, 'satu')], NOON);
        const turn = await claimOne(store);
        await store.releaseTurns([turn]);
        expect(await claimOne(store)).toEqual(turn);
      });

      test('tells the last menu that was delivered, not one that is still on its way', async () => {
        const menu = (revision: number) => say(`menu ${revision}`, { menu: revision });
        await talk(store, message(sari, 'halo'), { outgoing: [menu(5), menu(6), say('penutup')] });
        const seen = async () => {
          await store.receive([message(sari, '2')], NOON);
          const turn = await claimOne(store);
          await store.finishTurn(turn, result());
          return turn.event.kind === 'message' ? turn.event.deliveredMenu : undefined;
        };
        expect(await seen()).toBeNull();
        const [row] = await store.claimOutgoing('telegram', NOON, 1);
        expect(await seen()).toBeNull();
        await store.markSent(row!.id, '1', NOON);
        expect(await seen()).toBe(5);
        await sendAll(store);
        expect(await seen()).toBe(6);
      });
    });

    describe('finishTurn', () => {
      test('writes session, messages and reminders together', async () => {
        await talk(store, message(sari, 'halo'), {
          session: counted(3),
          outgoing: [say('satu'), say('dua')],
          remind: [{ requirement: 'rating', dueAt: NOON + HOUR_MS, armedBy: 3 }],
        });
        expect(await store.depths()).toEqual({
          inboxWaiting: 0,
          outboxWaiting: 2,
          parked: 0,
          conversations: 1,
        });
        expect(await store.nextReminderAt(NOON)).toBe(NOON + HOUR_MS);
        await store.receive([message(sari, 'lagi')], NOON);
        expect((await claimOne(store)).session).toEqual(counted(3));
      });

      test('F50 refuses a turn that was finished by another claim, and writes nothing of it', async () => {
        await store.receive([message(sari, 'satu')], NOON);
        const paused = await claimOne(store);
        await store.releaseTurns([paused]);
        const again = await claimOne(store);
        await store.finishTurn(again, result({ session: counted(1), outgoing: [say('sekali')] }));
        await expect(
          store.finishTurn(paused, result({ session: counted(9), outgoing: [say('dua kali')] })),
        ).rejects.toThrow(TurnLost);
        expect(await sendAll(store)).toEqual(['sekali']);
        await store.receive([message(sari, 'dua')], NOON);
        expect((await claimOne(store)).session).toEqual(counted(1));
      });

      test('F50 refuses a turn whose session was written since, although its event still waits', async () => {
        await store.receive([message(sari, 'satu'), message(sari, 'dua')], NOON);
        const first = await claimOne(store);
        await store.finishTurn(first, result({ session: counted(1) }));
        const second = await claimOne(store);
        const stale = { ...second, sessionVersion: second.sessionVersion - 1 };
        await expect(store.finishTurn(stale, result({ session: counted(9) }))).rejects.toThrow(TurnLost);
        await store.finishTurn(second, result({ session: counted(2) }));
        await store.receive([message(sari, 'tiga')], NOON);
        expect((await claimOne(store)).session).toEqual(counted(2));
      });

      test('one lost turn does not spoil those that finish with it', async () => {
        await store.receive([message(sari, 'a'), message(budi, 'b')], NOON);
        const [a, b] = await store.claimTurns(NOON, 10);
        const outcomes = await Promise.allSettled([
          store.finishTurn({ ...a!, sessionVersion: 99 }, result({ outgoing: [say('salah')] })),
          store.finishTurn(b!, result({ outgoing: [say('benar')] })),
        ]);
        expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'fulfilled']);
        expect(await sendAll(store)).toEqual(['benar']);
      });

      test('a lost turn can be claimed again once it is released', async () => {
        await store.receive([message(sari, 'a')], NOON);
        const turn = await claimOne(store);
        await expect(store.finishTurn({ ...turn, sessionVersion: 99 }, result())).rejects.toThrow(TurnLost);
        await store.releaseTurns([turn]);
        await store.finishTurn(await claimOne(store), result());
      });

      test('replaces the reminder of the same requirement and keeps the others', async () => {
        const remind = (requirement: string, dueAt: number) => ({ requirement, dueAt, armedBy: 1 });
        await talk(store, message(sari, '1'), { remind: [remind('a', NOON + 10), remind('b', NOON + 20)] });
        await talk(store, message(sari, '2'), { remind: [remind('a', NOON + 30)] });
        expect(await store.nextReminderAt(NOON)).toBe(NOON + 20);
        await talk(store, message(sari, '3'), { forgetReminders: true, remind: [remind('c', NOON + 40)] });
        expect(await store.nextReminderAt(NOON)).toBe(NOON + 40);
        await talk(store, message(sari, '4'), { forgetReminders: true });
        expect(await store.nextReminderAt(NOON)).toBeNull();
      });

      test('P03 withdraws what earlier turns have not sent, and not its own words', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('lama 1'), say('lama 2')] });
        await talk(store, message(budi, '1'), { outgoing: [say('orang lain')] });
        await talk(store, message(sari, '2'), { outgoing: [say('baru')], withdrawUnsent: true });
        expect((await sendAll(store)).sort()).toEqual(['baru', 'orang lain']);
      });

      test('P03 withdraws sayings only: a secret of the participant is still deleted', async () => {
        await talk(store, message(sari, 'PIN'), {
          outgoing: [say('lama'), deletion('m7'), say('lama juga')],
        });
        await talk(store, message(sari, 'stop'), { outgoing: [say('baik')], withdrawUnsent: true });
        expect(await sendAll(store)).toEqual(['delete m7', 'baik']);
      });

      test('P03 a deletion that was on the wire at the withdrawal is tried again', async () => {
        await talk(store, message(sari, 'PIN'), { outgoing: [deletion('m7'), say('lama')] });
        const [wire] = await store.claimOutgoing('telegram', NOON, 10);
        await talk(store, message(sari, 'stop'), { outgoing: [say('baik')], withdrawUnsent: true });
        await store.markFailed(wire!.id, 'throttled', NOON + 1);
        expect(await sendAll(store, NOON + 1)).toEqual(['delete m7', 'baik']);
      });

      test('P03 leaves a withdrawn row that is on the wire alone, but never tries it again', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('di jalan'), say('lama')] });
        const [wire] = await store.claimOutgoing('telegram', NOON, 10);
        await talk(store, message(sari, '2'), { outgoing: [say('baru')], withdrawUnsent: true });
        expect(await sendAll(store)).toEqual([]);
        await store.markUnknown(wire!.id, 'timeout', NOON + 10_000);
        expect(await sendAll(store, NOON + HOUR_MS)).toEqual(['baru']);
      });
    });

    describe('failing turns', () => {
      test('F41 counts the tries and keeps session, order and event', async () => {
        await talk(store, message(sari, 'satu'), { session: counted(1) });
        await store.receive([message(sari, 'racun'), message(sari, 'sesudah')], NOON);
        for (const tries of [1, 2]) {
          const turn = await claimOne(store);
          expect(turn.failures).toBe(tries - 1);
          expect(await store.failTurn(turn, 'TypeError')).toBe(tries);
        }
        const third = await claimOne(store);
        expect(textOf(third)).toBe('racun');
        expect(third.session).toEqual(counted(1));
        expect(third.failures).toBe(2);
        await store.parkTurn(third, 'TypeError', result({ session: counted(1), outgoing: [say('maaf')] }));
        expect(await sendAll(store)).toEqual(['maaf']);
        expect(await store.parked()).toEqual([
          { id: third.id, address: sari, receivedAt: NOON, kind: 'text', reason: 'TypeError' },
        ]);
        expect((await store.depths()).parked).toBe(1);
        const next = await claimOne(store);
        expect(textOf(next)).toBe('sesudah');
        expect(next.session).toEqual(counted(1));
      });

      test('F41 parks without an apology when there is none, and others go on', async () => {
        await store.receive([message(sari, 'racun'), message(sari, 'sesudah')], NOON);
        await store.parkTurn(await claimOne(store), 'RangeError', null);
        expect(await sendAll(store)).toEqual([]);
        expect(textOf(await claimOne(store))).toBe('sesudah');
      });

      test('F50 parks no turn that another claim has finished', async () => {
        await store.receive([message(sari, 'a')], NOON);
        const turn = await claimOne(store);
        await store.finishTurn(turn, result());
        await expect(store.parkTurn(turn, 'late', null)).rejects.toThrow(TurnLost);
        await expect(store.parkTurn(turn, 'late', result({ outgoing: [say('maaf')] }))).rejects.toThrow(
          TurnLost,
        );
        expect(await store.parked()).toEqual([]);
        expect(await sendAll(store)).toEqual([]);
      });

      test('F41 parks a reminder that fails, and a new one for the same requirement takes its place', async () => {
        const reminder = { requirement: 'rating', dueAt: NOON, armedBy: 1 };
        await talk(store, message(sari, 'halo'), { remind: [reminder] });
        expect(await store.failTurn(await claimOne(store), 'TypeError')).toBe(1);
        const again = await claimOne(store);
        expect(again.failures).toBe(1);
        await store.parkTurn(again, 'TypeError', null);
        expect(await store.claimTurns(NOON, 10)).toEqual([]);
        expect(await store.nextReminderAt(NOON)).toBeNull();
        expect(await store.parked()).toMatchObject([
          { address: sari, kind: 'reminder', reason: 'TypeError' },
        ]);
        await talk(store, message(sari, 'lagi'), { remind: [{ ...reminder, dueAt: NOON + 5 }] });
        expect(await store.nextReminderAt(NOON)).toBe(NOON + 5);
        expect(await store.parked()).toEqual([]);
      });
    });

    describe('reminders', () => {
      const reminder = { requirement: 'rating', dueAt: NOON + HOUR_MS, armedBy: 4 };

      test('fire once when due, with the session, and not before', async () => {
        await talk(store, message(sari, 'halo'), { session: counted(4), remind: [reminder] });
        expect(await store.claimTurns(NOON + HOUR_MS - 1, 10)).toEqual([]);
        const turn = await claimOne(store, NOON + HOUR_MS + 7);
        expect(turn).toMatchObject({ source: 'reminder', address: sari, session: counted(4) });
        expect(turn.event).toEqual({ kind: 'reminder', at: NOON + HOUR_MS + 7, reminder });
        expect(await store.claimTurns(NOON + 2 * HOUR_MS, 10)).toEqual([]);
        await store.finishTurn(
          turn,
          result({ session: counted(4), outgoing: [say('ingat', { priority: 'reminder' })] }),
        );
        expect(await store.claimTurns(NOON + 99 * HOUR_MS, 10)).toEqual([]);
        expect(await store.nextReminderAt(NOON)).toBeNull();
      });

      describe('that count once they were announced', () => {
        const announced = { ...reminder, onceSaid: true } as const;
        const announcing = { outgoing: [say('a'), say('b')], remind: [announced] };
        const onlyRow = async () => (await store.claimOutgoing('telegram', NOON, 10))[0]!.id;

        test('F13 are not due before the last saying of their turn arrived', async () => {
          await talk(store, message(sari, 'halo'), announcing);
          await store.markSent(await onlyRow(), '1', NOON);
          expect(await store.claimTurns(NOON + 9 * HOUR_MS, 10)).toEqual([]);
          expect(await store.nextReminderAt(NOON + 9 * HOUR_MS)).toBe(NOON + 9 * HOUR_MS + 60_000);
          await store.markSent(await onlyRow(), '2', NOON);
          expect((await claimOne(store, NOON + 9 * HOUR_MS)).source).toBe('reminder');
        });

        test('F62 are not due in the same breath when it arrived late', async () => {
          await talk(store, message(sari, 'halo'), { ...announcing, outgoing: [say('a')] });
          await store.markSent(await onlyRow(), '1', NOON + 50 * HOUR_MS);
          expect(await store.claimTurns(NOON + 50 * HOUR_MS, 10)).toEqual([]);
          expect((await claimOne(store, NOON + 58 * HOUR_MS)).source).toBe('reminder');
        });

        test('F32 are not due on the day on which another reminder was sent late', async () => {
          const late = say('ingat', { priority: 'reminder' });
          await talk(store, message(sari, 'halo'), { outgoing: [late], remind: [announced] });
          await store.markSent(await onlyRow(), '1', NOON + 50 * HOUR_MS);
          expect(await store.claimTurns(NOON + 65 * HOUR_MS, 10)).toEqual([]);
          expect((await claimOne(store, NOON + 66 * HOUR_MS)).source).toBe('reminder');
        });

        test('are forgotten when it never arrives', async () => {
          await talk(store, message(sari, 'halo'), announcing);
          await store.markFailed(await onlyRow(), 'invalid', null);
          expect(await store.nextReminderAt(NOON)).toBe(NOON + HOUR_MS);
          await store.markFailed(await onlyRow(), 'invalid', null);
          expect(await store.nextReminderAt(NOON)).toBeNull();
        });

        test('F78 are forgotten when it is withdrawn', async () => {
          await talk(store, message(sari, 'halo'), announcing);
          await talk(store, message(sari, 'petugas'), { withdrawUnsent: true });
          expect(await store.nextReminderAt(NOON)).toBeNull();
        });

        test('F34 stay when it is a reminder that the participant answered before it was said', async () => {
          const outgoing = [say('ingat', { priority: 'reminder' })];
          await talk(store, message(sari, 'halo'), { outgoing, remind: [announced] });
          await talk(store, message(sari, 'belum'));
          expect((await claimOne(store, NOON + HOUR_MS)).source).toBe('reminder');
        });

        test('P09 go with a saying that was kept too long', async () => {
          await talk(store, message(sari, 'halo'), announcing);
          await store.forgetOld({
            messagesBefore: NOON + 1,
            conversationsBefore: 0,
            seenBefore: 0,
            unresolvedBefore: 0,
            afterMessage: 0,
            afterConversation: null,
            afterSeen: null,
          });
          expect(await store.nextReminderAt(NOON)).toBeNull();
        });
      });

      test('of one step and two trainings there are two', async () => {
        const other = { ...reminder, armedBy: 9, dueAt: NOON + 2 * HOUR_MS };
        await talk(store, message(sari, 'halo'), { remind: [reminder, other] });
        const first = await claimOne(store, NOON + 3 * HOUR_MS);
        expect(first.event).toMatchObject({ reminder });
        await store.finishTurn(first, result());
        expect((await claimOne(store, NOON + 3 * HOUR_MS)).event).toMatchObject({ reminder: other });
      });

      test('F13 a reminder that arms itself again stays armed', async () => {
        await talk(store, message(sari, 'halo'), { remind: [reminder] });
        const turn = await claimOne(store, NOON + HOUR_MS);
        await store.finishTurn(turn, result({ remind: [{ ...reminder, dueAt: NOON + 5 * HOUR_MS }] }));
        expect(await store.nextReminderAt(NOON)).toBe(NOON + 5 * HOUR_MS);
      });

      test('F34 give way to messages of the same conversation', async () => {
        await talk(store, message(sari, 'halo'), { remind: [reminder] });
        await store.receive([message(sari, 'sudah')], NOON);
        const turn = await claimOne(store, NOON + 2 * HOUR_MS);
        expect(textOf(turn)).toBe('sudah');
        await store.finishTurn(turn, result({ forgetReminders: true }));
        expect(await store.claimTurns(NOON + 2 * HOUR_MS, 10)).toEqual([]);
      });

      test('F34 a message that arrives while the reminder is handled waits for it', async () => {
        await talk(store, message(sari, 'halo'), { session: counted(1), remind: [reminder] });
        const woken = await claimOne(store, NOON + HOUR_MS);
        await store.receive([message(sari, 'sudah')], NOON + HOUR_MS);
        expect(await store.claimTurns(NOON + HOUR_MS, 10)).toEqual([]);
        await store.finishTurn(woken, result({ session: counted(2) }));
        expect((await claimOne(store, NOON + HOUR_MS)).session).toEqual(counted(2));
      });

      test('F33 a reminder forgotten meanwhile finishes no turn', async () => {
        await talk(store, message(sari, 'halo'), { remind: [reminder] });
        const woken = await claimOne(store, NOON + HOUR_MS);
        await store.markUnreachable(sari, NOON + HOUR_MS);
        await expect(store.finishTurn(woken, result({ outgoing: [say('ingat')] }))).rejects.toThrow(TurnLost);
        expect(await sendAll(store)).toEqual([]);
      });

      test('F62 remindAll() arms one for whoever wrote lately on that channel, and leaves what is armed', async () => {
        const later = { channel: 'web', chat: 'w' } as const;
        await talk(store, message(sari, 'x'), { remind: [{ ...reminder, dueAt: NOON + 7 * HOUR_MS }] });
        await talk(store, message(budi, 'x'));
        await talk(store, message(later, 'x'));
        await store.receive([message({ ...budi, chat: 'new' }, 'never handled')], NOON);
        const all = { ...reminder, dueAt: NOON + 1 };
        expect(await store.remindAll('telegram', all, NOON + 1)).toBe(0);
        expect(await store.remindAll('telegram', all, NOON)).toBe(1);
        const turns = await store.claimTurns(NOON + 1, 10);
        expect(turns.map((turn) => [turn.source, turn.address.chat])).toEqual([
          ['inbox', 'new'],
          ['reminder', budi.chat],
        ]);
      });

      test('come after the messages of others, the oldest due first', async () => {
        await talk(store, message(sari, 'x'), { remind: [{ ...reminder, dueAt: NOON + 2 }] });
        await talk(store, message(budi, 'x'), { remind: [{ ...reminder, dueAt: NOON + 1 }] });
        await store.receive([message({ channel: 'web', chat: 'w' }, 'pesan')], NOON);
        const turns = await store.claimTurns(NOON + HOUR_MS, 10);
        expect(turns.map((turn) => (turn.source === 'inbox' ? textOf(turn) : turn.address.chat))).toEqual([
          'pesan',
          budi.chat,
          sari.chat,
        ]);
      });
    });

    describe('outbox', () => {
      test('F26 a conversation has one message on the wire, the next follows only once that is settled', async () => {
        await talk(store, message(sari, 'halo'), { outgoing: [say('satu'), deletion('m1'), say('tiga')] });
        const [first, ...none] = await store.claimOutgoing('telegram', NOON, 10);
        expect(none).toEqual([]);
        expect(first).toEqual({
          id: expect.any(Number),
          address: sari,
          outgoing: say('satu'),
          attempts: 0,
          unknownSince: null,
        });
        expect(await store.claimOutgoing('telegram', NOON, 10)).toEqual([]);
        await store.markSent(first!.id, '100', NOON);
        const [second] = await store.claimOutgoing('telegram', NOON, 10);
        expect(second!.outgoing).toEqual(deletion('m1'));
        await store.markFailed(second!.id, 'too old', null);
        expect(await sendAll(store)).toEqual(['tiga']);
      });

      test('F12 keeps the order of several turns, also when the first try fails', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('a'), say('b')] });
        await talk(store, message(sari, '2'), { outgoing: [say('c')] });
        const [first] = await store.claimOutgoing('telegram', NOON, 10);
        await store.markFailed(first!.id, 'unreachable', NOON + 1_000);
        expect(await store.claimOutgoing('telegram', NOON + 999, 10)).toEqual([]);
        expect(await store.nextOutgoingAt('telegram')).toBe(NOON + 1_000);
        const [again] = await store.claimOutgoing('telegram', NOON + 1_000, 10);
        expect(again).toMatchObject({ id: first!.id, attempts: 1, unknownSince: null });
        await store.markSent(again!.id, null, NOON);
        expect(await sendAll(store)).toEqual(['b', 'c']);
      });

      test('F57 an unknown outcome holds its conversation until it is resolved, and nobody else', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('a'), say('b')] });
        await talk(store, message(budi, '1'), { outgoing: [say('x')] });
        const rows = await store.claimOutgoing('telegram', NOON, 10);
        const mine = rows.find((row) => row.address.chat === sari.chat)!;
        await store.markUnknown(mine.id, 'timeout', NOON + 10_000, NOON + 20);
        await store.markSent(rows.find((row) => row.address.chat === budi.chat)!.id, '1', NOON);
        expect(await store.claimOutgoing('telegram', NOON + 9_999, 10)).toEqual([]);
        expect(await store.nextOutgoingAt('telegram')).toBe(NOON + 10_000);
        const [unknown] = await store.claimOutgoing('telegram', NOON + 10_000, 10);
        expect(unknown).toMatchObject({ id: mine.id, attempts: 1, unknownSince: NOON + 20 });
        await store.markSent(mine.id, '55', NOON);
        expect(await sendAll(store)).toEqual(['b']);
      });

      test('F54 a participant who writes again waits for no late retry: what was refused is due at once', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('ditolak'), say('b')] });
        await talk(store, message(budi, '1'), { outgoing: [say('juga ditolak')] });
        for (const row of await store.claimOutgoing('telegram', NOON, 10)) {
          await store.markFailed(row.id, 'refused', NOON + HOUR_MS);
        }
        await talk(store, message(sari, '2'), { outgoing: [say('c')] });
        expect(await sendAll(store)).toEqual(['ditolak', 'b', 'c']);
        expect(await store.nextOutgoingAt('telegram')).toBe(NOON + HOUR_MS);
      });

      test('F57 a participant who writes again hastens nothing whose outcome is unknown', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('a')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        await talk(store, message(sari, '2'), { outgoing: [say('b')] });
        await store.markUnknown(row!.id, 'timeout', NOON + 10_000, NOON);
        await talk(store, message(sari, '3'), { outgoing: [say('c')] });
        expect(await store.claimOutgoing('telegram', NOON + 9_999, 10)).toEqual([]);
        expect(await store.nextOutgoingAt('telegram')).toBe(NOON + 10_000);
      });

      test('a resolved row that is not there is tried again as new', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('a')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        await store.markUnknown(row!.id, 'timeout', NOON + 1);
        await store.claimOutgoing('telegram', NOON + 1, 10);
        await store.markFailed(row!.id, 'throttled', NOON + 2);
        const [again] = await store.claimOutgoing('telegram', NOON + 2, 10);
        expect(again).toMatchObject({ attempts: 2, unknownSince: null });
      });

      test('S12 replies go before reminders, whoever was first', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('ingat', { priority: 'reminder' })] });
        await talk(store, message(budi, '1'), { outgoing: [say('jawab')] });
        expect((await store.claimOutgoing('telegram', NOON, 1))[0]!.outgoing).toMatchObject({
          text: 'jawab',
        });
        expect((await store.claimOutgoing('telegram', NOON, 1))[0]!.outgoing).toMatchObject({
          text: 'ingat',
        });
      });

      test('a reply behind a reminder of the same conversation does not overtake it', async () => {
        const both = [say('ingat', { priority: 'reminder' }), say('jawab')];
        await talk(store, message(sari, '1'), { outgoing: both });
        expect(await sendAll(store)).toEqual(['ingat', 'jawab']);
      });

      test('F34 what was to remind stays unsaid once the participant wrote, and holds no reply up', async () => {
        await talk(store, message(sari, '1'), {
          outgoing: [say('jawab'), deletion('m7'), say('ingat', { priority: 'reminder' })],
        });
        await talk(store, message(budi, '1'), { outgoing: [say('ingat budi', { priority: 'reminder' })] });
        const later = [say('baru'), say('ingat baru', { priority: 'reminder' })];
        await talk(store, message(sari, '2'), { outgoing: later });
        expect(await sendAll(store)).toEqual(['jawab', 'ingat budi', 'delete m7', 'baru', 'ingat baru']);
      });

      test('F34 a reminder that is on the wire when the participant writes is not tried again', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('ingat', { priority: 'reminder' })] });
        const [wire] = await store.claimOutgoing('telegram', NOON, 10);
        await talk(store, message(sari, '2'), { outgoing: [say('jawab')] });
        expect(await store.claimOutgoing('telegram', NOON, 10)).toEqual([]);
        await store.markFailed(wire!.id, 'throttled', NOON + 1);
        expect(await sendAll(store, NOON + 1)).toEqual(['jawab']);
      });

      test('F13 a turn on a reminder leaves the words of another reminder alone', async () => {
        const armed = { requirement: 'rating', dueAt: NOON, armedBy: 1 };
        await talk(store, message(sari, '1'), {
          outgoing: [say('ingat', { priority: 'reminder' })],
          remind: [armed],
        });
        const woken = await claimOne(store);
        const again = say('ingat juga', { priority: 'reminder' });
        await store.finishTurn(woken, result({ outgoing: [again] }));
        expect(await sendAll(store)).toEqual(['ingat', 'ingat juga']);
      });

      test('F62 what comes unasked waits for the hours it may be said in, also on the days after', async () => {
        const within = { from: NOON, until: NOON + 8 * HOUR_MS };
        const ask = say('ingat', { priority: 'reminder', within });
        await talk(store, message(sari, '1'), { outgoing: [ask] });
        expect(await store.claimOutgoing('telegram', within.until, 10)).toEqual([]);
        expect(await store.nextOutgoingAt('telegram')).toBe(NOON + 24 * HOUR_MS);
        const night = NOON + 35 * HOUR_MS;
        expect(await store.claimOutgoing('telegram', night, 10)).toEqual([]);
        expect(await store.nextOutgoingAt('telegram')).toBe(NOON + 48 * HOUR_MS);
        expect(await sendAll(store, NOON + 49 * HOUR_MS)).toEqual(['ingat']);
      });

      test('F62 what comes unasked and was refused in the evening is tried again in the morning', async () => {
        const within = { from: NOON, until: NOON + 8 * HOUR_MS };
        await talk(store, message(sari, '1'), {
          outgoing: [say('ingat', { priority: 'reminder', within })],
        });
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        await store.markFailed(row!.id, 'throttled', NOON + 9 * HOUR_MS);
        expect(await store.claimOutgoing('telegram', NOON + 9 * HOUR_MS, 10)).toEqual([]);
        expect(await sendAll(store, NOON + 24 * HOUR_MS)).toEqual(['ingat']);
      });

      test('F34 what was to remind is not sent while a message of its participant waits to be handled', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('ingat', { priority: 'reminder' })] });
        await store.receive([message(sari, '2')], NOON);
        expect(await store.claimOutgoing('telegram', NOON, 10)).toEqual([]);
        const turn = await claimOne(store);
        expect(await store.claimOutgoing('telegram', NOON + 1_000, 10)).toEqual([]);
        await store.finishTurn(turn, result({ outgoing: [say('jawab')] }));
        expect(await sendAll(store, NOON + 5_000)).toEqual(['jawab']);
      });

      test('each channel takes only its own', async () => {
        await talk(store, message({ channel: 'web', chat: 'w' }, '1'), { outgoing: [say('untuk web')] });
        expect(await store.claimOutgoing('telegram', NOON, 10)).toEqual([]);
        expect(await store.nextOutgoingAt('telegram')).toBeNull();
        expect(await store.nextOutgoingAt('web')).toBe(NOON);
        expect(await store.claimOutgoing('web', NOON, 10)).toHaveLength(1);
        expect(await store.nextOutgoingAt('web')).toBeNull();
      });

      test('never hands the same row to two that ask at once', async () => {
        const chats = Array.from(
          { length: 30 },
          (_, index) => ({ channel: 'web', chat: `w${index}` }) as const,
        );
        await store.receive(
          chats.map((address) => message(address, 'x')),
          NOON,
        );
        const turns = await store.claimTurns(NOON, 100);
        await Promise.all(turns.map((turn) => store.finishTurn(turn, result({ outgoing: [say('y')] }))));
        const [first, second] = await Promise.all([
          store.claimOutgoing('web', NOON, 20),
          store.claimOutgoing('web', NOON, 20),
        ]);
        expect(new Set([...first, ...second].map((row) => row.id)).size).toBe(30);
      });

      test('F53 an unreachable participant gets nothing more, keeps the progress, and is welcome back', async () => {
        await talk(store, message(sari, '1'), {
          session: counted(3),
          outgoing: [say('a'), say('b'), say('c')],
          remind: [{ requirement: 'r', dueAt: NOON + 5, armedBy: 1 }],
        });
        const [blocked] = await store.claimOutgoing('telegram', NOON, 1);
        await store.markUnreachable(sari, NOON);
        await store.markFailed(blocked!.id, 'blocked', null);
        expect(await sendAll(store, NOON + HOUR_MS)).toEqual([]);
        expect(await store.nextReminderAt(NOON)).toBeNull();
        await store.receive([message(sari, 'saya kembali')], NOON);
        const turn = await claimOne(store);
        expect(turn.session).toEqual(counted(3));
        await store.finishTurn(turn, result({ outgoing: [say('selamat datang')] }));
        expect(await sendAll(store)).toEqual(['selamat datang']);
      });

      test('markUnreachable() of a stranger does nothing', async () => {
        await store.markUnreachable({ channel: 'telegram', chat: 'nobody' }, NOON);
        expect((await store.depths()).conversations).toBe(0);
      });

      test('marks for rows that are gone or settled change nothing', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('a'), say('b')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 1);
        await store.markFailed(row!.id, 'invalid', null);
        await store.markSent(row!.id, '9', NOON);
        await store.markUnknown(row!.id, 'late', NOON);
        await store.markFailed(424_242, 'never was', NOON);
        expect(await store.knownPlatformIds(sari)).not.toContain('9');
        expect(await sendAll(store)).toEqual(['b']);
      });
    });

    describe('erasing', () => {
      test('P04 removes everything and still says its last words', async () => {
        await talk(store, message(sari, 'rahasia'), {
          session: counted(7),
          outgoing: [say('lama')],
          remind: [{ requirement: 'r', dueAt: NOON + 5, armedBy: 1 }],
        });
        await talk(store, message(sari, 'hapus'), {
          erase: true,
          outgoing: [say('selesai'), say('sampai jumpa')],
        });
        expect(await store.nextReminderAt(NOON)).toBeNull();
        expect(await sendAll(store)).toEqual(['selesai', 'sampai jumpa']);
        expect(await store.history(sari, 0, 10)).toEqual([]);
        expect(await store.knownPlatformIds(sari)).toEqual([]);
        expect(await store.depths()).toEqual({
          inboxWaiting: 0,
          outboxWaiting: 0,
          parked: 0,
          conversations: 0,
        });
      });

      test('P04 an erasure without last words leaves nothing either', async () => {
        await talk(store, message(sari, 'rahasia'), { outgoing: [say('lama')] });
        await talk(store, message(sari, 'hapus'), { erase: true });
        expect(await sendAll(store)).toEqual([]);
        expect((await store.depths()).conversations).toBe(0);
      });

      test('P04 touches nobody else', async () => {
        await talk(store, message(budi, 'halo'), { session: counted(2), outgoing: [say('untuk budi')] });
        await talk(store, message(sari, 'hapus'), { erase: true, outgoing: [say('selesai')] });
        expect((await sendAll(store)).sort()).toEqual(['selesai', 'untuk budi']);
        expect(await store.history(budi, 0, 10)).toHaveLength(2);
      });

      test('P04 remembers which messages it has had, so that a redelivery does not bring the participant back', async () => {
        const first = message(sari, 'halo');
        await talk(store, first);
        await talk(store, message(sari, 'hapus'), { erase: true });
        expect(await store.receive([first], NOON)).toBe(0);
        expect(await store.claimTurns(NOON, 10)).toEqual([]);
      });

      test('a message after the erasure begins a new conversation, behind the last words', async () => {
        await talk(store, message(sari, 'halo'), {
          session: counted(7),
          outgoing: [say('menu', { menu: 4 })],
        });
        await sendAll(store);
        await talk(store, message(sari, 'hapus'), { erase: true, outgoing: [say('selesai')] });
        await store.receive([message(sari, 'halo lagi')], NOON);
        const turn = await claimOne(store);
        expect(turn.session).toBeNull();
        expect(turn.event).toMatchObject({ deliveredMenu: null });
        await store.finishTurn(turn, result({ session: counted(1), outgoing: [say('halo baru')] }));
        expect(await sendAll(store)).toEqual(['selesai', 'halo baru']);
        await store.receive([message(sari, 'terus')], NOON);
        expect((await claimOne(store)).session).toEqual(counted(1));
        expect((await store.history(sari, 0, 10)).map((line) => line.text)).toEqual([
          'halo lagi',
          'halo baru',
          'terus',
        ]);
      });

      test('a message that waits behind the wish to erase is not lost', async () => {
        await store.receive([message(sari, 'hapus'), message(sari, 'tunggu')], NOON);
        await store.finishTurn(await claimOne(store), result({ erase: true, outgoing: [say('selesai')] }));
        const turn = await claimOne(store);
        expect(textOf(turn)).toBe('tunggu');
        expect(turn.session).toBeNull();
        await store.finishTurn(turn, result({ session: counted(1), outgoing: [say('halo')] }));
        expect(await sendAll(store)).toEqual(['selesai', 'halo']);
      });

      test('last words may fail, stay unknown and come again before they are gone', async () => {
        await talk(store, message(sari, 'hapus'), { erase: true, outgoing: [say('selesai')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 1);
        await store.markFailed(row!.id, 'unreachable', NOON + 1);
        await store.claimOutgoing('telegram', NOON + 1, 1);
        await store.markUnknown(row!.id, 'timeout', NOON + 2);
        expect(await store.claimOutgoing('telegram', NOON + 2, 1)).toMatchObject([
          { id: row!.id, attempts: 2 },
        ]);
        await store.markFailed(row!.id, 'blocked', null);
        expect((await store.depths()).conversations).toBe(0);
      });

      test('what was on the wire at the erasure is settled first and never tried again', async () => {
        await talk(store, message(sari, 'halo'), { outgoing: [say('di jalan')] });
        const [wire] = await store.claimOutgoing('telegram', NOON, 1);
        await talk(store, message(sari, 'hapus'), { erase: true, outgoing: [say('selesai')] });
        expect(await store.history(sari, 0, 10)).toMatchObject([{ text: 'selesai' }]);
        expect(await store.claimOutgoing('telegram', NOON, 1)).toEqual([]);
        await store.markFailed(wire!.id, 'throttled', NOON + 1);
        expect(await sendAll(store, NOON + HOUR_MS)).toEqual(['selesai']);
        expect((await store.depths()).conversations).toBe(0);
      });

      test('a parked event of the conversation goes too', async () => {
        await store.receive([message(sari, 'racun')], NOON);
        await store.parkTurn(await claimOne(store), 'TypeError', null);
        await talk(store, message(sari, 'hapus'), { erase: true });
        expect(await store.parked()).toEqual([]);
      });

      test('the turn that erases is lost like any other when its session was written since', async () => {
        await store.receive([message(sari, 'hapus')], NOON);
        const turn = await claimOne(store);
        await expect(
          store.finishTurn({ ...turn, sessionVersion: 9 }, result({ erase: true })),
        ).rejects.toThrow(TurnLost);
        expect((await store.depths()).inboxWaiting).toBe(1);
      });
    });

    describe('history', () => {
      test('shows both sides in order, choices by the label they had', async () => {
        const offered = [choice('r:1:yes', 'Sudah'), choice('r:1:no', 'Belum')];
        await talk(store, message(sari, 'halo', { messageId: 'first' }), {
          outgoing: [say('Sudah dinilai?', { choices: offered, menu: 1 })],
        });
        await talk(store, message(sari, '', { kind: 'choice', choice: 'r:1:no' }), {
          outgoing: [deletion('m1'), say('Baik.')],
        });
        await talk(store, message(sari, '', { kind: 'voice' }));
        await talk(store, message(sari, '', { kind: 'left' }));
        await talk(store, message(sari, '', { kind: 'choice', choice: 'forged' }));
        const lines = await store.history(sari, 0, 100);
        expect(lines.map(({ from, kind, text }) => [from, kind, text])).toEqual([
          ['participant', 'text', 'halo'],
          ['pandu', 'say', 'Sudah dinilai?'],
          ['participant', 'choice', 'Belum'],
          ['pandu', 'say', 'Baik.'],
          ['participant', 'voice', ''],
          ['participant', 'choice', ''],
        ]);
        expect(lines[1]!.choices).toEqual(offered);
        expect(lines[0]).toMatchObject({ at: NOON, messageId: 'first' });
        expect(lines[1]).toMatchObject({ at: NOON, messageId: null });
      });

      test('goes on after a line, in pages, without a gap', async () => {
        for (const text of ['a', 'b', 'c']) {
          await talk(store, message(sari, text), { outgoing: [say(`${text}!`)] });
          await talk(store, message(budi, text), { outgoing: [say(`${text}?`)] });
        }
        const pages: string[] = [];
        let after = 0;
        for (;;) {
          const page = await store.history(sari, after, 2);
          if (page.length === 0) break;
          pages.push(page.map((line) => line.text).join());
          after = page.at(-1)!.id;
        }
        expect(pages).toEqual(['a,a!', 'b,b!', 'c,c!']);
      });

      test('leaves out what was withdrawn or given up', async () => {
        await talk(store, message(sari, '1'), { outgoing: [say('ditarik')] });
        await talk(store, message(sari, '2'), { outgoing: [say('baru')], withdrawUnsent: true });
        expect((await store.history(sari, 0, 10)).map((line) => line.text)).toEqual(['1', '2', 'baru']);
      });

      test('of a stranger is empty', async () => {
        expect(await store.history({ channel: 'web', chat: 'nobody' }, 0, 10)).toEqual([]);
        expect(await store.knownPlatformIds({ channel: 'web', chat: 'nobody' })).toEqual([]);
      });

      test('knows the platform ids of both sides', async () => {
        await talk(store, message(sari, 'x', { messageId: '10' }), { outgoing: [say('a'), say('b')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 1);
        await store.markSent(row!.id, '11', NOON);
        expect(await store.knownPlatformIds(sari)).toEqual(['10', '11']);
      });
    });

    describe('forgetOld()', () => {
      const forget = (more: Partial<Parameters<Store['forgetOld']>[0]>) =>
        store.forgetOld({
          messagesBefore: 0,
          conversationsBefore: 0,
          unresolvedBefore: 0,
          seenBefore: 0,
          afterMessage: 0,
          afterConversation: 0,
          afterSeen: null,
          ...more,
        });

      test('P09 removes handled messages of both sides that are old enough, and keeps the progress', async () => {
        await talk(store, message(sari, 'lama'), { session: counted(1), outgoing: [say('jawaban lama')] });
        await sendAll(store);
        await store.receive([message(sari, 'baru')], NOON + HOUR_MS);
        await store.finishTurn(
          await claimOne(store),
          result({ session: counted(2), outgoing: [say('jawaban baru')] }),
        );
        await sendAll(store, NOON + HOUR_MS);
        expect(await forget({ messagesBefore: NOON })).toMatchObject({ messages: 0, conversations: 0 });
        expect(await forget({ messagesBefore: NOON + 1 })).toEqual({
          messages: 2,
          conversations: 0,
          nextMessage: null,
          nextConversation: null,
          nextSeen: null,
        });
        expect((await store.history(sari, 0, 10)).map((line) => line.text)).toEqual(['baru', 'jawaban baru']);
        await store.receive([message(sari, 'lagi')], NOON + HOUR_MS);
        expect((await claimOne(store)).session).toEqual(counted(2));
      });

      test('P09 keeps what still waits to be handled, and its conversation, however old', async () => {
        await store.receive([message(budi, 'belum ditangani')], NOON);
        await forget({ messagesBefore: NOON + HOUR_MS, conversationsBefore: NOON + HOUR_MS });
        expect(textOf(await claimOne(store))).toBe('belum ditangani');
      });

      test('P09 removes what was never sent when it is old enough, and sends what stood behind it', async () => {
        await talk(store, message(sari, 'satu'), { outgoing: [say('lama'), say('lama juga')] });
        const [refused] = await store.claimOutgoing('telegram', NOON, 10);
        await store.markFailed(refused!.id, 'unauthorised', NOON + 5);
        await store.receive([message(sari, 'dua')], NOON + HOUR_MS);
        await store.finishTurn(await claimOne(store), result({ outgoing: [say('baru')] }));
        expect(await forget({ messagesBefore: NOON + 1 })).toMatchObject({ messages: 3 });
        expect((await store.history(sari, 0, 10)).map((line) => line.text)).toEqual(['dua', 'baru']);
        expect(await sendAll(store, NOON + HOUR_MS)).toEqual(['baru']);
      });

      test('P09 keeps what is on the wire until a day has passed without an outcome', async () => {
        await talk(store, message(sari, 'lama'), { outgoing: [say('di jalan'), say('di belakang')] });
        const [wire] = await store.claimOutgoing('telegram', NOON, 10);
        const all = { messagesBefore: NOON + HOUR_MS, conversationsBefore: NOON + HOUR_MS };
        expect(await forget({ ...all, unresolvedBefore: NOON + HOUR_MS })).toMatchObject({
          messages: 2,
          conversations: 0,
        });
        await store.markUnknown(wire!.id, 'timeout', NOON + 20, NOON + 10);
        expect(await forget({ ...all, unresolvedBefore: NOON + 10 })).toMatchObject({
          messages: 0,
          conversations: 0,
        });
        expect(await forget({ ...all, unresolvedBefore: NOON + 11 })).toMatchObject({ messages: 1 });
        expect(await store.depths()).toMatchObject({ outboxWaiting: 0, conversations: 0 });
        await store.markSent(wire!.id, '1', NOON);
        expect(await store.claimOutgoing('telegram', NOON + HOUR_MS, 10)).toEqual([]);
      });

      test('P09 somebody whose only message was set aside is forgotten like everybody else', async () => {
        await store.receive([message(sari, 'racun')], NOON);
        await store.parkTurn(await claimOne(store), 'TypeError', null);
        expect(await forget({ conversationsBefore: NOON })).toMatchObject({ conversations: 0 });
        expect(await forget({ conversationsBefore: NOON + 1 })).toMatchObject({ conversations: 1 });
        expect(await store.depths()).toMatchObject({ parked: 0, conversations: 0 });
      });

      test('P09 the marks of messages that no platform sends again go, a part in each call, and no others', async () => {
        const old = Array.from({ length: 6_000 }, (_, index) => message(sari, `lama ${index}`));
        const young = message(budi, 'baru');
        await store.receive(old, NOON);
        await store.receive([young], NOON + 24 * HOUR_MS);
        let afterSeen: Uint8Array | null = new Uint8Array();
        let calls = 0;
        for (; afterSeen !== null && calls < 10; calls += 1) {
          afterSeen = (await forget({ seenBefore: NOON + 24 * HOUR_MS, afterSeen })).nextSeen;
        }
        expect([calls > 1, afterSeen]).toEqual([true, null]);
        expect(await store.receive([...old, young], NOON + 24 * HOUR_MS)).toBe(6_000);
      });

      test('F17 a mark is kept as long as any moment of its day is young enough', async () => {
        const first = message(sari, 'halo');
        await store.receive([first], NOON);
        await forget({ seenBefore: NOON + 1, afterSeen: new Uint8Array() });
        expect(await store.receive([first], NOON)).toBe(0);
      });

      test('P09 a conversation is not kept by what was never sent', async () => {
        await talk(store, message(sari, 'lama'), { outgoing: [say('tidak pernah sampai')] });
        expect(await forget({ conversationsBefore: NOON + 1 })).toMatchObject({ conversations: 1 });
        expect((await store.depths()).outboxWaiting).toBe(0);
      });

      test('P09 last words that could never be said go, and the address with them', async () => {
        await talk(store, message(sari, 'hapus'), { erase: true, outgoing: [say('selesai')] });
        expect(await forget({ messagesBefore: NOON + 1 })).toMatchObject({ messages: 1 });
        expect((await store.depths()).conversations).toBe(0);
      });

      test('P09 a thousand waiting messages do not hold back what is old behind them', async () => {
        await store.receive(
          Array.from({ length: 1_100 }, (_, index) => message(sari, `banjir ${index}`)),
          NOON,
        );
        await store.receive([message(budi, 'lama')], NOON);
        const [first, second] = await store.claimTurns(NOON, 10);
        await store.releaseTurns([first!]);
        await store.finishTurn(second!, result());
        let afterMessage: number | null = 0;
        let messages = 0;
        for (let calls = 0; afterMessage !== null && calls < 10; calls += 1) {
          const forgotten = await forget({ messagesBefore: NOON + 1, afterMessage });
          afterMessage = forgotten.nextMessage;
          messages += forgotten.messages;
        }
        expect([messages, afterMessage]).toEqual([1, null]);
        expect(await store.history(budi, 0, 10)).toEqual([]);
        expect((await store.depths()).inboxWaiting).toBe(1_100);
      });

      test('P09 removes whom nobody has heard of for long enough, and nobody else', async () => {
        await talk(store, message(sari, 'lama'), {
          outgoing: [say('jawaban')],
          remind: [{ requirement: 'r', dueAt: NOON + 999 * HOUR_MS, armedBy: 1 }],
        });
        await store.receive([message(budi, 'baru')], NOON + HOUR_MS);
        await store.finishTurn(await claimOne(store), result({ session: counted(5) }));
        await sendAll(store);
        expect(await forget({ conversationsBefore: NOON + 1 })).toMatchObject({ conversations: 1 });
        expect(await store.history(sari, 0, 10)).toEqual([]);
        expect(await store.nextReminderAt(NOON)).toBeNull();
        expect((await store.depths()).conversations).toBe(1);
        await store.receive([message(sari, 'halo lagi'), message(budi, 'masih')], NOON + HOUR_MS);
        const turns = await store.claimTurns(NOON, 10);
        expect(turns.map((turn) => turn.session)).toEqual([null, counted(5)]);
      });
    });

    describe('forgetting words', () => {
      const SECOND_MS = 1_000;
      const passing = (text: string) => say(text, { passing: true });
      const said = async (address = sari) => (await store.history(address, 0, 100)).map((line) => line.text);
      /** Receives at `at` and handles at once. */
      const hear = async (at: number, text: string, more: Parameters<typeof result>[0] = {}) => {
        await store.receive([message(sari, text)], at);
        await store.finishTurn(await claimOne(store, at), result(more));
      };

      test('P04 replaces the words of messages received since then, and of none before', async () => {
        await hear(NOON, 'halo', { outgoing: [say('nama?')] });
        await hear(NOON + SECOND_MS, 'nama di kemnaker', { outgoing: [say('dan?')] });
        await hear(NOON + 2 * SECOND_MS, 'nama di prakerja', {
          forgetWordsSince: NOON + SECOND_MS,
          outgoing: [say('sama')],
        });
        await hear(NOON + 3 * SECOND_MS, 'makasih');
        expect(await said()).toEqual(['halo', 'nama?', '[nama]', 'dan?', '[nama]', 'sama', 'makasih']);
      });

      test('P04 leaves what has no words as it is, also a choice and its label', async () => {
        await talk(store, message(sari, 'halo'), {
          outgoing: [say('?', { choices: [choice('r:1:no', 'Batal')], menu: 1 })],
        });
        await talk(store, message(sari, '', { kind: 'voice' }));
        await talk(store, message(sari, '', { kind: 'choice', choice: 'r:1:no' }), {
          forgetWordsSince: NOON,
        });
        expect(await said()).toEqual(['[nama]', '?', '', 'Batal']);
      });

      test('P04 replaces no words of another conversation', async () => {
        const web = { channel: 'web', chat: sari.chat } as const;
        await talk(store, message(budi, 'dari budi'));
        await talk(store, message(web, 'dari web'));
        await talk(store, message(sari, 'nama'), { forgetWordsSince: NOON });
        expect([await said(), await said(budi), await said(web)]).toEqual([
          ['[nama]'],
          ['dari budi'],
          ['dari web'],
        ]);
      });

      test('P04 keeps the words of what still waits, until a later turn forgets them', async () => {
        await store.receive([message(sari, 'nama'), message(sari, 'menunggu')], NOON);
        await store.finishTurn(await claimOne(store), result({ forgetWordsSince: NOON }));
        const waiting = await claimOne(store);
        expect(textOf(waiting)).toBe('menunggu');
        await store.finishTurn(waiting, result({ forgetWordsSince: NOON }));
        expect(await said()).toEqual(['[nama]', '[nama]']);
      });

      test('P04 replaces the words of an event that was set aside, and does so with its apology', async () => {
        await store.receive([message(sari, 'nama')], NOON);
        await store.parkTurn(await claimOne(store), 'TypeError', result({ outgoing: [say('maaf')] }));
        await store.receive([message(sari, 'racun')], NOON);
        await store.parkTurn(await claimOne(store), 'TypeError', result({ forgetWordsSince: NOON }));
        expect(await said()).toEqual(['[nama]', 'maaf', '[nama]']);
      });

      test('P04 is done by a turn on a reminder as well', async () => {
        await talk(store, message(sari, 'nama'), {
          remind: [{ requirement: 'forget-names', dueAt: NOON + SECOND_MS, armedBy: 1 }],
        });
        await store.finishTurn(
          await claimOne(store, NOON + SECOND_MS),
          result({ forgetWordsSince: NOON, session: counted(4) }),
        );
        expect(await said()).toEqual(['[nama]']);
        await store.receive([message(sari, 'lagi')], NOON + SECOND_MS);
        expect((await claimOne(store)).session).toEqual(counted(4));
      });

      test('F50 is not done by a turn that was lost', async () => {
        await talk(store, message(sari, 'nama'));
        await store.receive([message(sari, 'lagi')], NOON);
        const turn = await claimOne(store);
        const stale = { ...turn, sessionVersion: turn.sessionVersion - 1 };
        await expect(store.finishTurn(stale, result({ forgetWordsSince: NOON }))).rejects.toThrow(TurnLost);
        expect(await said()).toEqual(['nama', 'lagi']);
      });

      test('F17 a message whose words were forgotten is still known when it comes again', async () => {
        const first = message(sari, 'nama');
        await talk(store, first, { forgetWordsSince: NOON });
        expect(await store.receive([first], NOON + HOUR_MS)).toBe(0);
        expect(await store.knownPlatformIds(sari)).toEqual([first.messageId]);
      });

      test('a passing saying is claimed and sent like any other, and its words are gone when it is sent', async () => {
        await talk(store, message(sari, 'nama'), {
          outgoing: [passing('Kemnaker: A'), say('verdict', { menu: 7 })],
          forgetWordsSince: NOON,
        });
        expect(await said()).toEqual(['[nama]', 'Kemnaker: A', 'verdict']);
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        expect(row!.outgoing).toEqual(passing('Kemnaker: A'));
        await store.markSent(row!.id, '11', NOON);
        expect(await said()).toEqual(['[nama]', '[nama]', 'verdict']);
        expect((await store.depths()).outboxWaiting).toBe(1);
        expect(await sendAll(store)).toEqual(['verdict']);
      });

      test('the menu of the saying that follows a passing one counts as delivered', async () => {
        await talk(store, message(sari, 'nama'), {
          outgoing: [passing('Kemnaker: A'), say('verdict', { menu: 7 })],
        });
        await sendAll(store);
        await store.receive([message(sari, '2')], NOON);
        expect((await claimOne(store)).event).toMatchObject({ deliveredMenu: 7 });
      });

      test('a menu that was delivered before a passing saying still counts when that is gone', async () => {
        await talk(store, message(sari, 'halo'), { outgoing: [say('menu', { menu: 5 })] });
        await sendAll(store);
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A')] });
        await sendAll(store);
        await store.receive([message(sari, '2')], NOON);
        expect((await claimOne(store)).event).toMatchObject({ deliveredMenu: 5 });
      });

      test('P04 an unsent passing saying of an earlier turn goes with the words, and the next one has its turn', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        await talk(store, message(sari, 'lagi'), {
          outgoing: [passing('Kemnaker: B'), say('lain')],
          forgetWordsSince: NOON,
        });
        expect(await sendAll(store)).toEqual(['verdict', 'Kemnaker: B', 'lain']);
      });

      test('P04 a passing saying that was put off goes as well, and so does one that stands behind another', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        await store.markFailed(row!.id, 'unreachable', NOON + HOUR_MS);
        await talk(store, message(budi, 'nama'), {
          outgoing: [say('tadi'), passing('Kemnaker: B'), say('akhir')],
        });
        for (const address of [sari, budi]) {
          await talk(store, message(address, 'lagi'), { forgetWordsSince: NOON });
        }
        expect((await sendAll(store)).sort()).toEqual(['akhir', 'tadi', 'verdict']);
      });

      test('P04 sayings that do not pass, and those of others, stay when words are forgotten', async () => {
        await talk(store, message(budi, 'nama'), { outgoing: [passing('Kemnaker: B')] });
        await talk(store, message(sari, 'nama'), { outgoing: [say('satu'), deletion('m1')] });
        await talk(store, message(sari, 'lagi'), { forgetWordsSince: NOON });
        expect((await sendAll(store)).sort()).toEqual(['Kemnaker: B', 'delete m1', 'satu']);
      });

      test('F10 F11 a passing saying whose outcome is unknown is tried again, and gone when it was resolved', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        await store.markUnknown(row!.id, 'timeout', NOON + 20, NOON + 10);
        expect(await store.claimOutgoing('telegram', NOON + 19, 10)).toEqual([]);
        const [again] = await store.claimOutgoing('telegram', NOON + 20, 10);
        expect(again).toMatchObject({ id: row!.id, attempts: 1, unknownSince: NOON + 10 });
        await store.markSent(again!.id, '11', NOON + 30);
        expect(await said()).toEqual(['nama', '[nama]', 'verdict']);
        expect(await sendAll(store, NOON + 30)).toEqual(['verdict']);
      });

      test('P04 a passing saying that was given up is gone, and the next one has its turn', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        await store.markFailed(row!.id, 'invalid', null);
        expect(await sendAll(store)).toEqual(['verdict']);
        const all = { messagesBefore: NOON + 1, conversationsBefore: 0, unresolvedBefore: 0, seenBefore: 0 };
        // What was heard and the verdict; a row that was given up and is still there would be a third.
        expect(
          await store.forgetOld({ ...all, afterMessage: 0, afterConversation: null, afterSeen: null }),
        ).toMatchObject({ messages: 2 });
      });

      test('P04 an erasure takes passing sayings with it, and the last words may be such', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A')] });
        await talk(store, message(sari, 'hapus'), { erase: true, outgoing: [passing('selesai')] });
        expect(await sendAll(store)).toEqual(['selesai']);
        expect((await store.depths()).conversations).toBe(0);
      });

      test('P04 a passing saying that is on the wire when words are forgotten is not tried again', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 10);
        await talk(store, message(sari, 'lagi'), { forgetWordsSince: NOON });
        await store.markFailed(row!.id, 'unreachable', NOON + HOUR_MS);
        expect(await said()).toEqual(['[nama]', 'verdict', '[nama]']);
        expect(await sendAll(store, NOON + HOUR_MS)).toEqual(['verdict']);
      });

      test('P03 a passing saying is withdrawn like any other', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        await talk(store, message(sari, 'stop'), { outgoing: [say('baik')], withdrawUnsent: true });
        expect(await sendAll(store)).toEqual(['baik']);
      });

      test('F53 nobody who cannot be reached keeps a passing saying in the outbox', async () => {
        await talk(store, message(sari, 'nama'), { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        await store.markUnreachable(sari, NOON);
        expect(await said()).toEqual(['nama']);
        expect((await store.depths()).outboxWaiting).toBe(0);
      });

      test('F53 what shall be forgotten is forgotten also when the participant cannot be reached', async () => {
        await talk(store, message(sari, 'nama'), {
          remind: [{ requirement: 'forget-names', dueAt: NOON + SECOND_MS, armedBy: 1 }],
        });
        await store.markUnreachable(sari, NOON);
        expect(await store.nextReminderAt(NOON)).toBe(NOON + SECOND_MS);
      });

      test('F57 the platform id of a passing saying stays known: nobody asks whether another one is there', async () => {
        const first = message(sari, 'nama', { messageId: 'm10' });
        await talk(store, first, { outgoing: [passing('Kemnaker: A'), say('verdict')] });
        const [row] = await store.claimOutgoing('telegram', NOON, 1);
        await store.markSent(row!.id, '11', NOON);
        expect(await store.knownPlatformIds(sari)).toEqual(['m10', '11']);
      });
    });

    const { reopen: openAgain } = maker;
    if (openAgain !== null)
      describe('opened again', () => {
        const reopen = async () => {
          store = await openAgain(store);
        };

        test('F02 F08 F09 has lost nothing and releases every claim', async () => {
          await talk(store, message(budi, 'halo'), {
            session: counted(5),
            projection: { ...NOWHERE, verdict: 'blocked' },
            outgoing: [say('x')],
            remind: [{ requirement: 'r', dueAt: NOON + 5, armedBy: 1 }],
          });
          const held = message(sari, 'halo');
          await store.receive([held], NOON, { name: 'telegram', value: '8' });
          const claimed = await claimOne(store);
          await reopen();
          expect(await store.cursor('telegram')).toEqual({ name: 'telegram', value: '8' });
          expect(await store.receive([held], NOON)).toBe(0);
          expect(await claimOne(store)).toEqual(claimed);
          expect(await store.nextReminderAt(NOON)).toBe(NOON + 5);
          expect(await sendAll(store)).toEqual(['x']);
        });

        test('F10 F11 a row on the wire is unknown, from the moment somebody looks', async () => {
          await talk(store, message(sari, 'halo'), { outgoing: [say('a'), say('b')] });
          const [wire] = await store.claimOutgoing('telegram', NOON, 1);
          await reopen();
          const [row] = await store.claimOutgoing('telegram', NOON + 50, 10);
          expect(row).toMatchObject({ id: wire!.id, attempts: 1, unknownSince: NOON + 50 });
          expect(await store.claimOutgoing('telegram', NOON + 50, 10)).toEqual([]);
          await store.markSent(row!.id, '5', NOON + 60);
          expect(await sendAll(store)).toEqual(['b']);
        });

        test('P03 a withdrawn row on the wire is not tried again', async () => {
          await talk(store, message(sari, 'halo'), { outgoing: [say('a')] });
          await store.claimOutgoing('telegram', NOON, 1);
          await talk(store, message(sari, 'stop'), { outgoing: [say('baik')], withdrawUnsent: true });
          await reopen();
          expect(await sendAll(store, NOON + HOUR_MS)).toEqual(['baik']);
        });

        test('P04 an erased row on the wire is gone, its last words are not', async () => {
          await talk(store, message(sari, 'halo'), { outgoing: [say('a')] });
          await store.claimOutgoing('telegram', NOON, 1);
          await talk(store, message(sari, 'hapus'), { outgoing: [say('selesai')], erase: true });
          await reopen();
          expect(await sendAll(store)).toEqual(['selesai']);
          expect((await store.depths()).conversations).toBe(0);
        });

        test('F41 remembers the failures of an event', async () => {
          await store.receive([message(sari, 'racun')], NOON);
          await store.failTurn(await claimOne(store), 'TypeError');
          await reopen();
          const turn = await claimOne(store);
          expect(turn.failures).toBe(1);
          await store.parkTurn(turn, 'TypeError', null);
          await reopen();
          expect(await store.parked()).toMatchObject([{ reason: 'TypeError' }]);
          expect(await store.claimTurns(NOON, 10)).toEqual([]);
        });

        test('P04 words that were forgotten stay so, and those that wait stay words', async () => {
          await store.receive([message(sari, 'nama'), message(sari, 'menunggu')], NOON);
          await store.finishTurn(await claimOne(store), result({ forgetWordsSince: NOON }));
          await reopen();
          expect((await store.history(sari, 0, 10)).map((line) => line.text)).toEqual(['[nama]', 'menunggu']);
          expect(textOf(await claimOne(store))).toBe('menunggu');
        });

        test('P04 a passing saying is still sent, then gone, and the menu behind it delivered', async () => {
          const outgoing = [say('Kemnaker: A', { passing: true }), say('verdict', { menu: 7 })];
          await talk(store, message(sari, 'nama'), { outgoing });
          await reopen();
          expect(await sendAll(store)).toEqual(['Kemnaker: A', 'verdict']);
          await reopen();
          expect((await store.history(sari, 0, 10)).map((line) => line.text)).toEqual([
            'nama',
            '[nama]',
            'verdict',
          ]);
          await store.receive([message(sari, '2')], NOON);
          expect((await claimOne(store)).event).toMatchObject({ deliveredMenu: 7 });
        });

        test('P04 F10 F11 a passing saying on the wire is of unknown fate, tried again, and gone once it is settled', async () => {
          await talk(store, message(sari, 'nama'), {
            outgoing: [say('Kemnaker: A', { passing: true }), say('verdict')],
          });
          const [wire] = await store.claimOutgoing('telegram', NOON, 1);
          await reopen();
          const [row] = await store.claimOutgoing('telegram', NOON + 50, 10);
          expect(row).toMatchObject({ id: wire!.id, attempts: 1, unknownSince: NOON + 50 });
          await store.markSent(row!.id, '5', NOON + 60);
          await reopen();
          expect((await store.history(sari, 0, 10)).map((line) => line.text)).toEqual([
            'nama',
            '[nama]',
            'verdict',
          ]);
          expect(await sendAll(store)).toEqual(['verdict']);
        });

        test('P04 an unsent passing saying goes with the words also when it was made before', async () => {
          await talk(store, message(sari, 'nama'), {
            outgoing: [say('Kemnaker: A', { passing: true }), say('verdict')],
          });
          await reopen();
          await talk(store, message(sari, 'lagi'), { forgetWordsSince: NOON });
          await reopen();
          expect(await sendAll(store)).toEqual(['verdict']);
        });

        test('never uses a line id again, also when the newest lines were erased', async () => {
          await talk(store, message(sari, 'halo'), { outgoing: [say('a')] });
          const last = (await store.history(sari, 0, 10)).at(-1)!.id;
          await talk(store, message(sari, 'hapus'), { erase: true });
          await reopen();
          await talk(store, message(sari, 'baru'));
          expect((await store.history(sari, last, 10)).map((line) => line.text)).toEqual(['baru']);
        });
      });

    const world: StoreWorld = {
      get store() {
        return store;
      },
      reopen:
        openAgain &&
        (async () => {
          store = await openAgain(store);
        }),
    };
    accountContract(world);
    namesContract(world);
    requestsContract(world);
    bottlenecksContract(world);

    test('a closed store refuses to work and can be closed again', async () => {
      await store.close();
      await expect(store.depths()).rejects.toThrow('closed');
      await store.close();
    });

    test('close() finishes what was asked for before', async () => {
      const kept = store.receive([message(sari, 'halo')], NOON);
      await store.close();
      expect(await kept).toBe(1);
    });
  });
}
