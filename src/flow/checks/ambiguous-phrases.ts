import { expand } from '../../language/expand.ts';
import type { Lexicon } from '../../language/lexicon.ts';
import { normalise } from '../../language/normalise.ts';
import { coreOf, type Meanings, wordsOf } from '../../language/phrases.ts';
import { type Issue, issueAt } from '../issue.ts';
import type { PhraseLine } from '../read/phrases.ts';
import type { Sources } from '../sources.ts';

/**
 * Lines that overlap by accident: one phrase then states two answers of one question. Where both really are possible
 * the very same line stands under both, and Pandu asks which.
 */
export function ambiguousPhrases(sources: Sources): readonly Issue[] {
  const { phrases, whole, here, lexicon } = sources.reader();
  const overlaps = [phrases, whole, ...here.values()].flatMap(findOverlaps);
  if (overlaps.length === 0) return [];
  const { lines } = sources.phrases;
  // Reading a line is slow, so at first only those are read that stand under several answers on purpose.
  const onPurpose = readLines(
    lines.filter((line) => lines.some((other) => isTwin(line, other))),
    lexicon,
  );
  const accidents = overlaps.filter((overlap) => !isOnPurpose(overlap, onPurpose));
  if (accidents.length === 0) return [];
  const all = readLines(lines, lexicon);
  const issues = accidents.flatMap(({ phrase, first, second }) => {
    const stating = all.get(phrase) ?? [];
    const one = stating.find((line) => states(line, first));
    const other = stating.find((line) => states(line, second));
    if (one === undefined || other === undefined) return [];
    const reason = `'${phrase}' states '${other.answer}' of question '${one.question}' here and '${one.answer}' in line ${one.place.line}; where both are possible, write the same line under both`;
    return issueAt(other.place, reason);
  });
  // Two lines mostly overlap in many phrases; one of them is enough to see it.
  return [
    ...new Map(issues.map((issue) => [issue.reason.replace(/^'[^']*'/, String(issue.line)), issue])).values(),
  ];
}

type Stated = { readonly question: string; readonly answer: string };
type Overlap = { readonly phrase: string; readonly first: Stated; readonly second: Stated };
type LinesByPhrase = ReadonlyMap<string, readonly PhraseLine[]>;

/** Each pair of answers of one question that one phrase states. */
function findOverlaps(meanings: Meanings): readonly Overlap[] {
  return [...meanings].flatMap(([phrase, stated]) => {
    const answers = stated.filter((meaning) => meaning.kind === 'answer');
    return answers.flatMap((second, index) =>
      answers
        .slice(0, index)
        .filter(({ question }) => question === second.question)
        .map((first) => ({ phrase, first, second })),
    );
  });
}

function isTwin(line: PhraseLine, other: PhraseLine): boolean {
  return line.value === other.value && line.question === other.question && line.answer !== other.answer;
}

function isOnPurpose({ phrase, first, second }: Overlap, lines: LinesByPhrase): boolean {
  const stating = lines.get(phrase) ?? [];
  return stating.some(
    (line) =>
      states(line, first) && stating.some((other) => states(other, second) && other.value === line.value),
  );
}

function states(line: PhraseLine, { question, answer }: Stated): boolean {
  return line.question === question && line.answer === answer;
}

/** Which lines stand for a phrase, as the reader takes them apart. */
function readLines(lines: readonly PhraseLine[], lexicon: Lexicon): LinesByPhrase {
  const byPhrase = new Map<string, PhraseLine[]>();
  for (const line of lines) {
    for (const text of expand(line.value.replace(/^=\s*/, ''))) {
      const phrase = coreOf(lexicon, wordsOf(normalise(lexicon, text))).join(' ');
      const known = byPhrase.get(phrase);
      if (known === undefined) byPhrase.set(phrase, [line]);
      else known.push(line);
    }
  }
  return byPhrase;
}
