import { describe, expect, test } from 'vitest';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const say = (id: string): string => knowledge.words.id.get(id)!;

/** Somebody on a channel without buttons, who typed these before. */
function typing(...before: string[]): Talk {
  const talk = new Talk(knowledge);
  talk.channel = 'whatsapp';
  for (const text of ['halo', ...before]) talk.says(text);
  return talk;
}

/** Blocked: seven choices that are no answers. */
const VERDICT = ['1', '1', '4'];

describe('where every choice is typed', () => {
  test.each(['0', '7', '99', '1/2', '12.30'])('%j, which is not in the menu, answers nothing', (text) => {
    expect(typing().says(text).session!.answers).toEqual({});
  });

  test('a number belongs to the newer of two menus', () => {
    const talk = typing('menu').says('3');
    expect(talk.text).toContain(say('say.questions'));
    expect(talk.session!.answers).toEqual({});
  });

  test('a number, a label or a whole line is asked about while a newer menu is on its way', () => {
    for (const text of ['3', '3. Cek langkah lain', 'Cek langkah lain']) {
      const talk = typing(...VERDICT.slice(0, 2));
      const seen = talk.deliveredMenu;
      talk.says('4');
      talk.deliveredMenu = seen;
      talk.says(text);
      expect([text, talk.session!.meanwhile]).toEqual([text, false]);
    }
  });

  test('a number twice in one message is one choice, two numbers are none', () => {
    expect(typing().says('1 1').session!.answers.dashboard?.answerId).toBe('nothing');
    expect(typing().says('1 dan 2').text).toContain(say('say.two-answers'));
  });

  test.each([
    '2',
    '2.',
    '2)',
    '(2)',
    '*2*',
    '2️⃣',
    'no 2',
    'No. 2',
    'nomor dua',
    'pilih 2',
    'yg kedua',
    'yang no 2 kak',
  ])('%j is the second choice of a question and of a verdict', (text) => {
    expect(typing().says(text).session!.answers.dashboard?.answerId).toBe('certificate');
    expect(typing(...VERDICT).says(text).session!.dialogue?.kind).toBe('letter');
  });

  test.each(['1 ya', 'ya 1', '1 aja', '1 kak makasih', '1. Belum ada apa-apa', '[1] BELUM ADA APA-APA'])(
    '%j is the first answer',
    (text) => expect(typing().says(text).session!.answers.dashboard?.answerId).toBe('nothing'),
  );

  test.each(['cek langkah lain', 'CEK LANGKAH LAIN', '3. Cek langkah lain', '3) cek langkah lain'])(
    '%j is the choice under a verdict, typed as it stands there',
    (text) => expect(typing(...VERDICT).says(text).session!.meanwhile).toBe(true),
  );

  test.each(['1', '1.', 'no 1', 'batal', '1. Batal'])(
    '%j is no name but the way out of a comparison',
    (text) => {
      const talk = typing('bantu cek nama').says(text);
      expect(talk.text).toContain(say('dialogue.names.kept'));
      expect(talk.session!.dialogue).toBeNull();
    },
  );

  test('the number before a label of another line is not taken for that line', () => {
    expect(typing(...VERDICT).says('4. Cek langkah lain').session!.meanwhile).toBe(false);
  });
});

test('choices that always come with numbers are not numbered a second time', () => {
  const talk = typing('xyzzy', 'xyzzy', 'xyzzy');
  expect(talk.session!.misunderstood).toBe(3);
  expect(talk.text).not.toContain(say('say.choose-number').split('{')[0]);
  expect(new Talk(knowledge).says('halo').says('xyzzy').says('xyzzy').text).toContain('1. Belum ada apa-apa');
});
