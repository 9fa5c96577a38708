import { describe, expect, it } from 'vitest';
import { readName } from '../../../src/language/names/read-name.ts';
import { readNamePair } from '../../../src/language/names/read-pair.ts';
import { rowsOf } from './table.ts';

const MESSAGES = rowsOf('messages.txt', 3);
const REPLIES = rowsOf('replies.txt', 2);

function nameOf(cell: string | undefined): string | null {
  return cell === undefined || cell === '-' ? null : cell;
}

describe('both names from one message, as messages.txt has them:', () => {
  for (const { line, cells } of MESSAGES) {
    it(`line ${line}: ${JSON.stringify(cells[0])}`, () => {
      expect(readNamePair(cells[0]!)).toEqual({ kemnaker: nameOf(cells[1]), prakerja: nameOf(cells[2]) });
    });
  }
});

describe('one name from a reply, as replies.txt has it:', () => {
  for (const { line, cells } of REPLIES) {
    it(`line ${line}: ${JSON.stringify(cells[0])}`, () => {
      expect(readName(cells[0]!)).toBe(nameOf(cells[1]));
    });
  }
});
