import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pausedUntil } from '../../src/conversation/pause.ts';
import { INCOMING_KINDS } from '../../src/message.ts';
import { Talk } from '../support/conversation.ts';
import { begun, knowledge, PAUSE_MS, reminded, say } from '../support/paused-talk.ts';

const HOUR_MS = 3_600_000;

describe('what comes at a bad moment', () => {
  test('a second message of the operator lets the pause run on from there', () => {
    const talk = begun().sends('operator').waits(HOUR_MS).sends('operator');
    const since = talk.session!.operatorAt!;
    expect(since).toBe(talk.now);
    expect(pausedUntil(knowledge.checklist.facts, talk.session!)).toBe(since + PAUSE_MS);
    expect(talk.waits(PAUSE_MS - 2_000).says('1').replies).toEqual([]);
    expect(talk.waits(1_000).says('1').text).toContain(say('say.here-again'));
  });

  test('a chat handed back that nobody took over says nothing', () => {
    const talk = begun();
    const before = talk.session;
    expect(talk.sends('handed-back').replies).toEqual([]);
    expect(talk.session).toEqual(before);
    expect(new Talk(knowledge).sends('handed-back').replies).toEqual([]);
  });

  test('a chat handed back twice is greeted once', () => {
    const talk = begun().sends('operator').sends('handed-back').sends('handed-back');
    expect(talk.replies).toEqual([]);
    expect(talk.says('1').text).not.toContain(say('say.here-again'));
  });

  test('a session from before there were operators goes on as it was', () => {
    const talk = begun();
    const { operatorAt, ...old } = talk.session!;
    expect(operatorAt).toBeUndefined();
    talk.session = old;
    expect(talk.says('1').session!.answers.dashboard?.answerId).toBe('nothing');
    expect(pausedUntil(knowledge.checklist.facts, old)).toBeNull();
  });

  test('a burst in the pause is neither answered nor counted, and owes nothing after it', () => {
    const talk = begun().sends('operator');
    for (const text of ['1', 'sudah', '???']) talk.says(text, { moreWaiting: true });
    expect(talk.says('makasih bu').replies).toEqual([]);
    expect(talk.session).toMatchObject({ answers: {}, owed: null, misunderstood: 0 });
  });

  test('F78 what was owed to a burst is dropped when a person takes over, its answers stay', () => {
    const talk = begun().says('1', { moreWaiting: true }).says('survei kapan', { moreWaiting: true });
    talk.sends('operator');
    expect(talk.effects).toEqual(['withdraw-unsent']);
    expect(talk.session!.answers.dashboard?.answerId).toBe('nothing');
    expect(talk.session!.owed).toBeNull();
  });

  test('a message that could not be handled in the pause gets no apology: it was for the person', () => {
    expect(begun().sends('operator').fails().replies).toEqual([]);
    expect(begun().sends('operator').waits(PAUSE_MS).fails().text).toContain(say('say.failed'));
  });

  test('the pause is over at its very end', () => {
    const talk = begun().sends('operator');
    const end = talk.now + PAUSE_MS;
    talk.now = end - 1_001;
    expect(talk.says('1').replies).toEqual([]);
    talk.now = end - 1_000;
    expect(talk.says('1').session!.answers.dashboard?.answerId).toBe('nothing');
  });
});

describe('while a person writes to the participant', () => {
  test('F24 Pandu takes back what is unsent and says nothing', () => {
    const talk = begun().sends('operator');
    expect(talk.effects).toEqual(['withdraw-unsent']);
    expect(talk.session!.operatorAt).toBe(talk.now);
  });

  test('no button, number, word or kind of message is answered or taken for an answer', () => {
    const talk = begun().sends('operator');
    for (const text of [
      '1',
      'no 2',
      'belum ada apa-apa',
      'tidak tahu',
      'ya',
      'sertifikat belum muncul',
      'xyz',
    ])
      expect([text, talk.says(text).replies]).toEqual([text, []]);
    expect(talk.answers('dashboard', 'nothing').replies).toEqual([]);
    for (const kind of INCOMING_KINDS.filter((kind) => kind !== 'handed-back'))
      expect([kind, talk.sends(kind).replies]).toEqual([kind, []]);
    expect(talk.session).toMatchObject({ answers: {}, consent: null, misunderstood: 0 });
  });

  test.each(['bantuan', 'status', 'bicara dengan orang', 'lanjut', 'ENGLISH', 'makasih'])(
    '%j may be meant for the person',
    (text) => expect(begun().sends('operator').says(text).replies).toEqual([]),
  );

  test('a reminder is put off until the pause is over, by day, and not lost', () => {
    const talk = reminded();
    const { requirement } = talk.reminders[0]!;
    // 08.30 on the next day: the reminder is due at nine, in the pause.
    talk.now = Date.parse('2026-11-24T08:30:00+07:00');
    expect(talk.sends('operator').waits(HOUR_MS).replies).toEqual([]);
    expect(talk.reminders).toMatchObject([{ requirement, dueAt: talk.session!.operatorAt! + PAUSE_MS }]);
    expect(talk.waits(HOUR_MS + 1_000).text).toContain(say('say.remind.ask.yesterday').split('{')[0]);
    expect(talk.session!.operatorAt).toBeUndefined();
  });

  test('a pause that ends in the evening puts a reminder off until the morning', () => {
    const talk = reminded();
    talk.now = Date.parse('2026-11-23T19:30:00+07:00');
    talk.reminders[0] = { ...talk.reminders[0]!, dueAt: talk.now + 60_000 };
    talk.sends('operator').waits(HOUR_MS);
    expect(talk.reminders[0]!.dueAt).toBe(Date.parse('2026-11-24T09:00:00+07:00'));
  });

  test("F78 a reminder's question that never arrived is asked after the pause", () => {
    const talk = reminded();
    const seen = talk.deliveredMenu;
    talk.waits(26 * HOUR_MS);
    expect(talk.session!.dialogue?.kind).toBe('changed');
    talk.deliveredMenu = seen;
    talk.sends('operator').waits(PAUSE_MS);
    expect(talk.text).toContain(say('say.remind.ask.yesterday').split('{')[0]);
  });
});

test('a paused conversation never fails and never speaks unless it must, whatever happens', () => {
  const texts = [
    '1',
    'ya',
    'stop',
    'hapus data',
    'otp 123456',
    'nama kemnaker Budi Santoso',
    'batal',
    '\uD800',
    '',
  ];
  const spoken = /^(say\.secret\.|dialogue\.(stop|delete-data)\.)/;
  const allowed = [...knowledge.words.id].flatMap(([id, text]) => (spoken.test(id) ? text : []));
  const event = fc.record({
    kind: fc.constantFrom(...INCOMING_KINDS.filter((kind) => kind !== 'handed-back')),
    text: fc.constantFrom(...texts),
    moreWaiting: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const talk = begun().says('bantu cek nama').sends('operator');
      for (const { kind, text, moreWaiting } of events) {
        talk.says(text, { kind, moreWaiting });
        for (const reply of talk.replies) expect(allowed).toContain(reply.text);
        if (talk.session === null) return;
      }
    }),
    { numRuns: 300 },
  );
});
