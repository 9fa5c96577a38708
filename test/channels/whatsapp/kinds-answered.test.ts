import type { proto } from '@whiskeysockets/baileys';
import { expect, it } from 'vitest';
import { shippedKnowledge } from '../../support/conversation.ts';
import { startLinked } from '../../support/linked.ts';
import { contents } from '../../support/whatsapp/contents.ts';
import type { Participant } from '../../support/whatsapp/participant.ts';
import { settled } from '../../support/whatsapp-store.ts';

const words = shippedKnowledge().words.id;
const say = (id: string): string => {
  const text = words.get(id);
  if (text === undefined) throw new Error(`flows/id has no ${id}`);
  return text;
};

type Place = { chat: string; id: string; fromClient: boolean };

/** Answered once each, and with what. */
const ANSWERED: readonly (readonly [string, (place: Place) => proto.IMessage, string])[] = [
  ['voice', contents.voice, say('say.cannot-read.voice')],
  ['sticker', contents.sticker, say('say.cannot-read.sticker')],
  ['picture', () => contents.image(), say('say.cannot-read.photo')],
  ['picture to be seen once', () => contents.viewOnce(contents.image()), say('say.cannot-read.photo')],
  ['video', () => contents.video(), say('say.cannot-read.video')],
  ['document', () => contents.document(), say('say.cannot-read.document')],
  ['place', contents.location, say('say.cannot-read.location')],
  ['contact', contents.contact, say('say.cannot-read.contact')],
  ['poll', () => contents.poll('Makan apa?', ['nasi', 'mi']), say('say.cannot-read.poll')],
  ['edit', (place) => contents.edit(place, 'sudah'), say('say.cannot-read.edit')],
  ['invitation', () => ({ groupInviteMessage: { groupName: 'x' } }), say('say.cannot-read.other')],
  ['empty', () => contents.plain(''), say('say.cannot-read.empty')],
  ['only zero-width', () => contents.plain('\u200b\u2060\u202e'), say('say.cannot-read.empty')],
  ['65,000 characters', () => contents.plain('x'.repeat(65_000)), say('say.cannot-read.long')],
  ['emoji', () => contents.plain('🙏🏽👨‍👩‍👧'), ''],
  ['right to left', () => contents.plain('\u202eSTATUS\u202c'), ''],
  ['half characters', () => contents.plain('\ud83d STATUS \ude42'), ''],
  ['picture with words', () => contents.image('STATUS'), 'Semua langkah'],
  ['document with words', () => contents.document('STATUS'), 'Semua langkah'],
  ['video with words', () => contents.video('STATUS'), 'Semua langkah'],
  ['extended', () => contents.extended('STATUS'), 'Semua langkah'],
  ['disappearing', () => contents.disappearing(contents.extended('STATUS')), 'Semua langkah'],
  ['answer to something', (place) => contents.quoting('STATUS', place, 'Sudah?'), 'Semua langkah'],
  ['button of another bot', () => contents.buttonReply('x', 'STATUS'), 'Semua langkah'],
  ['row of a list', () => contents.listReply('x', 'STATUS'), 'Semua langkah'],
];

const UNANSWERED: readonly (readonly [string, (place: Place) => proto.IMessage])[] = [
  ['reaction', (place) => contents.reaction(place, '👍')],
  ['reaction taken back', (place) => contents.reaction(place, '')],
  ['deletion', (place) => contents.revoke(place)],
  ['vote', (place) => contents.pollVote(place)],
  ['setting', () => contents.disappearingSetting(86_400)],
  ['sender key', () => contents.senderKeyOnly('120363000000000001@g.us')],
];

it('F21 every kind of message is answered once and with what fits it, and what waits for no answer gets none', async () => {
  const linked = await startLinked();
  const { server } = linked;
  const begin = async (): Promise<[Participant, Place]> => {
    const participant = server.participant();
    const id = await participant.send('halo');
    await participant.waitFor(2, 15_000);
    return [participant, { chat: participant.lid, id, fromClient: false }];
  };
  const people = await Promise.all([...ANSWERED, ...UNANSWERED].map(begin));
  await settled(linked);
  const unanswered = people.slice(ANSWERED.length);
  await Promise.all(
    UNANSWERED.map(([, make], index) => unanswered[index]![0].send(make(unanswered[index]![1]))),
  );
  await Promise.all(ANSWERED.map(([, make], index) => people[index]![0].send(make(people[index]![1]))));
  for (const [index, [name, , expected]] of ANSWERED.entries()) {
    const [participant] = people[index]!;
    expect((await participant.waitFor(3, 15_000)).text, name).toContain(expected);
  }
  // Whoever reacted and then writes is answered: nothing of it stands in the way.
  await unanswered[0]![0].send('STATUS');
  await unanswered[0]![0].waitFor(4);
  await settled(linked);
  for (const [index, [name]] of ANSWERED.entries()) {
    const { texts } = people[index]![0];
    // A status is followed by the question that stands open.
    expect(texts, name).toHaveLength(texts[2]!.includes('Semua langkah') ? 4 : 3);
  }
  for (const [index, [name]] of UNANSWERED.entries()) {
    expect(unanswered[index]![0].texts, name).toHaveLength(index === 0 ? 4 : 2);
  }
}, 60_000);
