import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressOf,
  type Connected,
  connect,
  saying,
  standingClock,
} from '../../support/telegram/connected.ts';
import type { Participant } from '../../support/telegram/participant.ts';

async function talking(
  options: Parameters<typeof connect>[0] = {},
): Promise<Connected & { siti: Participant }> {
  const connected = await connect(options);
  const siti = connected.telegram.participant();
  siti.says('halo');
  return { ...connected, siti };
}

test.each(['', ' \n ', '\u200b'])(
  'F84 the empty text %j never leaves, and is called invalid',
  async (text) => {
    const { telegram, channel, siti } = await talking();
    await expect(channel.send(addressOf(siti), saying(text), 1)).rejects.toMatchObject({
      failure: 'invalid',
    });
    expect(telegram.calls('sendMessage')).toEqual([]);
  },
);

test('a reply arrives as plain text with its buttons, no link preview, and gives back its id', async () => {
  const { telegram, channel, siti } = await talking();
  const id = await channel.send(
    addressOf(siti),
    saying('Sudah? Lihat https://www.prakerja.go.id/faq', [
      ['q:1:0', 'Sudah'],
      ['q:1:1', 'Belum'],
    ]),
    1,
  );
  expect(siti.heard()).toEqual([
    {
      id: Number(id),
      from: 'bot',
      text: 'Sudah? Lihat https://www.prakerja.go.id/faq',
      buttons: [['Sudah', 'Belum']],
      edited: false,
    },
  ]);
  const { params } = telegram.calls('sendMessage')[0]!;
  expect(params).toMatchObject({ link_preview_options: { is_disabled: true } });
  expect(Object.keys(params).sort()).toEqual(['chat_id', 'link_preview_options', 'reply_markup', 'text']);
});

test('S15 F56 whatever the text is, it arrives as that text, without parse mode and without entities', async () => {
  const { telegram, channel, siti } = await talking();
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.constantFrom(
      '<b>tebal</b>',
      '*a_b`c[d](tg://user?id=1)',
      '&lt;',
      '</pre>',
      '\u202eRTL\u200f',
      '@siti /start #x',
      'a\u0301'.repeat(50),
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(nasty, { minLength: 1, maxLength: 4 }), async (pieces) => {
      const text = `x ${pieces.join(' ')}`;
      const id = await channel.send(addressOf(siti), saying(text), 1);
      expect(siti.heard().find((message) => message.id === Number(id))!.text).toBe(text.trim());
      const { params } = telegram.calls('sendMessage').at(-1)!;
      expect(params).not.toHaveProperty('parse_mode');
      expect(params).not.toHaveProperty('entities');
    }),
    { numRuns: 60 },
  );
});

test('F84 a text beyond the limit arrives in parts, in order, with the buttons under the last', async () => {
  const { channel, siti } = await talking();
  const paragraphs = ['satu ', 'dua ', 'tiga '].map((word) => word.repeat(600).trim());
  await channel.send(addressOf(siti), saying(paragraphs.join('\n\n'), [['ya', 'Ya']]), 1);
  expect(siti.heard().map(({ text, buttons }) => [text, buttons.flat()])).toEqual([
    [paragraphs[0], []],
    [paragraphs[1], []],
    [paragraphs[2], ['Ya']],
  ]);
});

test.each([
  [
    { error_code: 429, description: 'Too Many Requests: retry after 0', parameters: { retry_after: 0 } },
    'throttled',
  ],
  ['drop', 'unknown'],
  [{ error_code: 403, description: "Forbidden: bot can't send messages to the user" }, 'refused'],
] as const)(
  'F12 when the second part fails with %j, the next try goes on with the second part',
  async (fault, failure) => {
    const { telegram, channel, siti } = await talking();
    const text = `${'a'.repeat(4000)}\n\n${'b'.repeat(4000)}\n\n${'c'.repeat(100)}`;
    let sends = 0;
    telegram.faults.when('sendMessage', () => (++sends === 2 ? fault : null));
    await expect(channel.send(addressOf(siti), saying(text, [['ya', 'Ya']]), 1)).rejects.toMatchObject({
      failure,
    });
    expect(siti.heard()).toHaveLength(1);
    await channel.send(addressOf(siti), saying(text, [['ya', 'Ya']]), 1);
    expect(siti.heard().map((message) => message.text[0])).toEqual(['a', 'b', 'c']);
    // All of it arrived: the same words a third time are a new message.
    await channel.send(addressOf(siti), saying(text, [['ya', 'Ya']]), 1);
    expect(siti.heard()).toHaveLength(6);
  },
);

