import {
  addTransactionCapability,
  type BinaryNode,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  encodeWAMessage,
  generateRegistrationId,
  KEY_BUNDLE_TYPE,
  type KeyPair,
  proto,
  type SignalCreds,
  type SignalRepositoryWithLIDStore,
  signedKeyPair,
  unpadRandomMax16,
  xmppPreKey,
  xmppSignedPreKey,
} from '@whiskeysockets/baileys';
import { createMemoryKeys } from './memory-keys.ts';
import { SILENT } from './silent.ts';
import { child, stanza } from './stanza.ts';

/** The public keys with which somebody starts a session. */
export type Bundle = Parameters<SignalRepositoryWithLIDStore['injectE2ESession']>[0]['session'];
export type Sealed = { readonly type: string; readonly bytes: Uint8Array };

/** A phone with real Signal sessions. Its keys are made when they are first needed, so that thousands are light. */
export type SignalDevice = {
  readonly identity: KeyPair;
  /** Keys for somebody who starts a session, as elements; every call spends a one-time key. */
  bundle(): BinaryNode[];
  seal(to: string, content: proto.IMessage): Promise<Sealed>;
  /** @throws when there is no session, or the bytes are not for it */
  open(from: string, sealed: Sealed): Promise<proto.Message>;
  startSession(address: string, bundle: Bundle): Promise<void>;
  hasSession(address: string): Promise<boolean>;
  /** Seals for everybody who holds the sender key, which comes along to be handed out. */
  sealForGroup(group: string, own: string, content: proto.IMessage): Promise<GroupSealed>;
};
export type GroupSealed = { readonly bytes: Uint8Array; readonly senderKey: Uint8Array };

export function createSignalDevice(): SignalDevice {
  const creds = createCreds();
  const keys = addTransactionCapability(createMemoryKeys(), SILENT, {
    maxCommitRetries: 1,
    delayBetweenTriesMs: 0,
  });
  const repository = oneAtATime(
    DEFAULT_CONNECTION_CONFIG.makeSignalRepository({ creds, keys }, SILENT, async () => []),
  );
  let preKeys = 0;

  return {
    identity: creds.signedIdentityKey,
    bundle() {
      preKeys += 1;
      const preKey = Curve.generateKeyPair();
      void keys.set({ 'pre-key': { [preKeys]: preKey } });
      return [
        stanza('registration', {}, encodeBigEndian(creds.registrationId)),
        stanza('type', {}, KEY_BUNDLE_TYPE),
        stanza('identity', {}, creds.signedIdentityKey.public),
        xmppPreKey(preKey, preKeys),
        xmppSignedPreKey(creds.signedPreKey),
      ];
    },
    async seal(to, content) {
      const { type, ciphertext } = await repository.encryptMessage({
        jid: to,
        data: encodeWAMessage(content),
      });
      return { type, bytes: ciphertext };
    },
    async open(from, { type, bytes }) {
      const kind = type === 'pkmsg' ? 'pkmsg' : 'msg';
      const padded = await repository.decryptMessage({
        jid: from,
        type: kind,
        ciphertext: Buffer.from(bytes),
      });
      return proto.Message.decode(unpadRandomMax16(padded));
    },
    startSession: (address, bundle) => repository.injectE2ESession({ jid: address, session: bundle }),
    hasSession: async (address) => (await repository.validateSession(address)).exists,
    async sealForGroup(group, own, content) {
      const data = encodeWAMessage(content);
      const sealed = await repository.encryptGroupMessage({ group, data, meId: own });
      return { bytes: sealed.ciphertext, senderKey: sealed.senderKeyDistributionMessage };
    },
  };
}

/** Signing takes 10 ms, and most phones write first: then nobody asks for a signed key. */
function createCreds(): SignalCreds {
  const signedIdentityKey = Curve.generateKeyPair();
  let signedPreKey: SignalCreds['signedPreKey'] | undefined;
  return {
    signedIdentityKey,
    registrationId: generateRegistrationId(),
    get signedPreKey() {
      signedPreKey ??= signedKeyPair(signedIdentityKey, 1);
      return signedPreKey;
    },
  };
}

let last: Promise<unknown> = Promise.resolve();

/**
 * libsignal queues its work by the address of the other side, for the whole process, and whoever comes first does the
 * work of all in its own transaction. All phones here write to one address, so what one does would get lost in what
 * another has ended. Each waits for the one before it, whoever that is.
 */
function oneAtATime(repository: SignalRepositoryWithLIDStore): SignalRepositoryWithLIDStore {
  const alone =
    <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> => {
      const done = last.then(() => work(...given));
      last = done.catch(() => {});
      return done;
    };
  return {
    ...repository,
    encryptMessage: alone(repository.encryptMessage),
    decryptMessage: alone(repository.decryptMessage),
    injectE2ESession: alone(repository.injectE2ESession),
    encryptGroupMessage: alone(repository.encryptGroupMessage),
  };
}

/** A bundle as it travels in a retry receipt: the registration apart from the keys. */
export function bundleOfReceipt(bundle: readonly BinaryNode[]): BinaryNode[] {
  const keys = stanza(
    'keys',
    {},
    bundle.filter((node) => node.tag !== 'registration'),
  );
  return [...bundle.filter((node) => node.tag === 'registration'), keys];
}

/** The sealed content of a message, wherever the sender put it. */
export function sealedIn(node: BinaryNode): (Sealed & { readonly count: string | undefined }) | null {
  const sealed = child(node, 'enc');
  if (sealed === undefined || !(sealed.content instanceof Uint8Array)) return null;
  return { type: sealed.attrs.type ?? '', bytes: sealed.content, count: sealed.attrs.count };
}
