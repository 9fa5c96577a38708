import { expand } from '../../language/expand.ts';
import { normalise } from '../../language/normalise.ts';
import { coreOf, type Meanings, wordsOf } from '../../language/phrases.ts';
import { type Issue, issueAt } from '../issue.ts';
import type { Sources } from '../sources.ts';

/** A phrase that states two different answers of one question, so that it would state none. */
export function ambiguousPhrases(sources: Sources): readonly Issue[] {
  const { phrases, whole, here } = sources.reader();
  return [phrases, whole, ...here.values()].flatMap((meanings) => ambiguousIn(meanings, sources));
}

function ambiguousIn(meanings: Meanings, sources: Sources): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [phrase, stated] of meanings) {
    const answers = stated.filter((meaning) => meaning.kind === 'answer');
    for (const [index, second] of answers.entries()) {
      const first = answers.slice(0, index).find(({ question }) => question === second.question);
      if (first === undefined) continue;
      const reason = `phrase '${phrase}' states two answers of question '${first.question}'`;
      const [one, other] = [lineOf(phrase, first, sources), lineOf(phrase, second, sources)];
      issues.push(issueAt(other, `${reason}: '${first.answer}' (line ${one.line}) and '${second.answer}'`));
    }
  }
  return issues;
}

/** Looked up only when something is wrong. */
function lineOf(
  phrase: string,
  { question, answer }: { question: string; answer: string },
  sources: Sources,
) {
  const { lexicon } = sources.reader();
  const line = sources.phrases.lines.find(
    (candidate) =>
      candidate.question === question &&
      candidate.answer === answer &&
      expand(candidate.value.replace(/^=\s*/, '')).some(
        (text) => coreOf(lexicon, wordsOf(normalise(lexicon, text))).join(' ') === phrase,
      ),
  );
  return line?.place ?? { file: sources.files.nameOf('phrases.yaml'), line: 1 };
}
