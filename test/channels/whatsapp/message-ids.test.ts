import { generateMessageID, generateMessageIDV2 } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageIds } from '../../../src/channels/whatsapp/message-ids.ts';

const SECRET = new Uint8Array(32).fill(1);
const ids = createMessageIds(SECRET);
const MOST = 2 ** 48 - 1;
const anyNumber = fc.integer({ min: 0, max: MOST });

describe('ids of our messages on WhatsApp', () => {
  it('refuses a number that does not fit, rather than giving two messages one id', () => {
    for (const number of [-1, MOST + 1]) expect(() => ids.idOf(number)).toThrow();
  });

  it('F72 tells an id that is not ours from one that is', () => {
    const another = createMessageIds(new Uint8Array(32).fill(2));
    const foreign = [
      '',
      '3EB0',
      '3A0123456789ABCDEF0123',
      generateMessageID(),
      generateMessageIDV2('1@s.whatsapp.net'),
    ];
    for (const id of [
      ...foreign,
      another.idOf(7),
      ids.idOf(7).toLowerCase(),
      `${ids.idOf(7)}0`,
      ` ${ids.idOf(7)}`,
    ]) {
      expect(ids.numberOf(id), id).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (id) => ids.numberOf(id) === null));
  });

  it('F72 does not take a changed id for ours: nobody asks for the message of somebody else', () => {
    fc.assert(
      fc.property(
        anyNumber,
        fc.integer({ min: 4, max: 21 }),
        fc.integer({ min: 1, max: 15 }),
        (number, place, by) => {
          const id = ids.idOf(number);
          const digit = (Number.parseInt(id[place]!, 16) ^ by).toString(16).toUpperCase();
          return ids.numberOf(id.slice(0, place) + digit + id.slice(place + 1)) === null;
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('F72 reads the number back, also after a restart', () => {
    const afterRestart = createMessageIds(new Uint8Array(SECRET));
    fc.assert(fc.property(anyNumber, (number) => afterRestart.numberOf(ids.idOf(number)) === number));
    for (const number of [0, 1, MOST]) expect(ids.numberOf(ids.idOf(number))).toBe(number);
  });

  it("F71 is the same at every try, written like the library's own, and no other number has it", () => {
    const made = new Set<string>();
    for (let number = 0; number < 5_000; number += 1) {
      expect(ids.idOf(number)).toBe(ids.idOf(number));
      made.add(ids.idOf(number));
    }
    expect(made.size).toBe(5_000);
    for (const id of made) expect(id).toMatch(/^3EB0[0-9A-F]{18}$/);
  });

  it('hides how many messages were sent: two neighbours have nothing in common', () => {
    // Of fifteen bytes a handful may be equal by chance, but no place of the id is the same for all of a row.
    const row = Array.from({ length: 64 }, (_, number) => ids.idOf(number).slice(4));
    for (let place = 0; place < 18; place += 1) {
      expect(new Set(row.map((id) => id[place])).size, `digit ${place}`).toBeGreaterThan(4);
    }
  });
});
