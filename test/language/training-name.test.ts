import { describe, expect, test } from 'vitest';
import { LONGEST_TRAINING, readTrainingName } from '../../src/language/training-name.ts';

describe('the name of a training', () => {
  test.each([
    ['Barista Dasar', 'Barista Dasar'],
    ['nama pelatihannya Digital Marketing kak', 'Digital Marketing'],
    ['pelatihan saya: Menjahit', 'Menjahit'],
    ['Pelatihan Las Listrik', 'Pelatihan Las Listrik'],
    ['Belajar Microsoft Excel 2019: Tingkat Lanjut', 'Belajar Microsoft Excel 2019: Tingkat Lanjut'],
    ['“Tata *Boga* _Dasar_” 🙏', 'Tata Boga Dasar'],
    ['Dasar\n  Barista', 'Dasar Barista'],
    ['ASP.NET untuk Pemula', 'ASP. NET untuk Pemula'],
    ['Baris\u202eta {training}', 'Baris ta training'],
    ['K3 Umum (Angkatan 2)', 'K3 Umum (Angkatan 2)'],
  ])('%s', (typed, training) => {
    expect(readTrainingName(typed)).toEqual({ training });
  });

  test('is cut behind a whole word when it is long', () => {
    const long =
      'Teknik Pemasaran Digital untuk Pelaku Usaha Mikro: Strategi Konten, Iklan, dan Penjualan di Lokapasar bagi Pemula';
    const read = readTrainingName(long);
    expect('training' in read && read.training).toMatch(/ dan Penjualan di…$/);
    expect('training' in read && read.training.length).toBeLessThanOrEqual(LONGEST_TRAINING);
  });

  test.each([
    ['🙏', 'blank'],
    ['7', 'blank'],
    ['3201234567890123', 'secret'],
    ['Barista 08123456789', 'secret'],
    ['Barista, password: rahasia123', 'secret'],
    ['Barista [nomor]', 'secret'],
    ['Barista https://evil.example', 'link'],
    ['klik bit.ly/x', 'link'],
    ['admin@evil.example', 'link'],
    ['hubungi @penipu', 'link'],
    ['saya lupa namanya', 'sentence'],
    ['Mohon kirim OTP Anda', 'sentence'],
    ['kata '.repeat(80), 'sentence'],
  ])('is not taken from %s', (typed, problem) => {
    expect(readTrainingName(typed)).toEqual({ problem });
  });
});
