import { type BinaryNode, extractE2ESessionFromRetryReceipt, type proto } from '@whiskeysockets/baileys';
import { companionOf, type Network, takeBundle } from './network.ts';
import type { SignalDevice } from './signal-device.ts';
import { type Attributes, child, stanza } from './stanza.ts';

/** What a phone writes to the client. */
export type Letter = {
  readonly attributes: Attributes & { readonly id: string };
  readonly content: proto.IMessage;
  /** Sealed with a sender key for this group, and not for the client alone. */
  readonly group?: string;
};

export type Sender = {
  /** Sealed and put into the client's queue. A damaged letter cannot be decrypted; sent again it can. */
  post(letter: Letter, damaged?: boolean): Promise<void>;
  /** The very same bytes once more. */
  repeat(id: string): void;
  /** The same message, sealed anew. */
  sealAgain(id: string): Promise<void>;
  /** False: a request of the client to send something again stays without an answer. */
  answersRetries: boolean;
  /** The client could not decrypt something. */
  answerRetry(receipt: BinaryNode): Promise<void>;
};

/** Far enough from the end to lie in what the code over the message protects, whatever kind of message it is. */
const DAMAGED_BYTE_FROM_END = 16;

export function createSender(
  network: Network,
  own: { readonly address: string; readonly device: () => SignalDevice },
): Sender {
  const sent = new Map<string, { letter: Letter; node: BinaryNode }>();
  /** To whom this phone's sender keys were handed out. */
  const handedOut = new WeakMap<SignalDevice, Set<string>>();

  // A phone sends one message after the other, or a second session would begin beside the first.
  let sending: Promise<unknown> = Promise.resolve();
  function inTurn(work: () => Promise<void>): Promise<void> {
    const next = sending.then(work);
    sending = next.catch(() => undefined);
    return next;
  }

  async function seal(letter: Letter, retry: string | undefined, damaged: boolean): Promise<BinaryNode> {
    const { lid } = companionOf(network);
    const device = own.device();
    if (!(await device.hasSession(lid))) await device.startSession(lid, takeBundle(network));
    const envelopes: BinaryNode[] = [];
    const envelope = (type: string, bytes: Uint8Array): void => {
      envelopes.push(stanza('enc', { v: '2', type, count: retry }, damaged ? damage(bytes) : bytes));
    };
    if (letter.group === undefined) {
      const sealed = await device.seal(lid, letter.content);
      envelope(sealed.type, sealed.bytes);
    } else {
      const { bytes, senderKey } = await device.sealForGroup(letter.group, own.address, letter.content);
      const known = handedOut.get(device) ?? new Set<string>();
      handedOut.set(device, known);
      if (!known.has(`${letter.group} ${lid}`) || retry !== undefined) {
        const key = await device.seal(lid, handOut(letter.group, senderKey));
        envelope(key.type, key.bytes);
        known.add(`${letter.group} ${lid}`);
      }
      envelope('skmsg', bytes);
    }
    const node = stanza('message', letter.attributes, envelopes);
    sent.set(letter.attributes.id, { letter, node });
    return node;
  }

  function sentBefore(id: string): { letter: Letter; node: BinaryNode } {
    const before = sent.get(id);
    if (before === undefined) throw new Error(`nothing was sent with the id ${id}`);
    return before;
  }

  const sender: Sender = {
    answersRetries: true,
    post: (letter, damaged = false) =>
      inTurn(async () => network.queue.add(await seal(letter, undefined, damaged))),
    repeat(id) {
      network.queue.add(sentBefore(id).node);
    },
    sealAgain: (id) =>
      inTurn(async () => network.queue.add(await seal(sentBefore(id).letter, undefined, false))),
    answerRetry: (receipt) =>
      inTurn(async () => {
        const before = sent.get(receipt.attrs.id ?? '');
        const { companion } = network.account;
        if (!sender.answersRetries || before === undefined || companion === null) return;
        const { preKey, ...given } = extractE2ESessionFromRetryReceipt(receipt) ?? takeBundle(network);
        const bundle = preKey === undefined ? given : { ...given, preKey };
        await own.device().startSession(companion.lid, bundle);
        network.queue.add(await seal(before.letter, child(receipt, 'retry')?.attrs.count ?? '1', false));
      }),
  };
  return sender;
}

function handOut(group: string, senderKey: Uint8Array): proto.IMessage {
  return { senderKeyDistributionMessage: { groupId: group, axolotlSenderKeyDistributionMessage: senderKey } };
}

function damage(bytes: Uint8Array): Uint8Array {
  const damaged = Buffer.from(bytes);
  const place = Math.max(0, damaged.length - DAMAGED_BYTE_FROM_END);
  damaged[place] = (damaged[place] ?? 0) ^ 0xff;
  return damaged;
}
