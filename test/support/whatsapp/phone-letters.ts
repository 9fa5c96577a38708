import { deflateSync } from 'node:zlib';
import { proto } from '@whiskeysockets/baileys';

const TYPE = proto.Message.ProtocolMessage.Type;

/** A message of the past, as the phone shares it with a device that was just linked. */
export type Past = {
  readonly chat: string;
  readonly id: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly fromMe?: boolean;
};

/** The chats of the phone, sent along in the message instead of being put where they must be fetched. */
export function historyNotification(past: readonly Past[]): proto.IMessage {
  const history = proto.HistorySync.encode({
    syncType: proto.HistorySync.HistorySyncType.RECENT,
    conversations: [...Map.groupBy(past, (one) => one.chat)].map(([id, messages]) => ({
      id,
      messages: messages.map((one) => ({ message: pastMessage(one) })),
    })),
  }).finish();
  return {
    protocolMessage: {
      type: TYPE.HISTORY_SYNC_NOTIFICATION,
      historySyncNotification: {
        syncType: proto.Message.HistorySyncType.RECENT,
        initialHistBootstrapInlinePayload: deflateSync(history),
      },
    },
  };
}

/** The content of a message that the client could not get from its sender. */
export function placeholderAnswer(one: Past): proto.IMessage {
  const webMessageInfoBytes = proto.WebMessageInfo.encode(pastMessage(one)).finish();
  return {
    protocolMessage: {
      type: TYPE.PEER_DATA_OPERATION_REQUEST_RESPONSE_MESSAGE,
      peerDataOperationRequestResponseMessage: {
        peerDataOperationRequestType: proto.Message.PeerDataOperationRequestType.PLACEHOLDER_MESSAGE_RESEND,
        stanzaId: `answer-${one.id}`,
        peerDataOperationResult: [{ placeholderMessageResendResponse: { webMessageInfoBytes } }],
      },
    },
  };
}

function pastMessage({ chat, id, text, at, fromMe = false }: Past): proto.IWebMessageInfo {
  return {
    key: { remoteJid: chat, fromMe, id },
    message: { conversation: text },
    messageTimestamp: Math.floor(at / 1000),
  };
}
