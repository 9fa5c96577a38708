import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { getMediaKeys } from '@whiskeysockets/baileys';

/** A picture as the platform keeps it, and what a phone needs to open it and to know that it is the one that was meant. */
export type SealedImage = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaKey: Uint8Array;
  /** Of the picture itself, and of `bytes`. */
  readonly fileSha256: Uint8Array;
  readonly fileEncSha256: Uint8Array;
};

const KEY_BYTES = 32;
const MAC_BYTES = 10;

/**
 * Sealed as the library seals files (messages-media.js), with a key of its own each time; in memory, where the library
 * writes temporary files that a crash leaves behind.
 */
export async function sealImage(png: Uint8Array): Promise<SealedImage> {
  const mediaKey = randomBytes(KEY_BYTES);
  const { iv, cipherKey, macKey } = await getMediaKeys(mediaKey, 'image');
  const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
  const sealed = Buffer.concat([cipher.update(png), cipher.final()]);
  const mac = createHmac('sha256', macKey!).update(iv).update(sealed).digest().subarray(0, MAC_BYTES);
  const bytes = Buffer.concat([sealed, mac]);
  return { bytes, mediaKey, fileSha256: sha256(png), fileEncSha256: sha256(bytes) };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}
