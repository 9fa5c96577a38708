import type { BinaryNode, proto, WASocket } from '@whiskeysockets/baileys';
import type { Log } from '../../log.ts';
import type { Incoming } from '../../message.ts';
import type { Intake } from '../channel.ts';
import { createCatchUp } from './catch-up.ts';
import { isOfAbsence } from './journal.ts';
import { incomingOf, readResent } from './payload.ts';
import { createReadReceipts } from './read-receipts.ts';
import type { WhatsappTiming } from './timing.ts';
import { createUnreadable } from './unreadable.ts';

/** What is to be done about messages beside keeping them, which the journal does, and what the journal never sees. */
export type Inbound = {
  /** A message of a private chat arrived, and is not read yet. */
  onArrival(attributes: BinaryNode['attrs']): void;
  onKept(incoming: Incoming, attributes: BinaryNode['attrs']): void;
  /** What the library hands out: mostly what is in the journal. Never throws. */
  upsert(messages: readonly proto.IWebMessageInfo[]): void;
  /** Nothing is held back any more; resolves when what came is stored. */
  drain(): Promise<void>;
  stop(): void;
};

export type InboundOptions = {
  readonly intake: Intake;
  readonly hold: () => () => void;
  readonly timing: WhatsappTiming;
  readonly log: Log;
  /** The names of the account itself. */
  readonly own: () => readonly string[];
  /** Null while there is no connection. */
  readonly socket: () => WASocket | null;
};

export function createInbound({ intake, hold, timing, log, own, socket }: InboundOptions): Inbound {
  const receiving = new Set<Promise<void>>();
  const unreadable = createUnreadable(timing.unreadableMs, receive);
  const catchUp = createCatchUp(hold, timing);
  const receipts = createReadReceipts(socket, (error) =>
    log.debug({ error }, 'whatsapp: not marked as read'),
  );

  /** For what does not come through the journal. */
  function receive(incoming: Incoming): void {
    const stored = intake
      .receive([incoming])
      .catch((error: unknown) => log.error({ error }, 'whatsapp: the store failed'))
      .finally(() => receiving.delete(stored));
    receiving.add(stored);
  }

  function onArrival(attributes: BinaryNode['attrs']): void {
    if (isOfAbsence(attributes)) catchUp.note();
  }

  /**
   * What the phone of the account passed on is found only here, and looks like what is in the journal: the library's
   * buffer takes away the number of the request that it answers.
   */
  function passedOn(message: proto.IWebMessageInfo): void {
    const resent = readResent(message, own());
    if (resent === null || unreadable.wasKept(resent)) return;
    unreadable.readAfterAll(resent);
    receive(resent);
  }

  return {
    onArrival,
    onKept(incoming, attributes) {
      onArrival(attributes);
      unreadable.readAfterAll(incoming);
      if (incoming.kind !== 'operator' && incoming.kind !== 'handed-back') receipts.note(incoming);
    },
    upsert(messages) {
      for (const message of messages) {
        const { key, messageStubType, messageTimestamp } = message;
        if (key?.fromMe === true || key?.remoteJid == null) continue;
        const attributes = { from: key.remoteJid, id: key.id ?? '', t: String(messageTimestamp ?? 0) };
        if (message.message != null) passedOn(message);
        else if (isViewOnce(key)) {
          const picture = incomingOf(attributes, { kind: 'photo', text: '' }, own());
          if (picture !== null) receive(picture);
        } else if (messageStubType != null) {
          const lost = incomingOf(attributes, { kind: 'unreadable', text: '' }, own());
          if (lost !== null) unreadable.note(lost);
        }
      }
    },
    async drain() {
      catchUp.end();
      await Promise.allSettled(receiving);
    },
    stop() {
      unreadable.stop();
      catchUp.end();
    },
  };
}

function isViewOnce(key: proto.IMessageKey): boolean {
  return 'isViewOnce' in key && key.isViewOnce === true;
}
