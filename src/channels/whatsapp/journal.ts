import {
  addTransactionCapability,
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  encodeWAMessage,
  type SignalDataSet,
  type SignalKeyStore,
  type SignalKeyStoreWithTransaction,
  type SocketConfig,
} from '@whiskeysockets/baileys';
import type { Incoming } from '../../message.ts';
import { personOf } from './chats.ts';
import { MESSAGES } from './keys.ts';
import type { LibraryLog } from './library-log.ts';

/**
 * Baileys tells the platform that a message arrived before it hands it to anybody, and forgets what it holds when the
 * connection ends (faults.md §0). So messages are kept here, inside the step that decrypts them: the message and the
 * keys that step used up are one transaction, which is durable before the receipt leaves.
 */
export type Journal = {
  readonly makeSignalRepository: SocketConfig['makeSignalRepository'];
  /** Remembers which stanza a ciphertext belongs to. To be called for each connection before anything arrives. */
  watch(emitter: Emitter): void;
};

/** The part of Baileys' connection that calls by the name of what arrived. */
export type Emitter = { prependListener(name: string, listener: (node: BinaryNode) => void): unknown };

export type JournalOptions = {
  readonly keys: SignalKeyStore;
  readonly log: LibraryLog;
  /** What a decrypted stanza is to us; null: nothing. Never throws. */
  readonly read: (attributes: BinaryNode['attrs'], plaintext: Uint8Array) => Incoming | null;
  /** Whether the message of this stanza was kept before. */
  readonly wasKept: (attributes: BinaryNode['attrs']) => Promise<boolean>;
  /**
   * A message of a private chat arrived, and is not read yet. This and the next are called outside the transaction:
   * whatever is begun inside would take that for its own, long after its end.
   */
  readonly onArrival: (attributes: BinaryNode['attrs']) => void;
  /** A message is durable. */
  readonly onKept: (incoming: Incoming, attributes: BinaryNode['attrs']) => void;
  /** The library swallows it, and sends to the other devices only. */
  readonly onFailedEncryption: (device: string) => void;
};

/** Stands where the platform counts what was sent in an absence. */
const NEW = 'new';

/** Whether it was sent while there was no connection. */
export function isOfAbsence({ offline }: BinaryNode['attrs']): boolean {
  return offline !== undefined && offline !== NEW;
}

/** One at a time: what encrypts, decrypts or moves a session reads and writes the same keys (decision 21). */
const ONE_AT_A_TIME = 'account';

export function createJournal(options: JournalOptions): Journal {
  const { keys, log, read, wasKept, onArrival, onKept, onFailedEncryption } = options;
  const stanzas = new WeakMap<Uint8Array, BinaryNode['attrs']>();

  /**
   * What was sent in an absence the library takes one by one, and what is new beside it and all at once: a message may
   * then overtake an older one of its chat. So everything of a private chat goes the first way (faults.md F22).
   */
  function remember({ attrs, content }: BinaryNode): void {
    if (!Array.isArray(content)) return;
    if (personOf(attrs.from) !== null && attrs.category !== 'peer') {
      attrs.offline ??= NEW;
      onArrival(attrs);
    }
    for (const child of content) {
      if (child.tag === 'enc' && child.content instanceof Uint8Array) stanzas.set(child.content, attrs);
    }
  }

  return {
    watch: (emitter) => void emitter.prependListener('CB:message', remember),
    makeSignalRepository(auth, logger, findLids) {
      // Its own transactions: those of the socket hold a lock while they ask the platform something, or commit nothing
      // of a message that is being read (decision 21).
      const own = serial(
        addTransactionCapability(keys, log, { maxCommitRetries: 1, delayBetweenTriesMs: 0 }),
      );
      const stock = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
        { creds: auth.creds, keys: own },
        logger,
        findLids,
      );
      return {
        ...stock,
        async encryptMessage(plain) {
          try {
            return await stock.encryptMessage(plain);
          } catch (error) {
            onFailedEncryption(plain.jid);
            throw error;
          }
        },
        async decryptMessage(encrypted) {
          const attributes = stanzas.get(encrypted.ciphertext);
          let incoming: Incoming | null = null;
          let plaintext: Uint8Array;
          try {
            plaintext = await own.transaction(async () => {
              const decrypted = await stock.decryptMessage(encrypted);
              incoming = attributes === undefined ? null : read(attributes, decrypted);
              if (incoming !== null) await own.set(withKeys(incoming));
              return decrypted;
            }, ONE_AT_A_TIME);
          } catch (error) {
            // Delivered once more after a crash: its key is used up, and it is kept. Were it asked for again, its sender
            // would begin a new session for nothing, and messages under way in the old one suffer (faults.md F05).
            if (attributes !== undefined && (await wasKept(attributes))) return NOTHING_NEW;
            throw error;
          }
          if (attributes !== undefined && incoming !== null) onKept(incoming, attributes);
          return plaintext;
        },
      };
    },
  };
}

/** A message without content: the library confirms it, and nobody makes anything of it. */
const NOTHING_NEW = encodeWAMessage({});

function serial(keys: SignalKeyStoreWithTransaction): SignalKeyStoreWithTransaction {
  return { ...keys, transaction: (work) => keys.transaction(work, ONE_AT_A_TIME) };
}

function withKeys(incoming: Incoming): SignalDataSet {
  return { [MESSAGES]: { [incoming.messageId]: incoming } } as unknown as SignalDataSet;
}
