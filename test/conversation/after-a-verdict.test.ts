import { describe, expect, test } from 'vitest';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const say = (id: string): string => knowledge.words.id.get(id)!;
const begun = (): Talk => new Talk(knowledge).says('halo');
const HOUR_MS = 3_600_000;

describe('flows edited under a running conversation', () => {
  const renamed = {
    ...knowledge,
    checklist: {
      ...knowledge.checklist,
      requirements: knowledge.checklist.requirements.filter(({ id }) => id !== 'next-training'),
      questions: knowledge.checklist.questions.filter(({ id }) => id !== 'money'),
    },
  };

  test('F76 a pending side question about something that is gone silences nobody', () => {
    const settling = begun().answers('dashboard', 'schedule').says('belum rating');
    settling.says('1');
    const session = {
      ...settling.session!,
      dialogue: { kind: 'settle', requirement: 'payout', said: 'money', suggested: 'dashboard' } as const,
      owed: { messages: 1, recorded: [{ question: 'money', answer: 'received' }], order: null },
      asked: 'money',
      focus: 'money',
    };
    const changed = {
      ...settling.session!,
      dialogue: { kind: 'changed', requirement: 'next-training' } as const,
    };
    for (const stored of [session, changed]) {
      for (const text of ['halo', 'status', 'saya bingung', 'sudah', '1', 'kenapa', 'kembali', 'menu']) {
        const talk = new Talk(renamed);
        talk.session = stored;
        talk.deliveredMenu = stored.revision;
        expect(talk.says(text).replies.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('out of a side question', () => {
  test('"kembali" leaves the question about deleting, and deletes nothing', () => {
    const talk = begun().answers('dashboard', 'nothing').says('hapus data').says('kembali');
    expect(talk.asking).toBe('training');
    expect(talk.session!.answers.dashboard?.answerId).toBe('nothing');
    expect(talk.text).not.toContain(say('say.back.start'));
  });

  test('"kembali" at a contradiction takes back what brought it about', () => {
    const talk = begun().answers('dashboard', 'schedule');
    talk.says('menu rating ada, belum isi');
    expect(talk.session!.dialogue?.kind).toBe('settle');
    talk.says('kembali');
    expect(talk.session!.answers.rating).toBeUndefined();
    expect(talk.session!.dialogue).toBeNull();
  });

  test('a contradiction is asked about once, and what is chosen stands', () => {
    const talk = begun().answers('dashboard', 'schedule').says('menu rating ada, belum isi');
    expect(talk.text).toContain(say('question.dashboard.answers.schedule'));
    talk.says('1');
    expect(talk.verdict).toMatchObject({
      kind: 'blocked',
      requirement: 'rated-in-sisnaker',
      owner: 'participant',
    });
    expect(talk.says('status').session!.dialogue).toBeNull();
  });
});

describe('reminders', () => {
  const asked = (): Talk =>
    begun().answers('dashboard', 'nothing').answers('training', 'finished').answers('rating', 'no-menu');

  test('asking for one after STOP turns them on again and says so, so that what is promised happens', () => {
    const talk = asked().says('stop').presses(say('choice.remind'));
    expect(talk.text).toContain(say('say.resumed'));
    expect(talk.waits(26 * HOUR_MS).replies).toHaveLength(1);
  });

  test('F32 one that is overdue in the night waits for the morning', () => {
    const talk = asked().presses(say('choice.remind'));
    const [reminder] = talk.reminders;
    talk.now = Date.parse('2026-11-24T20:00:00Z'); // 03.00 WIB
    talk.reminders.splice(0, 1, { ...reminder!, dueAt: talk.now });
    expect(talk.waits(HOUR_MS).replies).toEqual([]);
    expect(talk.reminders[0]!.dueAt).toBe(Date.parse('2026-11-25T02:00:00Z'));
    expect(talk.waits(6 * HOUR_MS).replies).toHaveLength(1);
  });
});

describe('what a verdict asks to be told', () => {
  const provider = (): Talk =>
    begun().answers('dashboard', 'nothing').answers('training', 'finished').answers('rating', 'no-menu');
  const wallet = (): Talk => begun().answers('dashboard', 'certificate').answers('wallet', 'not-linked');

  test.each([
    ['menunya sudah ada', 'not-yet'],
    ['menu rating sudah muncul', 'not-yet'],
    ['kata lembaga sudah dinilai', 'told-graded'],
  ])('%j after the provider had to act is read as news about the rating', (text, answer) => {
    expect(provider().says(text).session!.answers.rating?.answerId).toBe(answer);
  });

  test('"sudah tersambung" after a missing wallet is the answer that was asked for', () => {
    expect(wallet().says('sudah tersambung').session!.answers.wallet?.answerId).toBe('linked');
  });

  test('a plain "sudah" is looked into, never taken for the result itself', () => {
    const talk = wallet().says('sudah');
    expect(talk.asking).toBe('wallet');
    expect(talk.session!.answers.wallet?.answerId).toBe('not-linked');
  });

  test('"tidak tahu" beside a verdict takes nothing back', () => {
    expect(wallet().says('tidak tahu').session!.answers.wallet?.answerId).toBe('not-linked');
  });

  test('F34 a reminder still comes after an answer that left the verdict as it was', () => {
    const talk = provider().presses(say('choice.remind')).presses(say('choice.check-meanwhile'));
    talk
      .answers('wallet', 'linked')
      .answers('names', 'same')
      .waits(26 * HOUR_MS);
    expect(talk.replies).toHaveLength(1);
  });

  test('going back out of a correction touches no answer', () => {
    const talk = provider().says('ganti jawaban').presses(say('question.training.short')).says('kembali');
    expect(talk.session!.answers.rating?.answerId).toBe('no-menu');
    expect(talk.verdict?.requirement).toBe('graded-in-sisnaker');
  });

  test('S21 a forged wish to be asked what is not on the path is refused', () => {
    const talk = begun().answers('dashboard', 'nothing');
    talk.pressesId(`q:money:${talk.session!.revision.toString(36)}`);
    expect(talk.asking).toBe('training');
  });
});

test('"sudah" to the rating asks where, since the rating in Sisnaker is the one that counts (1e)', () => {
  const talk = begun().answers('dashboard', 'nothing').answers('training', 'finished').says('sudah');
  expect(talk.session!.answers.rating).toBeUndefined();
  expect(talk.labels).toEqual([
    say('question.rating.answers.sisnaker'),
    say('question.rating.answers.partner-only'),
  ]);
});
