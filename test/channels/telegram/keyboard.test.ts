import { expect, test } from 'vitest';
import { keyboardOf } from '../../../src/channels/telegram/keyboard.ts';
import { saying } from '../../support/telegram/connected.ts';

function rows(...labels: string[]): string[][] | undefined {
  const { choices } = saying(
    '?',
    labels.map((label, index): [string, string] => [`id${index}`, label]),
  );
  return keyboardOf(choices)?.inline_keyboard.map((row) => row.map(({ text }) => text));
}

test('a message without choices has no keyboard at all', () => {
  expect(rows()).toBeUndefined();
});

test('two short labels share a row, long ones stand alone, and the order stays', () => {
  expect(rows('Sudah', 'Belum', 'Tidak tahu')).toEqual([['Sudah', 'Belum'], ['Tidak tahu']]);
  expect(rows('Sudah', 'Sertifikat belum ada', 'Belum')).toEqual([
    ['Sudah'],
    ['Sertifikat belum ada'],
    ['Belum'],
  ]);
  expect(rows('Lihat semua langkah', 'Kenapa?', 'Menu')).toEqual([
    ['Lihat semua langkah'],
    ['Kenapa?', 'Menu'],
  ]);
});

test('each button carries the id of its choice', () => {
  expect(keyboardOf(saying('?', [['q:a:1', 'Ya']]).choices)).toEqual({
    inline_keyboard: [[{ text: 'Ya', callback_data: 'q:a:1' }]],
  });
});
