import { type Ideas, ideasIn, NO_IDEAS } from './ideas.ts';

/** The features of one text as a sparse vector of length one: each id once. */
export type Vector = { readonly ids: Int32Array; readonly values: Float32Array };

/** Every feature seen in training, with how rare it is. */
export type Vocabulary = {
  readonly ids: ReadonlyMap<string, number>;
  /** The features of a word by itself, made once: the same words come again and again. */
  readonly wordIds: ReadonlyMap<string, readonly number[]>;
  readonly rarity: Float32Array;
  readonly ideas: Ideas;
};

const PIECE_LETTERS = 4;
/** The ideas of a text, all in a row, say what it says while they are few. */
const MOST_IDEAS_IN_A_ROW = 6;
/** A stub is read differently from a story: lengths in words at which that changes. */
const LENGTHS = [1, 2, 4, 8, 16];

/**
 * Texts are known by their words, their pairs of neighbouring words, the pieces of four letters within a word (most of
 * them survive a typo), their first word, their length, and the ideas of their words: which there are, and what follows what.
 *
 * @param leastTexts features in fewer texts than this say nothing about strangers
 */
export function buildVocabulary(
  texts: readonly (readonly string[])[],
  leastTexts: number,
  ideas: Ideas = NO_IDEAS,
): { readonly vocabulary: Vocabulary; readonly vectors: readonly Vector[] } {
  const all = new Map<string, number>();
  const words = new Map<string, readonly number[]>();
  const idOf = (feature: string): number => {
    const known = all.get(feature);
    if (known !== undefined) return known;
    all.set(feature, all.size);
    return all.size - 1;
  };
  const found = texts.map((text) => featuresIn(text, ideas, idOf, (word) => wordFeatures(words, word, idOf)));
  const frequency = new Int32Array(all.size);
  for (const features of found) {
    for (let place = 0; place < features.length; place += 1) {
      if (features[place] !== features[place - 1]) frequency[features[place]!]! += 1;
    }
  }

  const kept = new Int32Array(all.size).fill(NONE);
  const ids = new Map<string, number>();
  const rarity: number[] = [];
  for (const [feature, id] of all) {
    if (frequency[id]! < leastTexts) continue;
    kept[id] = ids.size;
    ids.set(feature, ids.size);
    rarity.push(Math.log((1 + texts.length) / (1 + frequency[id]!)) + 1);
  }
  const wordIds = new Map<string, readonly number[]>();
  for (const [word, features] of words) wordIds.set(word, keptOf(features, kept));
  const vocabulary = { ids, wordIds, rarity: Float32Array.from(rarity), ideas };
  return { vocabulary, vectors: found.map((features) => vectorFrom(features, kept, vocabulary)) };
}

/** What is not in the vocabulary is passed over. */
export function vectorOf(vocabulary: Vocabulary, words: readonly string[]): Vector {
  const idOf = (feature: string): number => vocabulary.ids.get(feature) ?? NONE;
  const pieces = (word: string): readonly number[] =>
    vocabulary.wordIds.get(word) ?? piecesOf(word).map(idOf);
  return vectorFrom(featuresIn(words, vocabulary.ideas, idOf, pieces), null, vocabulary);
}

/** No such feature. */
const NONE = -1;

function keptOf(features: readonly number[], kept: Int32Array): number[] {
  return features.map((id) => kept[id]!).filter((id) => id !== NONE);
}

function wordFeatures(
  words: Map<string, readonly number[]>,
  word: string,
  idOf: (feature: string) => number,
): readonly number[] {
  const known = words.get(word);
  if (known !== undefined) return known;
  const ids = piecesOf(word).map(idOf);
  words.set(word, ids);
  return ids;
}

/** The word itself, and its pieces; `<` and `>` mark where it begins and ends. */
function piecesOf(word: string): string[] {
  const pieces = [`w ${word}`];
  const marked = `<${word}>`;
  for (let start = 0; start + PIECE_LETTERS <= marked.length; start += 1) {
    pieces.push(marked.slice(start, start + PIECE_LETTERS));
  }
  return pieces;
}

/** Ids in ascending order, each as often as it stands in the text. */
function featuresIn(
  words: readonly string[],
  ideas: Ideas,
  idOf: (feature: string) => number,
  wordIdsOf: (word: string) => readonly number[],
): Int32Array {
  const found: number[] = [];
  for (const [index, word] of words.entries()) {
    for (const id of wordIdsOf(word)) found.push(id);
    if (index > 0) found.push(idOf(`b ${words[index - 1]} ${word}`));
  }
  if (words.length > 0) found.push(idOf(`f ${words[0]}`));
  found.push(idOf(`l ${LENGTHS.findIndex((most) => words.length <= most)}`));
  for (const feature of ideaFeatures(ideasIn(ideas, words))) found.push(idOf(feature));
  return Int32Array.from(found).sort();
}

/** "Lembaga sudah, kemnaker belum" and "yayasan su kasih, kementerian tra ada" have these in common. */
function ideaFeatures(ideas: readonly (readonly string[])[]): string[] {
  const features = [...new Set(ideas.flat())].map((idea) => `i ${idea}`);
  const row = ideas.map(([first]) => first!).filter((idea, place, all) => idea !== all[place - 1]);
  for (let place = 1; place < row.length; place += 1) {
    const [one, two] = [row[place - 1]!, row[place]!];
    features.push(`ii ${one} ${two}`);
    if (place > 1) features.push(`iii ${row[place - 2]} ${one} ${two}`, `i-i ${row[place - 2]} ${two}`);
  }
  if (row.length > 0 && row.length <= MOST_IDEAS_IN_A_ROW) features.push(`all ${row.join(' ')}`);
  return features;
}

/** @param kept id of a feature in the vocabulary by the id it was found under; null when these are the same */
function vectorFrom(features: Int32Array, kept: Int32Array | null, { rarity }: Vocabulary): Vector {
  const ids = new Int32Array(features.length);
  const values = new Float32Array(features.length);
  let size = 0;
  let square = 0;
  for (let place = 0; place < features.length; ) {
    const feature = features[place]!;
    const start = place;
    while (features[place] === feature) place += 1;
    const id = kept === null || feature === NONE ? feature : kept[feature]!;
    if (id === NONE) continue;
    const value = (1 + Math.log(place - start)) * rarity[id]!;
    ids[size] = id;
    values[size] = value;
    square += value * value;
    size += 1;
  }
  const length = Math.sqrt(square) || 1;
  for (let index = 0; index < size; index += 1) values[index]! /= length;
  return { ids: ids.slice(0, size), values: values.slice(0, size) };
}
