import { expect, test } from 'vitest';
import { createSeal } from '../../src/command/seal.ts';

const key = Uint8Array.from({ length: 32 }, (_, byte) => byte);
const value = Buffer.from('kunci sesi');

test('S45 a sealed value opens with no other key, for no other account and at no other place', () => {
  const sealed = createSeal(key, 'whatsapp').seal('session', '62811@s', value);
  const otherKey = Uint8Array.from(key);
  otherKey[31]! ^= 1;
  expect(createSeal(otherKey, 'whatsapp').open('session', '62811@s', sealed)).toBeNull();
  expect(createSeal(key, 'telegram').open('session', '62811@s', sealed)).toBeNull();
  const seal = createSeal(key, 'whatsapp');
  expect(seal.open('session', '62812@s', sealed)).toBeNull();
  expect(seal.open('sessio', 'n62811@s', sealed)).toBeNull();
});

test('F44 S45 a value of which any bit was changed, or that was cut at any byte, does not open', () => {
  const seal = createSeal(key, 'whatsapp');
  const sealed = Buffer.from(seal.seal('creds', '', value));
  for (let length = 0; length < sealed.length; length += 1) {
    expect(seal.open('creds', '', sealed.subarray(0, length)), `cut at ${length}`).toBeNull();
  }
  for (let bit = 0; bit < sealed.length * 8; bit += 1) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    expect(seal.open('creds', '', changed), `bit ${bit}`).toBeNull();
  }
  expect(seal.open('creds', '', Buffer.concat([sealed, Buffer.of(0)]))).toBeNull();
});

test('S45 a value sealed twice reads differently, and opens to the same, an empty one too', () => {
  const seal = createSeal(key, 'whatsapp');
  for (const one of [value, Buffer.alloc(0), Buffer.alloc(100_000, 7)]) {
    const [first, second] = [seal.seal('k', 'a', one), seal.seal('k', 'a', one)];
    expect(Buffer.from(first).equals(second)).toBe(false);
    for (const sealed of [first, second]) expect(Buffer.from(seal.open('k', 'a', sealed)!)).toEqual(one);
  }
});

test('S45 an id is hashed with the key: alike for the same place only, and never in plain', () => {
  const seal = createSeal(key, 'whatsapp');
  const id = seal.idOf('session', '62811');
  expect(createSeal(key, 'whatsapp').idOf('session', '62811')).toBe(id);
  const others = [
    seal.idOf('session', '62812'),
    seal.idOf('sessio', 'n62811'),
    createSeal(key, 'telegram').idOf('session', '62811'),
    createSeal(new Uint8Array(32), 'whatsapp').idOf('session', '62811'),
  ];
  expect(new Set([id, ...others]).size).toBe(5);
  expect(id).toMatch(/^[\w-]{43}$/);
});

test('a key of another length is refused', () => {
  expect(() => createSeal(new Uint8Array(31), 'whatsapp')).toThrow('31');
});
