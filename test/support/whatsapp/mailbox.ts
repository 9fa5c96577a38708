import { type BinaryNode, normalizeMessageContent, type proto } from '@whiskeysockets/baileys';
import type { Network } from './network.ts';
import { bundleOfReceipt, type SignalDevice, sealedIn } from './signal-device.ts';
import { seconds, stanza } from './stanza.ts';

/** A message of the client as it arrived at a phone. */
export type Received = {
  readonly id: string;
  /** Null when the phone could not decrypt it. */
  readonly message: proto.IMessage | null;
  /** Its text; empty when it has none. */
  readonly text: string;
  /** Epoch milliseconds of arrival. */
  readonly at: number;
  /** The phone had this message already: a person sees it once. */
  readonly repeated: boolean;
  /** How often the phone had asked for it before it came in this form. */
  readonly retry: number;
  /** The chat: the account for a participant, the participant for the owner's own phone. */
  readonly chat: string;
  /** The owner of the account wrote it on the phone, and not the client. */
  readonly typedByOwner: boolean;
};

export type Mailbox = {
  readonly received: Received[];
  /** False: what cannot be decrypted is not asked for again. */
  asksRetry: boolean;
  /** A message of the client, of which `sealing` is for this phone; `from` is the client's LID with its device. */
  take(node: BinaryNode, sealing: BinaryNode, from: string): Promise<Received>;
  /** What the owner of the account typed on the phone. */
  takeTyped(id: string, message: proto.IMessage): void;
  /** Asks the client to send a message again, with keys for a new session. */
  askRetry(id: string, count?: number): void;
};

export function createMailbox(
  network: Network,
  own: { readonly address: string; readonly device: () => SignalDevice },
): Mailbox {
  const received: Received[] = [];
  const asked = new Map<string, { times: number; recipient: string | undefined }>();
  // A phone reads one message after the other.
  let reading: Promise<unknown> = Promise.resolve();

  async function read(node: BinaryNode, sealing: BinaryNode, from: string): Promise<Received> {
    const id = node.attrs.id ?? '';
    const sealed = sealedIn(sealing);
    const opening = sealed === null ? null : own.device().open(from, sealed);
    const opened = await opening?.catch(() => null);
    const copy = opened?.deviceSentMessage;
    const message = copy?.message ?? opened ?? null;
    const one: Received = {
      id,
      message,
      text: textOf(message),
      at: network.now(),
      repeated: received.some((before) => before.id === id && before.message !== null),
      retry: Number(sealed?.count ?? 0),
      chat: copy?.destinationJid ?? `${network.account.lid}@lid`,
      typedByOwner: false,
    };
    received.push(one);
    asked.set(id, { times: asked.get(id)?.times ?? 0, recipient: node.attrs.recipient ?? node.attrs.to });
    if (message === null && mailbox.asksRetry) mailbox.askRetry(id);
    return one;
  }

  const mailbox: Mailbox = {
    received,
    asksRetry: true,
    take(node, sealing, from) {
      const next = reading.then(() => read(node, sealing, from));
      reading = next.catch(() => undefined);
      return next;
    },
    takeTyped(id, message) {
      const chat = `${network.account.lid}@lid`;
      const text = textOf(message);
      received.push({
        id,
        message,
        text,
        at: network.now(),
        repeated: false,
        retry: 0,
        chat,
        typedByOwner: true,
      });
      network.changes.changed();
    },
    askRetry(id, count) {
      const before = asked.get(id) ?? { times: 0, recipient: undefined };
      const times = count ?? before.times + 1;
      asked.set(id, { ...before, times });
      const isOwner = own.address.startsWith(`${network.account.lid}@`);
      const t = seconds(network.now());
      const attributes = {
        from: own.address,
        id,
        type: 'retry',
        t,
        ...(isOwner ? { recipient: before.recipient } : {}),
      };
      const retry = stanza('retry', { count: String(times), id, t, v: '1' });
      network.queue.add(stanza('receipt', attributes, [retry, ...bundleOfReceipt(own.device().bundle())]));
    },
  };
  return mailbox;
}

/** What a person would read, wherever the kind of message keeps it. */
export function textOf(message: proto.IMessage | null | undefined): string {
  const content = normalizeMessageContent(message ?? undefined);
  const edited = content?.protocolMessage?.editedMessage;
  if (edited) return textOf(edited);
  return (
    content?.conversation ??
    content?.extendedTextMessage?.text ??
    content?.imageMessage?.caption ??
    content?.videoMessage?.caption ??
    content?.documentMessage?.caption ??
    ''
  );
}
