import { type BinaryNode, generateMessageIDV2, type proto } from '@whiskeysockets/baileys';
import { createMailbox, type Mailbox, type Received } from './mailbox.ts';
import type { Network, Person } from './network.ts';
import { createSender, type Sender } from './sender.ts';
import { createSignalDevice, type SignalDevice } from './signal-device.ts';
import { SERVER, seconds, stanza } from './stanza.ts';

export type SendOptions = {
  readonly id?: string;
  /** Epoch milliseconds written on the message. */
  readonly at?: number;
  /** The address it comes from. */
  readonly as?: 'lid' | 'phone';
  /** False: the message does not tell the other address of the sender. */
  readonly withAlternative?: boolean;
  /** Sent in this group, or with `status@broadcast` as a status. */
  readonly group?: string;
  /** Cannot be decrypted; when the client asks for it again, it can. */
  readonly damaged?: boolean;
};

export type Participant = {
  /** `digits@lid` */
  readonly lid: string;
  /** `number@s.whatsapp.net` */
  readonly phone: string;
  readonly name: string;
  /** Waits for the client when it is not connected. @returns the id of the message, once it is sealed */
  send(content: proto.IMessage | string, options?: SendOptions): Promise<string>;
  /** A message that never comes: only that there was one, of a kind such as `view_once`. */
  sendUnavailable(kind?: string): string;
  /** The very same bytes once more. */
  sendAgain(id: string): void;
  /** The same message, sealed anew. */
  sendReencrypted(id: string): Promise<void>;
  /** What arrived, in order; also repetitions and what could not be decrypted. */
  readonly inbox: readonly Received[];
  /** The texts a person sees: each message once. */
  readonly texts: readonly string[];
  /** The first arrival that fits, or so many arrivals; looks back as well. */
  waitFor(look: number | ((one: Received) => boolean), timeoutMs?: number): Promise<Received>;
  /** Called at every arrival. */
  onMessage: ((one: Received) => void) | null;
  /** Asks the client to send a message again, as a phone does that could not decrypt it. */
  askRetry(id: string, count?: number): void;
  /** False: what cannot be decrypted is not asked for again. */
  asksRetry: boolean;
  /** False: the client's requests to send something again stay without an answer. */
  answersRetries: boolean;
  /** Says that messages of the client were read. */
  read(...ids: string[]): void;
  /** What the client does in this chat, as the participant sees it: `composing`, `paused`. */
  readonly activity: string | null;
  /** The phone was installed anew: other keys, no sessions. The server tells the client unless told not to. */
  reinstall(options?: { readonly tellClient?: boolean }): void;
};

export const WAIT_MS = 5_000;

export function createParticipant(network: Network, lid: string, phone: string, name: string): Participant {
  let device: SignalDevice | undefined;
  const own = { address: `${lid}@lid`, device: (): SignalDevice => (device ??= createSignalDevice()) };
  const mailbox: Mailbox = createMailbox(network, own);
  const sender: Sender = createSender(network, own);
  const phoneAddress = `${phone}@${SERVER}`;

  function addressing(options: SendOptions): Record<string, string> {
    const [from, other] =
      options.as === 'phone'
        ? [phoneAddress, { sender_lid: own.address }]
        : [own.address, { sender_pn: phoneAddress }];
    if (options.group === undefined) return { from, ...(options.withAlternative === false ? {} : other) };
    const others =
      options.as === 'phone' ? { participant_lid: own.address } : { participant_pn: phoneAddress };
    return { from: options.group, participant: from, ...(options.withAlternative === false ? {} : others) };
  }

  const participant: Participant = {
    lid: own.address,
    phone: phoneAddress,
    name,
    inbox: mailbox.received,
    get texts() {
      return mailbox.received.filter((one) => one.message !== null && !one.repeated).map((one) => one.text);
    },
    onMessage: null,
    get activity() {
      return person.activity;
    },
    async send(content, options = {}) {
      const message = typeof content === 'string' ? { conversation: content } : content;
      const id = options.id ?? generateMessageIDV2(phoneAddress);
      const t = seconds(options.at ?? network.now());
      const attributes = { id, t, type: 'text', notify: name, ...addressing(options) };
      const group = options.group === undefined ? {} : { group: options.group };
      await sender.post({ attributes, content: message, ...group }, options.damaged);
      return id;
    },
    sendUnavailable(kind) {
      const id = generateMessageIDV2(phoneAddress);
      const attributes = { id, t: seconds(network.now()), type: 'text', notify: name, ...addressing({}) };
      network.queue.add(stanza('message', attributes, [stanza('unavailable', { type: kind })]));
      return id;
    },
    sendAgain: (id) => sender.repeat(id),
    sendReencrypted: (id) => sender.sealAgain(id),
    waitFor(look, timeoutMs = WAIT_MS) {
      const find = (): Received | undefined =>
        typeof look === 'number' ? mailbox.received[look - 1] : mailbox.received.find(look);
      return network.changes.until(find, `a message to ${name}`, timeoutMs);
    },
    askRetry: (id, count) => mailbox.askRetry(id, count),
    get asksRetry() {
      return mailbox.asksRetry;
    },
    set asksRetry(asks) {
      mailbox.asksRetry = asks;
    },
    get answersRetries() {
      return sender.answersRetries;
    },
    set answersRetries(answers) {
      sender.answersRetries = answers;
    },
    read(...ids) {
      const t = seconds(network.now());
      for (const id of ids) network.queue.add(stanza('receipt', { from: own.address, id, type: 'read', t }));
    },
    reinstall({ tellClient = true } = {}) {
      device = undefined;
      if (!tellClient) return;
      const attributes = {
        from: own.address,
        id: generateMessageIDV2(),
        type: 'encrypt',
        t: seconds(network.now()),
      };
      network.queue.add(stanza('notification', attributes, [stanza('identity')]));
    },
  };

  const person: Person = {
    phone,
    lid,
    get device() {
      return own.device();
    },
    sender,
    activity: null,
    mailbox: {
      ...mailbox,
      async take(node: BinaryNode, sealing: BinaryNode, from: string) {
        const one = await mailbox.take(node, sealing, from);
        participant.onMessage?.(one);
        return one;
      },
    },
  };
  network.people.set(lid, person);
  network.people.set(phone, person);
  return participant;
}
