// Long because it is one list: every promise of src/store/store.ts about names of chats.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HiddenIncoming } from '../../src/message.ts';
import { type Turn, TurnLost, type TurnResult } from '../../src/store/store.ts';
import { aliasSequences, playAliases } from './alias-model.ts';
import type { StoreWorld } from './contract.ts';
import { broken, change } from './contract-account.ts';
import {
  answered,
  claimOne,
  HOUR_MS,
  message,
  NOON,
  result,
  say,
  sendAll,
  session,
  talk,
  textOf,
} from './samples.ts';

/** A participant under the name that WhatsApp gives in these days, and by the phone number it had. */
const lid = '100@lid';
const phone = '62811@s';
const other = '62822@s';

/** The promises of src/store/store.ts about names of chats; part of the one suite (contract.ts). */
export function namesContract(world: StoreWorld): void {
  const from = (chat: string, text: string, more: Partial<HiddenIncoming> = {}) =>
    message({ channel: 'whatsapp', chat }, text, more);
  const hear = (chat: string, aliases: string[] = [], more: Partial<TurnResult> = {}): Promise<Turn> =>
    talk(world.store, from(chat, `dari ${chat}`, { aliases }), more);
  /** At whose address a message under this name is answered. */
  const heardAs = async (chat: string, aliases: string[] = []) => {
    await world.store.receive([from(chat, `dari ${chat}`, { aliases })], NOON);
    const turn = await claimOne(world.store);
    await world.store.finishTurn(turn, result({ session: turn.session ?? session() }));
    return turn.address.chat;
  };
  const same = (...pairs: [string, string][]) =>
    world.store.changeAccount('whatsapp', change({ same: pairs }), NOON);
  const answering = (): Partial<TurnResult> => ({ session: answered() });
  const send = (now = NOON) => sendAll(world.store, now, 'whatsapp');

  describe('names of a chat', () => {
    test('F73 two conversations with answers are never merged, and nothing is remembered', async () => {
      await hear(lid, [], answering());
      await hear(phone, [], answering());
      await same([lid, phone]);
      expect(await heardAs(lid, [phone, other])).toBe(lid);
      expect(await heardAs(phone, [lid])).toBe(phone);
      expect([await heardAs(phone), await heardAs(lid), await heardAs(other)]).toEqual([phone, lid, other]);
    });

    test('F73 answers of a parked case are answers, though the present one has none yet', async () => {
      const parked: TurnResult['session'] = { ...result().session, others: [answered()] };
      await hear(lid, [], answering());
      await hear(phone, [], { session: parked });
      await same([lid, phone]);
      expect([await heardAs(phone), await heardAs(lid)]).toEqual([phone, lid]);
    });

    test('F73 a new name of two that have answers begins a conversation of its own', async () => {
      await hear(lid, [], answering());
      await hear(phone, [], answering());
      expect(await heardAs(other, [lid, phone])).toBe(other);
      expect([await heardAs(phone), await heardAs(lid), await heardAs(other)]).toEqual([phone, lid, other]);
    });

    test('F73 nothing is kept of names of which nobody ever wrote', async () => {
      await same([lid, phone]);
      expect((await world.store.depths()).conversations).toBe(0);
      expect([await heardAs(phone), await heardAs(lid)]).toEqual([phone, lid]);
    });

    test('F73 a name leads to nobody on another channel', async () => {
      await hear(lid, [phone]);
      expect((await talk(world.store, message({ channel: 'telegram', chat: phone }, 'x'))).address).toEqual({
        channel: 'telegram',
        chat: phone,
      });
    });

    test('F73 names of a change that failed lead to nobody', async () => {
      await hear(lid);
      const failing = change({
        same: [[lid, phone]],
        incoming: [from(lid, 'x', { aliases: [other] }), broken()],
      });
      const [failed] = await Promise.allSettled([
        world.store.changeAccount('whatsapp', failing, NOON),
        world.store.receive([from(lid, 'utuh')], NOON),
      ]);
      expect(failed.status).toBe('rejected');
      await world.store.finishTurn(await claimOne(world.store), result());
      expect([await heardAs(phone), await heardAs(other), await heardAs(lid)]).toEqual([phone, other, lid]);
    });

    test('F73 who wrote under one name is known by the others that came with it, under the first', async () => {
      await hear(lid, [phone, other, lid], answering());
      const turn = await hear(phone);
      expect([turn.address.chat, turn.session]).toEqual([lid, answered()]);
      expect(turn.event).toMatchObject({ message: { chat: lid, sender: phone } });
      expect(turn.event.kind === 'message' && 'aliases' in turn.event.message).toBe(false);
      expect(await heardAs(other)).toBe(lid);
      expect((await world.store.depths()).conversations).toBe(1);
    });

    test('F73 a new name that comes with a known one leads to the known one from then on', async () => {
      await hear(phone, [], answering());
      expect(await heardAs(lid, [phone])).toBe(phone);
      expect(await heardAs(other, [lid])).toBe(phone);
      expect([await heardAs(lid), await heardAs(other)]).toEqual([phone, phone]);
    });

    test('F73 a pair learnt without a message leads both names to the one that is known, also in the change that brings it', async () => {
      await hear(phone, [], answering());
      await same([lid, phone]);
      expect(await heardAs(lid)).toBe(phone);
      const both = change({ same: [['300@lid', '62833@s']], incoming: [from('300@lid', 'baru')] });
      await world.store.changeAccount('whatsapp', both, NOON);
      await world.store.finishTurn(await claimOne(world.store), result());
      expect(await heardAs('62833@s')).toBe('300@lid');
      const late = change({ same: [[phone, '400@lid']], incoming: [from('400@lid', 'baru')] });
      await world.store.changeAccount('whatsapp', late, NOON);
      expect((await claimOne(world.store)).address.chat).toBe(phone);
    });

    test('F73 of two without answers the older one stays, with every name of the younger', async () => {
      await hear(lid);
      await hear(phone, [other]);
      expect(await heardAs(phone, [lid])).toBe(lid);
      expect([await heardAs(other), await heardAs(phone), await heardAs(lid)]).toEqual([lid, lid, lid]);
    });

    test('F73 of two the one with answers stays, also when it is the younger, whichever name is written under', async () => {
      await hear(lid);
      await hear(phone, [], answering());
      expect(await heardAs(lid, [phone])).toBe(phone);
      await hear('300@lid');
      await hear('62833@s', [], answering());
      await same(['300@lid', '62833@s']);
      expect([await heardAs(lid), await heardAs('300@lid')]).toEqual([phone, '62833@s']);
    });

    test('F73 of three that are one the one with answers stays, and of what was merged all names come along', async () => {
      await hear(lid);
      await hear(other);
      await same([lid, other]);
      await hear(phone, [], answering());
      await hear('62844@s');
      const turn = await hear('500@lid', [other, phone, '62844@s']);
      expect([turn.address.chat, turn.session]).toEqual([phone, answered()]);
      for (const name of [lid, other, '62844@s', '500@lid']) expect(await heardAs(name)).toBe(phone);
    });

    test('F73 what waits in a merged conversation is answered there, and at its own address', async () => {
      await hear(lid, [], answering());
      await world.store.receive([from(phone, 'menunggu')], NOON);
      await world.store.receive([from(lid, 'baru', { aliases: [phone] })], NOON);
      const turns = await world.store.claimTurns(NOON, 10);
      expect(turns.map((turn) => [textOf(turn), turn.address.chat])).toEqual([
        ['menunggu', phone],
        ['baru', lid],
      ]);
      for (const turn of turns) {
        await world.store.finishTurn(turn, result({ outgoing: [say(`jawaban ${textOf(turn)}`)] }));
      }
      expect((await send()).sort()).toEqual(['jawaban baru', 'jawaban menunggu']);
      expect(await heardAs(phone)).toBe(lid);
    });

    test('P03 F73 nothing is said unasked from a merged conversation: a STOP would not be heard there', async () => {
      const remind = (requirement: string) => [{ requirement, dueAt: NOON + HOUR_MS, armedBy: 1 }];
      await hear(phone, [], {
        remind: [...remind('rating'), ...remind('forget-names')],
        outgoing: [say('jawaban'), say('ingat', { priority: 'reminder' })],
      });
      await hear(lid, [], answering());
      await world.store.receive([from(phone, 'menunggu')], NOON);
      await same([lid, phone]);
      expect(await send()).toEqual(['jawaban']);
      const again = { requirement: 'forget-names', dueAt: NOON + 2 * HOUR_MS, armedBy: 1 };
      await world.store.finishTurn(
        await claimOne(world.store),
        result({ remind: [...remind('verdict'), again] }),
      );
      const everybody = { requirement: 'outage', dueAt: NOON + HOUR_MS, armedBy: 0 };
      expect(await world.store.remindAll('whatsapp', everybody, 0)).toBe(1);
      const due = await world.store.claimTurns(NOON + HOUR_MS, 10);
      expect(
        due.map((turn) => [
          turn.address.chat,
          turn.event.kind === 'reminder' && turn.event.reminder.requirement,
        ]),
      ).toEqual([[lid, 'outage']]);
      const last = await claimOne(world.store, NOON + 2 * HOUR_MS);
      expect(last.event).toMatchObject({ kind: 'reminder', reminder: again });
      await world.store.finishTurn(last, result());
      expect(await world.store.claimTurns(NOON + 9 * HOUR_MS, 10)).toEqual([]);
    });

    test('F73 a reminder that is on the wire at the merging is not tried again', async () => {
      await hear(lid, [], answering());
      await hear(phone, [], { outgoing: [say('ingat', { priority: 'reminder' })] });
      const [wire] = await world.store.claimOutgoing('whatsapp', NOON, 1);
      await same([lid, phone]);
      await world.store.markFailed(wire!.id, 'throttled', NOON + 1);
      expect(await send(NOON + HOUR_MS)).toEqual([]);
    });

    test('F73 a number means the menu that was delivered last, also when the conversation it came from was merged', async () => {
      await hear(lid, [], { ...answering(), outgoing: [say('menu', { menu: 5 })] });
      await hear(phone, [], { outgoing: [say('menu', { menu: 9 })] });
      await send();
      const menus = async (chat: string, aliases: string[] = []) => {
        const { event } = await hear(chat, aliases);
        return event.kind === 'message' ? event.deliveredMenu : undefined;
      };
      expect([await menus(lid), await menus(phone)]).toEqual([5, 9]);
      expect([await menus(phone, [lid]), await menus(lid)]).toEqual([9, 9]);
    });

    test('F73 whatever is learnt in whatever order, each message is kept once and each name leads where the rule says', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(aliasSequences(), async (steps) => {
          run += 1;
          await playAliases(world.store, steps, `run ${run} `);
        }),
        // Every step waits for the disk where there is one.
        { numRuns: world.reopen === null ? 150 : 25 },
      );
    });
  });

  describe('a message that comes again under another name', () => {
    test('F18 is another one when its sender or its chat is another', async () => {
      await hear(lid, [phone]);
      const first = from(lid, 'satu', { messageId: '7' });
      const others = [
        { ...first, sender: 'operator' },
        { ...first, chat: other, sender: other },
        { ...first, chat: '300@lid', sender: '300@lid', aliases: ['62833@s'] },
      ];
      expect(await world.store.receive([first, ...others], NOON)).toBe(4);
      expect(await world.store.receive([{ ...first, chat: phone, sender: 'operator' }], NOON)).toBe(0);
    });

    test('F17 F73 is the same one, in one moment and later, with its names and without', async () => {
      const first = from(lid, 'satu', { aliases: [phone] });
      const again = [
        { ...first, aliases: [] },
        { ...first, chat: phone, sender: phone, aliases: [lid] },
        { ...first, chat: phone, sender: phone, aliases: [] },
        { ...first, chat: lid, sender: phone },
      ];
      expect(await world.store.receive([first, ...again], NOON)).toBe(1);
      expect(await Promise.all(again.map((one) => world.store.receive([one], NOON)))).toEqual([0, 0, 0, 0]);
    });

    test('F17 F73 is the same one although the names were learnt only after it', async () => {
      const first = from(phone, 'satu');
      const second = from(lid, 'dua');
      await world.store.receive([first, second], NOON);
      await settleAll(world);
      await same([lid, phone]);
      const renamed = [
        { ...first, chat: lid, sender: lid },
        { ...second, chat: phone, sender: phone },
      ];
      expect(await world.store.receive([...renamed, first, second], NOON)).toBe(0);
    });

    test('F17 F73 is the same one where both conversations have answers', async () => {
      await hear(lid, [], answering());
      await hear(phone, [], answering());
      const first = from(lid, 'satu', { aliases: [phone] });
      const again = { ...first, chat: phone, sender: phone, aliases: [lid] };
      expect(await world.store.receive([first, again], NOON)).toBe(1);
    });

    test('P04 F17 brings nobody back after an erasure, under whichever name', async () => {
      const first = from(lid, 'satu', { aliases: [phone] });
      await talk(world.store, first);
      await hear(other, [phone], { erase: true });
      const again = [lid, phone].map((chat) => ({ ...first, chat, sender: chat, aliases: [other] }));
      expect(await world.store.receive([first, ...again], NOON)).toBe(0);
      expect((await world.store.depths()).conversations).toBe(0);
    });
  });

  describe('erasing who has several names', () => {
    const conversations = async () => (await world.store.depths()).conversations;

    test('P04 forgets the names: who writes under one of them is somebody new', async () => {
      await hear(lid, [phone], answering());
      await hear(phone, [], { erase: true, outgoing: [say('selesai')] });
      const turn = await hear(phone);
      expect([turn.address.chat, turn.session]).toEqual([phone, null]);
      expect(await heardAs(lid)).toBe(lid);
    });

    test('P04 takes along what was merged into it: sessions, lines, reminders and what is to be sent', async () => {
      await hear(phone, [], { outgoing: [say('lama')], session: session({ order: 3 }) });
      await hear(other, [], { remind: [{ requirement: 'forget-names', dueAt: NOON + 1, armedBy: 1 }] });
      await hear(lid, [], answering());
      await same([lid, phone], [lid, other]);
      await talk(world.store, from(lid, 'hapus'), { erase: true, outgoing: [say('selesai')] });
      expect(await world.store.nextReminderAt(NOON)).toBeNull();
      expect(await send()).toEqual(['selesai']);
      for (const chat of [lid, phone, other]) {
        expect(await world.store.history({ channel: 'whatsapp', chat }, 0, 10)).toEqual([]);
      }
      expect(await conversations()).toBe(0);
    });

    test('P04 in what was merged takes along the one that all names lead to, and its other names', async () => {
      await hear(phone);
      await world.store.receive([from(phone, 'hapus')], NOON);
      const wish = await claimOne(world.store);
      await hear(other);
      await hear(lid, [], answering());
      await same([lid, phone], [lid, other], [lid, '62844@s']);
      await world.store.receive([from('62844@s', 'sesudah')], NOON);
      await world.store.finishTurn(wish, result({ erase: true, outgoing: [say('selesai')] }));
      expect(await send()).toEqual(['selesai']);
      expect(await conversations()).toBe(1);
      const late = await claimOne(world.store);
      expect([textOf(late), late.address.chat, late.session]).toEqual(['sesudah', lid, null]);
      expect(await heardAs('62844@s')).toBe('62844@s');
    });

    test('P04 loses the turn that is under way in what was merged, and what waits there from before', async () => {
      await hear(lid, [], answering());
      await world.store.receive([from(phone, 'satu'), from(phone, 'dua'), from(other, 'tiga')], NOON);
      const claimed = await world.store.claimTurns(NOON, 10);
      await same([lid, phone], [lid, other]);
      await world.store.releaseTurns(claimed.filter(({ address }) => address.chat === other));
      await world.store.receive([from(lid, 'hapus')], NOON);
      const erasing = await world.store.claimTurns(NOON, 10);
      expect(erasing.map(textOf)).toEqual(['tiga', 'hapus']);
      await world.store.releaseTurns([erasing[0]!]);
      await world.store.finishTurn(erasing[1]!, result({ erase: true }));
      await expect(
        world.store.finishTurn(claimed[0]!, result({ session: answered(), outgoing: [say('terlambat')] })),
      ).rejects.toThrow(TurnLost);
      await world.store.releaseTurns(claimed);
      expect(await world.store.claimTurns(NOON, 10)).toEqual([]);
      expect(await world.store.depths()).toMatchObject({
        inboxWaiting: 0,
        outboxWaiting: 0,
        conversations: 0,
      });
      expect(await heardAs(phone)).toBe(phone);
    });

    test('P04 leaves what came after the wish, wherever it waits', async () => {
      await hear(lid, [], answering());
      await world.store.receive([from(lid, 'hapus'), from(phone, 'sesudah')], NOON);
      const [wish, late] = await world.store.claimTurns(NOON, 10);
      await world.store.releaseTurns([late!]);
      await same([lid, phone]);
      await world.store.finishTurn(wish!, result({ erase: true }));
      const turn = await claimOne(world.store);
      expect([textOf(turn), turn.address.chat, turn.session]).toEqual(['sesudah', phone, null]);
    });

    test('P04 what is claimed in that very moment is not what is being erased, and what came after is claimed next', async () => {
      await hear(lid, [], answering());
      const texts = [from(phone, 'menunggu'), from(lid, 'hapus'), from(phone, 'sesudah')];
      await world.store.receive(texts, NOON);
      await same([lid, phone]);
      const [waiting, wish] = await world.store.claimTurns(NOON, 10);
      await world.store.releaseTurns([waiting!]);
      const [, turns] = await Promise.all([
        world.store.finishTurn(wish!, result({ erase: true })),
        world.store.claimTurns(NOON, 10),
        world.store.receive([from('300@lid', 'lain')], NOON),
      ]);
      expect(turns.map(textOf)).toEqual(['lain']);
      expect((await world.store.claimTurns(NOON, 10)).map(textOf)).toEqual(['sesudah']);
    });

    test('P04 an erasure that fails leaves waiting what it would have removed elsewhere', async () => {
      await hear(lid, [], answering());
      await world.store.receive([from(phone, 'menunggu'), from(lid, 'hapus')], NOON);
      await same([lid, phone]);
      const [waiting, wish] = await world.store.claimTurns(NOON, 10);
      await world.store.releaseTurns([waiting!]);
      const unspeakable = { ...say('x'), toJSON: () => undefined };
      const [erased] = await Promise.allSettled([
        world.store.finishTurn(wish!, result({ erase: true, outgoing: [unspeakable] })),
        world.store.receive([from('300@lid', 'lain')], NOON),
      ]);
      expect(erased.status).toBe('rejected');
      expect((await world.store.claimTurns(NOON, 10)).map(textOf)).toEqual(['menunggu', 'lain']);
    });

    test('P04 an erasure that is lost erases nothing of what was merged', async () => {
      await hear(phone, [], { session: session({ order: 3 }) });
      await hear(lid, [], answering());
      await same([lid, phone]);
      await world.store.receive([from(phone, 'hapus')], NOON);
      const turn = await claimOne(world.store);
      await expect(
        world.store.finishTurn({ ...turn, sessionVersion: 99 }, result({ erase: true })),
      ).rejects.toThrow(TurnLost);
      expect(await conversations()).toBe(2);
      await world.store.finishTurn(turn, result());
      expect(await heardAs(phone)).toBe(lid);
    });

    test('P04 touches nobody whose names are others', async () => {
      await hear(lid, [phone], answering());
      await hear(other, ['300@lid'], answering());
      await hear(phone, [], { erase: true });
      const turn = await hear('300@lid');
      expect([turn.address.chat, turn.session]).toEqual([other, answered()]);
    });
  });

  describe('forgetting who has several names', () => {
    const forget = (conversationsBefore: number, messagesBefore = 0) =>
      world.store.forgetOld({
        messagesBefore,
        conversationsBefore,
        unresolvedBefore: 0,
        seenBefore: 0,
        afterMessage: 0,
        afterConversation: 0,
        afterSeen: null,
      });

    test('P09 forgets the names with the conversation, and not before', async () => {
      await hear(lid, [phone], answering());
      await forget(NOON);
      expect(await heardAs(phone)).toBe(lid);
      expect(await forget(NOON + 1)).toMatchObject({ conversations: 1 });
      expect(await heardAs(phone)).toBe(phone);
    });

    test('P09 what was merged may be forgotten before, and its name still leads where it led', async () => {
      await hear(phone);
      await world.store.receive([from(lid, 'baru', { aliases: [phone] })], NOON + HOUR_MS);
      await world.store.finishTurn(await claimOne(world.store), result({ session: answered() }));
      await hear('300@lid');
      await world.store.receive([from('62833@s', 'baru')], NOON + HOUR_MS);
      await world.store.finishTurn(await claimOne(world.store), result({ session: answered() }));
      await same(['300@lid', '62833@s']);
      expect(await forget(NOON + 1)).toMatchObject({ conversations: 1 });
      expect(await heardAs('300@lid')).toBe('62833@s');
    });

    test('P09 last words that could never be said go also when names were learnt behind them', async () => {
      await hear(lid, [], { erase: true, outgoing: [say('selesai')] });
      await world.store.receive([from(lid, 'racun', { aliases: [phone] })], NOON);
      await world.store.parkTurn(await claimOne(world.store), 'TypeError', null);
      expect(await forget(0, NOON + 1)).toMatchObject({ messages: 2 });
      expect((await world.store.depths()).conversations).toBe(0);
      expect(await heardAs(phone)).toBe(phone);
    });
  });
}

async function settleAll({ store }: StoreWorld): Promise<void> {
  for (;;) {
    const turns = await store.claimTurns(NOON, 10);
    if (turns.length === 0) return;
    for (const turn of turns) await store.finishTurn(turn, result());
  }
}
