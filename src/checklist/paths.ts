import type { Answer, Answers } from './answers.ts';
import type { AnswerId, Checklist, QuestionId, RequirementId } from './checklist.ts';
import { type Position, walk } from './walk.ts';

export type PathStep = { readonly question: QuestionId; readonly answer: AnswerId };

/** A position that somebody reaches by answering what is asked, and how they came there. */
export type PathPosition = {
  readonly steps: readonly PathStep[];
  /** How many of the steps were a wish of the participant's own rather than an answer to a question. */
  readonly wished: number;
  readonly answers: Answers;
  readonly settled: readonly RequirementId[];
  readonly position: Position;
  /** What is asked here; null at the end of a path. */
  readonly asks: QuestionId | null;
  /** How many questions came before the first verdict on this path; null while there is none. */
  readonly askedBeforeVerdict: number | null;
};

/** Figures over all paths, which test/checklist/paths.test.ts holds to their bounds. Counted in questions asked before the first verdict. */
export type PathFigures = {
  readonly positions: number;
  /** How many paths there are up to a first verdict. */
  readonly verdicts: number;
  readonly medianQuestions: number;
  readonly mostQuestions: number;
};

/** Each verdict that paths lead to: what its text must fit. */
export function verdictName(verdict: NonNullable<Position['verdict']>): string {
  return `${verdict.kind}/${verdict.requirement}/${verdict.telling}`;
}

/**
 * Every position reachable from no answers, and from each wish that brings a requirement into play, one after the
 * other and depth first; nothing is kept. Goes on past a verdict through the steps that can be checked meanwhile.
 * All answers are given at `at` (epoch milliseconds): time passing opens no other question.
 */
export function* allPaths(checklist: Checklist, at = 0): Generator<PathPosition> {
  for (const steps of beginnings(checklist)) {
    const answers: Record<QuestionId, Answer> = {};
    for (const [order, { question, answer }] of steps.entries()) {
      answers[question] = { answerId: answer, at, order };
    }
    yield* pathsFrom(checklist, at, {
      steps,
      wished: steps.length,
      answers,
      settled: [],
      askedBeforeVerdict: null,
    });
  }
}

function beginnings(checklist: Checklist): readonly (readonly PathStep[])[] {
  const wishes = checklist.requirements.flatMap(({ wantedBy }) => (wantedBy === null ? [] : [[wantedBy]]));
  return [[], ...wishes];
}

type Standing = Omit<PathPosition, 'position' | 'asks'>;

function* pathsFrom(checklist: Checklist, at: number, standing: Standing): Generator<PathPosition> {
  const position = walk(checklist, standing.answers, at, standing.settled);
  const asks = position.contradiction?.said ?? position.next;
  const isTold = position.verdict !== null && position.contradiction === null;
  const here: PathPosition = {
    ...standing,
    position,
    asks,
    askedBeforeVerdict:
      standing.askedBeforeVerdict ?? (isTold ? standing.steps.length - standing.wished : null),
  };
  yield here;
  if (asks === null) return;
  // A contradiction is asked about once: the answer stands as it is given now, the old one included.
  const settled =
    position.contradiction === null
      ? standing.settled
      : [...standing.settled, position.contradiction.requirement];
  const question = checklist.questions.find(({ id }) => id === asks)!;
  for (const { id } of question.answers) {
    yield* pathsFrom(checklist, at, {
      ...standing,
      steps: [...standing.steps, { question: asks, answer: id }],
      answers: withAnswer(standing.answers, asks, id, at),
      settled,
      askedBeforeVerdict: here.askedBeforeVerdict,
    });
  }
}

/** The answers with one more, the newest. */
export function withAnswer(answers: Answers, question: QuestionId, answerId: AnswerId, at: number): Answers {
  const order = Math.max(-1, ...Object.values(answers).map((answer) => answer.order)) + 1;
  return { ...answers, [question]: { answerId, at, order } };
}

export function measurePaths(checklist: Checklist): PathFigures {
  const questionCounts: number[] = [];
  let positions = 0;
  for (const { steps, wished, askedBeforeVerdict } of allPaths(checklist)) {
    positions += 1;
    const asked = steps.length - wished;
    if (asked === askedBeforeVerdict) questionCounts.push(asked);
  }
  questionCounts.sort((a, b) => a - b);
  return {
    positions,
    verdicts: questionCounts.length,
    medianQuestions: questionCounts[Math.floor(questionCounts.length / 2)] ?? 0,
    mostQuestions: questionCounts.at(-1) ?? 0,
  };
}
