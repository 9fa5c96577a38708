import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readName } from '../../../src/language/names/read-name.ts';
import { readNamePair } from '../../../src/language/names/read-pair.ts';
import { anyText, name, plainName } from './names.ts';

const cased = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.constantFrom('as it is', 'upper'))
    .map(([one, how]) => (how === 'upper' ? one.toUpperCase() : one));

describe('a reply with one name', () => {
  const before = fc.constantFrom(
    '',
    'nama saya ',
    'Nama saya: ',
    'atas nama ',
    'a.n. ',
    'kak, ',
    'halo min, nama saya ',
    'namanya ',
    'yang muncul ',
  );
  const behind = fc.constantFrom('', ' kak', ' kak 🙏', ', makasih', ' ya kak', '!', ' terima kasih');

  it('gives the whole name and nothing but the name', () => {
    fc.assert(
      fc.property(before, cased(name), behind, (start, text, end) => {
        expect(readName(start + text + end)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives it in small letters too', () => {
    fc.assert(
      fc.property(before, plainName, behind, (start, text, end) => {
        expect(readName(start + text.toLowerCase() + end)).toBe(text.toLowerCase());
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives the same name again when it is read again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const found = readName(text);
        if (found !== null) expect(readName(found)).toBe(found);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a message with both names', () => {
  const shapes = fc.constantFrom<(kemnaker: string, prakerja: string) => string>(
    (kemnaker, prakerja) => `di kemnaker ${kemnaker} di prakerja ${prakerja}`,
    (kemnaker, prakerja) => `prakerja ${prakerja} kalau di sisnaker ${kemnaker}`,
    (kemnaker, prakerja) => `Kemnaker: ${kemnaker}\nPrakerja: ${prakerja}`,
    (kemnaker, prakerja) => `akun kemnaker saya namanya ${kemnaker} sedangkan di prakerja ${prakerja} kak`,
    (kemnaker, prakerja) => `${kemnaker} di kemnaker, ${prakerja} di prakerja`,
    (kemnaker, prakerja) => `${prakerja} (prakerja), ${kemnaker} (kemnaker)`,
    (kemnaker, prakerja) => `yang kemnaker ${kemnaker} yang satunya ${prakerja}`,
  );

  it('gives each its own, whichever stands first', () => {
    fc.assert(
      fc.property(shapes, cased(name), cased(name), (shape, kemnaker, prakerja) => {
        expect(readNamePair(shape(kemnaker, prakerja))).toEqual({ kemnaker, prakerja });
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws, and gives only what stands in it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const found of Object.values(readNamePair(text)))
          if (found !== null) expect(text).toContain(found);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what is known of the names', () => {
  const known = { kemnaker: 'Siti Aminah S.Pd' };

  it('stays when the message speaks of the other account', () => {
    expect(readNamePair('di prakerja SITI AMINAH', known)).toEqual({ ...known, prakerja: 'SITI AMINAH' });
  });

  it('makes of a lone name the one that is missing', () => {
    expect(readNamePair('SITI AMINAH kak', known)).toEqual({ ...known, prakerja: 'SITI AMINAH' });
  });

  it('stays when the message has no name', () => {
    expect(readNamePair('sama kak', known)).toEqual({ ...known, prakerja: null });
  });

  it('gives way to a correction', () => {
    expect(readNamePair('kemnaker: Siti Aminah', known)).toEqual({ kemnaker: 'Siti Aminah', prakerja: null });
  });

  it('is not overwritten by a name that belongs to neither', () => {
    const both = { kemnaker: 'Siti', prakerja: 'Siti Aminah' };
    expect(readNamePair('Budi Hartanto', both)).toEqual(both);
    expect(readNamePair('Budi Hartanto')).toEqual({ kemnaker: null, prakerja: null });
  });
});
