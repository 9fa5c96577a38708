// Over 300 lines: a request from its opening to each of its ends, under one clock and one desk.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factValue } from '../../src/checklist/walk.ts';
import { afterOfficeHours, nextOfficeHour } from '../../src/conversation/office.ts';
import { isDaytime } from '../../src/language/dates.ts';
import type { IncomingKind } from '../../src/message.ts';
import { attendedKnowledge, shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = attendedKnowledge();
const { facts } = knowledge.checklist;
const office = { facts, calendar: knowledge.calendar };
const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const DAY_MS = 24 * HOUR_MS;
const ESCALATE_MS = Number(factValue(facts, 'operator.escalate-hours')) * HOUR_MS;
const PAUSE_MS = Number(factValue(facts, 'operator.pause-hours')) * HOUR_MS;

const say = (id: string): string => knowledge.words.id.get(id)!;
const wib = (time: string): number => Date.parse(`${time}:00+07:00`);
const begun = (at?: number): Talk => new Talk(knowledge, at === undefined ? {} : { at }).says('halo');
const asked = (at?: number): Talk => begun(at).says('bicara dengan orang');
const desk = (talk: Talk, text: string, kind: IncomingKind = 'desk', moreWaiting = false): Talk =>
  talk.says(text, { kind, moreWaiting });
const answered = (): Talk => desk(asked(), 'Halo Bu, saya Rina.');
const HEARD = '👤 Petugas:\n';

describe('asking for a person', () => {
  test('where nobody answers names the call centre, notes nothing and promises nothing', () => {
    const talk = new Talk(shippedKnowledge()).says('halo').says('bicara dengan orang');
    expect(talk.text).toContain('021-25541246');
    expect(talk.effects).not.toContain('request');
    expect(talk.reminders).toEqual([]);
    expect(talk.labels).not.toContain(say('control.cancel-request.label'));
  });

  test('F81 is confirmed with the hours of those who answer, and with a time by which there is news', () => {
    const talk = asked();
    expect(talk.text).toContain(say('say.request.noted'));
    expect(talk.text).toContain('Selasa, 24 November pukul 09.00 WIB');
    expect(talk.labels).toContain(say('control.cancel-request.label'));
    expect(talk.request?.state).toBe('open');
  });

  test.each([
    ['at night', '2026-11-23T23:30', 'Selasa, 24 November pukul 08.00 WIB'],
    ['before the day begins', '2026-11-23T06:00', 'Senin, 23 November pukul 08.00 WIB'],
    ['after the last hour of the week', '2026-11-27T16:00', 'Senin, 30 November pukul 08.00 WIB'],
    ['on a public holiday', '2026-12-25T10:00', 'Senin, 28 Desember pukul 08.00 WIB'],
    ['on a Sunday', '2026-11-29T11:00', 'Senin, 30 November pukul 08.00 WIB'],
  ])('F81 %s is told from when somebody answers', (_, at, opens) => {
    const talk = asked(wib(at));
    expect(talk.text).toContain('di luar jam kerja petugas');
    expect(talk.text).toContain(`Petugas membalas mulai ${opens}`);
  });

  test('twice is one request, and the second time says that it is still noted', () => {
    const talk = asked();
    const first = talk.request;
    talk.says('bicara dengan orang');
    expect(talk.text).toContain('Anda tidak perlu meminta lagi');
    expect([talk.effects.includes('request'), talk.posts, talk.request]).toEqual([false, [], first]);
  });

  test('as the very first words shows the notice before it', () => {
    const talk = new Talk(knowledge).says('bicara dengan orang');
    expect(talk.replies[0]!.text).toContain(say('notice.text'));
    expect(talk.request?.state).toBe('open');
  });

  test('in a burst of messages is asked once, with the last words and without their secrets', () => {
    const talk = begun()
      .says('halo', { moreWaiting: true })
      .says('bicara dengan orang', { moreWaiting: true })
      .says('nik saya 3201011509900001');
    expect(talk.request?.summary?.lastWords).not.toContain('3201011509900001');
    expect(talk.posts).toHaveLength(1);
    expect(talk.posts.join()).not.toContain('3201011509900001');
  });

  test('S18 tells the desk no link that is not the programme’s', () => {
    const talk = answered().says('saya isi di https://prakerja.vip/a dan prakerja12.info, benar bu?');
    expect(talk.posts).toEqual(['💬 saya isi di [tautan] dan [tautan], benar bu?']);
  });

  test('until somebody answers Pandu goes on answering', () => {
    const talk = asked().answers('dashboard', 'nothing');
    expect(talk.asking).toBe('training');
    expect(talk.posts).toEqual([]);
  });
});

describe('a person at the desk', () => {
  test('F78 takes the conversation with the first words: what is unsent is withdrawn, and Pandu is silent', () => {
    const talk = answered();
    expect(talk.effects.slice(0, 1)).toEqual(['withdraw-unsent']);
    expect(talk.replies.map(({ text, from }) => [text, from])).toEqual([
      [`${HEARD}Halo Bu, saya Rina.`, 'operator'],
    ]);
    expect(talk.request?.state).toBe('taken');
    talk.says('sertifikat saya belum muncul');
    expect([talk.replies, talk.posts]).toEqual([[], ['💬 sertifikat saya belum muncul']]);
  });

  test('F78 withdraws nothing of their own with further words', () => {
    const talk = desk(answered(), 'Sebentar ya.');
    expect(talk.effects).not.toContain('withdraw-unsent');
    expect(talk.text).toBe(`${HEARD}Sebentar ya.`);
  });

  test('F78 writes while a message of the participant waits: neither is answered twice', () => {
    const talk = asked().says('sudah', { moreWaiting: true });
    desk(talk, 'Saya bantu ya Bu.');
    expect(talk.replies.map(({ text }) => text)).toEqual([`${HEARD}Saya bantu ya Bu.`]);
    expect(talk.session?.owed).toBeNull();
    const other = answered();
    desk(other, 'Satu', 'desk', true);
    expect(other.text).toBe(`${HEARD}Satu`);
    expect(other.says('dua').replies).toEqual([]);
  });

  test('F79 two of them are both passed on, in their order', () => {
    const talk = answered();
    expect(desk(talk, 'Saya Budi.').text).toBe(`${HEARD}Saya Budi.`);
    expect(desk(talk, 'Saya Rina.').text).toBe(`${HEARD}Saya Rina.`);
  });

  test.each([
    ['link', 'Isi dulu di https://prakerja-cek.example ya'],
    ['request', 'Tolong kirim kode OTP yang masuk ya Bu'],
    ['request', 'NIK Ibu berapa?'],
    ['secret', 'Pakai nomor 3201011509900001'],
    ['too-long', 'a '.repeat(2_000)],
  ])('S10 is told why when a %s is in their words, and the participant hears nothing', (reason, words) => {
    const talk = desk(asked(), words);
    expect([talk.replies, talk.posts]).toEqual([[], [say(`page.desk.refused.${reason}`)]]);
    expect(talk.session?.operatorAt).toBeUndefined();
    expect(talk.says('status').replies).not.toEqual([]);
  });

  test('is told that only text is passed on, and no change of it', () => {
    const talk = answered();
    expect(desk(talk, '', 'desk-other').posts).toEqual([say('page.desk.only-text')]);
    expect(desk(talk, '', 'desk-edit').posts).toEqual([say('page.desk.no-edits')]);
    expect(talk.replies).toEqual([]);
  });

  test('hands back: Pandu says that it is back, goes on, and the topic is closed', () => {
    const talk = desk(answered(), '', 'handed-back');
    expect(talk.text).toContain(say('say.here-again'));
    expect(talk.asking).toBe('dashboard');
    expect(talk.request?.state).toBe('closed');
    expect(talk.posts).toEqual([say('page.desk.closed.handed-back')]);
  });

  test('hands back what nobody answered: the participant is told that it is closed', () => {
    const talk = desk(asked(), '', 'handed-back');
    expect(talk.text).toContain(say('say.request.closed'));
    expect(talk.request?.state).toBe('closed');
  });

  test.each([
    ['was handed back', (talk: Talk) => desk(talk, '', 'handed-back')],
    ['was cancelled', (talk: Talk) => talk.says('batal minta petugas')],
    ['ended with STOP', (talk: Talk) => talk.says('stop')],
  ])('answers nobody any more once the request %s', (_, end) => {
    const talk = end(answered());
    desk(talk, 'Masih di sana?');
    expect([talk.replies, talk.posts]).toEqual([[], [say('page.desk.no-request')]]);
  });

  test('still reaches a participant who called the menu, and takes the conversation again', () => {
    const talk = answered().says('menu');
    expect(talk.text).toContain(say('say.here-again'));
    expect(talk.posts).toEqual([say('page.desk.called')]);
    expect(talk.request?.state).toBe('taken');
    expect(talk.says('status').posts).toEqual([]);
    desk(talk, 'Saya masih di sini.');
    expect(talk.text).toBe(`${HEARD}Saya masih di sini.`);
    expect(talk.says('baik bu').replies).toEqual([]);
  });

  test('F24 who writes from the phone instead has taken it as well', () => {
    const talk = desk(asked(), '', 'operator');
    expect(talk.posts).toEqual([say('page.desk.phone')]);
    expect(talk.request?.state).toBe('taken');
    expect(talk.waits(DAY_MS).text).not.toContain(say('say.request.given-up').slice(0, 30));
  });
});

describe('a request that nobody answers', () => {
  test('F81 is brought to mind once after hours of work, and then the participant is told', () => {
    const talk = asked();
    expect(talk.waits(ESCALATE_MS - 2_000).posts).toEqual([]);
    expect(talk.waits(4_000).posts).toHaveLength(1);
    expect(talk.replies).toEqual([]);
    expect(talk.waits(5 * HOUR_MS).posts).toEqual([]);
    talk.waits(DAY_MS);
    expect(talk.text).toContain('belum ada petugas yang sempat membalas');
    expect(talk.text).toContain('021-25541246');
    expect(talk.replies.every(({ priority }) => priority === 'reminder')).toBe(true);
    expect(talk.posts).toEqual([say('page.desk.closed.given-up')]);
    expect(talk.request?.state).toBe('closed');
  });

  test('F81 is never brought up at night or on free days, however late it is looked at', () => {
    const talk = asked(wib('2026-11-27T15:30'));
    expect(talk.waits(wib('2026-11-30T07:59') - talk.now).posts).toEqual([]);
    // Away over a night: what fell due in it waits for the hours of work, and for the day.
    const late = asked();
    const timers = late.reminders.splice(0);
    late.now = wib('2026-11-25T02:00');
    late.reminders.push(...timers.map((timer) => ({ ...timer, dueAt: late.now })));
    expect([late.waits(1_000).posts, late.replies]).toEqual([[], []]);
    expect(late.waits(6 * HOUR_MS).posts).toHaveLength(1);
    // Whoever was reminded late has time to answer.
    expect(late.waits(HOUR_MS).replies).toEqual([]);
    expect(late.waits(2 * HOUR_MS).replies).not.toEqual([]);
  });

  test.each([
    ['stop', (talk: Talk) => talk.says('stop')],
    ['blocking the bot', (talk: Talk) => talk.sends('left')],
    ['cancelling', (talk: Talk) => talk.says('batal minta petugas')],
    ['erasing', (talk: Talk) => talk.says('hapus data').says('ya')],
  ])('P03 is never mentioned again after %s', (_, end) => {
    const talk = end(asked());
    expect(talk.waits(3 * DAY_MS).replies).toEqual([]);
    expect(talk.posts).toEqual([]);
  });

  test('outlives a new start and the wish not to be reminded', () => {
    const talk = asked().says('mulai dari awal').presses(say('dialogue.restart.yes'));
    expect(talk.effects).toContain('forget-reminders');
    expect(talk.waits(2 * DAY_MS).text).toContain('belum ada petugas yang sempat membalas');
  });
});

describe('a person who writes no more', () => {
  test('F80 has left the conversation to Pandu, which says so by itself and by day', () => {
    const talk = answered().says('tolong ya bu');
    talk.waits(PAUSE_MS + 1_000);
    expect(talk.text).toContain(say('say.here-again'));
    expect(talk.asking).toBe('dashboard');
    expect(talk.posts).toEqual([say('page.desk.closed.forgotten')]);
    expect(talk.waits(3 * DAY_MS).posts).toEqual([]);
  });

  test('F80 in the evening: Pandu says it in the morning, or with its next answer', () => {
    const evening = () => desk(asked(wib('2026-11-23T19:30')), 'Halo');
    expect(evening().waits(PAUSE_MS + HOUR_MS).replies).toEqual([]);
    const talk = evening();
    talk.waits(PAUSE_MS + HOUR_MS);
    talk.says('status');
    expect(talk.text).toContain(say('say.here-again'));
    expect(talk.posts).toEqual([say('page.desk.closed.forgotten')]);
    expect(talk.waits(DAY_MS).replies).toEqual([]);
  });

  test('F80 and was called away by the participant: nothing is said twice', () => {
    const talk = answered().says('menu');
    talk.waits(PAUSE_MS + 1_000);
    expect([talk.replies, talk.posts]).toEqual([[], [say('page.desk.closed.forgotten')]]);
  });
});

test('F54 words that did not arrive are reported where they were written', () => {
  const talk = answered();
  talk.reminders.push({ requirement: 'undelivered', dueAt: talk.now, armedBy: 0 });
  talk.waits(1);
  expect([talk.replies, talk.posts]).toEqual([[], [say('page.desk.undelivered')]]);
});

test('names that were typed while a person answers are blanked at the desk once they are read', () => {
  const talk = begun().says('bantu cek nama').says('bicara dengan orang');
  desk(talk, 'Halo');
  talk.says('kemnaker: Siti Aminah, prakerja: Siti Aminah Lubis');
  const posts = talk.last!.effects.flatMap((effect) => (effect.kind === 'post' ? effect.outgoing : []));
  expect(posts).toMatchObject([{ passing: true }]);
});

test('hours of work pass only while somebody works, whatever the hour', () => {
  const start = wib('2026-11-20T00:00');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 * 24 * 4 }),
      fc.integer({ min: 1, max: 20 }),
      (quarter, hours) => {
        const at = start + quarter * QUARTER_MS;
        const end = afterOfficeHours(office, at, hours);
        expect(end).toBeGreaterThanOrEqual(at + hours * HOUR_MS);
        expect(nextOfficeHour(office, end - 1)).toBeNull();
        expect(isDaytime(end) || new Date(end + 7 * HOUR_MS).getUTCHours() === 8).toBe(true);
        // Not an hour more: counted quarter by quarter.
        let worked = 0;
        for (let time = at; time < end; time += QUARTER_MS)
          if (nextOfficeHour(office, time) === null) worked += 1;
        expect(worked).toBe(hours * 4);
      },
    ),
    { numRuns: 40 },
  );
});
