import { randomBytes } from 'node:crypto';
import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
  type KeyPair,
} from '@whiskeysockets/baileys';

const SALT_BYTES = 32;
const COUNTER_BYTES = 16;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;

/** The phone's half of pairing by code: two keys under the typed code, then a bundle under what they agree on. */
export type CodeExchange = {
  /** The phone's key for this pairing, wrapped with the typed code. */
  readonly wrappedKey: Buffer;
  /** The secret both sides now share. @throws when the typed code was not the shown one */
  advSecret(wrappedBundle: Buffer, companionIdentity: Buffer): Uint8Array;
};

export async function startCodeExchange(
  code: string,
  wrappedCompanionKey: Buffer,
  account: KeyPair,
): Promise<CodeExchange> {
  const companionKey = await crypt(aesDecryptCTR, code, wrappedCompanionKey);
  const own = Curve.generateKeyPair();
  const salt = randomBytes(SALT_BYTES);
  const counter = randomBytes(COUNTER_BYTES);
  const wrappedKey = Buffer.concat([
    salt,
    counter,
    aesEncryptCTR(own.public, await derivePairingCodeKey(code, salt), counter),
  ]);
  return {
    wrappedKey,
    advSecret(bundle, companionIdentity) {
      const shared = Curve.sharedKey(own.private, companionKey);
      const key = hkdf(shared, KEY_BYTES, {
        salt: bundle.subarray(0, SALT_BYTES),
        info: 'link_code_pairing_key_bundle_encryption_key',
      });
      const nonce = bundle.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES);
      const sealed = bundle.subarray(SALT_BYTES + NONCE_BYTES);
      const random = aesDecryptGCM(sealed, Buffer.from(key), nonce, Buffer.alloc(0)).subarray(2 * KEY_BYTES);
      const identities = Curve.sharedKey(account.private, companionIdentity);
      return hkdf(Buffer.concat([shared, identities, random]), KEY_BYTES, { info: 'adv_secret' });
    },
  };
}

async function crypt(cipher: typeof aesDecryptCTR, code: string, wrapped: Buffer): Promise<Buffer> {
  const key = await derivePairingCodeKey(code, wrapped.subarray(0, SALT_BYTES));
  const counter = wrapped.subarray(SALT_BYTES, SALT_BYTES + COUNTER_BYTES);
  return cipher(wrapped.subarray(SALT_BYTES + COUNTER_BYTES), key, counter);
}
