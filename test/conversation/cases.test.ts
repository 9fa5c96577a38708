// Over 300 lines: what goes wrong with several cases stands in one place, so that a new way is tried beside its neighbours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caseOf, casesOf, emptyCase, takeUp } from '../../src/conversation/cases.ts';
import type { Session } from '../../src/conversation/session.ts';
import { step } from '../../src/conversation/step.ts';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const say = (id: string): string => knowledge.words.id.get(id)!;
/** The beginning of a text, up to its first value. */
const start = (id: string): string => say(id).split('{')[0]!;
const begun = (): Talk => new Talk(knowledge).says('halo');
const answered = (): Talk => begun().answers('dashboard', 'nothing').answers('training', 'finished');
/** Two cases: "Saya sendiri", asked about the rating, and "Suami", just begun. */
const two = (): Talk => answered().says('untuk suami saya').presses('Saya sendiri');
const labels = (talk: Talk): string[] =>
  casesOf(talk.session!).map(({ label }) =>
    label === null ? '' : label.kind === 'own' ? label.text : label.id,
  );

describe('a second case', () => {
  test('begins with nothing answered, and the first one keeps its answers', () => {
    const first = answered().session!.answers;
    const talk = two();
    expect(talk.session!.answers).toEqual({});
    expect(talk.asking).toBe('dashboard');
    expect(talk.session!.others.map(({ answers }) => Object.keys(answers))).toEqual([Object.keys(first)]);
    expect(labels(talk)).toEqual(['self', 'husband']);
  });

  test('changes nothing while its name is asked for', () => {
    const before = answered();
    const talk = answered().says('kasus baru').presses('Suami');
    expect(talk.session!.answers).toEqual(before.session!.answers);
    expect(talk.session!.others).toEqual([]);
    talk.presses('Tidak jadi');
    expect(talk.session!.label).toBeNull();
    expect(talk.asking).toBe('rating');
  });

  test('is the same case as long as nothing was answered', () => {
    const talk = begun().says('untuk orang lain');
    expect(talk.session!.others).toEqual([]);
    expect(talk.text).toContain(say('dialogue.new-case.first'));
    expect(talk.asking).toBe('dashboard');
  });

  test('is offered beside starting over, also to who says so in the words of starting over', () => {
    expect(answered().says('mulai dari awal').labels).toContain(say('control.restart-other.label'));
    const talk = answered().says(
      'sekarang gantian punya suami saya, mulai baru lagi dari pertanyaan pertama',
    );
    expect(talk.session!.dialogue).toEqual({ kind: 'new-case', label: { kind: 'ready', id: 'husband' } });
    expect(talk.session!.answers).not.toEqual({});
  });

  test('of the same person is the case they have already', () => {
    const talk = two().presses('Belum ada apa-apa').says('ganti kasus').presses('Saya sendiri');
    talk.says('buat suami saya');
    expect(labels(talk)).toEqual(['self', 'husband']);
    expect(talk.session!.caseId).toBe(2);
  });

  test.each([
    ['', 'say.cannot-read.empty'],
    ['   ', 'say.cannot-read.empty'],
    ['🙂', 'dialogue.new-case.unread.empty'],
    ['...', 'dialogue.new-case.unread.empty'],
    ['Kelas barista di kota tua', 'dialogue.new-case.unread.too-long'],
    ['Pemasarandigitaluntukpemula', 'dialogue.new-case.unread.too-long'],
    ['Budi 3174012345678901', 'dialogue.new-case.unread.number'],
    ['Budi 1234', 'dialogue.new-case.unread.number'],
    ['pin saya 12 34 56', 'dialogue.new-case.unread.number'],
    ['bit.ly/hadiah', 'dialogue.new-case.unread.address'],
    ['www.hadiah', 'dialogue.new-case.unread.address'],
    ['@budi', 'dialogue.new-case.unread.address'],
    ['<b>Budi</b>', 'dialogue.new-case.unread.address'],
    ['suami', 'dialogue.new-case.taken'],
    ['SUAMI!!', 'dialogue.new-case.taken'],
  ])('is not called “%s”', (text, reason) => {
    const talk = answered().says('untuk suami saya').says(text);
    expect(talk.text).toContain(say(reason));
    expect(talk.session!.dialogue?.kind).toBe('new-case');
    expect(talk.session!.others).toEqual([]);
  });

  test('is asked for again after a voice note', () => {
    const talk = answered().says('kasus baru').sends('voice');
    expect(talk.text).toContain(say('say.cannot-read.voice'));
    expect(talk.text).toContain(say('dialogue.new-case.text'));
  });

  test('can be called what the participant writes, in short plain words', () => {
    const talk = answered().says('kasus baru').says('  “barista”  ☕ ').says('Las 2');
    expect(labels(talk)).toEqual(['Las 2', 'Barista']);
    expect(talk.says('ganti kasus').labels).toEqual(expect.arrayContaining(['Las 2', 'Barista']));
  });

  test('is not called like an order, a number of the menu or an answer', () => {
    expect(answered().says('kasus baru').says('menu').labels).toContain('Tanya jawab');
    const numbered = answered().says('kasus baru').says('2');
    expect(numbered.session!.dialogue).toEqual({ kind: 'new-case', label: { kind: 'ready', id: 'husband' } });
    expect(answered().says('kasus baru').says('ya').session!.others).toEqual([]);
    expect(answered().says('kasus baru').says('batal').session!.others).toEqual([]);
  });

  test('whatever is written as a name becomes at most twenty plain characters on a button', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom('a', 'B', ' ', '.', '1', '☕', '\u202e', '\n', '[', '}', '{'),
        maxLength: 30,
      }),
    );
    const waiting = answered().says('kasus baru');
    fc.assert(
      fc.property(text, (typed) => {
        const message = {
          ...({
            channel: 'web',
            chat: 'uji',
            sender: 'uji',
            messageId: 'x',
            kind: 'text',
            text: typed,
          } as const),
          ...{ choice: null, language: null, sentAt: waiting.now, hidden: [] },
        };
        const { session } = step(knowledge, waiting.session, {
          ...{ kind: 'message', at: waiting.now, moreWaiting: false, deliveredMenu: waiting.deliveredMenu },
          message,
        });
        const { dialogue } = session;
        if (dialogue?.kind !== 'new-case' || dialogue.label?.kind !== 'own') return;
        expect(dialogue.label.text).toMatch(/^[\p{L}\p{M}\p{Nd} .&+-]{1,80}$/u);
        expect([...new Intl.Segmenter('id').segment(dialogue.label.text)].length).toBeLessThanOrEqual(20);
        expect(dialogue.label.text).not.toMatch(/\d{4}|\S\.\S/);
      }),
    );
  });
});

