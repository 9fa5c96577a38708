import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText, TEXT_LIMIT } from '../../../src/channels/telegram/split.ts';

test.each(['', '   ', '\n\n', '\u200b\u200d', '\u0007'])('F84 nothing is sent of %j', (text) => {
  expect(splitText(text)).toEqual([]);
});

test('F84 a text at the limit stays whole, and one unit more makes two', () => {
  expect(splitText('a'.repeat(TEXT_LIMIT))).toEqual(['a'.repeat(TEXT_LIMIT)]);
  expect(splitText('a'.repeat(TEXT_LIMIT + 1)).map((part) => part.length)).toEqual([TEXT_LIMIT, 1]);
});

test.each([
  ['between paragraphs before lines', 'aaaa bbbb\n\ncc\ndddd eeee', ['aaaa bbbb', 'cc\ndddd eeee']],
  ['between lines before words', 'aaaa bbbb\ncc dddd eeee', ['aaaa bbbb', 'cc dddd eeee']],
  ['between words before letters', 'aaaabbbbcccc dddd eeee', ['aaaabbbbcccc', 'dddd eeee']],
  ['between letters when nothing else is left', 'a'.repeat(20), ['a'.repeat(16), 'aaaa']],
  ['never within a pair of surrogates', `${'a'.repeat(15)}😀b`, ['a'.repeat(15), '😀b']],
  [
    'not at a break far ahead of the limit',
    `a\n\n${'b'.repeat(20)}`,
    [`a\n\n${'b'.repeat(13)}`, 'b'.repeat(7)],
  ],
])('F84 a long text is cut %s', (_, text, parts) => {
  expect(splitText(text, 16)).toEqual(parts);
});

test('F84 S14 every part of any text fits, is well-formed and not empty, and nothing but white space is lost', () => {
  const anything = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\ud800', '\n\n', '\n', ' ', '😀', 'kata ', 'e\u0301\u0301'),
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(anything, fc.integer({ min: 4, max: 40 }), (pieces, limit) => {
      const text = pieces.join('');
      const parts = splitText(text, limit);
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(limit);
        expect(part.isWellFormed()).toBe(true);
        expect(part.trim()).toBe(part);
        expect(part).not.toBe('');
      }
      const visible = (some: string): string =>
        some.toWellFormed().replace(/[\p{Cf}\p{Cc}\p{White_Space}]/gu, '');
      expect(visible(parts.join(''))).toBe(visible(text));
    }),
    { numRuns: 500 },
  );
});
