import { expect, test } from 'vitest';
import type { Effect, Step } from '../../src/conversation/session.ts';
import type { Turn } from '../../src/store/store.ts';
import { apologiseFor, decideTurn } from '../../src/turn/turn.ts';
import { counted, message, NOON, NOWHERE, sari, say } from '../store/samples.ts';
import { nowhere } from './small-talk.ts';

const turn: Turn = {
  id: 3,
  source: 'inbox',
  address: sari,
  conversation: 1,
  sessionVersion: 4,
  session: counted(1),
  failures: 0,
  event: {
    kind: 'message',
    at: NOON,
    message: message(sari, 'halo'),
    moreWaiting: false,
    deliveredMenu: null,
  },
};

function decided(effects: readonly Effect[]) {
  const step: Step = { session: counted(2), effects, position: nowhere(), asking: null };
  return decideTurn(
    turn,
    () => step,
    () => NOWHERE,
  );
}

const remind = (requirement: string): Effect => ({
  kind: 'remind',
  reminder: { requirement, dueAt: NOON + 5, armedBy: 2 },
});

test('decideTurn() writes nothing but the session when a step has no effects', () => {
  expect(decided([])).toEqual({
    session: counted(2),
    projection: NOWHERE,
    outgoing: [],
    request: null,
    posts: [],
    remind: [],
    forgetReminders: false,
    withdrawUnsent: false,
    forgetWordsSince: null,
    erase: false,
  });
});

test('decideTurn() keeps the order of what is said', () => {
  const outgoing = [say('satu'), { kind: 'delete', messageId: 'm1' } as const, say('tiga')];
  expect(decided(outgoing.map((one) => ({ kind: 'send', outgoing: one }))).outgoing).toEqual(outgoing);
});

test('decideTurn() forgets only the reminders armed before the order to forget', () => {
  const { remind: kept, forgetReminders } = decided([remind('a'), { kind: 'forget-reminders' }, remind('b')]);
  expect(forgetReminders).toBe(true);
  expect(kept.map((reminder) => reminder.requirement)).toEqual(['b']);
});

test('decideTurn() passes on withdrawing and erasing', () => {
  expect(decided([{ kind: 'withdraw-unsent' }])).toMatchObject({ withdrawUnsent: true, erase: false });
  expect(decided([{ kind: 'erase' }])).toMatchObject({ withdrawUnsent: false, erase: true });
});

test('decideTurn() hands session, event and address to the decision, and its step to the projection', () => {
  const seen: unknown[] = [];
  const step: Step = { session: counted(2), effects: [], position: nowhere(), asking: 'q' };
  decideTurn(
    turn,
    (...given) => {
      seen.push(given);
      return step;
    },
    (...given) => {
      seen.push(given);
      return NOWHERE;
    },
  );
  expect(seen).toEqual([
    [turn.session, turn.event, sari],
    [step, step.session],
  ]);
});

test('apologiseFor() decides a failure at the time of the event that failed', () => {
  const seen: unknown[] = [];
  apologiseFor(
    turn,
    (_session, event) => {
      seen.push(event);
      return { session: counted(2), effects: [], position: nowhere(), asking: null };
    },
    () => NOWHERE,
  );
  expect(seen).toEqual([{ kind: 'failed', at: NOON }]);
});

test('decideTurn() forgets words since the earliest moment that any effect names', () => {
  const since = (moment: number): Effect => ({ kind: 'forget-words', since: moment });
  expect(decided([since(NOON + 9), since(NOON + 2), since(NOON + 5)]).forgetWordsSince).toBe(NOON + 2);
  expect(decided([since(0)]).forgetWordsSince).toBe(0);
});

test('decideTurn() keeps a saying that passes as one, and the order around it', () => {
  const outgoing = [say('Kemnaker: A', { passing: true }), say('verdict')];
  const effects = outgoing.map((one): Effect => ({ kind: 'send', outgoing: one }));
  expect(decided([...effects, { kind: 'forget-words', since: NOON }])).toMatchObject({
    outgoing,
    forgetWordsSince: NOON,
    erase: false,
    forgetReminders: false,
  });
});

test('apologiseFor() writes the words that an apology forgets as any other turn does', () => {
  const step: Step = {
    session: counted(2),
    effects: [{ kind: 'forget-words', since: NOON }],
    position: nowhere(),
    asking: null,
  };
  const written = apologiseFor(
    turn,
    () => step,
    () => NOWHERE,
  );
  expect(written.forgetWordsSince).toBe(NOON);
});
