import type { BinaryNode } from '@whiskeysockets/baileys';
import { ROOT_KEY } from './certificates.ts';
import { createChanges } from './changes.ts';
import { createClients } from './clients.ts';
import { createDeliveryQueue } from './delivery-queue.ts';
import { type Ending, endConnection } from './disconnect.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Heard } from './journal.ts';
import { createListener } from './listener.ts';
import { createMedia, type Upload } from './media.ts';
import { createNetwork } from './network.ts';
import { createPairing } from './pairing.ts';
import { createParticipant, type Participant, WAIT_MS } from './participant.ts';
import { createPhone, type Phone } from './phone.ts';
import { silenceLibsignal } from './quiet.ts';
import { pinRoot, ROOT_VARIABLE } from './root-pin.ts';

export type WhatsappOptions = {
  /** Epoch milliseconds; the server's clock. */
  readonly now?: () => number;
  /** Digits of the account's phone number. */
  readonly phone?: string;
  /** Port to listen on; 0 or nothing is any free one. A server that comes back needs the port it had. */
  readonly port?: number;
};

export type WhatsappServer = {
  /** `ws://127.0.0.1:PORT/ws/chat` */
  readonly url: string;
  /** The key that a client must take for the root of WhatsApp. */
  readonly rootKey: Uint8Array;
  /** Pins `rootKey` in this process. For another process see trust.ts. */
  trust(): void;
  /** The environment with which a process that preloads trust.ts accepts this server. */
  readonly environment: Readonly<Record<string, string>>;
  /** The owner scans what the client shows. Resolves when the device is linked. */
  scan(qr: string): Promise<void>;
  /** The owner types the code that the client shows. Resolves when the device is linked. */
  enterCode(code: string): Promise<void>;
  readonly phone: Phone;
  participant(given?: {
    readonly phone?: string;
    readonly lid?: string;
    readonly name?: string;
  }): Participant;
  readonly faults: Faults;
  /** Every stanza the client wrote, in order. */
  readonly heard: readonly Heard[];
  /** Connections so far, and how many of them were logins that succeeded. */
  readonly connections: number;
  readonly logins: number;
  /** Logged in and reachable at this moment. */
  readonly online: boolean;
  /** Whether a device is linked. */
  readonly linked: boolean;
  /** Stanzas that the client has not confirmed. */
  readonly waiting: readonly BinaryNode[];
  /** Every file the client uploaded, in order. */
  readonly uploads: readonly Upload[];
  /** One-time keys of the client that are left. */
  readonly preKeysLeft: number;
  /** Resolves when `look` answers something. @throws after `timeoutMs` */
  until<T>(
    look: () => T | undefined | false,
    what: string,
    timeoutMs?: number,
  ): Promise<Exclude<T, undefined | false>>;
  /** Ends the client's connection. */
  disconnect(ending: Ending): void;
  /** The connection stays open and nothing answers any more: half-open. */
  freeze(): void;
  /** The owner removes the device on the phone: the client hears it when it is there, and cannot log in again. */
  unlink(): void;
  /** Writes any stanza to the client, kept or not until it is confirmed. */
  write(node: BinaryNode, kept?: boolean): void;
  /** Everybody is cut and nobody can connect until `recover`; what the server knows stays. */
  fail(): Promise<void>;
  recover(): Promise<void>;
  close(): Promise<void>;
};

const FIRST_PHONE = 628_110_000_000;
const FIRST_LID = 100_000_000_000_000;
const OWN_LID = '199999999999999';

export async function startWhatsappServer(options: WhatsappOptions = {}): Promise<WhatsappServer> {
  const printAgain = silenceLibsignal();
  const faults = createFaults();
  const changes = createChanges();
  const queue = createDeliveryQueue(faults);
  const account = { phone: options.phone ?? '628119999999', lid: OWN_LID, companion: null };
  const media = createMedia(faults, changes, () => `127.0.0.1:${listener.port}`);
  const network = createNetwork({ account, queue, faults, changes, media, now: options.now ?? Date.now });
  const { phone, person } = createPhone(network);
  const pairing = createPairing(network, person.device.identity, (connection) => {
    if (faults.pairing === 'cut-without-restart') connection.close('terminate');
    else endConnection(connection, { streamError: 515 });
  });
  const clients = createClients(network, pairing);
  let participants = 0;

  const listener = createListener(options.port ?? 0, clients.accept, media.handle);
  await listener.open();

  return {
    url: `ws://127.0.0.1:${listener.port}/ws/chat`,
    rootKey: ROOT_KEY,
    trust: () => pinRoot(ROOT_KEY),
    environment: { [ROOT_VARIABLE]: Buffer.from(ROOT_KEY).toString('hex') },
    scan: pairing.scan,
    enterCode: pairing.enterCode,
    phone,
    participant(given = {}) {
      participants += 1;
      const lid = given.lid ?? String(FIRST_LID + participants);
      const number = given.phone ?? String(FIRST_PHONE + participants);
      return createParticipant(network, lid, number, given.name ?? `Participant ${participants}`);
    },
    faults,
    uploads: media.uploads,
    heard: clients.heard,
    get connections() {
      return clients.connections;
    },
    get logins() {
      return clients.logins;
    },
    get online() {
      return clients.online;
    },
    get linked() {
      return network.account.companion !== null;
    },
    get waiting() {
      return queue.waiting;
    },
    get preKeysLeft() {
      return network.account.companion?.preKeysLeft ?? 0;
    },
    until: (look, what, timeoutMs = WAIT_MS) => changes.until(look, what, timeoutMs),
    disconnect: clients.end,
    freeze: clients.freeze,
    unlink() {
      network.account.companion = null;
      queue.clear();
      clients.end({ conflict: 'device_removed' });
    },
    write(node, kept = true) {
      if (kept) queue.add(node);
      else queue.addUnkept(node);
    },
    fail: () => listener.shut(),
    recover: () => listener.open(),
    async close() {
      await listener.shut();
      printAgain();
    },
  };
}
