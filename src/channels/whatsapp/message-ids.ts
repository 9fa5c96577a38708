import { createHmac } from 'node:crypto';

/**
 * The platform's id of a message, reckoned from its number in the outbox: the same at every try, also after a restart,
 * so that a recipient who has it drops the copy; and the number can be read back when a recipient asks for the message
 * again (faults.md §4, F72). Written like Baileys' own ids: 3EB0 and eighteen hexadecimal digits.
 *
 * Three bytes prove that an id is ours, six hold the number, hidden: nobody counts our messages.
 */
export type MessageIds = {
  idOf(number: number): string;
  /** Null for an id that is not ours. */
  numberOf(id: string): number | null;
};

const PREFIX = '3EB0';
const PROOF_BYTES = 3;
const NUMBER_BYTES = 6;

export function createMessageIds(secret: Uint8Array): MessageIds {
  const keyed = (purpose: string, bytes: Uint8Array): Buffer =>
    createHmac('sha256', secret).update(purpose).update(bytes).digest();

  function proofOf(number: Uint8Array): Buffer {
    return keyed('proof', number).subarray(0, PROOF_BYTES);
  }

  function masked(bytes: Uint8Array, proof: Uint8Array): Buffer {
    const mask = keyed('mask', proof);
    return Buffer.from(bytes.map((byte, index) => byte ^ mask[index]!));
  }

  return {
    idOf(number) {
      const bytes = Buffer.alloc(NUMBER_BYTES);
      bytes.writeUIntBE(number, 0, NUMBER_BYTES);
      const proof = proofOf(bytes);
      return (
        PREFIX +
        Buffer.concat([proof, masked(bytes, proof)])
          .toString('hex')
          .toUpperCase()
      );
    },
    numberOf(id) {
      if (!/^3EB0[0-9A-F]{18}$/.test(id)) return null;
      const bytes = Buffer.from(id.slice(PREFIX.length), 'hex');
      const proof = bytes.subarray(0, PROOF_BYTES);
      const number = masked(bytes.subarray(PROOF_BYTES), proof);
      return proofOf(number).equals(proof) ? number.readUIntBE(0, NUMBER_BYTES) : null;
    },
  };
}
