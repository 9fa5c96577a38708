/** The points of the source text, as it numbers them. `1` and `4` are the sentences above their lists. */
export const CLAUSES: readonly string[] = [
  '1',
  '1a',
  '1b',
  '1c',
  '1d',
  '1e',
  '2',
  '3',
  '4',
  '4a',
  '4b',
  '4c',
  '5',
];
