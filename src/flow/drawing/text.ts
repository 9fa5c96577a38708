import { escapeXml } from '../../card/xml.ts';

/** Widths without a font to measure: generous, so that a wider system font still fits its box. */
const AVERAGE_WIDTH = 0.57;
const BOLD_WIDTH = 0.66;

export type Style = { readonly size: number; readonly bold?: boolean; readonly fill?: string };

export function widthOf(text: string, { size, bold }: Style): number {
  return [...text].length * size * (bold === true ? BOLD_WIDTH : AVERAGE_WIDTH);
}

export function lineHeight({ size }: Style): number {
  return Math.round(size * 1.28);
}

/** Breaks between words, not at no-break spaces; a word longer than a line stands alone on one. */
export function wrap(text: string, width: number, style: Style): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/[ \t\n]+/)) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf(`${line} ${word}`, style) <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function textLines(lines: readonly string[], x: number, top: number, style: Style): string {
  const { size, bold, fill = '#1f2328' } = style;
  const weight = bold === true ? ' font-weight="600"' : '';
  return lines
    .map((line, index) => {
      const y = round(top + size + index * lineHeight(style));
      return `<text x="${round(x)}" y="${y}" font-size="${size}"${weight} fill="${fill}">${escapeXml(line)}</text>`;
    })
    .join('');
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
