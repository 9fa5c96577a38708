import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answers, currentAnswers, underCurrentIds } from '../../src/checklist/answers.ts';
import type { Checklist, Question, Requirement, Sign } from '../../src/checklist/checklist.ts';
import { withAnswer } from '../../src/checklist/paths.ts';
import { type Position, walk } from '../../src/checklist/walk.ts';
import { answered, loadedChecklist, throughJson } from './loaded.ts';

const checklist = loadedChecklist();
const NOW = Date.parse('2026-03-17T14:30:00+07:00');

/** A checklist as somebody edited it, and what each stored question and answer is called in it now. */
type Edited = {
  readonly checklist: Checklist;
  readonly questionNow: (id: string) => string | null;
  readonly answerNow: (question: string, answer: string) => string | null;
};

type Edit = (before: Edited) => Edited;

const unedited: Edited = {
  checklist,
  questionNow: (id) => id,
  answerNow: (_question, answer) => answer,
};

/** Replaces an id wherever the checklist refers to a question. */
function renameQuestion(before: Checklist, from: string, to: string): Checklist {
  const here = (id: string): string => (id === from ? to : id);
  const keys = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [here(id), value]));
  return {
    ...before,
    signs: before.signs.map((sign): Sign => ({ ...sign, seenIn: keys(sign.seenIn) })),
    requirements: before.requirements.map(
      (requirement): Requirement => ({
        ...requirement,
        question: here(requirement.question),
        wait: requirement.wait && { ...requirement.wait, question: here(requirement.wait.question) },
        wantedBy: requirement.wantedBy && {
          ...requirement.wantedBy,
          question: here(requirement.wantedBy.question),
        },
      }),
    ),
    questions: before.questions.map(
      (question): Question => ({
        ...question,
        id: here(question.id),
        moved: question.id === from ? [from, ...question.moved] : question.moved,
        onlyAfter: keys(question.onlyAfter),
      }),
    ),
  };
}

