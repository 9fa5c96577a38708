import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../../src/channels/whatsapp/content.ts';
import type { Choice, Language, Saying, SpokenText } from '../../../src/message.ts';

const words = (language: Language) =>
  language === 'en'
    ? { one: 'Reply 1.', several: 'Reply with the number.' }
    : { one: 'Balas 1.', several: 'Balas dengan angkanya.' };

function shown(text: string, labels: readonly string[] = [], language?: Language): string {
  const choices = labels.map((label, index): Choice => ({ id: `${index}`, label: label as SpokenText }));
  const saying: Saying = {
    kind: 'say',
    text: text as SpokenText,
    choices,
    menu: null,
    priority: 'reply',
    ...(language && { language }),
  };
  const content = contentOf(saying, words);
  expect(Object.keys(content)).toEqual(['extendedTextMessage']);
  return content.extendedTextMessage!.text!;
}

describe('what WhatsApp is given to show', () => {
  it.each([
    ['*tebal*', '＊tebal＊'],
    ['_miring_', '＿miring＿'],
    ['~coret~', '～coret～'],
    ['```kode```', '｀｀｀kode｀｀｀'],
    ['`kode`', '｀kode｀'],
    ['“*tebal* _sekali_”', '“＊tebal＊ ＿sekali＿”'],
    ['> kutipan', '› kutipan'],
    ['satu\n> dua', 'satu\n› dua'],
  ])('S16 words that a participant typed as %j get no formatting', (typed, expected) => {
    expect(shown(typed)).toBe(expected);
  });

  it('S16 nothing that is echoed can open a formatting of WhatsApp', () => {
    // A mark formats when it opens a word and another one closes a word (WhatsApp help, "format your messages").
    const formatting = /(?<![\p{L}\p{N}])[*_~`](?=\S)|^> /mu;
    const text = fc.string({
      unit: fc.constantFrom('*', '_', '~', '`', 'a', 'é', '1', ' ', '\n', '>', '.', '🙂'),
    });
    fc.assert(
      fc.property(text, (typed) => !formatting.test(shown(typed))),
      { numRuns: 2_000 },
    );
  });

  it('leaves marks inside words, and links, as they are', () => {
    expect(shown('2*3 dan nama_saya')).toBe('2*3 dan nama_saya');
    const link = 'https://prakerja.go.id/cek_status_~x~?a=*b*';
    expect(shown(`Lihat ${link}`)).toBe(`Lihat ${link}`);
  });

  it('S17 never asks for a preview of a link', () => {
    const content = contentOf(
      { kind: 'say', text: 'https://contoh.id' as SpokenText, choices: [], menu: null, priority: 'reply' },
      words,
    );
    expect(Object.keys(content.extendedTextMessage!)).toEqual(['text']);
  });

  it('numbers the choices as they are answered, with a line below that tells how', () => {
    expect(shown('Pilih:', ['Sudah', 'Belum'])).toBe(
      'Pilih:\n\n1. Sudah\n2. Belum\n\nBalas dengan angkanya.',
    );
    expect(shown('Pilih:', ['Lanjut'])).toBe('Pilih:\n\n1. Lanjut\n\nBalas 1.');
    expect(shown('Choose:', ['Yes', 'No'], 'en')).toContain('Reply with the number.');
    expect(shown('Halo')).toBe('Halo');
  });
});
