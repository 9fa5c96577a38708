import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answers, currentAnswers, underCurrentIds } from '../../src/checklist/answers.ts';
import { lookupOf } from '../../src/checklist/lookup.ts';
import { withAnswer } from '../../src/checklist/paths.ts';
import { type Position, walk } from '../../src/checklist/walk.ts';
import {
  edited,
  insertedQuestion,
  movedToAnotherPlace,
  removedQuestion,
  renamedAnswer,
  renamedQuestion,
} from './edited.ts';
import { answered, loadedChecklist, throughJson } from './loaded.ts';

const checklist = loadedChecklist();
const NOW = Date.parse('2026-03-17T14:30:00+07:00');

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

describe('a checklist that is edited while answers are stored', () => {
  it('lets no answer land on another question or another answer', () => {
    fc.assert(
      fc.property(anyAnswers, fc.array(anyEdit, { minLength: 1, maxLength: 6 }), (answers, edits) => {
        const after = edited(checklist, edits);
        const meant = new Map<string, string | null>();
        for (const [question, { answerId }] of Object.entries(answers)) {
          const now = after.questionNow(question);
          if (now !== null) meant.set(now, after.answerNow(question, answerId));
        }
        const known = currentAnswers(lookupOf(after.checklist), answers);
        for (const [place, { id: question }] of after.checklist.questions.entries()) {
          const answer = known[place];
          if (answer === undefined) continue;
          expect([question, answer.answerId]).toEqual([question, meant.get(question)]);
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
          const after = edited(checklist, edits).checklist;
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
        const { checklist: after, questionNow } = edited(checklist, edits);
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
        const { checklist: after, questionNow, answerNow } = edited(checklist, edits);
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
    const { checklist: after } = edited(checklist, [renamedQuestion(0)]);
    const answers = answered('dashboard=nothing dashboard-anew=received', NOW);
    expect(walk(after, answers, NOW).verdict?.kind).toBe('finished');
    expect(Object.keys(underCurrentIds(after, answers))).toEqual(['dashboard-anew']);
  });
});
