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
  const issues = new Map<string, Issue>();
  let linesByPhrase: ReadonlyMap<string, readonly PhraseLine[]> | null = null;
  for (const [phrase, answers] of [phrases, whole, ...here.values()].flatMap(statedTwice)) {
    linesByPhrase ??= linesOf(sources.phrases.lines, lexicon);
    const lines = linesByPhrase.get(phrase) ?? [];
    const first = lines.filter((line) => isFor(line, answers[0]));
    const second = lines.filter((line) => isFor(line, answers[1]));
    if (first.some(({ value }) => second.some((other) => other.value === value))) continue;
    const [one, other] = [first[0], second[0]];
    if (one === undefined || other === undefined) continue;
    const key = `${one.place.line} ${other.place.line}`;
    if (issues.has(key)) continue;
    const reason = `'${phrase}' states '${other.answer}' of question '${one.question}' here and '${one.answer}' in line ${one.place.line}; where both are possible, write the same line under both`;
    issues.set(key, issueAt(other.place, reason));
  }
  return [...issues.values()];
}

type Stated = { readonly question: string; readonly answer: string };

/** Each pair of answers of one question that one phrase states. */
function statedTwice(meanings: Meanings): readonly (readonly [string, readonly [Stated, Stated]])[] {
  return [...meanings].flatMap(([phrase, stated]) => {
    const answers = stated.filter((meaning) => meaning.kind === 'answer');
    return answers.flatMap((second, index) =>
      answers
        .slice(0, index)
        .filter(({ question }) => question === second.question)
        .map((first) => [phrase, [first, second]] as const),
    );
  });
}

function isFor(line: PhraseLine, { question, answer }: Stated): boolean {
  return line.question === question && line.answer === answer;
}

/** As the reader takes the lines apart. Done only when something overlaps. */
function linesOf(lines: readonly PhraseLine[], lexicon: Lexicon): ReadonlyMap<string, readonly PhraseLine[]> {
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
