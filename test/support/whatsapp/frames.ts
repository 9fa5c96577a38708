import { NOISE_WA_HEADER } from '@whiskeysockets/baileys';

const LENGTH_BYTES = 3;
/** `ED`, two bytes of version, three of length: the way to one data centre, said before the intro. */
const ROUTING = Buffer.from('ED');
const ROUTING_HEADER_BYTES = 7;

export function framed(body: Uint8Array): Buffer {
  const frame = Buffer.alloc(LENGTH_BYTES + body.length);
  frame.writeUIntBE(body.length, 0, LENGTH_BYTES);
  frame.set(body, LENGTH_BYTES);
  return frame;
}

/** Cuts what a client writes into frames, however the bytes are split over messages. */
export function createFrameReader(): (bytes: Uint8Array) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0);
  let introduced = false;

  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    if (!introduced) {
      rest = afterIntro(rest);
      introduced = true;
    }
    const frames: Buffer[] = [];
    while (rest.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + rest.readUIntBE(0, LENGTH_BYTES);
      if (rest.length < end) break;
      frames.push(rest.subarray(LENGTH_BYTES, end));
      rest = rest.subarray(end);
    }
    return frames;
  };
}

/** The first message of a client carries the whole intro. */
function afterIntro(bytes: Buffer): Buffer {
  const start = bytes.subarray(0, ROUTING.length).equals(ROUTING)
    ? ROUTING_HEADER_BYTES + bytes.readUIntBE(4, LENGTH_BYTES)
    : 0;
  const intro = bytes.subarray(start, start + NOISE_WA_HEADER.length);
  if (!intro.equals(NOISE_WA_HEADER)) throw new Error(`not the intro of WhatsApp: ${intro.toString('hex')}`);
  return bytes.subarray(start + NOISE_WA_HEADER.length);
}