/** Replaces an answer id wherever the checklist refers to that answer of that question. */
function renameAnswer(before: Checklist, questionId: string, from: string, to: string): Checklist {
  const here = (question: string, answer: string): string =>
    question === questionId && answer === from ? to : answer;
  const lists = (record: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> =>
    Object.fromEntries(
      Object.entries(record).map(([id, answers]) => [id, answers.map((answer) => here(id, answer))]),
    );
  return {
    ...before,
    signs: before.signs.map((sign): Sign => ({ ...sign, seenIn: lists(sign.seenIn) })),
    requirements: before.requirements.map(
      (requirement): Requirement => ({
        ...requirement,
        done: requirement.done && here(requirement.question, requirement.done),
        wantedBy: requirement.wantedBy && {
          ...requirement.wantedBy,
          answer: here(requirement.wantedBy.question, requirement.wantedBy.answer),
        },
      }),
    ),
    questions: before.questions.map((question): Question => {
      const own = (answer: string): string => here(question.id, answer);
      const renamed = Object.fromEntries(
        Object.entries(question.movedAnswers).map(([old, answer]) => [old, own(answer)]),
      );
      return {
        ...question,
        answers: question.answers.map((option) => ({ ...option, id: own(option.id) })),
        yes: question.yes.map(own),
        no: question.no.map(own),
        unsure: question.unsure && own(question.unsure),
        onlyAfter: lists(question.onlyAfter),
        movedAnswers: question.id === questionId ? { ...renamed, [from]: to } : renamed,
      };
    }),
  };
}

const renamedQuestion =
  (index: number): Edit =>
  (before) => {
    const from = before.checklist.questions[index % before.checklist.questions.length]!.id;
    const to = `${from}-anew`;
    return {
      ...before,
      checklist: renameQuestion(before.checklist, from, to),
      questionNow: (id) => (before.questionNow(id) === from ? to : before.questionNow(id)),
    };
  };

const renamedAnswer =
  (index: number, which: number): Edit =>
  (before) => {
    const question = before.checklist.questions[index % before.checklist.questions.length]!;
    const from = question.answers[which % question.answers.length]!.id;
    const to = `${from}-anew`;
    return {
      ...before,
      checklist: renameAnswer(before.checklist, question.id, from, to),
      answerNow: (id, answer) => {
        const now = before.answerNow(id, answer);
        return before.questionNow(id) === question.id && now === from ? to : now;
      },
    };
  };

const insertedQuestion =
  (index: number, about: number): Edit =>
  (before) => {
    const { questions, requirements } = before.checklist;
    const place = index % (questions.length + 1);
    const inserted: Question = {
      id: `inserted-${questions.length}`,
      answers: [
        { id: 'unknown', daysAgo: null },
        { id: 'finished', daysAgo: null },
      ],
      about: [requirements[about % requirements.length]!.id],
      onlyAfter: {},
      onlyMet: [],
      yes: [],
      no: [],
      unsure: 'unknown',
      moved: [],
      movedAnswers: {},
    };
    return {
      ...before,
      checklist: { ...before.checklist, questions: questions.toSpliced(place, 0, inserted) },
    };
  };

/** Takes a question out with everything that rested on it. */
const removedQuestion =
  (index: number): Edit =>
  (before) => {
    const { questions, requirements, signs } = before.checklist;
    const gone = questions[index % questions.length]!.id;
    const left = signs
      .map((sign): Sign => ({ ...sign, seenIn: withoutKey(sign.seenIn, gone) }))
      .filter(({ seenIn }) => Object.keys(seenIn).length > 0);
    const isLeft = (id: string): boolean => left.some((sign) => sign.id === id);
    const remaining = questions.filter(({ id, onlyAfter }) => id !== gone && !Object.hasOwn(onlyAfter, gone));
    if (remaining.length === 0) return before;
    const remains = (id: string | null): boolean => remaining.some((question) => question.id === id);
    return {
      checklist: {
        ...before.checklist,
        signs: left,
        questions: remaining,
        requirements: requirements.map(
          (requirement): Requirement => ({
            ...requirement,
            evidence: requirement.evidence.filter((evidence) => evidence.signs.every(isLeft)),
            question: remains(requirement.question) ? requirement.question : remaining[0]!.id,
            done: remains(requirement.question) ? requirement.done : null,
            wait: requirement.wait && remains(requirement.wait.question) ? requirement.wait : null,
            wantedBy:
              requirement.wantedBy && remains(requirement.wantedBy.question) ? requirement.wantedBy : null,
          }),
        ),
      },
      questionNow: (id) => (remains(before.questionNow(id)) ? before.questionNow(id) : null),
      answerNow: before.answerNow,
    };
  };

const movedToAnotherPlace =
  (index: number, place: number): Edit =>
  (before) => {
    const { questions } = before.checklist;
    const from = index % questions.length;
    // A question that is only asked after another one stays behind it.
    if (questions.some(({ onlyAfter }) => Object.hasOwn(onlyAfter, questions[from]!.id))) return before;
    if (Object.keys(questions[from]!.onlyAfter).length > 0) return before;
    return {
      ...before,
      checklist: {
        ...before.checklist,
        questions: questions.toSpliced(from, 1).toSpliced(place % questions.length, 0, questions[from]!),
      },
    };
  };

function withoutKey<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => id !== key));
}

const anyRename = fc.oneof(
  fc.nat().map((index) => renamedQuestion(index)),
  fc.tuple(fc.nat(), fc.nat()).map(([index, which]) => renamedAnswer(index, which)),
);
const anyEdit = fc.oneof(
  anyRename,
  fc.tuple(fc.nat(), fc.nat()).map(([index, about]) => insertedQuestion(index, about)),
  fc.nat().map((index) => removedQuestion(index)),
  fc.tuple(fc.nat(), fc.nat()).map(([index, place]) => movedToAnotherPlace(index, place)),
);

