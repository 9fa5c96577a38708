import { inflateSync } from 'node:zlib';

/** A PNG as tests look at it: its size and the colour of any pixel, as `#rrggbb`. */
export type ReadPng = {
  readonly width: number;
  readonly height: number;
  colourAt(x: number, y: number): string;
};

const SIGNATURE = '89504e470d0a1a0a';

/** Reads pictures with a palette and unfiltered lines. @throws {Error} for anything else */
export function readPng(bytes: Uint8Array): ReadPng {
  const file = Buffer.from(bytes);
  if (file.subarray(0, 8).toString('hex') !== SIGNATURE) throw new Error('no PNG');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    chunks.set(kind, file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header[8] !== 8 || header[9] !== 3 || !chunks.has('IEND'))
    throw new Error('no whole PNG with a palette');
  const palette = chunks.get('PLTE')!;
  const rows = inflateSync(chunks.get('IDAT')!);
  if (rows.length !== (width + 1) * height) throw new Error(`${rows.length} bytes of pixels`);
  return {
    width,
    height,
    colourAt(x, y) {
      const row = y * (width + 1);
      if (rows[row] !== 0) throw new Error('a filtered line');
      const place = rows[row + 1 + x]!;
      return `#${palette.subarray(3 * place, 3 * place + 3).toString('hex')}`;
    },
  };
}
