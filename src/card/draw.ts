import type { Card } from '../message.ts';
import { COLOURS, markAt } from './marks.ts';
import { type Face, widthOf, wrap } from './widths.ts';
import { escapeXml } from './xml.ts';

/** As wide as the narrowest phones that are still sold, so that every size below is what is seen on them. */
export const CARD_WIDTH = 360;
export const FONT_FAMILY = 'PT Sans';

const EDGE = 16;
const TITLE: Face = { size: 22, bold: true };
const SUBTITLE: Face = { size: 16 };
const NAME: Face = { size: 17 };
const CURRENT_NAME: Face = { size: 17, bold: true };
const HERE: Face = { size: 15, bold: true };
const LEGEND: Face = { size: 15 };
const RADIUS = 10;
const MARK_X = 28;
const NAME_X = 50;
const NUMBER_GAP = 5;
const ROW = 31;
/** Between the lines of one text. */
const LEADING = 1.22;

const INK = '#241a29';
const LINE = '#cfc4d3';
const HEADER = { ground: '#5e2a66', title: '#ffffff', subtitle: '#f0e3f3' };

/** A part of the picture that knows how high it is, and draws itself below a line. */
type Block = { readonly height: number; readonly draw: (top: number) => string };

/** In the picture's own unit: pixels of a phone that is 360 of them wide. */
export function sizeOfCard(card: Card): { readonly width: number; readonly height: number } {
  return { width: CARD_WIDTH, height: heightOf(blocksOf(card)) };
}

/**
 * The path as SVG: whose turn it is, the steps with their marks on a line, the one that everything waits for, and below
 * it what the marks mean. Words are wrapped by the widths of their letters; whatever they contain stays text.
 */
export function drawCard(card: Card): string {
  const blocks = blocksOf(card);
  const height = heightOf(blocks);
  let top = 0;
  const drawn = blocks.map((block) => {
    const part = block.draw(top);
    top += block.height;
    return part;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_WIDTH}" height="${height}" viewBox="0 0 ${CARD_WIDTH} ${height}" font-family="${FONT_FAMILY}" lang="${card.language}"><rect width="100%" height="100%" fill="#fff"/>${drawn.join('')}</svg>`;
}

function heightOf(blocks: readonly Block[]): number {
  return Math.ceil(blocks.reduce((sum, { height }) => sum + height, 0));
}

function blocksOf(card: Card): readonly Block[] {
  return [header(card), space(8), ...card.steps.map((_, index) => row(card, index)), space(6), legend(card)];
}

function space(height: number): Block {
  return { height, draw: () => '' };
}

function header({ title, subtitle }: Card): Block {
  const inner = CARD_WIDTH - 2 * EDGE;
  const titles = wrap(title, inner, TITLE);
  const subtitles = wrap(subtitle, inner, SUBTITLE);
  const subtitleTop = 12 + titles.length * lineOf(TITLE) + 2;
  const height = subtitleTop + subtitles.length * lineOf(SUBTITLE) + 11;
  return {
    height,
    draw: (top) =>
      `<rect y="${round(top)}" width="${CARD_WIDTH}" height="${round(height)}" fill="${HEADER.ground}"/>` +
      lines(titles, EDGE, top + 12, TITLE, HEADER.title) +
      lines(subtitles, EDGE, top + subtitleTop, SUBTITLE, HEADER.subtitle),
  };
}

function row({ steps, current }: Card, index: number): Block {
  const { name, state } = steps[index]!;
  const here = current?.index === index ? current.text : null;
  const face = here === null ? NAME : CURRENT_NAME;
  // Room for the widest number there is, so that the names stand below each other.
  const numberWidth = widthOf(`${'0'.repeat(String(steps.length).length)}.`, CURRENT_NAME) + NUMBER_GAP;
  const nameX = NAME_X + numberWidth;
  const width = CARD_WIDTH - EDGE - nameX;
  const names = wrap(name, width, face);
  const hereLines = here === null ? [] : wrap(here, width, HERE);
  const wordsHeight = names.length * lineOf(face) + hereLines.length * lineOf(HERE);
  const height = Math.max(ROW, wordsHeight + (here === null ? 11 : 16));
  return {
    height,
    draw(top) {
      const middle = top + height / 2;
      const { strong, tint } = COLOURS[state];
      const wordsTop = middle - wordsHeight / 2;
      const parts: string[] = [];
      if (here !== null) {
        parts.push(
          `<rect x="6" y="${round(top + 1)}" width="${CARD_WIDTH - 12}" height="${round(height - 2)}" rx="9" fill="${tint}" stroke="${strong}" stroke-width="1.5"/>`,
        );
      }
      const from = index === 0 ? middle : top;
      const to = index === steps.length - 1 ? middle : top + height;
      parts.push(`<path d="M${MARK_X} ${round(from)}V${round(to)}" stroke="${LINE}" stroke-width="2"/>`);
      parts.push(markAt(state, MARK_X, round(middle), RADIUS));
      const number = `${index + 1}.`;
      parts.push(lines([number], nameX - NUMBER_GAP - widthOf(number, face), wordsTop, face, INK));
      parts.push(lines(names, nameX, wordsTop, face, INK));
      parts.push(lines(hereLines, nameX, wordsTop + names.length * lineOf(face), HERE, strong));
      return parts.join('');
    },
  };
}

/** Side by side as long as they fit, the rest below. */
function legend(card: Card): Block {
  const rowHeight = 24;
  const places: { readonly x: number; readonly line: number }[] = [];
  let x = EDGE;
  let line = 0;
  for (const { text } of card.legend) {
    const width = 22 + widthOf(text, LEGEND);
    if (x > EDGE && x + width > CARD_WIDTH - EDGE) {
      x = EDGE;
      line += 1;
    }
    places.push({ x, line });
    x += width + 16;
  }
  const height = 10 + (line + 1) * rowHeight + 6;
  return {
    height,
    draw: (top) =>
      `<path d="M0 ${round(top + 0.5)}H${CARD_WIDTH}" stroke="${LINE}"/>` +
      card.legend
        .map(({ state, text }, index) => {
          const place = places[index]!;
          const middle = top + 10 + place.line * rowHeight + rowHeight / 2;
          return (
            markAt(state, place.x + 8, round(middle), 8) +
            lines([text], place.x + 22, middle - lineOf(LEGEND) / 2, LEGEND, INK)
          );
        })
        .join(''),
  };
}

function lineOf({ size }: Face): number {
  return size * LEADING;
}

function lines(texts: readonly string[], x: number, top: number, face: Face, colour: string): string {
  const weight = face.bold === true ? ' font-weight="700"' : '';
  return texts
    .map((text, index) => {
      const baseline = top + index * lineOf(face) + face.size * 0.97;
      return `<text x="${round(x)}" y="${round(baseline)}" font-size="${face.size}"${weight} fill="${colour}">${escapeXml(text)}</text>`;
    })
    .join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