describe('with several cases', () => {
  test('an answer goes to the case that is talked about', () => {
    const talk = two().answers('dashboard', 'certificate').says('ganti kasus').presses('Saya sendiri');
    expect(talk.asking).toBe('rating');
    talk.says('menunya tidak ada');
    expect(talk.session!.answers.rating?.answerId).toBe('no-menu');
    expect(talk.session!.others[0]!.answers).not.toHaveProperty('rating');
    expect(talk.text).toContain('Tentang: Saya sendiri');
  });

  test('a case is gone over to by its name', () => {
    for (const words of ['suami', 'yang suami', 'ganti ke suami', 'kasus suami', 'lanjut yang suami dong']) {
      const talk = two().says('ganti kasus').presses('Saya sendiri').says(words);
      expect([words, talk.session!.caseId]).toEqual([words, 2]);
    }
  });

  test('a name inside a sentence goes nowhere', () => {
    const talk = two()
      .says('ganti kasus')
      .presses('Saya sendiri')
      .says('suami saya yang daftar dulu, saya tidak');
    expect(talk.session!.caseId).toBe(1);
  });

  test('a verdict and the status say which case they are about; with one they do not', () => {
    const verdict = answered().answers('rating', 'no-menu');
    expect(verdict.text).not.toContain('Tentang');
    expect(verdict.says('status').text).not.toMatch(/Tentang|[Kk]asus/);
    const talk = two().answers('dashboard', 'certificate').answers('wallet', 'not-linked');
    expect(talk.text).toMatch(/^Tentang: Suami/);
    expect(talk.says('status').text).toMatch(/^Tentang: Suami/);
    expect(talk.text).toContain('Kasus lain: Saya sendiri.');
  });

  test('starting over empties the present case alone', () => {
    const talk = two()
      .answers('dashboard', 'certificate')
      .says('mulai dari awal')
      .presses(say('dialogue.restart.yes'));
    expect(talk.session!.answers).toEqual({});
    expect(labels(talk)).toEqual(['self', 'husband']);
    expect(talk.effects).not.toContain('forget-reminders');
    talk.says('ganti kasus').presses('Saya sendiri');
    expect(talk.session!.answers.training?.answerId).toBe('finished');
  });

  test('deleting the data is said to be about all of them, and is', () => {
    const talk = two().says('hapus data');
    expect(talk.text).toContain(say('say.cases.all-go'));
    talk.presses(say('dialogue.delete-data.yes'));
    expect(talk.effects).toContain('erase');
    expect(talk.session).toBeNull();
  });

  test('STOP is for all of them', () => {
    expect(two().says('stop').effects).toContain('forget-reminders');
  });

  test('closing one asks first, goes on with another, and leaves the rest as it was', () => {
    const talk = two().says('tutup kasus suami');
    expect(talk.text).toContain('Suami');
    talk.says('ya');
    expect(labels(talk)).toEqual(['self']);
    expect(talk.asking).toBe('rating');
    expect(talk.says('status').text).not.toMatch(/Tentang|[Kk]asus/);
  });

  test('a number is never given twice, so an old button finds its case or none', () => {
    const talk = two().says('ganti kasus');
    const old = talk.shown.findLast(({ id }) => id.startsWith('s:c2:'))!;
    talk.says('tutup kasus suami').says('ya').says('untuk anak saya');
    expect(labels(talk)).toEqual(['self', 'child']);
    talk.pressesId(old.id);
    expect(talk.session!.caseId).toBe(3);
    expect(talk.text).toContain(say('say.cases.title'));
  });

  test('the sixth asks which one to close', () => {
    const talk = two();
    for (const name of ['Barista', 'Menjahit', 'Las']) talk.says('kasus baru').says(name);
    expect(casesOf(talk.session!)).toHaveLength(5);
    talk.says('kasus baru');
    expect(casesOf(talk.session!)).toHaveLength(5);
    expect(talk.text).toContain(start('say.cases.full'));
    expect(talk.labels).toEqual(expect.arrayContaining(['Suami', 'Barista', 'Menjahit', 'Las']));
    talk.presses('Las').says('ya').says('kasus baru').says('Memasak');
    expect(labels(talk)).toEqual(['self', 'husband', 'Barista', 'Menjahit', 'Memasak']);
  });
});

