import { generateMessageIDV2, type proto } from '@whiskeysockets/baileys';
import { createMailbox, type Received } from './mailbox.ts';
import type { Network, Person } from './network.ts';
import { type Participant, WAIT_MS } from './participant.ts';
import { historyNotification, type Past, placeholderAnswer } from './phone-letters.ts';
import { createSender } from './sender.ts';
import { createSignalDevice } from './signal-device.ts';
import { SERVER, seconds } from './stanza.ts';

/** The owner's own phone: device 0 of the account, with a Signal session of its own to the client. */
export type Phone = {
  /** `number@s.whatsapp.net` */
  readonly number: string;
  /** `digits@lid` */
  readonly lid: string;
  /** The owner writes to somebody on the phone; the client gets a copy, as every linked device does. */
  type(
    to: Participant,
    content: proto.IMessage | string,
    options?: { readonly id?: string },
  ): Promise<string>;
  /** Copies of what the client sent. */
  readonly inbox: readonly Received[];
  waitFor(look: number | ((one: Received) => boolean), timeoutMs?: number): Promise<Received>;
  /** Tells the client what a message said that its sender did not seal for it. */
  tellMissing(message: Past): Promise<void>;
  /** Shares old chats, as a phone does with a device that was just linked. */
  shareHistory(messages: readonly Past[]): Promise<void>;
  /** Asks the client to send a copy again. */
  askRetry(id: string, count?: number): void;
};

export function createPhone(network: Network): { readonly phone: Phone; readonly person: Person } {
  const { account } = network;
  const device = createSignalDevice();
  const own = { address: `${account.lid}@lid`, device: () => device };
  const mailbox = createMailbox(network, own);
  const sender = createSender(network, own);
  const person: Person = { phone: account.phone, lid: account.lid, device, mailbox, sender, activity: null };
  network.people.set(account.phone, person);
  network.people.set(account.lid, person);

  /** For the account's own devices, and no part of any chat. */
  function tell(content: proto.IMessage): Promise<void> {
    const id = generateMessageIDV2(account.phone);
    const t = seconds(network.now());
    return sender.post({ attributes: { id, t, type: 'text', from: own.address, category: 'peer' }, content });
  }

  const phone: Phone = {
    number: `${account.phone}@${SERVER}`,
    lid: own.address,
    inbox: mailbox.received,
    async type(to, content, options = {}) {
      const message = typeof content === 'string' ? { conversation: content } : content;
      const id = options.id ?? generateMessageIDV2(account.phone);
      const attributes = {
        id,
        t: seconds(network.now()),
        type: 'text',
        from: own.address,
        recipient: to.lid,
        peer_recipient_pn: to.phone,
      };
      await sender.post({ attributes, content: { deviceSentMessage: { destinationJid: to.lid, message } } });
      network.personAt(to.lid)?.mailbox.takeTyped(id, message);
      return id;
    },
    waitFor(look, timeoutMs = WAIT_MS) {
      const find = (): Received | undefined =>
        typeof look === 'number' ? mailbox.received[look - 1] : mailbox.received.find(look);
      return network.changes.until(find, "a copy to the owner's phone", timeoutMs);
    },
    tellMissing: (message) => tell(placeholderAnswer(message)),
    shareHistory: (messages) => tell(historyNotification(messages)),
    askRetry: (id, count) => mailbox.askRetry(id, count),
  };
  return { phone, person };
}
