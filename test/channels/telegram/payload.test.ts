import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readUpdate } from '../../../src/channels/telegram/payload.ts';
import { CONTENT, type ContentKind } from '../../support/telegram/payloads.ts';

const FROM = { id: 42, is_bot: false, first_name: 'Siti', language_code: 'id' };
const CHAT = { id: 42, type: 'private', first_name: 'Siti' };
const NOW = 1_790_000_000_000;

function message(content: object, over: object = {}): object {
  return {
    update_id: 1,
    message: { message_id: 7, date: 1_789_999_999, chat: CHAT, from: FROM, ...content, ...over },
  };
}
const read = (update: unknown) => readUpdate(update, NOW)?.incoming ?? null;

describe('what leaves nothing behind', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an empty update', {}],
    ['a message without a chat', { update_id: 1, message: { message_id: 1, from: FROM, text: 'x' } }],
    ['a message without a sender', message({ text: 'x' }, { from: undefined })],
    ['a message whose id is no number', message({ text: 'x' }, { message_id: '7' })],
    ['F83 a group', message({ text: 'x' }, { chat: { id: -100, type: 'supergroup' } })],
    [
      'F83 a channel',
      { update_id: 1, channel_post: { message_id: 1, date: 1, chat: { id: -1, type: 'channel' } } },
    ],
    ['F83 another bot', message({ text: 'x' }, { from: { ...FROM, is_bot: true } })],
    ['a notice about the chat', message(CONTENT.auto_delete)],
    [
      'a moving location',
      {
        update_id: 1,
        edited_message: {
          message_id: 7,
          date: 1,
          edit_date: 2,
          chat: CHAT,
          from: FROM,
          ...CONTENT.live_location,
        },
      },
    ],
    [
      'a press without data',
      {
        update_id: 1,
        callback_query: { id: '9', from: FROM, message: { chat: CHAT, message_id: 3, date: 1 } },
      },
    ],
    [
      'a press on an inline message',
      { update_id: 1, callback_query: { id: '9', from: FROM, inline_message_id: 'x', data: 'ya' } },
    ],
    [
      'a member of a group',
      {
        update_id: 1,
        my_chat_member: {
          chat: { id: -5, type: 'group' },
          from: FROM,
          date: 1,
          new_chat_member: { status: 'kicked' },
        },
      },
    ],
    [
      'a membership nobody knows',
      {
        update_id: 1,
        my_chat_member: { chat: CHAT, from: FROM, date: 1, new_chat_member: { status: 'enchanted' } },
      },
    ],
  ])('%s is ignored', (_, update) => {
    expect(readUpdate(update, NOW)).toBeNull();
  });

  test('S27 any JSON at all is read without throwing', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }),
        fc.constantFrom('message', 'edited_message', 'callback_query', 'my_chat_member'),
        (value, kind) => {
          readUpdate({ update_id: 1, [kind]: value }, NOW);
          readUpdate(
            {
              update_id: 1,
              [kind]: {
                chat: CHAT,
                from: FROM,
                message: { chat: CHAT },
                message_id: value,
                data: value,
                id: value,
                text: value,
                date: value,
              },
            },
            NOW,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

test.each<[ContentKind, string]>([
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['video_note', 'video'],
  ['sticker', 'sticker'],
  ['photo', 'photo'],
  ['video', 'video'],
  ['animation', 'video'],
  ['document', 'document'],
  ['location', 'location'],
  ['live_location', 'location'],
  ['venue', 'location'],
  ['contact', 'contact'],
  ['poll', 'poll'],
  ['dice', 'other'],
  ['game', 'other'],
  ['story', 'other'],
])('a %s arrives as %s, with its caption and nothing else of it', (content, kind) => {
  expect(read(message({ ...CONTENT[content], caption: 'ini ya' }))).toEqual({
    channel: 'telegram',
    chat: '42',
    sender: '42',
    messageId: 'm7',
    kind,
    text: 'ini ya',
    choice: null,
    language: 'id',
    sentAt: 1_789_999_999_000,
  });
});

test('a kind of message that Telegram invents tomorrow is "other", never silence', () => {
  expect(read(message({ hologram: { depth: 3 } }))).toMatchObject({ kind: 'other', text: '' });
});

test.each([
  ['/start', '/start'],
  ['/start abc-123_X', '/start abc-123_X'],
  ['/start@pandu_bot abc', '/start abc'],
  ['/menu@pandu_bot', '/menu'],
  ['surel saya a@b.id', 'surel saya a@b.id'],
  ['\ud800halo', '\ufffdhalo'],
])('the text %j arrives as %j', (text, arrives) => {
  expect(read(message({ text }))).toMatchObject({ kind: 'text', text: arrives });
});

test.each([
  ['id', 'id'],
  ['id-ID', 'id'],
  ['en', 'en'],
  ['ms', 'en'],
  ['idx', 'en'],
  [undefined, null],
  ['', null],
  [7, null],
])('the language code %j is a hint for %j', (language_code, language) => {
  expect(read(message({ text: 'halo' }, { from: { ...FROM, language_code } }))?.language).toBe(language);
});

test('F21 an edit is a new fact with an id of its own, distinct for each edit', () => {
  const edit = (edit_date: number) =>
    read({
      update_id: 1,
      edited_message: { message_id: 7, date: 1, edit_date, chat: CHAT, from: FROM, text: 'sudah' },
    });
  expect(edit(20)).toMatchObject({ kind: 'edit', messageId: 'e7.20', text: 'sudah', sentAt: 20_000 });
  expect(edit(21)?.messageId).toBe('e7.21');
});

test('S21 F20 a press carries its data, even when its message is out of reach or the data was forged', () => {
  const press = (data: string, over: object = {}) =>
    read({
      update_id: 1,
      callback_query: {
        id: '4711',
        from: FROM,
        chat_instance: '1',
        message: { chat: CHAT, message_id: 3, date: 0 },
        data,
        ...over,
      },
    });
  expect(press('q:sertifikat:3')).toMatchObject({
    kind: 'choice',
    choice: 'q:sertifikat:3',
    text: '',
    messageId: 'q4711',
    sentAt: NOW,
  });
  expect(press('x'.repeat(5000))?.choice).toBe('x'.repeat(64));
  expect(press('\ud83d')?.choice).toBe('\ufffd');
  expect(press('ya', { from: { ...FROM, is_bot: true } })).toBeNull();
});

test('S21 a press never speaks for another chat than the one it happened in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (data) => {
      const update = {
        update_id: 1,
        callback_query: { id: '1', from: FROM, message: { chat: CHAT, message_id: 3, date: 1 }, data },
      };
      const incoming = read(update)!;
      expect([incoming.chat, incoming.sender, incoming.text]).toEqual(['42', '42', '']);
      expect(incoming.choice!.isWellFormed()).toBe(true);
    }),
  );
});

test.each([
  ['kicked', 'left'],
  ['member', 'returned'],
])('F53 a participant who becomes "%s" has "%s"', (status, kind) => {
  const update = {
    update_id: 1,
    my_chat_member: {
      chat: CHAT,
      from: FROM,
      date: 99,
      old_chat_member: { status: 'x' },
      new_chat_member: { status },
    },
  };
  expect(read(update)).toMatchObject({ kind, messageId: `${kind}.99`, sentAt: 99_000 });
});
