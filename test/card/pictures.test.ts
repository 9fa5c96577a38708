import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPictures, type Pictures } from '../../src/card/pictures.ts';
import { openRasteriser, type Rasterise, SCALE } from '../../src/card/rasterise.ts';
import { widthOf } from '../../src/card/widths.ts';
import { allCards } from '../support/cards.ts';
import { shippedKnowledge } from '../support/conversation.ts';
import { readPng } from '../support/png.ts';

const cards = allCards(shippedKnowledge(), 'id');
const card = cards.find(({ current }) => current !== null)!;
const open: Pictures[] = [];

function pictures(options?: Parameters<typeof createPictures>[0]): Pictures {
  const made = createPictures(options);
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

describe('the renderer', () => {
  let rasterise: Rasterise;
  beforeAll(async () => {
    rasterise = await openRasteriser();
  });

  /** How far to the right a line of text of this font reaches, in the drawing's own pixels. */
  function inkOf(text: string, weight: 400 | 700): number {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60" font-family="PT Sans"><rect width="600" height="60" fill="#fff"/><text x="0" y="40" font-size="20" font-weight="${weight}">${text}</text></svg>`;
    const png = readPng(rasterise(svg));
    for (let x = png.width - 1; x >= 0; x -= 1) {
      for (let y = 0; y < png.height; y += 1) if (png.colourAt(x, y) !== '#ffffff') return (x + 1) / SCALE;
    }
    return 0;
  }

  it('writes with the bundled font, as wide as lines were broken for', () => {
    for (const text of ['Rekening atau e-wallet tersambung', 'Ulasan 1234567890', 'Graded by the provider']) {
      for (const weight of [400, 700] as const) {
        const reckoned = widthOf(text, { size: 20, bold: weight === 700 });
        expect(Math.abs(inkOf(text, weight) - reckoned)).toBeLessThan(reckoned * 0.02 + 2);
      }
    }
  });
});

describe('pictures', () => {
  it('are PNG files of twice the size they are shown at, small enough for a slow network', async () => {
    const drawing = pictures();
    for (const one of [cards[0]!, card, cards.at(-1)!]) {
      const { png, width, height } = await drawing.draw(one);
      const read = readPng(png);
      expect([read.width, read.height]).toEqual([width * SCALE, height * SCALE]);
      expect({ width, height }).toEqual(drawing.sizeOf(one));
      expect(png.length).toBeLessThan(60_000);
    }
  });

  it('show what was drawn: the head in its colour, letters in it, and the step that everything waits for', async () => {
    const { png } = await pictures().draw(card);
    const read = readPng(png);
    expect(read.colourAt(read.width - 4, 4)).toBe('#5e2a66');
    const colours = new Map<string, number>();
    for (let y = 0; y < read.height; y += 1) {
      for (let x = 0; x < read.width; x += 1) {
        const colour = read.colourAt(x, y);
        colours.set(colour, (colours.get(colour) ?? 0) + 1);
      }
    }
    // The names of eleven steps, some of them in this very colour: without a font there would be none.
    expect(colours.get('#241a29')).toBeGreaterThan(5_000);
  });

  it('are drawn once and remembered', async () => {
    const drawing = pictures();
    const [first, again] = await Promise.all([drawing.draw(card), drawing.draw(structuredClone(card))]);
    expect(again.png).toBe(first.png);
  });

  it('fail with a reason when there is nobody to draw them, and the next one is tried anew', async () => {
    const drawing = pictures({ thread: new URL('data:text/javascript,throw new Error("no engine")') });
    await expect(drawing.draw(card)).rejects.toThrow('The thread that draws pictures ended');
    await expect(drawing.draw(card)).rejects.toThrow('The thread that draws pictures ended');
  });

  it('fail when they take too long', async () => {
    const drawing = pictures({
      thread: new URL('data:text/javascript,setInterval(() => {}, 1000)'),
      patienceMs: 50,
    });
    await expect(drawing.draw(card)).rejects.toThrow('it takes too long');
  });

  it('are drawn again after the thread has rested', async () => {
    const drawing = pictures({ restMs: 1 });
    await drawing.draw(card);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { png } = await drawing.draw(cards.find((other) => other.title !== card.title)!);
    expect(readPng(png).width).toBeGreaterThan(0);
  });
});
