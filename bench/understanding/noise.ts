/** How many of the longer words are misspelt. */
const SHARE = 0.35;
const SHORTEST = 4;

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

type Slip = (word: string, next: () => number) => string;

/** What thumbs do: each returns the word with one slip. Vowels are left out all at once, as people do to save time. */
const SLIPS: readonly Slip[] = [
  (word) => word[0] + word.slice(1).replace(/[aiueo]/gi, ''),
  (word, next) =>
    at(word, next, (place) => word.slice(0, place) + word[place + 1] + word[place] + word.slice(place + 2)),
  (word, next) => at(word, next, (place) => word.slice(0, place) + word.slice(place + 1)),
  (word, next) => at(word, next, (place) => word.slice(0, place) + word[place] + word.slice(place)),
  (word, next) =>
    at(word, next, (place) => word.slice(0, place) + beside(word[place]!, next) + word.slice(place + 1)),
];

/** The same text with slips in a third of its longer words, the same ones in every run. */
export function noisy(text: string): string {
  const next = seeded(text);
  let result = '';
  for (const part of text.split(/(\s+)/)) {
    const isWord = /^\p{L}+$/u.test(part) && part.length >= SHORTEST;
    if (!isWord || next() >= SHARE) {
      result += part;
      continue;
    }
    // One of six slips: the last is no space before the word.
    const kind = Math.floor(next() * (SLIPS.length + 1));
    const slip = SLIPS[kind];
    result = slip === undefined ? result.trimEnd() + part : result + slip(part, next);
  }
  return result;
}

/** Never the last letter, so that there is one to swap with. */
function at(word: string, next: () => number, change: (place: number) => string): string {
  return change(Math.floor(next() * (word.length - 1)));
}

function beside(letter: string, next: () => number): string {
  const row = ROWS.find((keys) => keys.includes(letter.toLowerCase()));
  if (row === undefined) return letter;
  const place = row.indexOf(letter.toLowerCase()) + (next() < 0.5 ? -1 : 1);
  return row[place] ?? letter;
}

/** Numbers in [0, 1) that depend on the text alone (FNV-1a, then mulberry32). */
function seeded(text: string): () => number {
  let state = 0x811c9dc5;
  for (const letter of text) state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
