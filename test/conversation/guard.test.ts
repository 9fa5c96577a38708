import { describe, expect, test } from 'vitest';
import { foreignLinkIn, guardOperatorText } from '../../src/conversation/guard.ts';
import type { Saying, SpokenText } from '../../src/message.ts';
import { shippedKnowledge } from '../support/conversation.ts';

const { facts } = shippedKnowledge().checklist;
const guard = (text: string) => guardOperatorText(facts, text);

const PASSES = [
  'Selamat siang, laporan Anda sudah kami teruskan. Mohon ditunggu sampai besok, ya.',
  'Silakan cek kontak lembaga di https://kelembagaan.kemnaker.go.id',
  'Silakan cek kontak lembaga di kelembagaan.kemnaker.go.id.',
  'Lihat https://www.prakerja.go.id/faq (bagian insentif), lalu kabari kami.',
  'Lihat prakerja.go.id/faq, ya.',
  'Videonya: https://www.youtube.com/watch?v=jzgg5eIgd_E',
  'Tulis ke info@prakerja.go.id, atau mailto:info@prakerja.go.id?subject=Insentif&body=Halo%2C%20mohon%20dicek.',
  'Telepon 021-25541246, Senin–Jumat, 08.00–19.00 WIB.',
  'Teruskan: https://wa.me/?text=Selamat%20siang%2C%20mohon%20dinilai.',
  'Teruskan: https://t.me/share/url?url=https%3A%2F%2Fprakerja.go.id&text=Mohon%20dinilai.',
  'Sudah selesai.Kalau ada kabar,kabari kami.',
  'Kata Pak Budi, S.Ag., M.Si. dan Bu Ani, A.Md., penilaiannya sudah masuk.',
  'Insentifnya Rp1.500.000, cair pukul 08.00 tanggal 12.11.2026.',
  'OTP, PIN, dan kata sandi jangan diberikan kepada siapa pun, ya.',
  'Kami tidak pernah meminta NIK atau foto KTP.',
  'Pastikan nomor HP di e-wallet sama dengan yang terdaftar di Prakerja.',
  'Semangat! 👨‍👩‍👧 🙏🏽',
];

const FOREIGN: readonly [text: string, found: string][] = [
  ['Isi di https://prakerja.vip/login', 'https://prakerja.vip/login'],
  ['isi di prakerja12.info, ya', 'prakerja12.info'],
  ['klik bit.ly/x', 'bit.ly/x'],
  ['klik (bit.ly/x).', 'bit.ly/x'],
  ['klik t.co/x', 't.co/x'],
  ['klik BIT.LY/x', 'BIT.LY/x'],
  ['klik bit。ly/x', 'bit.ly/x'],
  ['klik ｂｉｔ．ｌｙ／x', 'bit.ly/x'],
  ['klik bit\u200b.\u2060ly/x', 'bit.ly/x'],
  ['http://prakerja.go.id', 'http://prakerja.go.id'],
  ['https://prakerja.go.id@evil.example', 'https://prakerja.go.id@evil.example'],
  ['https://prakerja.go.id:x@evil.example/', 'https://prakerja.go.id:x@evil.example/'],
  ['https://evil.example\\@prakerja.go.id', 'https://evil.example\\@prakerja.go.id'],
  ['https://prakerja.go.id.evil.example', 'https://prakerja.go.id.evil.example'],
  ['https://evil-prakerja.go.id', 'https://evil-prakerja.go.id'],
  ['https://prakerja.go.id:8080', 'https://prakerja.go.id:8080'],
  ['https://prakеrja.go.id', 'https://prakеrja.go.id'],
  ['prаkerja.go.id', 'prаkerja.go.id'],
  ['prakerja.go.іd', 'prakerja.go.іd'],
  ['xn--prkerja-4fg.com', 'xn--prkerja-4fg.com'],
  ['пример.рф', 'пример.рф'],
  ['https://prakerja.go.id∕x.evil.example', 'https://prakerja.go.id∕x.evil.example'],
  ['prakerja.go.id∕.evil.com', 'prakerja.go.id∕.evil.com'],
  ['[prakerja.go.id](https://evil.example)', 'https://evil.example'],
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
  ['https://www.youtube.com/watch?v=jzgg5eigd_e', 'https://www.youtube.com/watch?v=jzgg5eigd_e'],
  ['https://youtu.be/jzgg5eIgd_E', 'https://youtu.be/jzgg5eIgd_E'],
  ['https://wa.me/6281234567890', 'https://wa.me/6281234567890'],
  ['https://wa.me/6281234567890?text=halo', 'https://wa.me/6281234567890?text=halo'],
  ['https://t.me/prakerja_bantuan', 'https://t.me/prakerja_bantuan'],
  [
    'https://t.me/share/url?url=https%3A%2F%2Fevil.example&text=x',
    'https://t.me/share/url?url=https%3A%2F%2Fevil.example&text=x',
  ],
  ['https://wa.me/?text=klik%20bit.ly%2Fx', 'https://wa.me/?text=klik%20bit.ly%2Fx'],
  ['tulis ke admin@prakerja-bantuan.com', 'admin@prakerja-bantuan.com'],
  ['tulis ke prakerja@gmail.com', 'prakerja@gmail.com'],
  ['mailto:info@prakerja.go.id?bcc=x@evil.example', 'mailto:info@prakerja.go.id?bcc=x@evil.example'],
  ['mailto:x@evil.example', 'mailto:x@evil.example'],
  ['mailto:info@prakerja.go.id,x@evil.example', 'mailto:info@prakerja.go.id,x@evil.example'],
  ['hubungi @prakerja_bantuan', '@prakerja_bantuan'],
  ['buka 185.12.3.44/login', '185.12.3.44/login'],
  ['buka tg://resolve?domain=x', 'tg://resolve?domain=x'],
  ['tel:081234567890', 'tel:081234567890'],
  ['javascript:alert(1)', 'javascript:alert(1'],
  ['hxxps://evil.example/x', 'hxxps://evil.example/x'],
  ['www.evil.example', 'www.evil.example'],
];