test('S07 the participant’s message with a secret in it is deleted', async () => {
  const { channel, siti } = await talking();
  const secret = siti.says('[nomor]');
  expect(
    await channel.send(addressOf(siti), { kind: 'delete', messageId: `m${secret.message_id}` }, 1),
  ).toBeNull();
  expect(siti.messages().map(({ text }) => text)).toEqual(['halo']);
  const edited = siti.edits(siti.says('ya'), '[kode]');
  await channel.send(
    addressOf(siti),
    {
      kind: 'delete',
      messageId: `e${edited.message_id}.${edited.edit_date}`,
    },
    1,
  );
  expect(siti.messages().map(({ text }) => text)).toEqual(['halo']);
});

test.each(['m999999', 'q4711', 'left.5', 'nonsense'])(
  'deleting %s, which cannot be deleted, is done with',
  async (messageId) => {
    const { channel, siti } = await talking();
    expect(await channel.send(addressOf(siti), { kind: 'delete', messageId }, 1)).toBeNull();
  },
);

test.each([
  ['drop', 'unknown'],
  [{ error_code: 429, description: 'Too Many', parameters: { retry_after: 2 } }, 'throttled'],
  [{ error_code: 401, description: 'Unauthorized' }, 'unauthorised'],
] as const)('a deletion that ends in %j may be tried again', async (fault, failure) => {
  const { telegram, channel, siti } = await talking();
  telegram.faults.next('deleteMessage', fault);
  await expect(channel.send(addressOf(siti), { kind: 'delete', messageId: 'm1' }, 1)).rejects.toMatchObject({
    failure,
  });
});

test('typing is shown once in four seconds per chat, and never disturbs', async () => {
  const clock = standingClock();
  const { telegram, channel, siti } = await talking({ clock });
  const budi = telegram.participant();
  budi.says('halo');
  telegram.faults.next('sendChatAction', 'drop');
  channel.typing!(addressOf(siti));
  channel.typing!(addressOf(siti));
  channel.typing!(addressOf(budi));
  clock.move(3_999);
  channel.typing!(addressOf(siti));
  await expect.poll(() => telegram.calls('sendChatAction').length).toBe(2);
  clock.move(1);
  channel.typing!(addressOf(siti));
  await expect.poll(() => siti.sees).toBe('typing');
  expect(telegram.calls('sendChatAction')).toHaveLength(3);
});

test('F52 a pause that Telegram asked for on any call holds for every send and every notice', async () => {
  const clock = standingClock();
  const { telegram, channel, siti } = await talking({ clock });
  telegram.faults.next('sendChatAction', {
    error_code: 429,
    description: 'Too Many',
    parameters: { retry_after: 7 },
  });
  channel.typing!(addressOf(siti));
  await expect.poll(() => telegram.calls('sendChatAction').length).toBe(1);
  await expect
    .poll(async () => channel.send(addressOf(siti), saying('a'), 1).catch((error) => error.retryAfterMs))
    .toBe(7_000);
  const sends = telegram.calls('sendMessage').length;
  clock.move(6_000);
  channel.typing!(addressOf(siti));
  await expect(channel.send(addressOf(siti), saying('b'), 1)).rejects.toMatchObject({
    failure: 'throttled',
    retryAfterMs: 1_000,
  });
  expect(telegram.calls('sendMessage')).toHaveLength(sends);
  clock.move(1_000);
  await channel.send(addressOf(siti), saying('c'), 1);
  expect(siti.heard().at(-1)!.text).toBe('c');
  expect(telegram.calls('sendChatAction')).toHaveLength(1);
});
