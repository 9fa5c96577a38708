import { asciiDigit } from './digits.ts';

/** A copy of a text in which secrets can be recognised, and where each of its characters came from. */
export type Folded = {
  readonly text: string;
  /** Index in the original of the character that `text[index]` came from. */
  from(index: number): number;
  /** Index in the original just behind the character that `text[index]` came from. */
  behind(index: number): number;
};

const ASCII = /^[\u0000-\u007f]*$/;
/** Zero-width, bidi and combining characters, put between digits to hide them. */
const INVISIBLE = /[\p{Cf}\p{M}]/u;
const DIGIT = /^\p{Nd}$/u;

/** Full-width letters, digits of any script and capitals become plain ones, invisible characters go (faults.md S03). */
export function fold(original: string): Folded {
  if (ASCII.test(original)) {
    return { text: original.toLowerCase(), from: (index) => index, behind: (index) => index + 1 };
  }
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let start = 0;
  for (const character of original) {
    const end = start + character.length;
    for (const part of character.normalize('NFKC').toLowerCase()) {
      if (INVISIBLE.test(part)) {
        // What clings to a hidden character goes with it (the frame of a keycap emoji).
        if (ends.length > 0) ends[ends.length - 1] = end;
        continue;
      }
      const plain = DIGIT.test(part) ? asciiDigit(part) : part;
      pieces.push(plain);
      for (let unit = 0; unit < plain.length; unit += 1) {
        starts.push(start);
        ends.push(end);
      }
    }
    start = end;
  }
  return { text: pieces.join(''), from: (index) => starts[index]!, behind: (index) => ends[index]! };
}
