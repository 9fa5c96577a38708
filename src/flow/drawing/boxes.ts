import type { Owner } from '../../checklist/checklist.ts';
import type { Holdup, QuestionContent, StepContent } from './content.ts';
import { lineHeight, round, type Style, textLines, widthOf, wrap } from './text.ts';

/** A box that knows its size and draws itself with its upper left corner at a place. */
export type Box = {
  readonly width: number;
  readonly height: number;
  readonly draw: (left: number, top: number) => string;
};

/** Strong enough for white letters, and light enough for black ones. */
export const COLOURS: Readonly<
  Record<Owner | 'elsewhere', { readonly strong: string; readonly light: string }>
> = {
  participant: { strong: '#0b5cad', light: '#e3f0ff' },
  provider: { strong: '#9a4a00', light: '#ffeedd' },
  nobody: { strong: '#57606a', light: '#eef1f4' },
  'call-centre': { strong: '#7a2fa8', light: '#f5e8ff' },
  elsewhere: { strong: '#3d3d3d', light: '#f4f4f4' },
};

const PADDING = 8;
const NAME: Style = { size: 13, bold: true };
const SMALL: Style = { size: 10.5, fill: '#57606a' };
const ANSWER: Style = { size: 11.5 };
const TURN: Style = { size: 10, bold: true, fill: '#ffffff' };
const TURN_WIDTH = 172;
const ROW_GAP = 4;

export function questionBox({ name, note, answers }: QuestionContent, width: number): Box {
  const inner = width - 2 * PADDING;
  return stack(
    width,
    [
      { lines: wrap(name, inner, NAME), style: NAME },
      { lines: note === null ? [] : wrap(note, inner, SMALL), style: SMALL },
      { lines: wrap(answers, inner, SMALL), style: SMALL },
    ],
    (left, top, height) => rectangle(left, top, width, height, '#ffffff', '#8c959f', 6),
  );
}

export function stepBox({ name, notes, owner }: StepContent, number: number, width: number): Box {
  const inner = width - 2 * PADDING;
  const { strong, light } = COLOURS[owner];
  return stack(
    width,
    [
      { lines: wrap(`${number}. ${name}`, inner, NAME), style: NAME },
      ...notes.map((note) => ({ lines: wrap(note, inner, SMALL), style: SMALL })),
    ],
    (left, top, height) => rectangle(left, top, width, height, light, strong, 6, 2),
  );
}

/** One row for each answer that holds the step up, ending in whose turn it is. */
export function holdupBox(holdups: readonly Holdup[], width: number): Box {
  const rows = holdups.map((holdup) => holdupRow(holdup, width));
  const height = rows.reduce((sum, row) => sum + row.height + ROW_GAP, -ROW_GAP);
  return {
    width,
    height,
    draw: (left, top) => {
      let y = top;
      return rows
        .map((row) => {
          const drawn = row.draw(left, y);
          y += row.height + ROW_GAP;
          return drawn;
        })
        .join('');
    },
  };
}

function holdupRow({ answer, owner, turn }: Holdup, width: number): Box {
  const { strong, light } = COLOURS[owner ?? 'elsewhere'];
  const answerLines = wrap(answer, width - TURN_WIDTH - 2 * PADDING, ANSWER);
  const turnLines = wrap(turn, TURN_WIDTH - 2 * PADDING, TURN);
  const textHeight = (lines: readonly string[], style: Style): number => lines.length * lineHeight(style);
  const height = Math.max(textHeight(answerLines, ANSWER), textHeight(turnLines, TURN)) + PADDING;
  const middle = (lines: readonly string[], style: Style): number => (height - textHeight(lines, style)) / 2;
  return {
    width,
    height,
    draw: (left, top) =>
      rectangle(left, top, width, height, light, strong, 4) +
      rectangle(left + width - TURN_WIDTH, top, TURN_WIDTH, height, strong, strong, 4) +
      textLines(answerLines, left + PADDING, top + middle(answerLines, ANSWER), ANSWER) +
      textLines(turnLines, left + width - TURN_WIDTH + PADDING, top + middle(turnLines, TURN), TURN),
  };
}

/** Owners side by side, each in its colour. */
export function legendBox(owners: readonly { readonly owner: Owner; readonly name: string }[]): Box {
  const entries = owners.map(({ owner, name }) => ({ owner, name, width: widthOf(name, ANSWER) + 34 }));
  return {
    width: entries.reduce((sum, { width }) => sum + width, 0),
    height: 18,
    draw: (left, top) => {
      let x = left;
      return entries
        .map(({ owner, name, width }) => {
          const mark = rectangle(x, top + 3, 14, 12, COLOURS[owner].strong, COLOURS[owner].strong, 3);
          const drawn = mark + textLines([name], x + 20, top + 1, ANSWER);
          x += width;
          return drawn;
        })
        .join('');
    },
  };
}

type Paragraph = { readonly lines: readonly string[]; readonly style: Style };

function stack(
  width: number,
  paragraphs: readonly Paragraph[],
  frame: (left: number, top: number, height: number) => string,
): Box {
  const heightOf = ({ lines, style }: Paragraph): number => lines.length * lineHeight(style);
  const height = paragraphs.reduce((sum, paragraph) => sum + heightOf(paragraph), 2 * PADDING);
  return {
    width,
    height,
    draw: (left, top) => {
      let y = top + PADDING - 1;
      const texts = paragraphs.map((paragraph) => {
        const drawn = textLines(paragraph.lines, left + PADDING, y, paragraph.style);
        y += heightOf(paragraph);
        return drawn;
      });
      return frame(left, top, height) + texts.join('');
    },
  };
}

function rectangle(
  left: number,
  top: number,
  width: number,
  height: number,
  fill: string,
  stroke: string,
  radius: number,
  strokeWidth = 1,
): string {
  const place = `x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}"`;
  return `<rect ${place} rx="${radius}" fill="${fill}" stroke="${stroke}" stroke-width="${strokeWidth}"/>`;
}
