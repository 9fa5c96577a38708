import {
  type BinaryNode,
  getContentType,
  normalizeMessageContent,
  proto,
  unpadRandomMax16,
} from '@whiskeysockets/baileys';
import type { Incoming, IncomingKind } from '../../message.ts';
import { chatOf } from './chats.ts';

/** Longer than anything a person types; the rest is not kept (faults.md S13). */
const LONGEST_TEXT = 8_192;

/** How the operator hands a chat back to Pandu, from the account's own phone. */
const HAND_BACK = /^\s*#?pandu[\s,:]*(lanjut(kan)?|kembali|resume|back)?\s*[.!]?\s*$/i;

/**
 * What a decrypted stanza is to us, null when it is nothing that anybody is waiting for an answer to: reactions, votes,
 * deletions, settings of the chat, keys, history. Unknown kinds are `other`, so that nobody meets silence. Never throws.
 *
 * @param own the names of the account itself, without a device
 */
export function readStanza(
  attributes: BinaryNode['attrs'],
  plaintext: Uint8Array,
  own: readonly string[],
): Incoming | null {
  const decoded = decode(plaintext);
  if (decoded === null) return incomingOf(attributes, { kind: 'other', text: '' }, own);
  const sent = decoded.deviceSentMessage?.message ?? decoded;
  const words = readContent(sent);
  return words === null ? null : incomingOf(attributes, words, own);
}

/** A message that reached us by another road than decryption: the phone sent it again for us. */
export function readResent(message: proto.IWebMessageInfo, own: readonly string[]): Incoming | null {
  const { key, messageTimestamp } = message;
  if (key?.fromMe === true || key?.remoteJid == null || key.id == null) return null;
  const words = readContent(message.message ?? {});
  const attributes = { from: key.remoteJid, id: key.id, t: String(messageTimestamp ?? 0) };
  return words === null ? null : incomingOf(attributes, words, own);
}

/** The same chat and time as `attributes` tell, with another content. */
export function incomingOf(
  attributes: BinaryNode['attrs'],
  { kind, text }: Words,
  own: readonly string[],
): Incoming | null {
  const chat = chatOf(attributes, own);
  const { id, t } = attributes;
  if (chat === null || id === undefined || id === '') return null;
  return {
    channel: 'whatsapp',
    chat: chat.name,
    sender: chat.isOurs ? 'operator' : chat.name,
    messageId: id,
    // A person at the account's own phone: Pandu makes room, and none of these words are kept (faults.md F24).
    kind: chat.isOurs ? (HAND_BACK.test(text) ? 'handed-back' : 'operator') : kind,
    text: chat.isOurs ? '' : text.slice(0, LONGEST_TEXT).toWellFormed(),
    choice: null,
    language: null,
    sentAt: secondsOf(t) * 1000,
    ...(chat.aliases.length > 0 && { aliases: chat.aliases }),
  };
}

export type Words = { readonly kind: IncomingKind; readonly text: string };

function decode(plaintext: Uint8Array): proto.IMessage | null {
  try {
    return proto.Message.decode(unpadRandomMax16(plaintext));
  } catch {
    return null;
  }
}

function readContent(message: proto.IMessage): Words | null {
  const content = normalizeMessageContent(message) ?? {};
  const edited = content.protocolMessage?.editedMessage;
  if (edited != null) return { kind: 'edit', text: readContent(edited)?.text ?? '' };
  const type = getContentType(content);
  if (type === undefined || SILENT.has(type)) return null;
  if (type === 'conversation') return { kind: 'text', text: content.conversation ?? '' };
  const kind = KINDS.get(type) ?? 'other';
  return { kind, text: textOf(content, type) };
}

/** Nobody waits for an answer to these. */
const SILENT: ReadonlySet<string> = new Set([
  'protocolMessage',
  'reactionMessage',
  'encReactionMessage',
  'pollUpdateMessage',
  'keepInChatMessage',
  'pinInChatMessage',
  'senderKeyDistributionMessage',
]);

const KINDS: ReadonlyMap<string, IncomingKind> = new Map([
  ['extendedTextMessage', 'text'],
  ['imageMessage', 'photo'],
  ['videoMessage', 'video'],
  ['ptvMessage', 'video'],
  ['documentMessage', 'document'],
  ['audioMessage', 'voice'],
  ['stickerMessage', 'sticker'],
  ['lottieStickerMessage', 'sticker'],
  ['locationMessage', 'location'],
  ['liveLocationMessage', 'location'],
  ['contactMessage', 'contact'],
  ['contactsArrayMessage', 'contact'],
  ['pollCreationMessage', 'poll'],
  ['pollCreationMessageV2', 'poll'],
  ['pollCreationMessageV3', 'poll'],
  // Pressed on something that is not ours, for we send none: what stood on it is what they say.
  ['buttonsResponseMessage', 'text'],
  ['listResponseMessage', 'text'],
  ['templateButtonReplyMessage', 'text'],
  ['interactiveResponseMessage', 'text'],
]);

/** Words, caption, or what stood on a button. */
function textOf(content: proto.IMessage, type: string): string {
  switch (type) {
    case 'extendedTextMessage':
      return content.extendedTextMessage?.text ?? '';
    case 'imageMessage':
      return content.imageMessage?.caption ?? '';
    case 'videoMessage':
      return content.videoMessage?.caption ?? '';
    case 'documentMessage':
      return content.documentMessage?.caption ?? '';
    case 'buttonsResponseMessage':
      return content.buttonsResponseMessage?.selectedDisplayText ?? '';
    case 'listResponseMessage':
      return content.listResponseMessage?.title ?? '';
    case 'templateButtonReplyMessage':
      return content.templateButtonReplyMessage?.selectedDisplayText ?? '';
    case 'interactiveResponseMessage':
      return content.interactiveResponseMessage?.body?.text ?? '';
    default:
      return '';
  }
}

function secondsOf(value: string | undefined): number {
  const seconds = Number(value);
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : 0;
}
