import { expect, test } from 'vitest';
import { sizeOfCard } from '../../../src/card/draw.ts';
import { partsOf } from '../../../src/channels/telegram/parts.ts';
import type { Saying, SpokenText } from '../../../src/message.ts';
import { someSaying } from '../../support/cards.ts';
import { shippedKnowledge } from '../../support/conversation.ts';
import { readPng } from '../../support/png.ts';
import { addressOf, type Connected, connect, connectTo, saying } from '../../support/telegram/connected.ts';
import type { Participant } from '../../support/telegram/participant.ts';

const PICTURED = someSaying(shippedKnowledge());
const { width, height } = sizeOfCard(PICTURED.picture);
const SIZE = { width: 2 * width, height: 2 * height };

async function talking(
  options: Parameters<typeof connect>[0] = {},
): Promise<Connected & { siti: Participant; known: string[] }> {
  // A picture may take its time on a machine that does other things as well.
  const connected = await connect({ timing: { sendTimeoutMs: 5_000 }, ...options });
  const siti = connected.telegram.participant();
  siti.says('halo');
  await connected.channel.start();
  await expect.poll(() => connected.intake.received.length).toBe(1);
  return { ...connected, siti, known: [`m${siti.messages()[0]!.id}`] };
}

test('a picture is sent as a photo, whole, with its words below it', async () => {
  const { telegram, channel, siti } = await talking();
  const id = await channel.send(addressOf(siti), PICTURED, 1);
  expect(siti.heard()).toMatchObject([{ id: Number(id), text: PICTURED.text, photo: SIZE, buttons: [] }]);
  const { photo } = telegram.calls('sendPhoto')[0]!.params;
  expect(readPng(photo as Uint8Array)).toMatchObject(SIZE);
});

test('S15 words below a picture stay words, whatever they hold', async () => {
  const { telegram, channel, siti } = await talking();
  const text = '[halo](tg://user?id=1) *tebal* {"a":1}' as SpokenText;
  await channel.send(addressOf(siti), { ...PICTURED, text }, 1);
  expect(siti.heard()[0]!.text).toBe(text);
  expect(telegram.calls('sendPhoto')[0]!.params.parse_mode).toBeUndefined();
});

test('words too long for a caption follow in a message of their own, with the buttons', async () => {
  const { channel, siti } = await talking();
  const long: Saying = { ...saying('kata '.repeat(300), [['q:1', 'Sudah']]), picture: PICTURED.picture };
  const id = await channel.send(addressOf(siti), long, 1);
  expect(siti.heard()).toMatchObject([
    { text: '', photo: SIZE, buttons: [] },
    { id: Number(id), text: long.text.trim(), buttons: [['Sudah']] },
  ]);
});

test('buttons of a short message stand below the photo', async () => {
  const { channel, siti } = await talking();
  await channel.send(
    addressOf(siti),
    { ...saying('Sudah?', [['q:1', 'Sudah']]), picture: PICTURED.picture },
    1,
  );
  expect(siti.heard()).toMatchObject([{ text: 'Sudah?', photo: SIZE, buttons: [['Sudah']] }]);
});

test('a picture that cannot be drawn leaves its words', async () => {
  const { channel, siti, log } = await talking({
    pictures: {
      draw: () => Promise.reject(new Error('no engine')),
      sizeOf: () => ({ width: 1, height: 1 }),
    },
  });
  await channel.send(addressOf(siti), PICTURED, 1);
  expect(siti.heard().map(({ text, photo }) => [text, photo])).toEqual([[PICTURED.text, undefined]]);
  expect(log.lines.join()).toContain('no engine');
});

test.each([
  { error_code: 400, description: 'Bad Request: IMAGE_PROCESS_FAILED' },
  { error_code: 413, description: 'Request Entity Too Large' },
])('a picture that Telegram refuses ($description) leaves its words', async (refusal) => {
  const { telegram, channel, siti } = await talking();
  telegram.faults.next('sendPhoto', refusal);
  await channel.send(addressOf(siti), PICTURED, 1);
  expect(siti.heard().map(({ text, photo }) => [text, photo])).toEqual([[PICTURED.text, undefined]]);
});

test('F52 a pause that Telegram asks for is obeyed, and the picture is sent after it', async () => {
  const { telegram, channel, siti } = await talking();
  telegram.faults.next('sendPhoto', {
    error_code: 429,
    description: 'Too Many Requests: retry after 0',
    parameters: { retry_after: 0 },
  });
  await expect(channel.send(addressOf(siti), PICTURED, 1)).rejects.toMatchObject({ failure: 'throttled' });
  await channel.send(addressOf(siti), PICTURED, 1);
  expect(siti.heard()).toMatchObject([{ photo: SIZE }]);
});

test.each(['drop-after', 'html502-after'] as const)(
  'F11 F57 a picture whose answer was lost (%s) is found by its caption and not sent again',
  async (fault) => {
    const { telegram, channel, siti, known } = await talking();
    telegram.faults.next('sendPhoto', fault);
    await expect(channel.send(addressOf(siti), PICTURED, 1)).rejects.toMatchObject({ failure: 'unknown' });
    const [arrived] = siti.heard();
    expect(await channel.resolve!(addressOf(siti), PICTURED, known)).toBe(String(arrived!.id));
    expect(siti.heard()).toEqual([arrived]);
  },
);

test('F57 a picture that never arrived is known not to have, and its words go alone at the next try', async () => {
  const { telegram, channel, siti, known } = await talking();
  telegram.faults.next('sendPhoto', 'drop');
  await expect(channel.send(addressOf(siti), PICTURED, 1)).rejects.toMatchObject({ failure: 'unknown' });
  expect(await channel.resolve!(addressOf(siti), PICTURED, known)).toBeNull();
  await channel.send(addressOf(siti), PICTURED, 1);
  expect(siti.heard().map(({ text, photo }) => [text, photo])).toEqual([[PICTURED.text, undefined]]);
});

test('F11 a picture is found after a restart, and words of the chat are not taken for it', async () => {
  const talk = await talking();
  const { telegram, channel, siti, known } = talk;
  telegram.faults.next('sendPhoto', 'drop-after');
  await expect(channel.send(addressOf(siti), PICTURED, 1)).rejects.toMatchObject({ failure: 'unknown' });
  const lost = siti.heard().at(-1)!;
  await channel.stop();
  const next = connectTo(telegram, { intake: talk.intake });
  await next.channel.start();
  siti.says('halo?');
  await expect.poll(() => talk.intake.received.length).toBeGreaterThanOrEqual(2);
  expect(await next.channel.resolve!(addressOf(siti), PICTURED, known)).toBe(String(lost.id));
  expect(siti.heard()).toEqual([lost]);
  await next.channel.stop();
});

test('the parts of a message with a picture', () => {
  expect(partsOf('Halo', false)).toEqual([{ kind: 'text', words: 'Halo' }]);
  expect(partsOf('Halo', true)).toEqual([{ kind: 'photo', words: 'Halo' }]);
  expect(partsOf('', true)).toEqual([{ kind: 'photo', words: '' }]);
  const long = 'a'.repeat(1025);
  expect(partsOf(long, true)).toEqual([
    { kind: 'photo', words: '' },
    { kind: 'text', words: long },
  ]);
});
