import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSecrets } from '../../src/language/secrets.ts';
import { rowsOf } from './table.ts';

const rows = rowsOf('secrets.tsv', 3);

describe('hideSecrets()', () => {
  it.each(rows.map(({ line, cells: [message, stored, kinds] }) => ({ line, message, stored, kinds })))(
    'S02 stores “$message” as “$stored” (line $line)',
    ({ message, stored, kinds }) => {
      const hidden = hideSecrets(message!);
      expect(hidden.text).toBe(stored);
      expect(hidden.hidden.toSorted()).toEqual(kinds === '-' ? [] : kinds!.split(',').toSorted());
    },
  );

  it.each(rows.map(({ cells: [, stored] }) => stored!))('changes nothing more in “%s”', (stored) => {
    expect(hideSecrets(stored).text).toBe(stored);
  });

  it('S03 finds sixteen digits through any marks, invisible characters and scripts', () => {
    const noise = fc.array(
      fc.constantFrom(' ', '.', '-', '/', '\u200b', '\u2060', '\u00ad', '\u202e', '\ufe0f'),
      {
        maxLength: 3,
      },
    );
    // ASCII, full-width, Arabic-Indic, Persian, Devanagari, Thai, mathematical bold.
    const zero = fc.constantFrom(0x30, 0xff10, 0x660, 0x6f0, 0x966, 0xe50, 0x1d7ce);
    const digit = fc.tuple(fc.integer({ min: 0, max: 9 }), zero, noise);
    fc.assert(
      fc.property(fc.array(digit, { minLength: 16, maxLength: 16 }), (digits) => {
        const text = digits
          .map(([value, start, marks]) => String.fromCodePoint(start + value) + marks.join(''))
          .join('');
        const { text: stored, hidden } = hideSecrets(`nik saya ${text} ya`);
        expect(stored).toMatch(/^nik saya \[nomor\].{0,3} ya$/u);
        expect(hidden).toEqual(['number']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('S03 finds thirteen and more digits spelt out or mixed with figures', () => {
    const spelt = fc.constantFrom(
      ...'nol satu dua tiga empat lima enam tujuh delapan sembilan zero one two three 0 1 2 3 4 5 6 7 8 9'.split(
        ' ',
      ),
    );
    const digits = fc.array(spelt, { minLength: 13, maxLength: 19 });
    fc.assert(
      fc.property(digits, fc.constantFrom(' ', ' - ', '-', '/'), (words, between) => {
        expect(hideSecrets(words.join(between)).text).toBe('[nomor]');
      }),
    );
  });

  it('S04 hides every one of 10,000 generated NIK, alone and in a sentence', () => {
    let seed = 20_260_812;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const two = (value: number): string => String(value).padStart(2, '0');
    const missed: string[] = [];
    for (let count = 0; count < 10_000; count += 1) {
      const born = `${two(1 + random(31) + 40 * random(2))}${two(1 + random(12))}${two(random(100))}`;
      const nik = `${11 + random(84)}${two(1 + random(79))}${two(1 + random(30))}${born}${String(random(10_000)).padStart(4, '0')}`;
      const inSentence = hideSecrets(`ini nik saya ${nik}, tolong dicek`);
      if (hideSecrets(nik).text !== '[nomor]' || inSentence.text !== 'ini nik saya [nomor], tolong dicek')
        missed.push(nik);
    }
    expect(missed).toEqual([]);
  });

  it('S05 hides four to eight digits alone and beside otp, kode, verifikasi or pin', () => {
    const code = fc.stringMatching(/^\d{4,8}$/).filter((digits) => !PUBLIC_NUMBERS.includes(digits));
    const frame = fc.constantFrom(
      '#',
      ' # ',
      '#.',
      'otp #',
      'kode saya #',
      '# kode verifikasi',
      'ini pin nya #',
      'OTP:#',
    );
    fc.assert(
      fc.property(code, frame, (digits, sentence) => {
        const { text, hidden } = hideSecrets(sentence.replace('#', digits));
        expect(text).toBe(sentence.replace('#', '[kode]'));
        expect(hidden).toEqual(['code']);
      }),
    );
  });

  it('S05 never hides a menu number', () => {
    const frame = fc.constantFrom(
      '#',
      '#.',
      'no #',
      'nomor #',
      'pilih # kak',
      'yang #',
      '#, #',
      '# dan #',
      'kode #',
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), frame, (number, sentence) => {
        const message = sentence.replaceAll('#', String(number));
        expect(hideSecrets(message)).toEqual({ text: message, hidden: [] });
      }),
    );
  });

  it('S06 hides whatever follows password, sandi, pw or pin and a mark, to the end of the line', () => {
    const word = fc.constantFrom(
      'password',
      'Password',
      'kata sandi',
      'sandi',
      'pw',
      'password saya',
      'sandi akun saya',
    );
    const mark = fc.constantFrom(':', ': ', ' : ', '=', ' = ');
    const secret = fc
      .stringMatching(/^[A-Za-z0-9!#$%&*_]{1,12}( [A-Za-z0-9]{1,8}){0,2}$/)
      .map((text) => `x${text}`);
    fc.assert(
      fc.property(word, mark, secret, (before, between, value) => {
        const { text, hidden } = hideSecrets(`${before}${between}${value}\nterima kasih`);
        expect(text).toBe(`${before}${between}[sandi]\nterima kasih`);
        expect(hidden).toContain('password');
      }),
    );
  });

  it('S14 keeps every other character as it was, lone surrogates too', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, (message) => {
        const { text: stored, hidden } = hideSecrets(message);
        if (hidden.length === 0 && !stored.includes('[email]')) expect(stored).toBe(message);
      }),
    );
    expect(hideSecrets('\ud800 nik 3201123456789012 \udc00').text).toBe('\ud800 nik [nomor] \udc00');
  });

  it.each([
    '1 ',
    'password ',
    'password x ',
    'pw: ',
    '@',
    'a@a',
    'a',
    'satu ',
    'satusatudua',
    '1.',
    '٣\u200b',
    'sandi saya akun saya ',
    '12/08/2026 ',
    ' ',
  ])('S26 takes time in proportion to the length of “%s” many times over', (piece) => {
    const message = piece.repeat(Math.ceil(65_536 / piece.length));
    const startedAt = performance.now();
    hideSecrets(message);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

const PUBLIC_NUMBERS = ['1500630', '1500537', '1500696', '150911', '1500445', '1500046', '1500888'];
