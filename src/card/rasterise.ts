import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { FONT_FAMILY } from './draw.ts';
import { encodePng } from './png.ts';

/** Of the picture for each of the drawing's pixels: the smallest phones that show it have as many. */
export const SCALE = 2;

/** Turns SVG into PNG with the bundled font alone, whatever the machine has. */
export type Rasterise = (svg: string) => Uint8Array;

/** Once in a thread. Some 80 ms and 20 MB, which is why it waits for the first picture. */
export async function openRasteriser(): Promise<Rasterise> {
  const { resolve } = createRequire(import.meta.url);
  await initWasm(readFileSync(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = [
    readFileSync(resolve('@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf')),
    readFileSync(resolve('@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf')),
  ];
  return (svg) => {
    const drawing = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: SCALE },
      font: { fontBuffers, defaultFontFamily: FONT_FAMILY },
    });
    try {
      const image = drawing.render();
      try {
        // A copy of its own: what is inside goes with the image.
        const { width, height } = image;
        return encodePng({ width, height, rgba: Uint8Array.from(image.pixels) });
      } finally {
        image.free();
      }
    } finally {
      drawing.free();
    }
  };
}
