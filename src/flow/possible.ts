import type { AnswerId, Checklist, QuestionId, SignId } from '../checklist/checklist.ts';
import type { Answers } from '../checklist/walk.ts';

/** Which answer each question got; questions that do not matter are absent. */
export type Given = ReadonlyMap<QuestionId, AnswerId>;

/** More combinations than any checklist made by people needs; beyond it the search ends. */
const MOST_TRIED = 10_000;

/**
 * The sets of answers that show all these signs, each with the answers that must come before for its questions to
 * be asked at all. Empty when the signs exclude each other.
 */
export function waysToShow(checklist: Checklist, signs: readonly SignId[]): Generator<Given> {
  const choices = signs.map((id) => {
    const { seenIn } = checklist.signs.find((sign) => sign.id === id)!;
    return Object.entries(seenIn).flatMap(([question, answers]) =>
      answers.map((answer) => [question, answer] as const),
    );
  });
  return combine(checklist, choices, new Map(), { tried: 0 });
}

/** The sets of answers after which this question may be asked. */
export function waysToAsk(checklist: Checklist, question: QuestionId): Generator<Given> {
  return combine(checklist, precedingChoices(checklist, question), new Map(), { tried: 0 });
}

/** The sets of answers in which this question is asked and answered so. */
export function waysToAnswer(checklist: Checklist, question: QuestionId, answer: AnswerId): Generator<Given> {
  return combine(checklist, [[[question, answer]]], new Map(), { tried: 0 });
}

/** Given in the order of the checklist: the walk drops what was answered before the question it depends on. */
export function asAnswers(checklist: Checklist, given: Given): Answers {
  const entries = checklist.questions.flatMap(({ id }, order) => {
    const answerId = given.get(id);
    return answerId === undefined ? [] : [[id, { answerId, at: 0, order }] as const];
  });
  return Object.fromEntries(entries);
}

type Choices = readonly (readonly (readonly [QuestionId, AnswerId])[])[];

/** Every way to take one of each list without giving a question two answers. */
function* combine(
  checklist: Checklist,
  choices: Choices,
  given: Given,
  search: { tried: number },
): Generator<Given> {
  const [first, ...rest] = choices;
  if (first === undefined) {
    yield given;
    return;
  }
  for (const [question, answer] of first) {
    search.tried += 1;
    if (search.tried > MOST_TRIED) return;
    const earlier = given.get(question);
    if (earlier !== undefined && earlier !== answer) continue;
    if (earlier === answer) yield* combine(checklist, rest, given, search);
    else {
      const before = precedingChoices(checklist, question);
      yield* combine(checklist, [...rest, ...before], new Map(given).set(question, answer), search);
    }
  }
}

function precedingChoices(checklist: Checklist, id: QuestionId): Choices {
  const question = checklist.questions.find((candidate) => candidate.id === id);
  if (question === undefined) return [];
  return Object.entries(question.onlyAfter).map(([before, answers]) =>
    answers.map((answer) => [before, answer] as const),
  );
}
