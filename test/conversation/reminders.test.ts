import { describe, expect, test } from 'vitest';
import { OUTAGE } from '../../src/conversation/session.ts';
import type { Talk } from '../support/conversation.ts';
import { begun, reminded, say } from '../support/paused-talk.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const at = (time: string): number => Date.parse(time);
const requirement = 'graded-in-sisnaker';

/** When Pandu comes back to the step. */
function dueAt(talk: Talk): string[] {
  return talk.reminders.map((reminder) => new Date(reminder.dueAt).toISOString());
}

function blocked(talk: Talk = begun()): Talk {
  return talk.answers('dashboard', 'nothing').answers('training', 'finished').answers('rating', 'no-menu');
}

describe('a day is asked for', () => {
  const asked = (): Talk => reminded().presses(say('choice.other-day'));

  test.each(['sticker', 'voice', 'photo'] as const)(
    'a %s gets the question again, and nothing is armed anew',
    (kind) => {
      const talk = asked();
      const before = dueAt(talk);
      expect(talk.sends(kind).text).toContain(say('dialogue.remind-day.text'));
      expect(dueAt(talk)).toEqual(before);
    },
  );

  test.each(['', '👍', 'tahun depan habis lebaran', '99'])('"%s" is no day', (text) => {
    const talk = asked();
    const before = dueAt(talk);
    expect(talk.says(text).text).toContain(say('dialogue.remind-day.text'));
    expect(dueAt(talk)).toEqual(before);
  });

  test('two days in one answer are asked about', () => {
    const talk = asked().says('senin atau selasa');
    expect(talk.text).toContain(say('dialogue.remind-day.which'));
    expect(talk.says('selasa aja').reminders).toMatchObject([{ dueAt: at('2026-11-24T09:00:00+07:00') }]);
  });

  test('a day that is over by now is next week, and today is tomorrow', () => {
    expect(asked().says('hari ini').reminders).toMatchObject([{ dueAt: at('2026-11-24T09:00:00+07:00') }]);
    expect(asked().says('minggu depan').reminders).toMatchObject([
      { dueAt: at('2026-11-30T09:00:00+07:00') },
    ]);
  });

  test('F30 the weekday of today is that of next week', () => {
    expect(asked().says('senin').reminders).toMatchObject([{ dueAt: at('2026-11-30T09:00:00+07:00') }]);
  });

  test('F30 who only says where they are is heard, and asked again', () => {
    const talk = asked().says('saya tinggal di Jayapura');
    expect(talk.text).toContain('WIT');
    expect(talk.text).toContain(say('dialogue.remind-day.text'));
    expect(talk.says('besok').reminders).toMatchObject([{ dueAt: at('2026-11-24T09:00:00+09:00') }]);
  });

  test('a day beyond sixty is refused kindly', () => {
    expect(asked().says('3 bulan lagi').text + asked().says('70 hari lagi').text).toContain(
      say('dialogue.remind-day.too-far'),
    );
  });

  test('an order is carried out all the same', () => {
    expect(asked().says('stop').text).toContain(say('dialogue.stop.done'));
    expect(asked().says('status').text).toContain(say('say.status.title'));
  });

  test('"tidak usah" means no reminder', () => {
    const talk = asked().says('tidak usah');
    expect(talk.text).toContain(say('say.remind.forgotten'));
    expect(talk.waits(30 * DAY_MS).replies).toEqual([]);
  });
});

