// Long because it is one list: every promise of src/store/store.ts about requests and the desk.
import { describe, expect, test } from 'vitest';
import { type RequestRecord, type RequestSummary, UNDELIVERED } from '../../src/conversation/session.ts';
import type { HiddenIncoming } from '../../src/message.ts';
import type { StoreWorld } from './contract.ts';
import {
  budi,
  claimOne,
  counted,
  HOUR_MS,
  message,
  NOON,
  result,
  sari,
  say,
  sendAll,
  talk,
  textOf,
} from './samples.ts';

const DAY_MS = 24 * HOUR_MS;
const TOPIC = '-1001/7';

export function summary(lastWords = 'tolong'): RequestSummary {
  return { verdict: null, answers: [{ question: 'rating', answer: 'yes', at: NOON }], lastWords };
}

export function request(more: Partial<RequestRecord> = {}): RequestRecord {
  return {
    state: 'open',
    openedAt: NOON,
    takenAt: null,
    operatorAt: null,
    escalatedAt: null,
    summary: summary(),
    ...more,
  };
}

/** The promises of src/store/store.ts about people who answer; part of the one suite (contract.ts). */
export function requestsContract(world: StoreWorld): void {
  const ask = (address = sari, more: Partial<RequestRecord> = {}) =>
    talk(world.store, message(address, 'bicara dengan orang'), {
      session: counted(1),
      request: request(more),
      posts: [say(`tentang ${address.chat}`, { topic: 'opens' })],
    });
  const desk = (chat: string, text: string, more: Partial<HiddenIncoming> = {}) =>
    message({ channel: 'desk', chat }, text, { kind: 'desk', sender: 'rina', ...more });
  const post = (now = NOON) => sendAll(world.store, now, 'desk');

  describe('requests for a person', () => {
    test('are listed until they are closed, the oldest first, with who it is and what is known', async () => {
      const first = await ask(sari, { openedAt: NOON + 1 });
      const second = await ask(budi, { openedAt: NOON });
      const listed = await world.store.requests();
      expect(listed.map(({ conversation }) => conversation)).toEqual([
        second.conversation,
        first.conversation,
      ]);
      expect(listed[1]).toEqual({
        ...request({ openedAt: NOON + 1 }),
        conversation: first.conversation,
        address: sari,
      });
      await talk(world.store, message(sari, 'batal'), {
        request: request({ state: 'closed', summary: null }),
      });
      expect(await world.store.requests()).toMatchObject([{ address: budi }]);
    });

    test('keep what they are about while they change, and are one for each conversation', async () => {
      await ask();
      await talk(world.store, message(sari, 'menu'), {
        request: request({ state: 'taken', takenAt: NOON + 5, operatorAt: NOON + 5, summary: null }),
      });
      expect(await world.store.requests()).toMatchObject([
        { state: 'taken', takenAt: NOON + 5, summary: summary() },
      ]);
      await ask(sari, { openedAt: NOON + 9, summary: summary('lagi') });
      expect(await world.store.requests()).toMatchObject([
        { state: 'open', takenAt: null, openedAt: NOON + 9, summary: summary('lagi') },
      ]);
    });

    test('survive a restart with what is still to be said at the desk', async () => {
      const { conversation } = await ask();
      await world.store.keepTopic(conversation, TOPIC);
      if (world.reopen === null) return;
      await world.reopen();
      expect(await world.store.requests()).toHaveLength(1);
      expect(await world.store.topic(conversation)).toBe(TOPIC);
      expect(await post()).toEqual([`tentang ${sari.chat}`]);
    });

    test('are written with the turn or not at all', async () => {
      await world.store.receive([message(sari, 'satu')], NOON);
      const turn = await claimOne(world.store);
      await world.store.finishTurn(turn, result());
      await expect(
        world.store.finishTurn(turn, result({ request: request(), posts: [say('hilang')] })),
      ).rejects.toThrow();
      expect(await world.store.requests()).toEqual([]);
      expect(await post()).toEqual([]);
    });
  });

  describe('the desk', () => {
    test('has an order of its own in each conversation, and holds up no reply', async () => {
      const { conversation } = await ask();
      await ask(budi);
      await talk(world.store, message(sari, 'dua'), { posts: [say('dua')], outgoing: [say('jawaban')] });
      const rows = await world.store.claimOutgoing('desk', NOON, 10);
      expect(rows.map(({ outgoing }) => outgoing.kind === 'say' && outgoing.text).sort()).toEqual([
        `tentang ${sari.chat}`,
        `tentang ${budi.chat}`,
      ]);
      expect(rows[0]!.address).toEqual({ channel: 'desk', chat: String(conversation) });
      await world.store.markFailed(rows[0]!.id, 'refused', NOON + HOUR_MS);
      expect(await sendAll(world.store)).toEqual(['jawaban']);
      expect(await post(NOON + HOUR_MS)).toEqual([`tentang ${sari.chat}`, 'dua']);
    });

    test('is no participant in the counts', async () => {
      await ask();
      expect((await world.store.depths()).conversations).toBe(1);
    });

    test('F17 what is written there is an event of the conversation that the topic or the number names, once', async () => {
      const { conversation } = await ask();
      await ask(budi);
      expect(await world.store.keepTopic(conversation, TOPIC)).toBe(true);
      const written = desk(TOPIC, 'halo Bu');
      expect(await world.store.receive([written, written], NOON)).toBe(1);
      expect(await world.store.receive([written], NOON)).toBe(0);
      const turn = await claimOne(world.store);
      expect([turn.address, turn.conversation, textOf(turn)]).toEqual([sari, conversation, 'halo Bu']);
      expect(turn.event).toMatchObject({ message: { kind: 'desk', sender: 'rina' } });
      await world.store.finishTurn(turn, result());
      expect(await world.store.receive([desk(`#${conversation}`, 'dari halaman')], NOON)).toBe(1);
      expect((await claimOne(world.store)).address).toEqual(sari);
    });

    test('F78 is heard in the order in which both sides wrote', async () => {
      const { conversation } = await ask();
      await world.store.receive([message(sari, 'satu'), desk(`#${conversation}`, 'dua')], NOON);
      const first = await claimOne(world.store);
      expect([textOf(first), first.event]).toMatchObject(['satu', { moreWaiting: true }]);
      await world.store.finishTurn(first, result());
      expect(textOf(await claimOne(world.store))).toBe('dua');
    });

    test('S36 what names nobody, or nobody who asked, leaves nothing behind', async () => {
      const { conversation } = await ask();
      const turn = await talk(world.store, message(budi, 'halo'));
      const forged = [
        ...['-1001/8', '#0', `#${turn.conversation}`, `#${conversation}/7`, '#', '', String(conversation)],
      ];
      expect(
        await world.store.receive(
          forged.map((chat) => desk(chat, 'halo')),
          NOON,
        ),
      ).toBe(0);
      expect(await world.store.claimTurns(NOON, 10)).toEqual([]);
      expect((await world.store.depths()).conversations).toBe(2);
    });

    test('is no line of the chat that the participant sees', async () => {
      const { conversation } = await ask();
      await talk(world.store, desk(`#${conversation}`, 'halo Bu'), {
        outgoing: [say('Petugas: halo Bu', { from: 'operator' })],
      });
      const lines = await world.store.history(sari, 0, 10);
      expect(lines.map(({ text }) => text)).toEqual(['bicara dengan orang', 'Petugas: halo Bu']);
      expect(await world.store.history({ channel: 'desk', chat: `#${conversation}` }, 0, 10)).toEqual([]);
    });

    test('forgets a topic that is gone, and takes a new one', async () => {
      const { conversation } = await ask();
      await world.store.keepTopic(conversation, TOPIC);
      await world.store.keepTopic(conversation, null);
      expect(await world.store.topic(conversation)).toBeNull();
      expect(await world.store.receive([desk(TOPIC, 'halo')], NOON)).toBe(0);
    });
  });

  describe('words of a person of ours', () => {
    const answer = async (text = 'halo Bu') => {
      await ask();
      await talk(world.store, message(sari, 'x'), { outgoing: [say(text, { from: 'operator' })] });
    };
    const told = async () => {
      const [turn] = await world.store.claimTurns(NOON + 1, 10);
      return turn?.event.kind === 'reminder' ? turn.event.reminder.requirement : null;
    };

    test('F54 that are given up make the conversation be told at once', async () => {
      await answer();
      const [row] = await world.store.claimOutgoing('telegram', NOON, 10);
      await world.store.markFailed(row!.id, 'invalid', null);
      expect(await told()).toBe(UNDELIVERED);
    });

    test('F54 that wait behind a block make it be told too, and what the request still has to do stays', async () => {
      await ask();
      await talk(world.store, message(sari, 'x'), {
        outgoing: [say('satu'), say('dua', { from: 'operator' })],
        remind: [
          { requirement: 'request', dueAt: NOON + DAY_MS, armedBy: 0 },
          { requirement: 'rating', dueAt: NOON + 2, armedBy: 1 },
        ],
      });
      const [row] = await world.store.claimOutgoing('telegram', NOON, 10);
      await Promise.all([
        world.store.markFailed(row!.id, 'blocked', null),
        world.store.markUnreachable(sari, NOON),
      ]);
      const turns = await world.store.claimTurns(NOON + 1, 10);
      expect(turns).toHaveLength(1);
      expect(turns[0]!.event).toMatchObject({ reminder: { requirement: UNDELIVERED } });
      await world.store.finishTurn(turns[0]!, result());
      expect(await world.store.nextReminderAt(NOON)).toBe(NOON + DAY_MS);
    });

    test('that arrive, and words of Pandu that do not, tell nobody anything', async () => {
      await answer();
      await sendAll(world.store);
      await talk(world.store, message(sari, 'y'), { outgoing: [say('dari Pandu')] });
      const [row] = await world.store.claimOutgoing('telegram', NOON, 10);
      await world.store.markFailed(row!.id, 'invalid', null);
      expect(await told()).toBeNull();
    });
  });

  describe('what is kept of a request', () => {
    test('P04 goes with the participant, and its topic is asked to be deleted', async () => {
      const { conversation } = await ask();
      await world.store.keepTopic(conversation, TOPIC);
      await post();
      await talk(world.store, message(sari, 'lagi'), { posts: [say('belum terkirim')] });
      await talk(world.store, message(sari, 'hapus'), {
        erase: true,
        outgoing: [say('selesai')],
        posts: [say('ya, hapus')],
        request: request({ state: 'closed' }),
      });
      expect(await world.store.requests()).toEqual([]);
      expect(await world.store.topic(conversation)).toBeNull();
      expect(await world.store.keepTopic(conversation, TOPIC)).toBe(false);
      expect(await world.store.receive([desk(TOPIC, 'halo'), desk(`#${conversation}`, 'halo')], NOON)).toBe(
        0,
      );
      expect(await post()).toEqual([`delete ${TOPIC}`]);
      expect(await sendAll(world.store)).toEqual(['selesai']);
      expect(await world.store.depths()).toMatchObject({ conversations: 0, outboxWaiting: 0 });
    });

    test('P04 of which nothing ever was at the desk goes without a word there', async () => {
      await ask();
      await talk(world.store, message(sari, 'hapus'), { erase: true });
      expect(await post()).toEqual([]);
      expect((await world.store.depths()).outboxWaiting).toBe(0);
    });

    const forget = (now: number) =>
      world.store.forgetOld({
        messagesBefore: now - 30 * DAY_MS,
        conversationsBefore: now - 180 * DAY_MS,
        seenBefore: now - 35 * DAY_MS,
        unresolvedBefore: now - DAY_MS,
        afterMessage: 0,
        afterConversation: 0,
        afterSeen: new Uint8Array(),
      });

    test('P09 goes when it was closed as long ago as messages are kept, and an open one stays', async () => {
      const { conversation } = await ask();
      await ask(budi);
      await world.store.keepTopic(conversation, TOPIC);
      await post();
      await talk(world.store, message(sari, 'batal'), {
        request: request({ state: 'closed', summary: null }),
      });
      await forget(NOON + 29 * DAY_MS);
      expect(await world.store.topic(conversation)).toBe(TOPIC);
      await forget(NOON + 31 * DAY_MS);
      expect(await world.store.topic(conversation)).toBeNull();
      expect(await post(NOON + 31 * DAY_MS)).toEqual([`delete ${TOPIC}`]);
      expect(await world.store.requests()).toMatchObject([{ address: budi }]);
    });

    test('P09 goes with a conversation that nobody came back to', async () => {
      const { conversation } = await ask();
      await world.store.keepTopic(conversation, TOPIC);
      await post();
      await forget(NOON + 200 * DAY_MS);
      expect(await world.store.requests()).toEqual([]);
      expect(await post(NOON + 200 * DAY_MS)).toEqual([`delete ${TOPIC}`]);
      expect((await world.store.depths()).conversations).toBe(0);
    });
  });
}
