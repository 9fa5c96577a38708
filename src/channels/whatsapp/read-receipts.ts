import type { WASocket } from '@whiskeysockets/baileys';
import type { Incoming } from '../../message.ts';

/** Shows the participant that a message was seen: together for those that come together, best effort. */
export type ReadReceipts = { note(incoming: Incoming): void };

const TOGETHER_MS = 200;

export function createReadReceipts(
  socket: () => Pick<WASocket, 'readMessages'> | null,
  onFailure: (error: unknown) => void,
): ReadReceipts {
  let seen: Incoming[] = [];
  let isWaiting = false;

  function tell(): void {
    const keys = seen.map(({ chat, messageId }) => ({ remoteJid: chat, id: messageId, fromMe: false }));
    seen = [];
    isWaiting = false;
    socket()?.readMessages(keys).catch(onFailure);
  }

  return {
    note(incoming) {
      seen.push(incoming);
      if (isWaiting) return;
      isWaiting = true;
      setTimeout(tell, TOGETHER_MS);
    },
  };
}
