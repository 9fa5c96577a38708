import { describe, expect, it } from 'vitest';
import { inShort, readAt, rowsOf } from './table.ts';

describe.each(['wrong-answers.tsv', 'answers.tsv', 'orders.tsv'])('%s', (file) => {
  const rows = rowsOf(file, 3);
  it.each(rows.map(({ line, cells: [question, text, expected] }) => ({ line, question, text, expected })))(
    'reads “$text” while $question is pending as $expected (line $line)',
    ({ question, text, expected }) => {
      expect(inShort(readAt(question!, text!))).toBe(expected);
    },
  );

  it('has no message twice for the same question', () => {
    const keys = rows.map(({ cells: [question, text] }) => `${question}\t${text}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
