import { type Glyph, glyphsOf } from './glyphs.ts';
import { joinTitles } from './titles.ts';
import type { Word } from './word.ts';

export type Name = { readonly glyphs: readonly Glyph[]; readonly words: readonly Word[] };

/** Inside a word these divide nothing: "Ma'ruf", and what cannot be seen. */
const DIVIDES_NOTHING = /^(?:['’‘ʼʻ`´]|[\p{Default_Ignorable_Code_Point}\p{Cf}]+)$/u;
const UPPER = /^\p{Lu}/u;
const LOWER = /^\p{Ll}/u;
/** "SitiAminah" and "AminahSPd" are two words, "muHammad" is one. */
const SHORTEST_BEFORE_CAPITAL = 3;
const SHORTEST_BEHIND = 2;
/** Before a capitalised word at most so many capitals are a word: "MRizki", "DRAminah". */
const MOST_CAPITALS = 3;
const LEAST_SPACED = 4;
/** "HM Rizki" is Haji Muhammad Rizki. */
const HAJI_MUHAMMAD = 'hm';

export function parseName(text: string): Name {
  const glyphs = glyphsOf(text);
  const pieces = joinSpaced(glyphs, runsOf(glyphs)).flatMap((run) => splitAtCapitals(glyphs, run));
  const words = pieces.map((piece) => wordOf(glyphs, piece));
  return { glyphs, words: joinTitles(splitHaji(words)) };
}

/** Indexes of glyphs with letters, one list for each run without a break. */
function runsOf(glyphs: readonly Glyph[]): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  glyphs.forEach(({ text, letters }, index) => {
    if (letters.length > 0) run.push(index);
    else if (!DIVIDES_NOTHING.test(text) && run.length > 0) {
      runs.push(run);
      run = [];
    }
  });
  return run.length > 0 ? [...runs, run] : runs;
}

/** "B U D I" is a word with room between its letters; initials have dots, or are fewer. */
function joinSpaced(glyphs: readonly Glyph[], runs: readonly (readonly number[])[]): (readonly number[])[] {
  const joined: (readonly number[])[] = [];
  for (let at = 0; at < runs.length; ) {
    let end = at;
    while (runs[end]?.length === 1 && glyphs[runs[end]![0]! + 1]?.text !== '.') end += 1;
    const isSpaced = end - at >= LEAST_SPACED;
    joined.push(isSpaced ? runs.slice(at, end).flat() : runs[at]!);
    at = isSpaced ? end : at + 1;
  }
  return joined;
}

function splitAtCapitals(glyphs: readonly Glyph[], run: readonly number[]): (readonly number[])[] {
  const isUpper = (at: number): boolean => UPPER.test(glyphs[run[at] ?? -1]?.text ?? '');
  const isLower = (at: number): boolean => LOWER.test(glyphs[run[at] ?? -1]?.text ?? '');
  const parts: (readonly number[])[] = [];
  let start = 0;
  for (let at = 1; at <= run.length - SHORTEST_BEHIND; at += 1) {
    const length = at - start;
    const afterWord = length >= SHORTEST_BEFORE_CAPITAL && isLower(at - 1) && isUpper(at);
    const afterCapitals =
      length <= MOST_CAPITALS && isUpper(start) && isUpper(at - 1) && isUpper(at) && isLower(at + 1);
    if (!afterWord && !afterCapitals) continue;
    parts.push(run.slice(start, at));
    start = at;
  }
  return [...parts, run.slice(start)];
}

function wordOf(glyphs: readonly Glyph[], indexes: readonly number[]): Word {
  const letters = indexes.flatMap((glyph) => glyphs[glyph]!.letters.map((letter) => ({ ...letter, glyph })));
  const start = indexes[0]!;
  const behind = indexes.at(-1)! + 1;
  const isDotted = glyphs[behind]?.text === '.';
  return {
    letters,
    full: letters.map(({ full }) => full).join(''),
    bare: letters.map(({ bare }) => bare).join(''),
    start,
    end: isDotted ? behind + 1 : behind,
    pieces: 1,
    isDotted,
    isApart: isApart(glyphs, start),
    title: null,
  };
}

function isApart(glyphs: readonly Glyph[], start: number): boolean {
  for (let index = start - 1; index >= 0 && glyphs[index]!.letters.length === 0; index -= 1) {
    if (glyphs[index]!.text === ',' || glyphs[index]!.text === '(') return true;
  }
  return false;
}

function splitHaji(words: readonly Word[]): readonly Word[] {
  const first = words[0];
  if (first?.bare !== HAJI_MUHAMMAD || first.letters.length !== 2 || words.length < 2) return words;
  const halves = first.letters.map((letter, index) => ({
    ...first,
    letters: [letter],
    full: letter.full,
    bare: letter.bare,
    start: index === 0 ? first.start : letter.glyph,
    end: index === 0 ? letter.glyph + 1 : first.end,
    isDotted: true,
  }));
  return [...halves, ...words.slice(1)];
}
