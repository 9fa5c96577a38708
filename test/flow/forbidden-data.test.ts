import { expect, test } from 'vitest';
import { requestedData } from '../../src/language/requests.ts';

const REQUESTS = [
  'Kirim NIK Anda.',
  'Tulis NIK dan nomor KK di sini.',
  'Berapa NIK Anda?',
  'Masukkan kode OTP yang Anda terima',
  'Apa PIN e-wallet Anda? Ketik PIN di sini.',
  'Tidak usah khawatir, kirim NIK Anda.',
  'Jangan ragu kirim NIK Anda.',
  'Jangan lupa tulis nomor KK.',
  'Kirim nama, NIK, dan nomor rekening.',
  'NIK Anda silakan kirim ke sini.',
  'Kalau belum, kirim foto KTP Anda.',
  'Sebutkan nama ibu kandung Anda.',
  'Untuk melanjutkan, kami perlu nomor rekening Anda.',
  'Beri tahu kami NIK Anda',
  'Balas dengan nomor GoPay Anda',
  'Nomor OVO Anda berapa?',
  'Kirim data yang diminta, yaitu NIK',
  'Isi kata sandi Anda',
  'Silakan foto KTP lalu kirim.',
  'NIK?',
  'Isi data ini:\nNama:\nNIK:',
  'Nomor rekening Anda?',
  'Please send your NIK.',
  'Enter the verification code.',
  'What is your PIN?',
  'Reply with your account number',
  'Upload a photo of your KTP',
  'Tell us your mother’s maiden name',
  'Do not worry, just type your password here',
  "Don't hesitate to send your PIN",
];

const HARMLESS = [
  'Pandu tidak pernah meminta NIK, OTP, PIN, kata sandi, atau foto KTP.',
  'Gratis, dan tidak pernah meminta NIK, OTP, PIN, password, atau foto KTP.',
  'Jangan kirim NIK, foto KTP, atau nomor rekening ke sini.',
  'NIK, OTP, dan PIN tidak pernah kami minta.',
  'Yang tidak pernah diminta:\n- NIK\n- OTP\n- PIN',
  'Tulis namanya tanpa nomor KTP.',
  'Yang dibutuhkan cuma jawaban Anda, tidak perlu NIK.',
  'Pastikan NIK di e-wallet sama dengan NIK di akun Prakerja, lalu tulis ulasan.',
  'Apakah nomor rekening Anda sudah tersambung?',
  'Telah menyambungkan akun rekening atau nomor gopay, OVO, serta Link Aja.',
  'Kalau ada yang meminta OTP, PIN, atau kata sandi, jangan berikan.',
  'Waspadai pihak yang meminta OTP.',
  'Hapus pesan yang berisi kata sandi itu.',
  'Pesan Anda berisi nomor yang mirip NIK atau nomor rekening. Pandu tidak menyimpannya.',
  'Kalau nama di KTP yang keliru, urusannya dengan Dukcapil.',
  'E-wallet Belum KYC',
  'Kirim pesan ini ke lembaga: Mohon berikan penilaian saya di SISNAKER.',
  'Pandu costs nothing and never asks for your NIK, OTP, PIN, password or a photo of your KTP.',
  "Don't send your PIN or your account number to anyone.",
  'Nobody from Prakerja will ask you for an OTP.',
  'If anyone asks you for an OTP, it is a scam.',
  'We need neither your NIK nor your password.',
  'Make sure the account number is registered in your own name, then send the message to your provider.',
];

test.each(REQUESTS)('S01 requestedData() finds the request in: %s', (text) => {
  expect(requestedData(text)).not.toBeNull();
});

test.each(HARMLESS)('S01 requestedData() lets pass: %s', (text) => {
  expect(requestedData(text)).toBeNull();
});

test('S01 requestedData() names what is asked for as it is written', () => {
  expect(requestedData('Halo! Kirim Nomor Rekening Anda.')).toBe('Nomor Rekening');
});
