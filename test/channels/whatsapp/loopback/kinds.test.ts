import { getContentType, normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import { expect, test } from 'vitest';
import { contents } from '../../../support/whatsapp/contents.ts';
import { textOf } from '../../../support/whatsapp/mailbox.ts';
import { newsletterPost } from '../../../support/whatsapp/newsletter.ts';
import { linkedServer } from './linked.ts';

const linked = linkedServer();
const place = { chat: '1@lid', id: 'ABC', fromClient: true };

test.each<[string, proto.IMessage, string]>([
  ['conversation', contents.plain('halo'), 'halo'],
  ['extendedTextMessage', contents.extended('halo'), 'halo'],
  ['extendedTextMessage', contents.quoting('halo', place, 'apa?'), 'halo'],
  ['extendedTextMessage', contents.disappearing(contents.extended('halo')), 'halo'],
  ['imageMessage', contents.viewOnce(contents.image('foto')), 'foto'],
  ['imageMessage', contents.image(), ''],
  ['videoMessage', contents.video('video'), 'video'],
  ['documentMessage', contents.document('berkas'), 'berkas'],
  ['audioMessage', contents.voice(), ''],
  ['stickerMessage', contents.sticker(), ''],
  ['locationMessage', contents.location(), ''],
  ['contactMessage', contents.contact(), ''],
  ['reactionMessage', contents.reaction(place, '👍'), ''],
  ['protocolMessage', contents.edit(place, 'baru'), 'baru'],
  ['protocolMessage', contents.revoke(place), ''],
  ['protocolMessage', contents.disappearingSetting(86_400), ''],
  ['pollCreationMessageV3', contents.poll('Kapan?', ['Hari ini', 'Besok']), ''],
  ['pollUpdateMessage', contents.pollVote(place), ''],
  ['buttonsResponseMessage', contents.buttonReply('ya', 'Ya'), ''],
  ['listResponseMessage', contents.listReply('satu', 'Satu'), ''],
])('a %s arrives as it was sent', async (kind, content, text) => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  const id = await siti.send(content);
  const message = await client.message((one) => one.key.id === id);
  const arrived = normalizeMessageContent(message.message ?? undefined);
  expect(getContentType(arrived)).toBe(kind);
  expect(textOf(arrived)).toBe(text);
});

test("what the owner types on the phone arrives as the client's own message", async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  const id = await linked.server.phone.type(siti, 'saya bantu ya');
  expect(await client.message((one) => one.key.id === id)).toMatchObject({
    key: { remoteJid: siti.lid, remoteJidAlt: siti.phone, fromMe: true },
    message: { conversation: 'saya bantu ya' },
  });
  expect(client.messages.find(({ message }) => message.key.id === id)?.type).toBe('notify');
  expect(siti.inbox).toMatchObject([{ id, text: 'saya bantu ya', typedByOwner: true }]);
  await linked.server.until(() => linked.server.waiting.length === 0, 'the receipt');
});

test.each([
  [{}, 'lid', 'phone'],
  [{ withAlternative: false }, 'lid', undefined],
  [{ as: 'phone' }, 'phone', 'lid'],
  [{ as: 'phone', withAlternative: false }, 'phone', undefined],
] as const)(
  'a message sent with %j is addressed by %s, with %s beside it',
  async (options, address, other) => {
    const client = await linked.opened();
    const siti = linked.server.participant();
    const id = await siti.send('halo', options);
    const { key } = await client.message((one) => one.key.id === id);
    expect([key.remoteJid, key.remoteJidAlt]).toEqual([siti[address], other && siti[other]]);
    await client.socket.sendMessage(key.remoteJid ?? '', { text: 'halo juga' });
    expect(await siti.waitFor(1)).toMatchObject({ text: 'halo juga' });
  },
);

test('groups, statuses and channels arrive under their own addresses', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  const group = '120363111111111111@g.us';
  const first = await siti.send('di grup', { group });
  const second = await siti.send('di grup lagi', { group });
  const status = await siti.send('status', { group: 'status@broadcast' });
  for (const id of [first, second]) {
    const { key } = await client.message((one) => one.key.id === id && one.message !== undefined);
    expect(key).toMatchObject({ remoteJid: group, participant: siti.lid, participantAlt: siti.phone });
  }
  expect((await client.message((one) => one.key.id === status)).message?.conversation).toBe('status');
  const post = newsletterPost('kabar', Date.now());
  linked.server.write(post);
  expect((await client.message((one) => one.key.id === post.attrs.id)).key.remoteJid).toMatch(/@newsletter$/);
  await linked.server.until(() => linked.server.waiting.length === 0, 'the receipts');
});

test('a message that never comes is a stub, which the phone can fill in', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  const id = siti.sendUnavailable();
  expect((await client.message((one) => one.key.id === id)).messageStubType).toBe(2);
  await linked.server.phone.tellMissing({ chat: siti.lid, id, text: 'ini isinya', at: Date.now() });
  await client.message((one) => one.key.id === id && one.message?.conversation === 'ini isinya');
  await linked.server.until(() => linked.server.waiting.length === 0, 'the receipts');
});

test('the phone shares old chats, and they are not new messages', async () => {
  const client = await linked.opened({ shouldSyncHistoryMessage: () => true });
  const history = Promise.withResolvers<string[]>();
  client.socket.ev.on('messaging-history.set', ({ messages }) => {
    history.resolve(messages.map((one) => one.message?.conversation ?? ''));
  });
  const siti = linked.server.participant();
  await linked.server.phone.shareHistory([
    { chat: siti.lid, id: 'OLD', text: 'dulu', at: Date.now() - 86_400_000 },
  ]);
  expect(await history.promise).toEqual(['dulu']);
  expect(client.texts).not.toContain('dulu');
});
