import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUpdate } from '../../../src/channels/telegram/payload.ts';
import type { Saying } from '../../../src/message.ts';
import { connect, saying, textsIn } from '../../support/telegram/connected.ts';

const GROUP = '-1001700000001';

/** A channel with a desk, and what is kept of its topics. */
async function connectDesk() {
  const kept = new Map<number, string>();
  const gone = new Set<number>();
  const connected = await connect({
    desk: {
      group: GROUP,
      nameOf: (number) => `Peserta ${number}`,
      topics: {
        topic: async (number) => kept.get(number) ?? null,
        keepTopic: async (number, topic) => {
          if (gone.has(number)) return false;
          if (topic === null) kept.delete(number);
          else kept.set(number, topic);
          return true;
        },
      },
    },
  });
  const group = connected.telegram.group();
  const post = (number: number, text: string, more: Partial<Saying> = {}) =>
    connected.channel.desk!.send({ channel: 'desk', chat: String(number) }, { ...saying(text), ...more }, 1);
  await connected.channel.start();
  return { ...connected, group, kept, gone, post, desk: connected.channel.desk! };
}

test('a topic is made before the first message about a conversation, and used for all that follow', async () => {
  const { group, kept, post } = await connectDesk();
  await post(7, 'satu', { topic: 'opens' });
  await post(7, 'dua');
  await post(8, 'tiga');
  expect(group.topics().map(({ name, said }) => [name, said])).toEqual([
    ['Peserta 7', ['satu', 'dua']],
    ['Peserta 8', ['tiga']],
  ]);
  expect(kept.get(7)).toBe(`${GROUP}/${group.topics()[0]!.thread}`);
});

test('a topic is closed with the last message and opened again with the next request', async () => {
  const { group, post } = await connectDesk();
  await post(7, 'satu', { topic: 'opens' });
  await post(7, 'selesai', { topic: 'closes' });
  expect(group.topics()).toMatchObject([{ closed: true }]);
  await post(7, 'lagi', { topic: 'opens' });
  expect(group.topics()).toMatchObject([{ closed: false, said: ['satu', 'selesai', 'lagi'] }]);
});

test('a topic that somebody deleted is made anew at the next try', async () => {
  const { group, post } = await connectDesk();
  await post(7, 'satu');
  group.deletes(group.topics()[0]!.thread);
  await expect(post(7, 'dua')).rejects.toMatchObject({ failure: 'refused' });
  await post(7, 'dua');
  expect(group.topics()).toMatchObject([{ said: ['dua'] }]);
});

test('a topic of another group is not used for this one', async () => {
  const { group, kept, post } = await connectDesk();
  kept.set(7, '-1009999999999/1');
  await post(7, 'satu');
  expect(group.topics()).toMatchObject([{ said: ['satu'] }]);
});

test('without the right to manage topics nothing is given up, and the status says what is needed', async () => {
  const { group, post, statuses } = await connectDesk();
  group.makesAdmin(false);
  await expect(post(7, 'satu')).rejects.toMatchObject({ failure: 'refused' });
  expect(statuses.at(-1)).toMatchObject({ state: 'waiting' });
  expect(statuses.at(-1)!.reason).toContain('administrator');
  group.makesAdmin(true);
  await post(7, 'satu');
  expect(group.topics()).toMatchObject([{ said: ['satu'] }]);
});

test('P04 the topic of somebody who is erased is deleted, also when it was just being made', async () => {
  const { group, post, gone, desk } = await connectDesk();
  await post(7, 'satu');
  const { thread } = group.topics()[0]!;
  await desk.send({ channel: 'desk', chat: '7' }, { kind: 'delete', messageId: `${GROUP}/${thread}` }, 2);
  gone.add(8);
  await post(8, 'dua');
  expect(group.topics()).toEqual([]);
});

