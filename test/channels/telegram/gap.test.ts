import { expect, test } from 'vitest';
import { findGap } from '../../../src/channels/telegram/gap.ts';
import { createMessageIds } from '../../../src/channels/telegram/message-ids.ts';

function seen(received: readonly number[], sent: readonly number[] = []) {
  const ids = createMessageIds();
  for (const id of received) ids.note(id);
  for (const id of sent) ids.noteSent(id);
  return ids;
}
const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

test('with nothing known there is nothing to ask and nothing to conclude', () => {
  expect(findGap({ known: [], seen: seen([]), highestBefore: null, unresolved: 0 })).toEqual({
    ids: [],
    complete: false,
  });
  expect(
    findGap({ known: ['q99', 'left.3', 'e4.5'], seen: seen([]), highestBefore: null, unresolved: 0 }).ids,
  ).toEqual([]);
});

test('a message of this process lies above what was seen before it, at none of the ids seen since', () => {
  const gap = findGap({
    known: ['10', 'm11'],
    seen: seen([11, 12, 14], [10, 15]),
    highestBefore: 12,
    unresolved: 1,
  });
  expect(gap).toEqual({ ids: [13, ...upTo(16, 24)], complete: true });
});

test('more sends of unknown fate make room for more unseen ids', () => {
  const of = (unresolved: number): number =>
    findGap({ known: ['10'], seen: seen([]), highestBefore: 10, unresolved }).ids.length;
  expect(of(30) - of(0)).toBe(30);
});

test('a message of an earlier process lies below the first of ours, nearest first', () => {
  const gap = findGap({
    known: ['10', 'm12'],
    seen: seen([14], [17, 18]),
    highestBefore: null,
    unresolved: 0,
  });
  expect(gap).toEqual({ ids: [16, 15, 13, 11], complete: true });
});

test('as long as this process sent nothing, a message of an earlier one may be anywhere', () => {
  const gap = findGap({ known: ['10'], seen: seen([13]), highestBefore: null, unresolved: 0 });
  expect(gap).toEqual({ ids: [11, 12, ...upTo(14, 21)], complete: false });
});

test("a participant's younger messages do not hide an older one of ours", () => {
  const gap = findGap({
    known: ['m5', '10', 'm13'],
    seen: seen([13], [20]),
    highestBefore: null,
    unresolved: 0,
  });
  expect(gap.ids).toContain(11);
  expect(gap.ids).not.toContain(13);
});

test('a first reply lies above the first message of its chat', () => {
  const gap = findGap({ known: ['m100', 'm104'], seen: seen([], [103]), highestBefore: null, unresolved: 0 });
  expect(gap).toEqual({ ids: [102, 101], complete: true });
});

test('too wide a gap is asked about at the likeliest places, and concludes nothing', () => {
  const known = ['10', 'm5000', 'm7000'];
  const { ids, complete } = findGap({ known, seen: seen([], [900_000]), highestBefore: null, unresolved: 0 });
  expect(complete).toBe(false);
  expect(ids).toEqual([
    ...upTo(899_970, 899_999).reverse(),
    ...upTo(5_001, 5_040),
    ...upTo(7_001, 7_010),
    ...upTo(11, 20),
  ]);
});

test('a gap that is just not too wide is asked about completely', () => {
  const gap = (first: number) =>
    findGap({ known: ['10'], seen: seen([], [first]), highestBefore: null, unresolved: 0 });
  expect(gap(101)).toEqual({ ids: upTo(11, 100).reverse(), complete: true });
  expect(gap(102).complete).toBe(false);
});

test('a busy time since the send makes it too wide as well', () => {
  const gap = findGap({ known: [], seen: seen([1_000]), highestBefore: 10, unresolved: 0 });
  expect(gap).toEqual({ ids: upTo(11, 100), complete: false });
});
