import { encodeWAMessage, type proto } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { readStanza } from '../../../src/channels/whatsapp/payload.ts';
import { contents } from '../../support/whatsapp/contents.ts';

const LID = '100000000000001@lid';
const PLACE = { chat: LID, id: '3EB001', fromClient: true };

function kindAndText(message: proto.IMessage): { kind: string; text: string } | null {
  const stanza = { from: LID, id: '3A01', t: '1790000000' };
  const incoming = readStanza(stanza, encodeWAMessage(message), []);
  return incoming && { kind: incoming.kind, text: incoming.text };
}

/** Wrong cases first: what nobody waits for an answer to. */
describe('every kind of message on WhatsApp', () => {
  it.each<[string, proto.IMessage]>([
    ['a reaction', contents.reaction(PLACE, '👍')],
    ['a reaction that was taken back', contents.reaction(PLACE, '')],
    [
      'an encrypted reaction',
      { encReactionMessage: { encPayload: new Uint8Array(8), encIv: new Uint8Array(12) } },
    ],
    ['a deletion', contents.revoke(PLACE)],
    ['the setting that messages disappear', contents.disappearingSetting(86_400)],
    ['a vote', contents.pollVote(PLACE)],
    ['a message that is pinned', { pinInChatMessage: { key: {}, type: 1 } }],
    ['a message that is kept', { keepInChatMessage: { key: {}, keepType: 1 } }],
    ['a sender key', contents.senderKeyOnly('1@g.us')],
    ['keys of the account', { protocolMessage: { type: 6, appStateSyncKeyShare: { keys: [] } } }],
    ['a notice of history', { protocolMessage: { type: 5, historySyncNotification: { syncType: 3 } } }],
    ['a secret of the chat and nothing else', { messageContextInfo: { messageSecret: new Uint8Array(32) } }],
    ['a message without content', {}],
    ['a wrapping with nothing in it', { ephemeralMessage: {} }],
  ])('%s waits for no answer', (_, message) => {
    expect(kindAndText(message)).toBeNull();
  });

  it.each<[string, proto.IMessage, string, string]>([
    ['plain', contents.plain('halo'), 'text', 'halo'],
    ['empty', contents.plain(''), 'text', ''],
    ['a link', contents.extended('https://contoh.id'), 'text', 'https://contoh.id'],
    ['an answer to something', contents.quoting('ya', PLACE, 'Sudah?'), 'text', 'ya'],
    ['a picture', contents.image(), 'photo', ''],
    ['a picture with words', contents.image('sudah lulus'), 'photo', 'sudah lulus'],
    ['a video', contents.video('lihat'), 'video', 'lihat'],
    ['a round video', { ptvMessage: {} }, 'video', ''],
    ['a document', contents.document(), 'document', ''],
    ['a document with words', contents.document('sertifikat saya'), 'document', 'sertifikat saya'],
    ['a picture to be seen once', contents.viewOnce(contents.image('sekali')), 'photo', 'sekali'],
    ['a text that disappears', contents.disappearing(contents.extended('hilang')), 'text', 'hilang'],
    ['a voice', contents.voice(), 'voice', ''],
    ['a voice to be heard once', contents.viewOnce(contents.voice()), 'voice', ''],
    ['a sticker', contents.sticker(), 'sticker', ''],
    ['a moving sticker', { lottieStickerMessage: { message: contents.sticker() } }, 'sticker', ''],
    ['a place', contents.location(), 'location', ''],
    ['a place that moves', { liveLocationMessage: { degreesLatitude: 1 } }, 'location', ''],
    ['a contact', contents.contact(), 'contact', ''],
    ['several contacts', { contactsArrayMessage: { displayName: 'dua', contacts: [] } }, 'contact', ''],
    ['a poll', contents.poll('Makan apa?', ['nasi', 'mi']), 'poll', ''],
    ['an edit', contents.edit(PLACE, 'sudah lulus'), 'edit', 'sudah lulus'],
    ['a button of another bot', contents.buttonReply('x:1', 'Sudah'), 'text', 'Sudah'],
    ['a row of a list', contents.listReply('x:1', 'Belum'), 'text', 'Belum'],
    [
      'a button of a template',
      { templateButtonReplyMessage: { selectedId: 'x', selectedDisplayText: 'Ya' } },
      'text',
      'Ya',
    ],
    [
      'a form',
      {
        interactiveResponseMessage: {
          body: { text: 'Terkirim' },
          nativeFlowResponseMessage: { paramsJson: '{' },
        },
      },
      'text',
      'Terkirim',
    ],
    ['an order in a shop', { orderMessage: { orderId: '1' } }, 'other', ''],
    ['an invitation to a group', { groupInviteMessage: { groupName: 'x' } }, 'other', ''],
    ['an event', { eventMessage: { name: 'x' } }, 'other', ''],
    ['only emoji', contents.plain('🙏🏽👨‍👩‍👧'), 'text', '🙏🏽👨‍👩‍👧'],
    [
      'from right to left, with nothing to see',
      contents.plain('\u202eabc\u200b\u2066'),
      'text',
      '\u202eabc\u200b\u2066',
    ],
  ])('%s is read as what it is', (_, message, kind, text) => {
    expect(kindAndText(message)).toEqual({ kind, text });
  });

  it('beside the secret of a chat or a sender key, the words are still read', () => {
    const message = {
      ...contents.senderKeyOnly('1@g.us'),
      messageContextInfo: { messageSecret: new Uint8Array(32) },
      extendedTextMessage: { text: 'halo' },
    };
    expect(kindAndText(message)).toEqual({ kind: 'text', text: 'halo' });
  });
});
