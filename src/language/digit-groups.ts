/** A word or a run of digits in a folded text. */
export type Unit = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Its digits, also when spelt out ("tiga dua"); null for any other word. */
  readonly digits: string | null;
};

/** Digits that belong together: only a few marks or spaces stand between them. */
export type DigitGroup = {
  readonly units: readonly Unit[];
  readonly digits: string;
  /** Index of its first and of its last unit among all units. */
  readonly first: number;
  readonly last: number;
};

const UNIT = /\d+|\p{L}+/gu;
const FIGURES = /^\d+$/;
/** More than this between two digits separates two numbers. */
const MOST_MARKS = 8;
/** "1, 2, 3" is a list, not one number. */
const LIST_COMMA = /,\s/;

// biome-ignore format: a table is read by its rows
const DIGIT_WORDS: readonly (readonly string[])[] = [
  ['nol', 'kosong', 'zero'],
  ['satu', 'siji', 'hiji', 'one'],
  ['dua', 'loro', 'two'],
  ['tiga', 'telu', 'tilu', 'three'],
  ['empat', 'papat', 'opat', 'four'],
  ['lima', 'limo', 'five'],
  ['enam', 'enem', 'genep', 'six'],
  ['tujuh', 'pitu', 'seven'],
  ['delapan', 'wolu', 'dalapan', 'eight'],
  ['sembilan', 'songo', 'salapan', 'nine'],
];
const DIGIT_OF_WORD = new Map(
  DIGIT_WORDS.flatMap((words, digit) => words.map((word): [string, string] => [word, String(digit)])),
);
const DIGIT_WORD = new RegExp([...DIGIT_OF_WORD.keys()].join('|'), 'y');

export function unitsOf(text: string): readonly Unit[] {
  return [...text.matchAll(UNIT)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    text: word,
    digits: FIGURES.test(word) ? word : spelt(word),
  }));
}

/** "tiga" → "3", "tigadua" → "32"; null when the word is more than digits. */
function spelt(word: string): string | null {
  let digits = '';
  for (DIGIT_WORD.lastIndex = 0; DIGIT_WORD.lastIndex < word.length; ) {
    const match = DIGIT_WORD.exec(word);
    if (match === null) return null;
    digits += DIGIT_OF_WORD.get(match[0])!;
  }
  return digits;
}

export function digitGroupsOf(text: string, units: readonly Unit[]): readonly DigitGroup[] {
  const groups: DigitGroup[] = [];
  for (let first = 0; first < units.length; first += 1) {
    if (units[first]!.digits === null) continue;
    let last = first;
    while (continues(text, units[last]!, units[last + 1])) last += 1;
    const members = units.slice(first, last + 1);
    groups.push({ units: members, digits: members.map(({ digits }) => digits).join(''), first, last });
    first = last;
  }
  return groups;
}

function continues(text: string, unit: Unit, next: Unit | undefined): boolean {
  if (next === undefined || next.digits === null) return false;
  const marks = text.slice(unit.end, next.start);
  if (marks.length > MOST_MARKS) return false;
  const areFigures = FIGURES.test(unit.text) && FIGURES.test(next.text);
  return !areFigures || !LIST_COMMA.test(marks);
}