describe('with one case', () => {
  test('there is nothing to go over to, and nothing to close', () => {
    expect(answered().says('ganti kasus').text).toContain(say('say.cases.only-one'));
    expect(answered().says('ganti kasus').says('ya').session!.dialogue?.kind).toBe('new-case');
    expect(answered().says('tutup kasus').text).toContain(say('say.cases.last'));
  });

  test('a forged button for another one changes nothing', () => {
    const talk = answered();
    const revision = talk.shown.at(-1)!.id.split(':').at(-1)!;
    for (const id of [
      `s:c2:${revision}`,
      `x:c1:${revision}`,
      `x:c9:${revision}`,
      `s:c99999999999:${revision}`,
    ]) {
      const { answers } = talk.session!;
      talk.pressesId(id);
      expect(talk.session!.answers).toEqual(answers);
      expect(talk.session!.dialogue).toBeNull();
    }
  });
});

describe('F20 a button of a parked case', () => {
  test('answers nothing in the present one, even where both are asked the same', () => {
    const talk = two();
    const old = talk.shown.find(({ id }) => id.startsWith('a:dashboard:schedule:'))!;
    talk.pressesId(old.id);
    expect(talk.session!.answers).toEqual({});
    expect(talk.session!.others[0]!.answers.dashboard?.answerId).toBe('nothing');
    expect(talk.text).toContain(start('say.cases.old-choice'));
    expect(talk.asking).toBe('dashboard');
    expect(talk.labels).toContain(say('control.switch-case.label'));
  });

  test('is refused as well once its case is the present one again', () => {
    const talk = two();
    const old = talk.shown.findLast(({ id }) => id.startsWith('a:rating:no-menu:'))!;
    talk.says('ganti kasus').presses('Saya sendiri').pressesId(old.id);
    expect(talk.session!.answers).not.toHaveProperty('rating');
    expect(talk.asking).toBe('rating');
  });

  test('never does anything to a verdict, a side question or a correction of another', () => {
    const talk = answered().answers('rating', 'no-menu').says('ganti jawaban').says('mulai dari awal');
    const old = talk.shown.filter(({ id }) => /^[vdq]:/.test(id));
    expect(new Set(old.map(({ id }) => id[0]))).toEqual(new Set(['v', 'd', 'q']));
    talk.says('tidak').says('untuk suami saya').presses('Saya sendiri');
    for (const { id } of old) {
      talk.pressesId(id);
      expect([id, talk.session!.answers, talk.asking]).toEqual([id, {}, 'dashboard']);
      expect(talk.session!.others[0]!.answers.rating?.answerId).toBe('no-menu');
    }
  });

  test('for what any case may want does it', () => {
    const talk = answered().says('menu');
    const human = talk.shown.findLast(({ label }) => label === 'Bicara dengan orang')!;
    talk.says('untuk suami saya').presses('Saya sendiri').pressesId(human.id);
    expect(talk.text).toContain(say('say.human').split('\n')[0]!);
  });

  test('from before the data was deleted finds no case', () => {
    const talk = two().says('ganti kasus');
    const old = talk.shown.findLast(({ id }) => id.startsWith('s:c1:'))!;
    talk.says('hapus data').says('ya').says('halo').answers('dashboard', 'nothing').pressesId(old.id);
    expect(talk.text).toContain(say('say.old-choice'));
  });
});

