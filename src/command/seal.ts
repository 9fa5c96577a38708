import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { ChannelName } from '../message.ts';

/** A sealed value: format (1 byte), nonce (12), tag (16), then as many bytes as the value has. */
const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
const KEY_BYTES = 32;
/** The cipher and its length of tag, said in full: Node accepts shorter tags where it is not told. */
const CIPHER = 'aes-256-gcm';
const TAG = { authTagLength: TAG_BYTES } as const;

/** Hides the values of one account, and of whom they speak, from whoever has the data file and not the data key. */
export type Seal = {
  /** The same for the same kind and id, and tells nobody which they were. */
  idOf(kind: string, id: string): string;
  seal(kind: string, id: string, value: Uint8Array): Uint8Array;
  /** @returns null when it was not sealed with this key for this very place, or when a single bit of it has changed */
  open(kind: string, id: string, sealed: Uint8Array): Uint8Array | null;
};

/** @param dataKey 32 bytes; each account has keys of its own, derived from it */
export function createSeal(dataKey: Uint8Array, account: ChannelName): Seal {
  if (dataKey.length !== KEY_BYTES)
    throw new Error(`A data key has ${KEY_BYTES} bytes, not ${dataKey.length}`);
  const derived = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', dataKey, '', `pandu account ${account} ${purpose}`, KEY_BYTES));
  const valueKey = derived('values');
  const idKey = derived('ids');
  const placeOf = (kind: string, id: string): Buffer => Buffer.from(JSON.stringify([kind, id]));

  return {
    idOf: (kind, id) => createHmac('sha256', idKey).update(placeOf(kind, id)).digest('base64url'),
    seal(kind, id, value) {
      // Chance alone: with twelve bytes, two alike are not to be expected before billions of values.
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, valueKey, nonce, TAG).setAAD(placeOf(kind, id));
      const hidden = [cipher.update(value), cipher.final()];
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ...hidden]);
    },
    open(kind, id, sealed) {
      if (sealed.length < HEAD_BYTES || sealed[0] !== FORMAT) return null;
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, valueKey, nonce, TAG).setAAD(placeOf(kind, id));
      decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEAD_BYTES));
      const shown = decipher.update(sealed.subarray(HEAD_BYTES));
      try {
        return Buffer.concat([shown, decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
