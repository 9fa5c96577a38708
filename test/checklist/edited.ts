import type { Checklist, Question, Requirement, Sign } from '../../src/checklist/checklist.ts';

/** A checklist as somebody edited it, and what each stored question and answer is called in it now. */
export type Edited = {
  readonly checklist: Checklist;
  readonly questionNow: (id: string) => string | null;
  readonly answerNow: (question: string, answer: string) => string | null;
};

export type Edit = (before: Edited) => Edited;

/** The checklist after these edits, one after the other. */
export function edited(checklist: Checklist, edits: readonly Edit[]): Edited {
  const unedited: Edited = { checklist, questionNow: (id) => id, answerNow: (_question, answer) => answer };
  return edits.reduce((before, edit) => edit(before), unedited);
}

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

export const renamedQuestion =
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

export const renamedAnswer =
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

export const insertedQuestion =
  (index: number, about: number): Edit =>
  (before) => {
    const { questions, requirements } = before.checklist;
    const place = index % (questions.length + 1);
    const inserted: Question = {
      id: `inserted-${questions.length}`,
      answers: [
        { id: 'unknown', daysAgo: null, onlyAgain: false },
        { id: 'finished', daysAgo: null, onlyAgain: false },
      ],
      about: [requirements[about % requirements.length]!.id],
      onlyAfter: {},
      onlyMet: [],
      yes: [],
      no: [],
      unsure: 'unknown',
      moved: [],
      aid: null,
      movedAnswers: {},
    };
    return {
      ...before,
      checklist: { ...before.checklist, questions: questions.toSpliced(place, 0, inserted) },
    };
  };

/** Takes a question out with everything that rested on it. */
export const removedQuestion =
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

export const movedToAnotherPlace =
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
