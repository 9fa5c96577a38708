import { describe, expect, test } from 'vitest';
import { areNearProviders, providerKey, readProvider } from '../../src/language/providers.ts';
import { rowsOf } from './table.ts';

const rows = rowsOf('providers.tsv', 2).map(({ cells }) => cells as [key: string, written: string]);

describe('the name of a provider', () => {
  test.each(rows)('%s: %s', (key, written) => {
    expect(readProvider(written)).toMatchObject({ key });
  });

  test('is one key for one institution, whatever way it is written', () => {
    expect(rows.length).toBeGreaterThanOrEqual(150);
    expect(new Set(rows.map(([key]) => key)).size).toBeGreaterThanOrEqual(30);
  });

  test('is shown as it was typed, without what stands around it', () => {
    expect(readProvider('  nama lembaganya LPK  Maju*Jaya* kak 🙏')).toEqual({
      key: 'majujaya',
      name: 'LPK Maju Jaya',
    });
  });

  test('makes the same key of its own display name', () => {
    for (const [, written] of rows) {
      const read = readProvider(written);
      expect('name' in read && providerKey(read.name)).toBe('key' in read && read.key);
    }
  });
});

describe('near misses', () => {
  test.each([
    ['LPK Maju Jaya', 'LPK Maju Jayaa'],
    ['LPK Maju Jaya', 'LPK Maju Jya'],
    ['PT Digital Kreatif', 'PT Digital Kraetif'],
    ['LPK Dunia Barista', 'LPK Dunia Baristta'],
  ])('are never one, and a person may look at them: %s, %s', (one, other) => {
    const [a, b] = [providerKey(one), providerKey(other)];
    expect(a).not.toBe(b);
    expect(areNearProviders(a, b)).toBe(true);
    expect(areNearProviders(b, a)).toBe(true);
  });

  test.each([
    ['LPK Maju Jaya', 'LPK Maju Jaya'],
    ['LPK Maju Jaya 1', 'LPK Maju Jaya 2'],
    ['LPK Maju Jaya', 'LPK Karya Jaya'],
    ['LPK ABC', 'LPK ABD'],
    ['BLK Kota Bandung', 'BLK Kabupaten Bandung'],
  ])('are not made of %s and %s', (one, other) => {
    expect(areNearProviders(providerKey(one), providerKey(other))).toBe(false);
  });
});

describe('what is no name of a provider', () => {
  test.each([
    ['🙏', 'blank'],
    ['...', 'blank'],
    ['LPK', 'generic'],
    ['lembaga pelatihan kerja', 'generic'],
    ['BLK', 'generic'],
    ['Siti Aminah', 'person'],
    ['Budi', 'person'],
    ['Pak Darmawan', 'person'],
    ['Ahmad Zubkrama, S.Pd', 'person'],
    ['Drs. Tjitroqolo', 'person'],
    ['081234567890', 'number'],
    ['LPK Maju 0812 3456 7890', 'number'],
    ['NIK 3201234567890123', 'number'],
    ['[nomor]', 'number'],
    ['www.majujaya.com', 'link'],
    ['https://majujaya.com', 'link'],
    ['majujaya.com', 'link'],
    ['lpk@gmail.com', 'link'],
    ['@majujaya', 'link'],
    ['saya lupa namanya', 'sentence'],
    ['kenapa harus ditanya', 'sentence'],
    ['LPK apa ya?', 'sentence'],
    ['aku ikut kelas di tempat yang dekat pasar besar itu lho sama teman teman', 'sentence'],
    ['x'.repeat(81), 'sentence'],
  ])('%s is told apart', (typed, problem) => {
    expect(readProvider(typed)).toEqual({ problem });
  });

  test('S26 is found in time that grows with the length', () => {
    const begin = performance.now();
    for (const piece of ['l p k ', 'a.', 'lembaga ', '1 ', 'nama '])
      readProvider(piece.repeat(2_000 / piece.length));
    expect(performance.now() - begin).toBeLessThan(500);
  });
});