describe('several messages at once', () => {
  test('F19 going over to a case, pressed twice, is done once', () => {
    const talk = two().says('ganti kasus');
    const other = talk.shown.findLast(({ label }) => label === 'Saya sendiri')!;
    talk.pressesId(other.id, { moreWaiting: true }).pressesId(other.id);
    expect(talk.session!.caseId).toBe(1);
    expect(labels(talk)).toEqual(['self', 'husband']);
    expect(talk.text.match(/Sekarang tentang/g)).toHaveLength(1);
  });

  test('F19 opening a case, ordered twice, opens one', () => {
    const talk = two().says('kasus baru', { moreWaiting: true }).says('kasus baru').says('Las');
    expect(labels(talk)).toEqual(['self', 'husband', 'Las']);
  });

  test('an answer behind the order to go elsewhere is not written into the case that is left', () => {
    const talk = two().says('ganti ke saya sendiri', { moreWaiting: true });
    talk.says('rekening belum tersambung, sertifikat sudah ada dua', { moreWaiting: true }).says('🙏🏽');
    expect(talk.session!.caseId).toBe(1);
    expect(talk.session!.others[0]!.answers).toEqual({});
  });
});

describe('a reminder', () => {
  const reminded = (): Talk =>
    answered()
      .answers('rating', 'no-menu')
      .presses('Ingatkan saya')
      .says('untuk suami saya')
      .presses('Saya sendiri');

  test('of a parked case goes over to it and says so', () => {
    const talk = reminded()
      .answers('dashboard', 'certificate')
      .waits(30 * 3_600_000);
    expect(talk.session!.caseId).toBe(1);
    expect(talk.text).toContain('Sekarang tentang: Saya sendiri');
    expect(talk.text).toContain(start('say.remind.ask.yesterday'));
    expect(talk.replies.every(({ priority }) => priority === 'reminder')).toBe(true);
    expect(talk.labels).toContain(say('control.switch-case.label'));
    talk.presses('Ganti kasus').presses('Suami');
    expect(talk.asking).toBe('wallet');
  });

  test('is refused for one case and still comes for another', () => {
    const talk = reminded().answers('dashboard', 'nothing').answers('training', 'finished');
    talk.answers('rating', 'no-menu').presses('Ingatkan saya').says('jangan ingatkan lagi');
    expect(talk.session!.reminding?.nextAt).toBeNull();
    talk.waits(30 * 3_600_000);
    expect(talk.session!.caseId).toBe(1);
    expect(talk.text).toContain('Sekarang tentang: Saya sendiri');
  });

  test('of a closed case, or of one that was started anew, stays silent', () => {
    expect(
      reminded()
        .says('tutup kasus saya sendiri')
        .says('ya')
        .waits(30 * 3_600_000).replies,
    ).toEqual([]);
    const anew = reminded().says('ganti kasus').presses('Saya sendiri').says('mulai dari awal').says('ya');
    anew.says('ganti kasus').presses('Suami');
    expect(anew.waits(30 * 3_600_000).replies).toEqual([]);
    expect(anew.session!.caseId).toBe(2);
  });
});

describe('a session', () => {
  test('of a version that knew one case only is read, whatever was pending in it', () => {
    const {
      others: _,
      casesOpened: __,
      switchedAt: ___,
      caseId: ____,
      label: _____,
      ...old
    } = answered().session!;
    const talk = answered();
    talk.session = { ...old, dialogue: { kind: 'restart-other' } } as unknown as Session;
    talk.says('status');
    expect(talk.text).toContain(say('say.status.title'));
    expect(talk.session!.dialogue).toBeNull();
    expect(labels(talk.says('untuk suami saya').presses('Saya sendiri'))).toEqual(['self', 'husband']);
  });

  test('parks whole cases: one field that only the former has does not stay behind', () => {
    const session = answered().session!;
    const fields = Object.keys(emptyCase(1, null, 1)).toSorted();
    expect(Object.keys(caseOf(session)).toSorted()).toEqual(fields);
    const next = emptyCase(2, { kind: 'ready', id: 'child' }, session.revision + 1);
    const changed = takeUp(session, next, [caseOf(session)]);
    expect(caseOf(changed)).toEqual(next);
    expect(caseOf(takeUp(changed, changed.others[0]!, [next]))).toEqual(caseOf(session));
  });
});
