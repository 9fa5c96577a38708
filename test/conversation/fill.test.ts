import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fill, join, numbered } from '../../src/conversation/fill.ts';
import type { Words } from '../../src/conversation/knowledge.ts';

const words: Words = new Map([
  ['say.greeting', 'Halo!'],
  ['say.noted', 'Dicatat: {answer}.'],
  ['say.twice', '{answer}, ya: {answer} ({count})'],
]);

test('fill() names the text that does not exist', () => {
  expect(() => fill(words, 'say.nothing')).toThrow(
    new RangeError("Cannot say 'say.nothing': there is no such text"),
  );
});

test('fill() names the placeholder without a value', () => {
  expect(() => fill(words, 'say.noted')).toThrow(
    new RangeError("Cannot say 'say.noted': no value for {answer}"),
  );
  expect(() => fill(words, 'say.noted', { other: 'x' })).toThrow(RangeError);
});

test('fill() takes no value from the prototype of the values', () => {
  const tricky: Words = new Map([['say.x', '{constructor}']]);
  expect(() => fill(tricky, 'say.x', {})).toThrow(RangeError);
});

test('fill() puts every value in, as often as it is named, and ignores values that are not named', () => {
  expect(fill(words, 'say.twice', { answer: 'Sudah', count: 2, unused: 'x' })).toBe('Sudah, ya: Sudah (2)');
  expect(fill(words, 'say.greeting')).toBe('Halo!');
});

test('fill() puts values in as they are: no placeholder, no replacement pattern in them comes to life', () => {
  for (const value of ['{answer}', '{count}', '$&', '$1', "$'", '{', '}', '\\']) {
    expect(fill(words, 'say.noted', { answer: value })).toBe(`Dicatat: ${value}.`);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(fill(words, 'say.noted', { answer: value })).toBe(`Dicatat: ${value}.`.toWellFormed());
    }),
  );
});

test('F84 texts with half a surrogate pair become well-formed before any platform sees them', () => {
  const halved: Words = new Map([['say.x', '{a}\udc4d']]);
  const text = fill(halved, 'say.x', { a: '\ud83d' });
  expect(text.isWellFormed()).toBe(true);
  expect(fill(words, 'say.noted', { answer: 'x\ud83d' }).isWellFormed()).toBe(true);
});

test('join() puts the separator between texts and nowhere else', () => {
  const greeting = fill(words, 'say.greeting');
  expect(join([greeting, greeting], ' · ')).toBe('Halo! · Halo!');
  expect(join([], '\n')).toBe('');
});

test('numbered() counts from one', () => {
  const greeting = fill(words, 'say.greeting');
  expect(numbered([greeting, greeting])).toBe('1. Halo!\n2. Halo!');
});
