import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
} from '@whiskeysockets/baileys';
import { certificateChain } from './certificates.ts';

const NOTHING = Buffer.alloc(0);
const KEY_BYTES = 32;

/** The server's half of Noise XX: two messages of the client, one answer, then a cipher for each direction. */
export type NoiseResponder = {
  /** Answers clientHello with serverHello. */
  answerHello(clientHello: Uint8Array): Uint8Array;
  /** Reads clientFinish: who the client is. From here on both sides use the ciphers. */
  readFinish(clientFinish: Uint8Array): { readonly noiseKey: Buffer; readonly payload: Uint8Array };
  encrypt(plain: Uint8Array): Buffer;
  decrypt(sealed: Uint8Array): Buffer;
};

export function createNoiseResponder(): NoiseResponder {
  const own = Curve.generateKeyPair();
  const ephemeral = Curve.generateKeyPair();
  let transcript: Buffer = Buffer.from(NOISE_MODE);
  let salt: Uint8Array = transcript;
  let key: Uint8Array = transcript;
  let messages = 0;
  let toClient: Cipher | null = null;
  let fromClient: Cipher | null = null;

  function remember(bytes: Uint8Array): void {
    transcript = sha256(Buffer.concat([transcript, bytes]));
  }
  function expand(material: Uint8Array): [Uint8Array, Uint8Array] {
    const bytes = hkdf(material, 2 * KEY_BYTES, { salt: Buffer.from(salt), info: '' });
    return [bytes.subarray(0, KEY_BYTES), bytes.subarray(KEY_BYTES)];
  }
  function mix(privateKey: Uint8Array, publicKey: Uint8Array): void {
    [salt, key] = expand(Curve.sharedKey(privateKey, publicKey));
    messages = 0;
  }
  function seal(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, key, nonce(messages++), transcript);
    remember(sealed);
    return sealed;
  }
  function unseal(sealed: Uint8Array): Buffer {
    const plain = aesDecryptGCM(sealed, key, nonce(messages++), transcript);
    remember(sealed);
    return plain;
  }
  remember(NOISE_WA_HEADER);

  return {
    answerHello(bytes) {
      const client = required(
        proto.HandshakeMessage.decode(bytes).clientHello?.ephemeral,
        'client ephemeral',
      );
      remember(client);
      remember(ephemeral.public);
      mix(ephemeral.private, client);
      const sealedKey = seal(own.public);
      mix(own.private, client);
      const payload = seal(certificateChain(own.public));
      return proto.HandshakeMessage.encode({
        serverHello: { ephemeral: ephemeral.public, static: sealedKey, payload },
      }).finish();
    },
    readFinish(bytes) {
      const finish = proto.HandshakeMessage.decode(bytes).clientFinish;
      const noiseKey = unseal(required(finish?.static, 'client static key'));
      mix(ephemeral.private, noiseKey);
      const payload = unseal(required(finish?.payload, 'client payload'));
      const [client, server] = expand(NOTHING);
      fromClient = createCipher(client);
      toClient = createCipher(server);
      return { noiseKey, payload };
    },
    encrypt: (plain) => started(toClient).encrypt(plain),
    decrypt: (sealed) => started(fromClient).decrypt(sealed),
  };
}

type Cipher = { encrypt(plain: Uint8Array): Buffer; decrypt(sealed: Uint8Array): Buffer };

function createCipher(key: Uint8Array): Cipher {
  let frames = 0;
  return {
    encrypt: (plain) => aesEncryptGCM(plain, key, nonce(frames++), NOTHING),
    decrypt: (sealed) => aesDecryptGCM(sealed, key, nonce(frames++), NOTHING),
  };
}

function nonce(count: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(count, 8);
  return bytes;
}

function started(cipher: Cipher | null): Cipher {
  if (cipher === null) throw new Error('the handshake is not finished');
  return cipher;
}

function required(bytes: Uint8Array | null | undefined, what: string): Uint8Array {
  if (bytes === null || bytes === undefined || bytes.length === 0) throw new Error(`no ${what}`);
  return bytes;
}
