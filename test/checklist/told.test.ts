import { describe, expect, it } from 'vitest';
import { allPaths, type PathPosition, verdictName } from '../../src/checklist/paths.ts';
import type { Language } from '../../src/message.ts';
import { MONDAY_MORNING, shippedKnowledge, Talk } from '../support/conversation.ts';

/** The lowest limits of the platforms: a Telegram message, a WhatsApp button. */
const LONGEST_MESSAGE = 4096;
const LONGEST_LABEL = 20;

const knowledge = shippedKnowledge();
const texts = knowledge.words;

/** For each verdict the first path that ends in it without anything else being asked beside it. */
const firstPaths = new Map<string, PathPosition>();
const verdicts = new Set<string>();
const unoffered = new Set(
  knowledge.checklist.questions.flatMap(({ id, answers }) =>
    answers.flatMap((answer) => (answer.onlyAgain ? `${id} ${answer.id}` : [])),
  ),
);
for (const path of allPaths(knowledge.checklist, MONDAY_MORNING)) {
  // An answer that is offered only when its question is asked once more is on nobody's first way.
  if (path.steps.some(({ question, answer }) => unoffered.has(`${question} ${answer}`))) continue;
  const { position, steps, wished, askedBeforeVerdict } = path;
  if (position.verdict === null) continue;
  const name = verdictName(position.verdict);
  verdicts.add(name);
  if (steps.length === askedBeforeVerdict && wished === 0 && !firstPaths.has(name))
    firstPaths.set(name, path);
}

describe.each<Language>(['id', 'en'])('in %s', (language) => {
  it.each([...firstPaths.keys()])(
    'the conversation leads to %s, and tells it in messages that fit',
    (name) => {
      const { steps, position } = firstPaths.get(name)!;
      const talk = new Talk(knowledge, { at: MONDAY_MORNING, language }).says('/start');
      for (const { question, answer } of steps) {
        expect(talk.asking).toBe(question);
        talk.answers(question, answer);
      }
      expect(talk.asking).toBeNull();
      expect(verdictName(talk.verdict!)).toBe(name);
      expect(talk.verdict!.owner).toBe(position.verdict!.owner);
      const { kind, requirement, owner, meanwhile } = talk.verdict!;
      if (kind !== 'finished' && kind !== 'elsewhere') {
        expect(talk.text).toContain(texts[language].get(`say.verdict.turn.${owner}`)!);
      }
      if (kind === 'blocked' || kind === 'waiting') {
        expect(talk.text).toContain(texts[language].get(`requirement.${requirement}.name`)!);
      }
      for (const id of meanwhile) expect(talk.text).toContain(texts[language].get(`requirement.${id}.name`)!);
      for (const { text, choices } of talk.replies) {
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(LONGEST_MESSAGE);
        expect(text).not.toMatch(/\{[a-z]/);
        expect(choices.filter(({ label }) => label.length === 0 || label.length > LONGEST_LABEL)).toEqual([]);
      }
      expect(talk.replies.at(-1)!.choices.length).toBeGreaterThan(0);
    },
  );
});

it('only verdicts about another training need a wish that nobody is asked for', () => {
  expect([...verdicts].filter((name) => !firstPaths.has(name))).toEqual([
    'blocked/next-training/cannot-buy',
    'find-out/next-training/next',
  ]);
});
