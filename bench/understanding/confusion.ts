import type { Outcome } from './heard.ts';

const WIDTH = 1200;
const LEFT = 222;
const TOP = 200;
const BOTTOM = 64;
/** Room for the slanting name of the last column. */
const RIGHT = 56;
/** From this count on a mistake has the deepest shade. */
const DEEPEST = 12;

const INK = '#1d2733';
const FAINT = '#8a94a0';
const LINE = '#e3e7ec';
const STYLE = [
  `text{font-family:system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;fill:${INK}}`,
  '.l{font-size:13.5px}.n{font-size:13px;font-weight:600}.m{font-size:11px;font-weight:600}',
  `.h{font-size:15px;font-weight:600}.s{font-size:13px;fill:${FAINT}}`,
].join('');

/**
 * What was meant, down, against what was understood, across: how often. On the diagonal it was right; everything else
 * is a mistake, the redder the more frequent.
 *
 * @param order labels in the order in which they are drawn; those that nobody meant get no row, those that nothing was
 *   understood as get no column
 */
export function drawConfusion(outcomes: readonly Outcome[], order: readonly string[]): string {
  const rows = order.filter((label) => outcomes.some(({ line }) => line.label === label));
  const columns = order.filter((label) => outcomes.some(({ topic }) => topic === label));
  const cell = (WIDTH - LEFT - RIGHT) / columns.length;
  const bottom = TOP + cell * rows.length;
  const height = Math.round(bottom + BOTTOM);
  const names = [
    ...rows.map(
      (label, row) =>
        `<text class="l" x="${LEFT - 10}" y="${round(TOP + (row + 0.5) * cell + 5)}" text-anchor="end">${label}</text>`,
    ),
    ...columns.map(
      (label, column) =>
        `<text class="l" transform="translate(${round(LEFT + (column + 0.5) * cell + 3)} ${TOP - 10}) rotate(-60)">${label}</text>`,
    ),
  ];
  const grid = [
    ...[...rows, ''].map((_, row) => line(LEFT, TOP + row * cell, WIDTH - RIGHT, TOP + row * cell)),
    ...[...columns, ''].map((_, column) => line(LEFT + column * cell, TOP, LEFT + column * cell, bottom)),
  ];
  const cells = rows.flatMap((meant, row) => {
    const own = outcomes.filter(({ line: said }) => said.label === meant);
    return columns.flatMap((understood, column) => {
      const count = own.filter(({ topic }) => topic === understood).length;
      const place = { x: LEFT + column * cell, y: TOP + row * cell, size: cell };
      return count === 0 ? [] : drawCell(place, { meant, understood, count, of: own.length });
    });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="t">`,
    '<title id="t">How often each topic was understood as which</title>',
    `<style>${STYLE}</style>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    '<text class="h" x="16" y="34">Down: what was meant.</text>',
    '<text class="h" x="16" y="56">Across: what was understood.</text>',
    ...names,
    ...grid,
    ...cells,
    `<text class="s" x="${LEFT}" y="${round(bottom + 30)}">${outcomes.length} messages, each by somebody whose sentences were kept out of learning. Green: right; the darker, the larger its share.</text>`,
    `<text class="s" x="${LEFT}" y="${round(bottom + 50)}">Red: taken for something else; the darker, the more often.</text>`,
    '</svg>',
    '',
  ].join('\n');
}

type Place = { readonly x: number; readonly y: number; readonly size: number };
type Count = {
  readonly meant: string;
  readonly understood: string;
  readonly count: number;
  readonly of: number;
};

function drawCell({ x, y, size }: Place, { meant, understood, count, of }: Count): string[] {
  const isRight = meant === understood;
  const share = count / of;
  const box = `x="${round(x)}" y="${round(y)}" width="${round(size)}" height="${round(size)}"`;
  const middle = `x="${round(x + size / 2)}" y="${round(y + size / 2 + 4.5)}" text-anchor="middle"`;
  return [
    `<g><title>${meant}, understood as ${understood}: ${count} (${(share * 100).toFixed(1)} %)</title>`,
    `<rect ${box} fill="${fill(isRight, count, share)}"/>`,
    `<text class="${count >= 1_000 ? 'm' : 'n'}" ${middle} fill="${ink(isRight, count)}">${count}</text></g>`,
  ];
}

function fill(isRight: boolean, count: number, share: number): string {
  if (isRight) return `hsl(150 45% ${round(96 - share * 26)}%)`;
  return `hsl(8 80% ${round(93 - (Math.min(count, DEEPEST) / DEEPEST) * 45)}%)`;
}

function ink(isRight: boolean, count: number): string {
  return !isRight && count > DEEPEST / 2 ? '#fff' : INK;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="${LINE}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
