import { randomBytes } from 'node:crypto';
import { proto } from '@whiskeysockets/baileys';

/** The place of a message: its chat as the client sees it, its id, and whether the client sent it. */
export type Place = { readonly chat: string; readonly id: string; readonly fromClient: boolean };

// Keys in a message are written as its sender sees them, and the sender is the participant.
function keyOf({ chat, id, fromClient }: Place): proto.IMessageKey {
  return { remoteJid: chat, id, fromMe: !fromClient };
}

/** Contents of every kind that a phone can send, as they are on the wire. */
export const contents = {
  plain: (text: string): proto.IMessage => ({ conversation: text }),
  /** Text with a link, in an answer to something, or in a chat with disappearing messages. */
  extended: (text: string): proto.IMessage => ({ extendedTextMessage: { text } }),
  quoting: (text: string, place: Place, quoted: string): proto.IMessage => ({
    extendedTextMessage: {
      text,
      contextInfo: { stanzaId: place.id, participant: place.chat, quotedMessage: { conversation: quoted } },
    },
  }),
  /** Wrapped as in a chat whose messages disappear. */
  disappearing: (message: proto.IMessage): proto.IMessage => ({ ephemeralMessage: { message } }),
  viewOnce: (message: proto.IMessage): proto.IMessage => ({ viewOnceMessageV2: { message } }),
  image: (caption?: string): proto.IMessage => ({
    imageMessage: { ...file('image/jpeg'), ...given({ caption }) },
  }),
  video: (caption?: string): proto.IMessage => ({
    videoMessage: { ...file('video/mp4'), ...given({ caption }) },
  }),
  document: (caption?: string): proto.IMessage => ({
    documentWithCaptionMessage: {
      message: {
        documentMessage: { ...file('application/pdf'), fileName: 'sertifikat.pdf', ...given({ caption }) },
      },
    },
  }),
  voice: (): proto.IMessage => ({
    audioMessage: { ...file('audio/ogg; codecs=opus'), ptt: true, seconds: 3 },
  }),
  sticker: (): proto.IMessage => ({ stickerMessage: file('image/webp') }),
  location: (): proto.IMessage => ({ locationMessage: { degreesLatitude: -6.2, degreesLongitude: 106.8 } }),
  contact: (): proto.IMessage => ({
    contactMessage: { displayName: 'Budi', vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Budi\nEND:VCARD' },
  }),
  reaction: (place: Place, emoji: string): proto.IMessage => ({
    reactionMessage: { key: keyOf(place), text: emoji, senderTimestampMs: Date.now() },
  }),
  edit: (place: Place, text: string): proto.IMessage => ({
    editedMessage: {
      message: {
        protocolMessage: {
          key: keyOf(place),
          type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
          editedMessage: { conversation: text },
          timestampMs: Date.now(),
        },
      },
    },
  }),
  revoke: (place: Place): proto.IMessage => ({
    protocolMessage: { key: keyOf(place), type: proto.Message.ProtocolMessage.Type.REVOKE },
  }),
  disappearingSetting: (durationSeconds: number): proto.IMessage => ({
    protocolMessage: {
      type: proto.Message.ProtocolMessage.Type.EPHEMERAL_SETTING,
      ephemeralExpiration: durationSeconds,
    },
  }),
  poll: (question: string, choices: readonly string[]): proto.IMessage => ({
    messageContextInfo: { messageSecret: randomBytes(32) },
    pollCreationMessageV3: {
      name: question,
      options: choices.map((optionName) => ({ optionName })),
      selectableOptionsCount: 1,
    },
  }),
  /** A vote that nobody can read. */
  pollVote: (place: Place): proto.IMessage => ({
    pollUpdateMessage: {
      pollCreationMessageKey: keyOf(place),
      vote: { encPayload: randomBytes(48), encIv: randomBytes(12) },
      senderTimestampMs: Date.now(),
    },
  }),
  buttonReply: (id: string, label: string): proto.IMessage => ({
    buttonsResponseMessage: {
      selectedButtonId: id,
      selectedDisplayText: label,
      type: proto.Message.ButtonsResponseMessage.Type.DISPLAY_TEXT,
    },
  }),
  listReply: (id: string, title: string): proto.IMessage => ({
    listResponseMessage: { title, singleSelectReply: { selectedRowId: id } },
  }),
  /** Only a sender key and nothing to read. */
  senderKeyOnly: (group: string): proto.IMessage => ({
    senderKeyDistributionMessage: { groupId: group },
  }),
} as const;

function file(mimetype: string): proto.Message.IImageMessage & proto.Message.IAudioMessage {
  const directPath = '/v/t62.7118-24/0_0_0_n.enc';
  return {
    mimetype,
    url: `https://mmg.whatsapp.net${directPath}`,
    directPath,
    mediaKey: randomBytes(32),
    fileSha256: randomBytes(32),
    fileEncSha256: randomBytes(32),
    fileLength: 1234,
  };
}

function given({ caption }: { readonly caption: string | undefined }): { caption?: string } {
  return caption === undefined ? {} : { caption };
}