test('F52 a pause that the group is asked to make is not made by the participants’ chats', async () => {
  const { telegram, channel, post } = await connectDesk();
  const siti = telegram.participant();
  siti.says('halo');
  await post(7, 'satu');
  telegram.faults.next('sendMessage', {
    error_code: 429,
    description: 'Too Many Requests: retry after 30',
    parameters: { retry_after: 30 },
  });
  await expect(post(7, 'dua')).rejects.toMatchObject({ failure: 'throttled' });
  await channel.send({ channel: 'telegram', chat: siti.chat }, saying('jawaban'), 3);
  await expect(post(7, 'dua')).rejects.toMatchObject({ failure: 'throttled' });
});

test('what people write in a topic comes in for the desk: words, and what is not passed on without its words', async () => {
  const { group, intake, post } = await connectDesk();
  await post(7, 'satu');
  const { thread } = group.topics()[0]!;
  const written = group.writes(thread, 'Halo Bu');
  group.sends(thread, 'photo');
  group.sends(thread, 'sticker');
  group.edits(written, 'Halo Ibu');
  group.writes(thread, '/bantuan');
  group.writes(thread, '/selesai@pandu_test_bot');
  group.closes(thread);
  // Leave nothing: outside topics, what the bot or the platform says.
  group.writes(null, 'halo semua');
  group.writes(thread, 'dari bot', { from: { id: 5, is_bot: true, first_name: 'Bot' } });
  group.writes(thread, 'x', { text: undefined, pinned_message: {} });
  group.writes(thread, 'tanpa nama', { from: { id: 1, is_bot: true }, sender_chat: { id: Number(GROUP) } });
  await expect.poll(() => textsIn(intake).at(-1)).toBe('tanpa nama');
  expect(intake.received.map(({ channel, chat }) => `${channel} ${chat}`)).toEqual(
    Array.from({ length: 8 }, () => `desk ${GROUP}/${thread}`),
  );
  expect(intake.received.map(({ kind, text }) => [kind, text])).toEqual([
    ['desk', 'Halo Bu'],
    ['desk-other', ''],
    ['desk-other', ''],
    ['desk-edit', ''],
    ['desk-other', ''],
    ['handed-back', ''],
    ['handed-back', ''],
    ['desk', 'tanpa nama'],
  ]);
  expect(new Set(intake.received.map(({ messageId }) => messageId)).size).toBe(8);
});

test('S21 S36 nobody outside the group speaks for the desk, whatever thread they claim', () => {
  const from = { id: 9, is_bot: false, first_name: 'X' };
  const base = { message_id: 1, date: 1, text: 'OTP?', from, message_thread_id: 5, is_topic_message: true };
  const elsewhere = [
    { id: 9, type: 'private' },
    { id: -1001700000002, type: 'supergroup' },
    { id: Number(GROUP) + 0.5, type: 'supergroup' },
    { type: 'supergroup' },
  ];
  for (const chat of elsewhere)
    expect(readUpdate({ message: { ...base, chat } }, 0, GROUP)?.incoming.channel).not.toBe('desk');
  const chat = { id: Number(GROUP), type: 'supergroup' };
  expect(readUpdate({ message: { ...base, chat } }, 0, GROUP)?.incoming.channel).toBe('desk');
  expect(readUpdate({ message: { ...base, chat } }, 0, null)).toBeNull();
  expect(readUpdate({ message: { ...base, chat, is_topic_message: undefined } }, 0, GROUP)).toBeNull();
  const query = { id: '1', from, data: 'c:menu:1', message: { ...base, chat } };
  expect(readUpdate({ callback_query: query }, 0, GROUP)).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, two) => {
      const message = { ...base, chat, from: one, message_thread_id: two, sender_chat: one };
      const read = readUpdate({ message }, 0, GROUP);
      if (read !== null) expect(read.incoming.channel).toBe('desk');
    }),
    { numRuns: 200 },
  );
});

test('S31 a failure at the desk leaves neither the token nor words in the log', async () => {
  const { group, post, statuses, telegram, log } = await connectDesk();
  group.makesAdmin(false);
  await expect(post(7, 'rahasia peserta')).rejects.toThrow();
  const said = JSON.stringify(statuses) + log.lines.join();
  expect(said).not.toContain(telegram.token);
  expect(said).not.toContain('rahasia');
});
