import { describe, expect, test } from 'vitest';
import { foreignLinkIn } from '../../src/conversation/guard.ts';
import type { Effect } from '../../src/conversation/session.ts';
import { LONGEST_LINK, mailLink, telegramLink, whatsAppLink } from '../../src/conversation/share-links.ts';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const { facts } = knowledge.checklist;
const say = (id: string): string => knowledge.words.id.get(id)!;
const MINUTE_MS = 60_000;
/** Invented, with syllables that no text of Pandu has. */
const TRAINING = 'Zubkrama Lanjutan';
const TYPED = /zubkrama|tjitro/i;

const LETTER = say('control.letter.label');
const blocked = (talk = new Talk(knowledge)): Talk =>
  talk
    .says('halo')
    .answers('dashboard', 'nothing')
    .answers('training', 'finished')
    .answers('rating', 'no-menu');
const asked = (): Talk => blocked().presses(LETTER);
const shown = (): Talk => asked().says(TRAINING);
const dated = (): Talk => shown().presses('Pakai ini');
const given = (): Talk => dated().presses('Lewati');

function effectOf<Kind extends Effect['kind']>(talk: Talk, kind: Kind): Extract<Effect, { kind: Kind }>[] {
  return (talk.last?.effects ?? []).filter(
    (effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind,
  );
}

function expectAsking(talk: Talk, about: 'training' | 'finished'): void {
  expect(talk.session!.dialogue).toMatchObject({ kind: 'letter', about, typed: null });
  expect(talk.replies.at(-1)!.text).toContain(say(`dialogue.letter.ask.${about}`));
  expect(talk.labels).toEqual(['Lewati']);
}

/** Nothing of what was typed is known, and its words go. */
function expectForgotten(talk: Talk): void {
  expect(JSON.stringify(talk.session)).not.toMatch(TYPED);
  expect(effectOf(talk, 'forget-words')).toHaveLength(1);
}

describe('what is typed for the message, answered wrongly:', () => {
  test.each([
    ['nothing', ''],
    ['a picture of a face', '😀'],
    ['dots', '...'],
  ])('%s is told to be nothing to read, and the question comes again', (_, text) => {
    expectAsking(asked().says(text), 'training');
  });

  test('a voice note is not listened to, and the question comes again', () => {
    const talk = asked().sends('voice');
    expect(talk.text).toContain(say('say.cannot-read.voice'));
    expectAsking(talk, 'training');
  });

  test.each([
    ['3201234567890123', 'secret'],
    ['Zubkrama, password: tjitro99', 'secret'],
    ['https://zubkrama.example/tjitro', 'link'],
    ['Zubkrama di bit.ly/tjitro', 'link'],
    ['saya ikut kelas zubkrama sama tjitro kemarin itu', 'sentence'],
  ])('%s is refused kindly, and nothing of it is kept', (text, problem) => {
    const talk = asked().says(text);
    expect(talk.text).toContain(say(`dialogue.letter.refused.${problem}`));
    expectAsking(talk, 'training');
    expectForgotten(talk);
  });

  test('a day still to come, or none, is asked for once more', () => {
    const talk = dated().says('zubkrama tjitro');
    expect(talk.text).toContain(say('dialogue.letter.refused.date'));
    expectAsking(talk, 'finished');
    expect(talk.says('besok').text).toContain(say('dialogue.letter.refused.future'));
  });

  test('a button of an earlier question changes nothing that was typed', () => {
    const skip = asked().shown.at(-1)!.id;
    const talk = shown();
    talk.pressesId(skip);
    expect(talk.text).toContain(say('say.old-choice'));
    expect(talk.session!.dialogue).toMatchObject({ typed: { training: TRAINING } });
  });

  test('the same button pressed twice gives one message', () => {
    const talk = given();
    const id = talk.shown.findLast(({ label }) => label === 'Lewati')!.id;
    talk.presses('Lewati').pressesId(id);
    expect(talk.text).toContain(say('say.old-choice'));
  });

  test('an answer of the checklist pressed late ends it, and what was typed goes', () => {
    const talk = shown().answers('training', 'not-finished');
    expect(talk.session!.dialogue).toBeNull();
    expectForgotten(talk);
  });

  test('a greeting is no name of a training, and a question is answered', () => {
    expectAsking(asked().says('halo'), 'training');
    const talk = asked().says('kapan insentif cair?');
    expect(talk.text).toContain(say('topic.incentive-disbursement.answer'));
    expectAsking(talk, 'training');
  });

  test('"ga usah" skips the question and is no STOP', () => {
    const talk = asked().says('ga usah');
    expectAsking(talk, 'finished');
    expect(talk.session!.stopped).toBe('no');
  });

  test('STOP is a STOP, and what was typed goes', () => {
    const talk = shown().says('stop');
    expect(talk.session!.stopped).toBe('yes');
    expectForgotten(talk);
  });
});

describe('what is typed for the message', () => {
  test('is shown in a message of its own that passes, before it is used', () => {
    const talk = shown();
    const [first, second] = talk.replies;
    expect(first).toMatchObject({ text: `Nama pelatihan: “${TRAINING}”`, passing: true, choices: [] });
    expect(second!.text).toBe(say('dialogue.letter.check'));
    expect(talk.labels).toEqual(['Pakai ini', 'Ubah', 'Tanpa ini']);
  });

  test('is kept only when they agree, and the message that held it is forgotten', () => {
    const typedAt = shown().now;
    const talk = dated();
    expect(talk.session!.letter).toEqual({ training: TRAINING, finishedAt: null });
    expect(effectOf(talk, 'forget-words')).toEqual([{ kind: 'forget-words', since: typedAt }]);
  });

  test.each(['Tanpa ini', 'Ubah', 'tidak', 'ga jadi', 'kembali'])('is forgotten with "%s"', (answer) => {
    expectForgotten(shown().says(answer));
  });

  test('is forgotten after a quarter of an hour, and the question stands', () => {
    const talk = shown();
    expect(effectOf(talk, 'remind')).toHaveLength(1);
    talk.waits(16 * MINUTE_MS);
    expectForgotten(talk);
    expect(talk.replies).toEqual([]);
    expect(talk.session!.dialogue).toMatchObject({ kind: 'letter', typed: null });
  });

  test('is forgotten when they block the bot', () => {
    expectForgotten(shown().sends('left'));
  });

  test('is taken together when it comes in a burst', () => {
    const talk = asked();
    talk.says(TRAINING, { moreWaiting: true }).says('12 november');
    expect(talk.text).toContain(`Nama pelatihan: “${TRAINING}”\nSelesai: 12 November 2026`);
  });

  test.each([
    ['12 november', '12 November 2026'],
    ['12/11', '12 November 2026'],
    ['12-11-2026', '12 November 2026'],
    ['kemarin', '22 November 2026'],
    ['minggu lalu', '16 November 2026'],
    ['tanggal 5', '5 November 2026'],
  ])('may be a day as people write it: %s', (typed, date) => {
    expect(dated().says(typed).text).toContain(`Selesai: ${date}`);
  });

  test('may be the name of a language course, which changes no language', () => {
    const talk = asked().says('Bahasa Inggris');
    expect(talk.text).toContain('Nama pelatihan: “Bahasa Inggris”');
    expect(talk.session!.language).toBe('id');
  });

  test('goes with a new start, for it is about another case', () => {
    const talk = given().presses('Lewati').says('mulai dari awal').presses(say('dialogue.restart.yes'));
    expect(talk.session).not.toHaveProperty('letter');
    expect(talk.session).not.toHaveProperty('provider');
  });
});

describe('the message', () => {
  const letterOf = (talk: Talk): string => talk.replies.find(({ text }) => text.startsWith('Yth.'))!.text;
  const linksOf = (talk: Talk): string[] =>
    [...talk.text.matchAll(/(?:https|mailto):\S+/g)].map(([link]) => link);

  test('stands alone in its bubble, with nothing of Pandu around it and no menu', () => {
    const letter = given().replies.find(({ text }) => text.startsWith('Yth.'))!;
    expect(letter).toMatchObject({ choices: [], menu: null });
    expect(letter.text).toContain(`“${TRAINING}”`);
    expect(letter.text).toContain(
      'penilaian di portal lembaga belum cukup; perlu juga penilaian di SISNAKER',
    );
    expect(letter.text).toMatch(/Terima kasih banyak\.$/);
  });

  test('is in links that carry it to the letter', () => {
    const talk = given();
    const [whatsApp, telegram] = linksOf(talk).map((link) => new URL(link));
    expect(whatsApp!.href.startsWith('https://wa.me/?text=')).toBe(true);
    expect(whatsApp!.searchParams.get('text')).toBe(letterOf(talk));
    expect(telegram!.href.startsWith('https://t.me/share/url?url=')).toBe(true);
    expect(telegram!.searchParams.get('text')).toBe(letterOf(talk));
  });

  test.each(['Lewati', 'ya'])('is complete with neither, after %s', () => {
    const talk = asked().presses('Lewati').presses('Lewati');
    expect(letterOf(talk)).toContain('sudah menyelesaikan pelatihan lewat Sisnaker.');
  });

  test('is Indonesian for who speaks English, who is told what it says', () => {
    const talk = blocked(new Talk(knowledge, { language: 'en' })).says('write a message to my provider');
    talk.presses('Skip').presses('Skip');
    expect(talk.replies[0]!.text).toContain('Dear training team,');
    expect(letterOf(talk)).toMatch(/^Yth\. Bapak\/Ibu/);
  });

  test('to Prakerja is there at a call-centre verdict, with its address, subject and link', () => {
    const talk = new Talk(knowledge).says('halo').answers('dashboard', 'status').answers('status', 'held');
    talk.presses(say('control.mail.label'));
    const [link] = linksOf(talk).map((mail) => new URL(mail));
    expect(link!.pathname).toBe('info@prakerja.go.id');
    expect(link!.searchParams.get('body')!.replaceAll('\r\n', '\n')).toBe(letterOf(talk));
    expect(talk.presses(say('control.call.label')).text).toContain('021-25541246');
  });

  test('is not made while it is nobody’s turn there', () => {
    const talk = new Talk(knowledge).says('halo').says('buatkan pesan ke lembaga');
    expect(talk.text).toContain(say('letter.not-now.provider'));
    expect(talk.says('naskah telepon').text).toContain(say('letter.not-now.prakerja'));
  });

  test('S18 passes the guard on everything that goes out', () => {
    for (const talk of [given(), given().says('tulis e-mail')])
      for (const reply of talk.replies) expect(foreignLinkIn(facts, reply)).toBeNull();
  });
});

describe('links', () => {
  test('hold every character, and none that a messenger would cut off or make bold letters of', () => {
    const text = `a b\n“c” (d) *e* _f_ ~g~ 'h'! 🙏 é & ? # + % .`;
    for (const link of [whatsAppLink(text)!, telegramLink('https://prakerja.go.id', text)!]) {
      expect(new URL(link).searchParams.get('text')).toBe(text);
      expect(link).toMatch(
        /^https:\/\/(?:wa\.me\/\?text=|t\.me\/share\/url\?url=[A-Za-z0-9%-]+&text=)[A-Za-z0-9%-]+$/,
      );
    }
    expect(new URL(mailLink('a@b.id', 'x', 'y\nz')!).searchParams.get('body')).toBe('y\r\nz');
  });

  test('are none when they would be too long, and always fit for what may be typed', () => {
    expect(whatsAppLink('x'.repeat(LONGEST_LINK))).toBeNull();
    const long = asked()
      .says(`Pelatihan ${'ж'.repeat(120)}`)
      .presses('Pakai ini')
      .says('kemarin')
      .presses('Pakai ini');
    for (const [link] of long.text.matchAll(/https:\S+/g))
      expect(link.length).toBeLessThanOrEqual(LONGEST_LINK);
    expect(long.text).toMatch(/https:\/\/wa\.me/);
  });
});

describe('who the provider is', () => {
  test('is asked once, after the message', () => {
    const talk = given();
    expect(talk.replies.at(-1)!.text).toBe(say('dialogue.provider.ask'));
    talk.presses('Lewati');
    expect(talk.session).toMatchObject({ provider: null, dialogue: null });
    talk.presses(LETTER);
    expect(talk.session!.dialogue).toBeNull();
  });

  test.each([
    ['Siti Zubkrama', 'person'],
    ['LPK', 'generic'],
    ['zubkrama.com', 'link'],
    ['LPK Zubkrama 0812 3456 7890', 'number'],
    ['itu lho yang dekat pasar besar sana sama teman teman zubkrama tjitro semua', 'sentence'],
  ])('%s is refused kindly, and nothing is kept', (typed, problem) => {
    const talk = asked().presses('Lewati').presses('Lewati').says(typed);
    expect(talk.text).toContain(say(`dialogue.provider.refused.${problem}`));
    expect(talk.session!.dialogue).toMatchObject({ kind: 'provider', typed: null });
    expectForgotten(talk);
  });

  test('is kept with its key only when they agree', () => {
    const typed = given().says('di lpk. zubkrama-jaya kak');
    expect(typed.session).not.toHaveProperty('provider');
    expect(typed.text).toContain('Nama lembaga: lpk. zubkrama-jaya');
    typed.presses('Simpan');
    expect(typed.session!.provider).toEqual({ key: 'zubkramajaya', name: 'lpk. zubkrama-jaya' });
    expect(effectOf(typed, 'forget-words')).toHaveLength(1);
  });
});
