import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';

/** The variable that carries the root key of a loopback server to another process, in hexadecimal. */
export const ROOT_VARIABLE = 'PANDU_TEST_WHATSAPP_ROOT';

/** Lets this process take `key` for the root of WhatsApp. Production code pins the real one and knows nothing of this. */
export function pinRoot(key: Uint8Array): void {
  WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(key);
}