describe('a reminder', () => {
  test('F34 is not spoken when the step was done meanwhile, nor when its old button is pressed then', () => {
    const talk = reminded();
    const [old] = talk.reminders;
    talk.presses(say('choice.done')).answers('rating', 'sisnaker');
    expect(talk.isWoken(old!).replies).toEqual([]);
    expect(talk.presses(say('choice.other-day')).text).toContain(say('say.old-choice'));
  });

  test.each([
    'belum ada kabar juga',
    'blm ada jawaban kak',
    'belum dibalas',
    'belum ada balasan dari lembaga',
    'durung',
    'not yet',
  ])('answered with "%s" stays where it is', (text) => {
    const talk = reminded().waits(DAY_MS);
    expect(talk.says(text).text).toContain('26 November');
    expect(talk.verdict).toMatchObject({ requirement });
  });

  test('F33 that was refused stays unspoken, however late it fires', () => {
    const talk = reminded();
    const [old] = talk.reminders;
    talk.presses(say('choice.never'));
    talk.now += DAY_MS;
    expect(talk.isWoken(old!).replies).toEqual([]);
  });

  test('P03 that fires after STOP says nothing, and the wish for one turns them on again', () => {
    const talk = reminded();
    const [old] = talk.reminders;
    talk.says('STOP');
    talk.now += DAY_MS;
    expect(talk.isWoken(old!).replies).toEqual([]);
    expect(talk.says('ingatkan saya').text).toContain(say('say.resumed'));
    expect(talk.reminders).toHaveLength(1);
  });

  test('comes once a day: another one waits for the next morning', () => {
    const talk = reminded().waits(DAY_MS);
    expect(talk.replies).toHaveLength(1);
    const again = { requirement, dueAt: talk.now, armedBy: talk.session!.firstRevision };
    expect(talk.isWoken(again).replies).toEqual([]);
    expect(dueAt(talk)).toEqual(['2026-11-25T02:00:00.000Z']);
  });

  test('F62 says nothing of an outage to somebody who heard from Pandu that day', () => {
    const talk = reminded().waits(DAY_MS);
    expect(talk.isWoken({ requirement: OUTAGE, dueAt: talk.now, armedBy: 0 }).replies).toEqual([]);
  });

  test('comes again after two, four and seven days, on working days, and says when it is the last', () => {
    const talk = reminded();
    const days: string[] = [];
    for (let count = 0; count < 6; count += 1) {
      const [next] = dueAt(talk);
      if (next === undefined) break;
      days.push(next);
      talk.waits(Date.parse(next) - talk.now);
      expect(talk.replies).toHaveLength(1);
    }
    // Tuesday, Thursday, then Monday, then Monday again.
    expect(days.map((day) => day.slice(0, 10))).toEqual([
      '2026-11-24',
      '2026-11-26',
      '2026-11-30',
      '2026-12-07',
    ]);
    expect(talk.text).toContain(say('say.remind.last'));
    expect(talk.waits(90 * DAY_MS).replies).toEqual([]);
  });

  test('falls on no public holiday when somebody has to act', () => {
    const talk = blocked().says('ingatkan saya 30 hari lagi');
    // It comes on 23 December; two days later is Christmas, a Friday.
    talk.waits(30 * DAY_MS);
    expect(dueAt(talk)[0]).toBe('2026-12-28T02:00:00.000Z');
    expect(talk.text).toContain(say('requirement.graded-in-sisnaker.missing'));
  });

  test('of a wait comes on the day on which the wait ends', () => {
    const talk = begun()
      .answers('dashboard', 'certificate')
      .answers('wallet', 'linked')
      .answers('when', 'yesterday')
      .presses(say('choice.remind'));
    const until = talk.verdict!.until!;
    const seen: number[] = [];
    for (let count = 0; count < 4 && talk.reminders.length > 0; count += 1) {
      const next = Math.min(...talk.reminders.map((reminder) => reminder.dueAt));
      seen.push(next);
      talk.waits(next - talk.now);
    }
    expect(seen.some((moment) => moment >= until && moment < until + DAY_MS)).toBe(true);
    expect(talk.verdict).toMatchObject({ kind: 'blocked', owner: 'call-centre' });
  });

  test('comes at nine where they are, and is put off where it is evening', () => {
    const talk = begun().says('saya di Jayapura');
    blocked(talk).presses(say('choice.remind'));
    expect(dueAt(talk)).toEqual(['2026-11-24T00:00:00.000Z']);
    talk.now = at('2026-11-24T18:30:00+07:00');
    // 20.30 in Papua.
    const [late] = talk.reminders.splice(0);
    expect(talk.isWoken(late!).replies).toEqual([]);
    expect(dueAt(talk)).toEqual(['2026-11-25T00:00:00.000Z']);
  });

  test('may be said between nine and eight in the evening of that day, and not later', () => {
    const talk = reminded().waits(DAY_MS);
    expect(talk.replies[0]).toMatchObject({
      priority: 'reminder',
      within: { from: at('2026-11-24T09:00:00+07:00'), until: at('2026-11-24T20:00:00+07:00') },
    });
  });

  test('asks somebody from before this was kept as it always did', () => {
    const talk = reminded();
    const { reminding: _, standing: __, ...before } = talk.session!;
    talk.session = before;
    expect(talk.waits(DAY_MS).text).toContain('Sudah berubah?');
  });
});
