import decodeQR from 'qr/decode.js';

const CELL_PIXELS = 6;
const MARGIN_CELLS = 4;

/** What a camera reads in a picture of dark (true) and light cells. @throws when it finds no QR code */
export function readQr(cells: readonly (readonly boolean[])[]): string {
  const width = (Math.max(...cells.map((row) => row.length)) + 2 * MARGIN_CELLS) * CELL_PIXELS;
  const height = (cells.length + 2 * MARGIN_CELLS) * CELL_PIXELS;
  const data = new Uint8Array(width * height * 4).fill(255);
  const place = (pixel: number): number => Math.floor(pixel / CELL_PIXELS) - MARGIN_CELLS;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (cells[place(y)]?.[place(x)] === true) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return decodeQR({ width, height, data });
}

/** Dark cells of a picture of half blocks in which what is written is light. */
export function cellsOfBlocks(lines: readonly string[]): boolean[][] {
  return lines.flatMap((line) => [
    [...line].map((block) => block === ' ' || block === '▄'),
    [...line].map((block) => block === ' ' || block === '▀'),
  ]);
}

/** Dark cells of the one-cell squares of which the picture on a page consists. */
export function cellsOfSvg(html: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+)/.exec(html)?.[1]);
  const cells = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  let [x, y] = [0, 0];
  const path = /<path d="([^"]+)"/.exec(html)?.[1] ?? '';
  for (const [, kind, first, second] of path.matchAll(/([Mm])\s*(-?\d+)[ ,]?(-?\d+)/g)) {
    [x, y] = kind === 'M' ? [Number(first), Number(second)] : [x + Number(first), y + Number(second)];
    cells[y]![x] = true;
  }
  return cells;
}
