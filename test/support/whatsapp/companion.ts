import { type BinaryNode, generateSignalPubKey, type proto } from '@whiskeysockets/baileys';
import type { Bundle } from './signal-device.ts';
import { bytesIn, child, children, numberIn, SERVER } from './stanza.ts';

/** The linked device that the client is: what the server knows of it, whether or not it is connected. */
export type Companion = {
  readonly device: number;
  /** `number:device@s.whatsapp.net` */
  readonly address: string;
  /** `digits:device@lid` */
  readonly lid: string;
  readonly noiseKey: Buffer;
  readonly preKeysLeft: number;
  /** Keys for somebody who starts a session; a one-time key goes with it as long as there is one. */
  takeBundle(): Bundle;
  /** The client put its keys on the server. */
  upload(query: BinaryNode): void;
  rotate(query: BinaryNode): void;
};

export type Registration = proto.ClientPayload.IDevicePairingRegistrationData;

export function createCompanion(
  device: number,
  owner: { readonly phone: string; readonly lid: string },
  noiseKey: Buffer,
  registration: Registration,
): Companion {
  let registrationId = bigEndian(registration.eRegid);
  let identityKey: Buffer = Buffer.from(registration.eIdent ?? []);
  let signedPreKey: Bundle['signedPreKey'] = {
    keyId: bigEndian(registration.eSkeyId),
    publicKey: generateSignalPubKey(Buffer.from(registration.eSkeyVal ?? [])),
    signature: Buffer.from(registration.eSkeySig ?? []),
  };
  const preKeys = new Map<number, Buffer>();

  return {
    device,
    address: `${owner.phone}:${device}@${SERVER}`,
    lid: `${owner.lid}:${device}@lid`,
    noiseKey,
    get preKeysLeft() {
      return preKeys.size;
    },
    takeBundle() {
      const bundle: Bundle = { registrationId, identityKey: generateSignalPubKey(identityKey), signedPreKey };
      const next = preKeys.entries().next();
      if (next.done) return bundle;
      const [keyId, publicKey] = next.value;
      preKeys.delete(keyId);
      return { ...bundle, preKey: { keyId, publicKey: generateSignalPubKey(publicKey) } };
    },
    upload(query) {
      registrationId = numberIn(query, 'registration');
      identityKey = bytesIn(query, 'identity');
      signedPreKey = signedPreKeyIn(query);
      for (const key of children(child(query, 'list'), 'key')) {
        preKeys.set(numberIn(key, 'id'), bytesIn(key, 'value'));
      }
    },
    rotate(query) {
      signedPreKey = signedPreKeyIn(child(query, 'rotate'));
    },
  };
}

function signedPreKeyIn(node: BinaryNode | undefined): Bundle['signedPreKey'] {
  const key = child(node, 'skey');
  return {
    keyId: numberIn(key, 'id'),
    publicKey: generateSignalPubKey(bytesIn(key, 'value')),
    signature: bytesIn(key, 'signature'),
  };
}

function bigEndian(bytes: Uint8Array | null | undefined): number {
  return bytes === null || bytes === undefined ? 0 : Buffer.from(bytes).readUIntBE(0, bytes.length);
}
