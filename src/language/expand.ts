/** More than one line of flows/phrases.yaml can reasonably stand for. */
const MOST_EXPANSIONS = 2_000;

const PART = /\(([^()]*)\)(\??)|<(\d+)-(\d+)>/g;

/**
 * The phrases one line of flows/phrases.yaml stands for: `(a|b)` one of several, `(a|b)?` one of several or nothing,
 * `<2-7>` a number in figures.
 */
export function expand(line: string): readonly string[] {
  let results = [''];
  let end = 0;
  for (const match of line.matchAll(PART)) {
    const literal = line.slice(end, match.index);
    const options = optionsOf(match);
    results = results.flatMap((head) => options.map((option) => head + literal + option));
    if (results.length > MOST_EXPANSIONS)
      throw new RangeError(`Cannot read '${line}': it stands for too many phrases`);
    end = match.index + match[0].length;
  }
  return results.map((head) => head + line.slice(end));
}

function optionsOf([, choice, optional, from, to]: RegExpMatchArray): readonly string[] {
  if (choice !== undefined) return [...(optional === '?' ? [''] : []), ...choice.split('|')];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => String(Number(from) + index));
}
