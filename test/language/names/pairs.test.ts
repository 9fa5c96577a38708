import { describe, expect, it } from 'vitest';
import { compareNames, type NameComparison } from '../../../src/language/names/compare.ts';
import { rowsOf } from './table.ts';

const ROWS = rowsOf('pairs.txt', 5);

function listOf(cell: string | undefined): readonly string[] {
  return cell === undefined || cell === '-' ? [] : cell.split(',');
}

/** The finer details: those of the differences, or why a side is no name. */
function detailsOf({ differences, problem }: NameComparison): readonly string[] {
  const problems = [problem?.kemnaker, problem?.prakerja].filter((one) => one !== null && one !== undefined);
  return [...new Set(problems), ...differences.map(({ detail }) => detail)].toSorted();
}

describe('two names, as pairs.txt has them,', () => {
  for (const { line, cells } of ROWS) {
    const [kemnaker, prakerja, result, kinds, details] = cells;
    it(`line ${line}: "${kemnaker}" and "${prakerja}": ${result}, ${kinds}`, () => {
      const comparison = compareNames(kemnaker!, prakerja!);
      expect({ result: comparison.result, kinds: comparison.kinds }).toEqual({
        result,
        kinds: listOf(kinds),
      });
      if (details !== undefined) expect(detailsOf(comparison)).toEqual(listOf(details).toSorted());
    });
  }

  it('are more than 220 pairs, with every kind among them', () => {
    expect(ROWS.length).toBeGreaterThan(220);
    expect(new Set(ROWS.flatMap(({ cells }) => listOf(cells[3]))).size).toBe(9);
  });
});
