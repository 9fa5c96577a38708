import fc from 'fast-check';
import type { Answer, Answers } from '../../src/checklist/answers.ts';
import type { Checklist } from '../../src/checklist/checklist.ts';
import { withAnswer } from '../../src/checklist/paths.ts';
import { type Position, walk } from '../../src/checklist/walk.ts';
import { throughJson } from './loaded.ts';

const DAY_MS = 86_400_000;

/** Answers to any of the questions, in any order, within the last forty days, now and then one that nobody knows. */
export function answerSets(variant: Checklist, at: number): fc.Arbitrary<Answers> {
  const entries = variant.questions.flatMap(({ id, answers }) =>
    answers.map((answer): [string, string] => [id, answer.id]),
  );
  const strange: [string, string][] = [
    ['dashboard', 'gone-long-ago'],
    ['question-of-last-year', 'yes'],
    ['constructor', 'finished'],
    ['__proto__', 'finished'],
  ];
  const entry = fc.oneof(
    { weight: 30, arbitrary: fc.constantFrom(...entries) },
    { weight: 1, arbitrary: fc.constantFrom(...strange) },
  );
  return fc
    .array(fc.tuple(entry, fc.nat({ max: 40 * DAY_MS })), { maxLength: 14 })
    .map((given) =>
      throughJson(stored(given.map(([[question, answerId], ago]) => [question, answerId, at - ago]))),
    );
}

/** As `JSON.parse` would make them: an id such as `__proto__` is a key like any other. */
function stored(given: readonly (readonly [string, string, number])[]): Answers {
  const answers = new Map<string, Answer>();
  for (const [order, [question, answerId, at]] of given.entries())
    answers.set(question, { answerId, at, order });
  return Object.fromEntries(answers);
}

/** Answers whatever is asked, by chance, until there is a verdict and nothing to settle. */
export function answerOn(
  variant: Checklist,
  start: Answers,
  at: number,
  chance: Iterator<number>,
): { readonly position: Position; readonly asked: number } {
  let answers = start;
  let settled: readonly string[] = [];
  for (let asked = 0; asked < 30; ) {
    const position = walk(variant, answers, at, settled);
    const { contradiction, verdict } = position;
    if (contradiction !== null) {
      settled = [...settled, contradiction.requirement];
      // The other statement stands: what was said is forgotten.
      if (chance.next().value % 2 === 0) answers = without(answers, contradiction.said);
      continue;
    }
    if (verdict !== null) return { position, asked };
    const options = variant.questions.find(({ id }) => id === position.next)!.answers;
    answers = withAnswer(answers, position.next!, options[chance.next().value % options.length]!.id, at);
    asked += 1;
  }
  throw new Error(`Cannot reach a verdict from ${JSON.stringify(start)} within 30 questions`);
}

function without(answers: Answers, question: string): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => id !== question));
}

export function withoutNewest(answers: Answers): Answers {
  const newest = Object.entries(answers).toSorted(([, a], [, b]) => b.order - a.order)[0];
  return newest === undefined ? answers : without(answers, newest[0]);
}
