/**
 * How wide the letters of the picture's font are (PT Sans, the table `hmtx`), in thousandths of its size,
 * from the space to the tilde. So lines are broken before anything is drawn.
 */
const REGULAR = [
  267, 305, 335, 545, 545, 773, 814, 218, 280, 280, 351, 505, 225, 360, 214, 354, 545, 545, 545, 545, 545,
  545, 545, 545, 545, 545, 219, 256, 505, 505, 505, 436, 1064, 585, 584, 571, 654, 536, 517, 612, 672, 291,
  291, 610, 517, 791, 673, 684, 559, 684, 595, 531, 555, 652, 568, 828, 618, 558, 545, 304, 380, 304, 500,
  408, 280, 496, 540, 451, 538, 508, 319, 537, 547, 268, 267, 479, 292, 812, 547, 536, 541, 537, 340, 421,
  339, 539, 482, 735, 515, 466, 447, 346, 238, 346, 505,
];
const BOLD = [
  253, 294, 402, 567, 567, 840, 814, 254, 327, 327, 378, 527, 252, 360, 246, 408, 567, 567, 567, 567, 567,
  567, 567, 567, 567, 567, 269, 290, 527, 527, 527, 454, 1059, 605, 591, 559, 647, 522, 508, 609, 651, 285,
  334, 620, 514, 800, 657, 670, 572, 670, 602, 530, 568, 627, 602, 862, 633, 592, 539, 324, 424, 324, 500,
  444, 316, 496, 536, 433, 539, 508, 321, 536, 545, 269, 268, 491, 294, 805, 545, 537, 540, 536, 351, 422,
  349, 538, 477, 721, 525, 478, 458, 371, 227, 371, 527,
];
const FIRST = 32;
/** For every other letter: wider than nearly all there are. */
const OTHER = 850;

export type Face = { readonly size: number; readonly bold?: boolean };

/** The width of one line of text, in the unit of its size. */
export function widthOf(text: string, { size, bold }: Face): number {
  const widths = bold === true ? BOLD : REGULAR;
  let sum = 0;
  for (const letter of text) sum += widths[letter.codePointAt(0)! - FIRST] ?? OTHER;
  return (sum * size) / 1000;
}

/** Breaks between words. A word that no line can hold is broken between letters, so that nothing is ever cut off. */
export function wrap(text: string, width: number, face: Face): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (widthOf(longer, face) <= width) lines.splice(-1, 1, longer);
    else lines.push(...pieces(word, width, face));
  }
  return lines;
}

function pieces(word: string, width: number, face: Face): readonly string[] {
  const found = [''];
  for (const letter of word) {
    const longer = `${found.at(-1)}${letter}`;
    if (found.at(-1) === '' || widthOf(longer, face) <= width) found[found.length - 1] = longer;
    else found.push(letter);
  }
  return found;
}