const REQUESTS = [
  'Mohon kirim kode OTP Anda.',
  'Boleh minta O.T.P yang masuk?',
  'kirim 0TP nya ya kak',
  'Kirim p i n Anda',
  'Sebutkan NIK Anda.',
  'NIK Anda?',
  'Tolong tulis nomor KK.',
  'Kata sandinya berapa?',
  'Kirim foto KTP ke sini, ya.',
  'Berapa nomor kartu Anda?',
  'Balas dengan kode yang masuk ke HP Anda.',
  'Jangan ragu, kirim PIN Anda.',
  'Please send your password.',
  'Kirim\u200bkan O\u200bTP',
];

const SECRETS = [
  'NIK Anda 3201234567890123 sudah benar.',
  'Kodenya 493021.',
  'Sandinya rahasia123',
  'Hubungi saya di 081234567890.',
  'Nomornya 3 2 0 1 2 3 4 5 6 7 8 9 0 1 2 3.',
];

describe("an operator's own words", () => {
  test.each(PASSES)('S18 may be sent: %s', (text) => {
    expect(guard(text)).toEqual({ text });
  });

  test.each(FOREIGN)('S18 are refused with a foreign link: %s', (text, found) => {
    expect(guard(text)).toEqual({ refused: 'link', found });
  });

  test.each(REQUESTS)('S10 are refused when they ask for what nobody may be asked for: %s', (text) => {
    expect(guard(text)).toMatchObject({ refused: 'request' });
  });

  test.each(SECRETS)('S10 are refused with a secret in them: %s', (text) => {
    expect(guard(text)).toMatchObject({ refused: 'secret' });
  });

  test('are refused when there are none, or too many', () => {
    expect(guard(' \u200b\n')).toMatchObject({ refused: 'empty' });
    expect(guard('a'.repeat(3_501))).toMatchObject({ refused: 'too-long' });
    expect(guard('a'.repeat(3_500))).toEqual({ text: 'a'.repeat(3_500) });
  });

  test('S14 lose characters that turn the direction of writing, and keep their lines', () => {
    expect(guard('satu\r\n\u202edua\u0007')).toEqual({ text: 'satu\ndua' });
  });

  test('S18 follow the facts: a link is let through while its fact is on', () => {
    const off = facts.map((fact) => (fact.id === 'provider.register' ? { ...fact, on: false } : fact));
    expect(guardOperatorText(off, 'https://kelembagaan.kemnaker.go.id')).toMatchObject({ refused: 'link' });
  });

  test('S26 are read in time that grows with their length', () => {
    const begin = performance.now();
    for (const piece of ['a.', 'a@', 'a.a@', 'https://', '1.', 'o t p ', '@a', 'a_', ':', 'kirim otp '])
      guard(piece.repeat(3_500 / piece.length));
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});

describe('a message on its way out', () => {
  const saying = (text: string, more: Partial<Saying> = {}): Saying => ({
    kind: 'say',
    text: text as SpokenText,
    choices: [],
    menu: null,
    priority: 'reply',
    ...more,
  });

  test('S18 may hold every text of Pandu in both languages', () => {
    const { words } = shippedKnowledge();
    const foreign = [...words.id.values(), ...words.en.values()].flatMap(
      (text) => foreignLinkIn(facts, saying(text)) ?? [],
    );
    expect(foreign).toEqual([]);
  });

  test('S18 may not hold a foreign link, whoever put it there', () => {
    expect(foreignLinkIn(facts, saying('Klik https://evil.example'))).toBe('https://evil.example');
    expect(foreignLinkIn(facts, saying('Klik https://evil.example', { passing: true }))).not.toBeNull();
  });

  test('takes no name that was typed with dots for a link', () => {
    expect(foreignLinkIn(facts, saying('Kemnaker: Moh.Nur.Al', { passing: true }))).toBeNull();
  });
});