const anyAnswers: fc.Arbitrary<Answers> = fc
  .array(
    fc.constantFrom(
      ...checklist.questions.flatMap(({ id, answers }) => answers.map((answer) => `${id}=${answer.id}`)),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((given) => answered(given.join(' '), NOW));

function edited(edits: readonly Edit[]): Edited {
  return edits.reduce((before, edit) => edit(before), unedited);
}

describe('a checklist that is edited while answers are stored', () => {
  it('lets no answer land on another question or another answer', () => {
    fc.assert(
      fc.property(anyAnswers, fc.array(anyEdit, { minLength: 1, maxLength: 6 }), (answers, edits) => {
        const after = edited(edits);
        const meant = new Map<string, string | null>();
        for (const [question, { answerId }] of Object.entries(answers)) {
          const now = after.questionNow(question);
          if (now !== null) meant.set(now, after.answerNow(question, answerId));
        }
        for (const [question, { answerId }] of currentAnswers(after.checklist, answers)) {
          expect([question, answerId]).toEqual([question, meant.get(question)]);
        }
      }),
      { numRuns: 3_000, seed: 23 },
    );
  });

  it('silences nobody: there is a verdict or a question, and questions lead to a verdict', () => {
    fc.assert(
      fc.property(
        anyAnswers,
        fc.array(anyEdit, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (start, edits, chance) => {
          const after = edited(edits).checklist;
          let answers = start;
          for (let asked = 0; asked <= after.questions.length; asked += 1) {
            const position = walk(after, answers, NOW);
            if (position.verdict !== null) return;
            expect(position.next).not.toBeNull();
            const options = after.questions.find(({ id }) => id === position.next)!.answers;
            const chosen = options[chance.next().value % options.length]!;
            answers = withAnswer(answers, position.next!, chosen.id, NOW);
          }
          throw new Error('Cannot reach a verdict although every question was answered');
        },
      ),
      { numRuns: 3_000, seed: 24 },
    );
  });

  it('keeps every answer through renames: the position is the same, under the new names', () => {
    fc.assert(
      fc.property(anyAnswers, fc.array(anyRename, { minLength: 1, maxLength: 6 }), (answers, edits) => {
        const { checklist: after, questionNow } = edited(edits);
        const now = (id: string | null): string | null => id && questionNow(id);
        const before: Position = walk(checklist, answers, NOW);
        const isFindOut = before.verdict?.kind === 'find-out';
        expect(walk(after, answers, NOW)).toEqual({
          ...before,
          next: now(before.next),
          path: before.path.map(now),
          verdict: before.verdict && {
            ...before.verdict,
            telling: isFindOut ? now(before.verdict.telling) : before.verdict.telling,
          },
          contradiction: before.contradiction && {
            ...before.contradiction,
            said: now(before.contradiction.said),
            suggested: now(before.contradiction.suggested),
          },
        });
      }),
      { numRuns: 3_000, seed: 25 },
    );
  });

  it('finds renamed answers under their new ids, and leaves the position as it was', () => {
    fc.assert(
      fc.property(anyAnswers, fc.array(anyRename, { minLength: 1, maxLength: 6 }), (answers, edits) => {
        const { checklist: after, questionNow, answerNow } = edited(edits);
        const current = underCurrentIds(after, answers);
        const expected = Object.entries(answers).map(([question, answer]) => [
          questionNow(question),
          { ...answer, answerId: answerNow(question, answer.answerId) },
        ]);
        expect(current).toEqual(Object.fromEntries(expected));
        expect(walk(after, throughJson(current), NOW)).toEqual(walk(after, answers, NOW));
      }),
      { numRuns: 1_000, seed: 26 },
    );
  });

  it('prefers what was answered under the new id to what was answered under the old one', () => {
    const { checklist: after } = edited([renamedQuestion(0)]);
    const answers = answered('dashboard=nothing dashboard-anew=received', NOW);
    expect(walk(after, answers, NOW).verdict?.kind).toBe('finished');
    expect(Object.keys(underCurrentIds(after, answers))).toEqual(['dashboard-anew']);
  });
});
