import { expect, test } from 'vitest';
import { findGap } from '../../../src/channels/telegram/gap.ts';
import { createMessageIds } from '../../../src/channels/telegram/message-ids.ts';

function seen(received: readonly number[], sent: readonly number[] = []) {
  const ids = createMessageIds();
  for (const id of received) ids.noteReceived(id);
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

test('too wide a gap is asked about where the message most likely is, and concludes nothing', () => {
  const wide = findGap({ known: ['10'], seen: seen([], [900_000]), highestBefore: null, unresolved: 0 });
  expect(wide.complete).toBe(false);
  expect(wide.ids).toHaveLength(60);
  expect(wide.ids[0]).toBe(899_999);
});
