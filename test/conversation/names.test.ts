// Over 300 lines: what can go wrong while two names are asked for stands in one place, so that a new way is tried beside the others.
import { describe, expect, test } from 'vitest';
import type { Effect } from '../../src/conversation/session.ts';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const say = (id: string): string => knowledge.words.id.get(id)!;
const MINUTE_MS = 60_000;
// `test.fails` below: known mistakes, each as it should be. Who cures one takes the word away.

/** Invented, and with syllables that no text of Pandu has. */
const AT_KEMNAKER = 'Zubkrama Tjitroqolo S.Pd';
const AT_PRAKERJA = 'ZUBKRAMA CITROQOLO';
const NAME_IN_IT = /zubkrama|[tj]{2}itroq|citroq/i;
const BOTH = `di kemnaker ${AT_KEMNAKER} di prakerja ${AT_PRAKERJA}`;

/** In front of the names question, by the long way. */
function toTheQuestion(talk: Talk): Talk {
  return talk
    .says('halo')
    .answers('dashboard', 'nothing')
    .answers('training', 'finished')
    .answers('rating', 'sisnaker')
    .answers('certificates', 'both')
    .answers('wallet', 'linked');
}

const atTheQuestion = (): Talk => toTheQuestion(new Talk(knowledge));
const asked = (): Talk => atTheQuestion().presses(say('choice.compare-names'));
const half = (): Talk => asked().says(AT_KEMNAKER);

function effectOf<Kind extends Effect['kind']>(talk: Talk, kind: Kind): Extract<Effect, { kind: Kind }>[] {
  return (talk.last?.effects ?? []).filter(
    (effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind,
  );
}

/** Nothing of a name is known any more, and the words that were typed since `since` go. */
function expectForgotten(talk: Talk, since: number): void {
  expect(JSON.stringify(talk.session)).not.toMatch(NAME_IN_IT);
  expect(talk.session?.dialogue?.kind).not.toBe('names');
  expect(effectOf(talk, 'forget-words')).toEqual([{ kind: 'forget-words', since }]);
}

/** Nothing of what was typed before is known, and the comparison begins with the first name. */
function expectAskingAnew(talk: Talk): void {
  expect(talk.session!.dialogue).toMatchObject({ kind: 'names', kemnaker: null, prakerja: null });
  expect(talk.replies.at(-1)!.text).toContain(say('dialogue.names.ask.kemnaker'));
}

function expectStillAsking(talk: Talk, account: 'kemnaker' | 'prakerja'): void {
  expect(talk.session!.dialogue?.kind).toBe('names');
  expect(talk.replies.at(-1)!.text).toContain(say(`dialogue.names.ask.${account}`));
  expect(talk.labels).toEqual([say('dialogue.names.no')]);
  expect(talk.effects).not.toContain('forget-words');
}

describe('the comparison begins', () => {
  test('by the button at the names question, with a reminder a quarter of an hour later', () => {
    const talk = asked();
    expectStillAsking(talk, 'kemnaker');
    expect(talk.reminders).toMatchObject([{ requirement: 'forget-names', dueAt: talk.now + 15 * MINUTE_MS }]);
    expect(talk.asking).toBeNull();
  });

  test.each(['Bantu cek nama', 'bantu cek nama', 'BANTU CEK NAMA!'])('by the typed label %j', (words) => {
    expectStillAsking(atTheQuestion().says(words), 'kemnaker');
  });

  test('by its number in the menu', () => {
    expectStillAsking(atTheQuestion().says('4'), 'kemnaker');
  });

  test.each(['bantu saya cek nama', 'bantu cek nama', 'tolong cek nama saya', 'bandingkan nama saya'])(
    'at any time by %j, as the names question tells them to say',
    (words) => {
      expect(new Talk(knowledge).says('halo').says(words).session!.dialogue?.kind).toBe('names');
    },
  );

  test('beside the verdict that the names differ', () => {
    const talk = atTheQuestion().answers('names', 'differ').presses(say('choice.compare-names'));
    expectStillAsking(talk, 'kemnaker');
    talk.says(AT_KEMNAKER).says(AT_KEMNAKER.toUpperCase());
    expect(talk.session!.answers.names?.answerId).toBe('same');
    expect(talk.text).toContain(say('dialogue.names.same'));
  });

  test('anew when the button is pressed once more: the first name is asked for again', () => {
    const talk = half().presses(say('choice.compare-names'));
    expectStillAsking(talk, 'kemnaker');
    expect(JSON.stringify(talk.session)).not.toMatch(NAME_IN_IT);
  });

  test('in English with English words', () => {
    const talk = new Talk(knowledge, { language: 'en' }).says('halo').says(BOTH);
    expect(talk.text).toContain(knowledge.words.en.get('dialogue.names.differs'));
    expect(talk.text).toContain('academic title, only at Kemnaker: S.Pd');
    expect(talk.text).not.toContain(say('dialogue.names.differs'));
  });
});

describe('the names', () => {
  test('come one after the other; the first is kept, not repeated', () => {
    const talk = half();
    expectStillAsking(talk, 'prakerja');
    expect(talk.text).not.toMatch(NAME_IN_IT);
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER, prakerja: null });
    const { since } = talk.session!.dialogue as { since: number };
    talk.says(AT_PRAKERJA);
    expectForgotten(talk, since);
  });

  test('come the other way round when they say which account it is', () => {
    const talk = asked().says(`prakerja: ${AT_PRAKERJA}`);
    expectStillAsking(talk, 'kemnaker');
    talk.says(AT_KEMNAKER);
    expect(talk.text).toContain('Kemnaker: Zubkrama [Tj]itroqolo [S.Pd]\nPrakerja: ZUBKRAMA [C]ITROQOLO');
  });

  test('come in one message while one is asked for', () => {
    const talk = asked();
    const { since } = talk.session!.dialogue as { since: number };
    talk.says(BOTH);
    expectForgotten(talk, since);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('come in one message, and only the second is missing: both are read anew', () => {
    const talk = half().says('di kemnaker Wulanjari Prakosowati di prakerja WULANJARI PRAKOSOWATI');
    expect(talk.text).toContain(say('dialogue.names.same'));
    expect(talk.session!.answers.names?.answerId).toBe('same');
  });

  test.each([
    ['at the first question', () => new Talk(knowledge).says('halo')],
    ['at the names question', atTheQuestion],
    ['beside a verdict', () => atTheQuestion().answers('wallet', 'not-linked')],
  ])('come in one message unasked, %s', (_, begin) => {
    const talk = begin().says(BOTH);
    expectForgotten(talk, talk.now);
    expect(talk.text).toContain(say('dialogue.names.differs'));
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('that come as the very first message are not kept, and nothing is answered by them', () => {
    const talk = new Talk(knowledge).says(BOTH);
    expectForgotten(talk, talk.now);
    expect(talk.text).toContain(say('notice.text'));
    expect(talk.text).toContain(say('say.heard-story'));
    expect(talk.text).not.toMatch(NAME_IN_IT);
    expect(talk.session).toMatchObject({ answers: {}, consent: null });
    talk.says(BOTH);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('that come below a picture are read like any other', () => {
    expect(asked().sends('photo', AT_KEMNAKER).session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER });
  });
});

describe('the answer', () => {
  test('same: answers the names question, names no name, and goes on with the next question', () => {
    const talk = half().says('zubkrama, tjitroqolo – SPD');
    expect(talk.text).toContain(say('dialogue.names.same'));
    expect(talk.text).not.toMatch(NAME_IN_IT);
    expect(talk.session!.answers.names?.answerId).toBe('same');
    expect(talk.session!.consent).not.toBeNull();
    expect(talk.asking).toBe('when');
    expect(talk.replies.some(({ passing }) => passing === true)).toBe(false);
  });

  test('differs: every difference with its kind, letter by letter, then whose turn it is and which account to change', () => {
    const talk = asked().says('Moh. Zubkrama Tjitroqolo Q. S.Pd').says('MUHAMMAD ZUBKRAMA CITROQOLA');
    expect(talk.replies.map(({ picture }) => picture !== undefined)).toEqual([false, true, false]);
    const [shown, , verdict] = talk.replies.map(({ text }): string => text) as [string, string, string];
    expect(shown.split('\n').filter((line) => line !== '')).toEqual([
      say('dialogue.names.differs'),
      'Kemnaker: M[o]h. Zubkrama [Tj]itroqol[o Q. S.Pd]',
      'Prakerja: M[U]H[AMMAD] ZUBKRAMA [C]ITROQOL[A]',
      '• gelar pendidikan, hanya di Kemnaker: S.Pd',
      '• singkatan nama: M[o]h. ↔ M[U]H[AMMAD]',
      '• ejaan lama dan ejaan baru: [Tj]itroqolo ↔ [C]ITROQOLA',
      '• kata nama, hanya di Kemnaker: Q.',
      '• huruf berbeda: Tjitroqol[o] ↔ CITROQOL[A]',
    ]);
    expect(talk.verdict).toMatchObject({ requirement: 'names-match', owner: 'participant' });
    expect(verdict).toContain('Giliran Anda.');
    expect(verdict).toContain('Samakan nama di akun Kemnaker dengan nama di akun Prakerja.');
    expect(verdict).toContain('tidak bisa diubah, jadi yang diubah adalah yang di Kemnaker');
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('differs: only the message with the names passes; the verdict stays and has the menu', () => {
    const { replies } = half().says(AT_PRAKERJA);
    expect(replies.map(({ passing, menu }) => [passing === true, menu !== null])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
    expect(JSON.stringify(replies.slice(1))).not.toMatch(NAME_IN_IT);
  });

  test('unclear: marks alone decide nothing, are shown, and the question is asked again', () => {
    const talk = asked().says('José Qolwanthi').says('JOSE QOLWANTHI');
    expect(talk.replies[0]).toMatchObject({ passing: true });
    expect(talk.text).toContain('Kemnaker: Jos[é] Qolwanthi\nPrakerja: JOS[E] QOLWANTHI');
    expect(talk.text).toContain('Pandu tidak tahu apakah itu dihitung berbeda');
    expect(talk.session!.answers.names).toBeUndefined();
    expect(talk.session!.dialogue).toBeNull();
    expect(talk.asking).toBe('names');
    expect(effectOf(talk, 'forget-words')).toHaveLength(1);
  });

  test('corrects an earlier answer and says so no more than by the verdict', () => {
    const talk = atTheQuestion().answers('names', 'same');
    expect(talk.asking).toBe('when');
    talk.says(BOTH);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
    expect(talk.verdict).toMatchObject({ requirement: 'names-match' });
  });
});

describe('what is no name, while the first one is asked for,', () => {
  const UNREAD = 'dialogue.names.unread';
  test.each([
    ['nothing', '', 'say.cannot-read.empty'],
    ['blanks', ' \n ', 'say.cannot-read.empty'],
    ['an emoji', '🙏', 'say.cannot-read.empty'],
    ['invisible characters', '\u200b\u200e', 'say.cannot-read.empty'],
    ['a NIK', '3171234567890001', 'say.secret.number'],
    ['a NIK with words', 'NIK saya 3171 2345 6789 0001', 'say.secret.number'],
    ['a masked name', 'Z*** T***', 'dialogue.names.unclear.hidden'],
    ['a name that is cut off', 'Zubkrama Tji...', 'dialogue.names.unclear.hidden'],
    ['an initial', 'Z', 'dialogue.names.unclear.not-complete'],
    ['a title alone', 'S.Pd', 'dialogue.names.unclear.not-complete'],
    ['a link', 'https://contoh.id/zubkrama', 'dialogue.names.unclear.number'],
    ['a question', 'mau tanya soal rating', UNREAD],
    ['a yes', 'sudah', UNREAD],
    ['"the same"', 'sama', 'dialogue.names.unclear.not-complete'],
    ['abuse', 'bodoh', UNREAD],
    ['2,000 letters', 'x'.repeat(2_000), UNREAD],
    ['a name of 2,000 characters', 'Zubkrama '.repeat(222).trim(), UNREAD],
    ['more than is ever read', 'Zubkrama '.repeat(300), 'say.cannot-read.long'],
  ])('%s: it is asked for once more, and nothing is kept or told back', (_, words, text) => {
    const talk = asked().says(words);
    expect(talk.text).toContain(say(text));
    expectStillAsking(talk, 'kemnaker');
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: null, prakerja: null });
    expect(talk.session!.answers.names).toBeUndefined();
    expect(talk.text).not.toMatch(/zubkrama|contoh\.id|3171|xxx/i);
  });

  test.each(['voice', 'sticker', 'photo', 'location', 'contact', 'document', 'edit'] as const)(
    'a %s: a kind word, and it is asked for once more',
    (kind) => {
      const talk = asked().sends(kind);
      expect(talk.text).toContain(say(`say.cannot-read.${kind}`));
      expectStillAsking(talk, 'kemnaker');
    },
  );

  test('an edited message is not taken for the name that is asked for', () => {
    expect(half().sends('edit', AT_PRAKERJA).session!.dialogue).toMatchObject({ prakerja: null });
  });

  test.each(['halo', 'terima kasih'])('%j is no name, and ends nothing', (words) => {
    const talk = half().says(words);
    expectStillAsking(talk, 'prakerja');
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER });
  });

  test.each(['status', 'kenapa', 'bantuan'])('%j: it is heard, and it is asked for once more', (words) => {
    const talk = half().says(words);
    expect(talk.text).not.toContain(say(UNREAD));
    expectStillAsking(talk, 'prakerja');
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER });
  });

  test('"menu": the menu, the first name stays until it is left', () => {
    const talk = half().says('menu');
    expect(talk.text).toContain(say('say.menu'));
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER });
    talk.says(AT_PRAKERJA);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('"English": the same question in the other language', () => {
    const talk = half().says('English');
    expect(talk.text).toContain(knowledge.words.en.get('dialogue.names.ask.prakerja'));
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER });
  });
});

describe('the words go with whatever ends the comparison:', () => {
  const since = (talk: Talk): number => (talk.session!.dialogue as { since: number }).since;

  test.each(['Batal', 'batal', 'gak tau', 'tidak', 'tidak tahu', '1', 'gak jadi'])('%j', (words) => {
    const talk = half();
    const begun = since(talk);
    talk.says(words);
    expectForgotten(talk, begun);
    expect(talk.text).toContain(say('dialogue.names.kept'));
    expect(talk.asking).toBe('names');
    expect(talk.session!.answers.names).toBeUndefined();
  });

  test('the button "Batal"', () => {
    const talk = half();
    const begun = since(talk);
    talk.presses(say('dialogue.names.no'));
    expectForgotten(talk, begun);
  });

  test.each([
    ['stop', 'dialogue.stop.done'],
    ['hapus data', 'dialogue.delete-data.text'],
    ['ulang dari awal', 'dialogue.restart.text'],
    ['kembali', 'say.question-again'],
    ['lanjut', 'question.names.text'],
  ])('the order %j', (words, text) => {
    const talk = half();
    const begun = since(talk);
    talk.says(words);
    expectForgotten(talk, begun);
    expect(talk.text).toContain(say(text));
  });

  test('an answer to the names question by the button that was shown before', () => {
    const talk = half();
    const begun = since(talk);
    talk.presses(say('question.names.answers.differ'));
    expectForgotten(talk, begun);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('the erasure of everything', () => {
    const talk = half().says('hapus data').presses(say('dialogue.delete-data.yes'));
    expect(talk.effects).toContain('erase');
    expect(talk.session).toBeNull();
  });

  test.each([
    ['by day', Date.parse('2026-11-23T02:00:00Z')],
    ['at night', Date.parse('2026-11-23T19:00:00Z')],
  ])('a quarter of an hour, %s, and nothing is said', (_, at) => {
    const talk = toTheQuestion(new Talk(knowledge, { at }));
    talk.presses(say('choice.compare-names')).says(AT_KEMNAKER);
    const begun = since(talk);
    talk.waits(begun + 15 * MINUTE_MS - 1 - talk.now);
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER });
    talk.waits(1);
    expect(talk.replies).toEqual([]);
    expectForgotten(talk, begun);
    expect(talk.reminders).toEqual([]);
  });

  test('a quarter of an hour also after STOP was taken back by nobody', () => {
    const talk = atTheQuestion()
      .says('stop')
      .says(BOTH.replace(/di prakerja.*/, ''));
    talk.presses(say('choice.compare-names')).says(AT_KEMNAKER);
    expect(talk.session!.stopped).toBe('told');
    const begun = since(talk);
    talk.waits(20 * MINUTE_MS);
    expect(talk.replies).toEqual([]);
    expectForgotten(talk, begun);
  });

  test('a quarter of an hour after the answer what could not be sent goes too, and nothing that was written since', () => {
    const talk = half();
    const begun = since(talk);
    talk.says(AT_PRAKERJA).waits(15 * MINUTE_MS);
    expect(talk.replies).toEqual([]);
    const [forgetting] = effectOf(talk, 'forget-words') as { since: number }[];
    expect(forgetting!.since).toBeGreaterThanOrEqual(begun + 15 * MINUTE_MS);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('a comparison begun anew counts from its own beginning', () => {
    const talk = half()
      .says('batal')
      .waits(10 * MINUTE_MS);
    talk.presses(say('choice.compare-names')).says(AT_KEMNAKER);
    const begun = since(talk);
    talk.waits(10 * MINUTE_MS);
    expect(talk.session!.dialogue).toMatchObject({ kemnaker: AT_KEMNAKER });
    talk.waits(5 * MINUTE_MS);
    expectForgotten(talk, begun);
  });

  test('an answer to another question, which counts', () => {
    const talk = half();
    const begun = since(talk);
    talk.answers('wallet', 'not-linked');
    expectForgotten(talk, begun);
    expect(talk.session!.answers.wallet?.answerId).toBe('not-linked');
  });

  test('an apology ends nothing: the name that was asked for is asked for again', () => {
    const talk = half().fails();
    expect(talk.text).toContain(say('say.failed'));
    expectStillAsking(talk, 'prakerja');
  });
});

describe('late, twice and at once', () => {
  test('F20 "Batal" of a comparison that is over changes nothing and says so', () => {
    const talk = half();
    const old = talk.shown.findLast(({ label }) => label === say('dialogue.names.no'))!;
    talk.says(AT_PRAKERJA).pressesId(old.id);
    expect(talk.text).toContain(say('say.old-choice'));
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test('F20 "Batal" of the comparison before this one does not end this one', () => {
    const talk = asked();
    const old = talk.shown.findLast(({ label }) => label === say('dialogue.names.no'))!;
    talk.says('batal').presses(say('choice.compare-names')).says(AT_KEMNAKER).pressesId(old.id);
    expect(talk.text).toContain(say('say.old-choice'));
    expectStillAsking(talk, 'prakerja');
  });

  test('F20 "Bantu cek nama" from before a restart is refused', () => {
    const talk = atTheQuestion();
    const old = talk.shown.findLast(({ label }) => label === say('choice.compare-names'))!;
    talk.says('ulang dari awal').presses(say('dialogue.restart.yes')).pressesId(old.id);
    expect(talk.text).toContain(say('say.old-choice'));
    expect(talk.session!.dialogue).toBeNull();
  });

  test('two names at once while one is asked for are compared, and told once', () => {
    const talk = asked();
    const { since } = talk.session!.dialogue as { since: number };
    expect(talk.says(AT_KEMNAKER, { moreWaiting: true }).replies).toEqual([]);
    talk.says(AT_PRAKERJA);
    expectForgotten(talk, since);
    expect(talk.text.split(say('dialogue.names.differs'))).toHaveLength(2);
    expect(talk.replies.filter(({ text }) => NAME_IN_IT.test(text)).every(({ passing }) => passing)).toBe(
      true,
    );
  });

  test('"batal" at once with a name ends it, and the name goes', () => {
    const talk = asked();
    const { since } = talk.session!.dialogue as { since: number };
    talk.says(AT_KEMNAKER, { moreWaiting: true }).says('batal');
    expectForgotten(talk, since);
  });

  test('STOP at once with a name is obeyed, and the name goes', () => {
    const talk = asked();
    const { since } = talk.session!.dialogue as { since: number };
    talk.says('stop', { moreWaiting: true }).says(AT_KEMNAKER);
    expect(talk.session!.stopped).toBe('yes');
    expectForgotten(talk, since);
  });

  const FILLER = ['eh', 'bentar', 'hmm', 'nah'];
  const tenAtOnce = (place: number): void => {
    const talk = asked();
    const words = Array.from({ length: 8 }, (_, index) => FILLER[index % FILLER.length]!);
    words.splice(place, 0, AT_KEMNAKER, AT_PRAKERJA);
    for (const [index, one] of words.entries()) {
      talk.says(one, { moreWaiting: index < words.length - 1 });
      if (index < words.length - 1) expect(talk.replies).toEqual([]);
    }
    expect(talk.text).toContain(say('dialogue.names.differs'));
    expect(talk.session!.answers.names?.answerId).toBe('differ');
    expect(JSON.stringify(talk.session)).not.toMatch(NAME_IN_IT);
  };
  test('F25 ten at once that end with both names get the comparison', () => tenAtOnce(8));
  test.each([0, 3])('F25 ten at once with both names from place %i on get the comparison', tenAtOnce);

  test('both in one message, unasked, with more behind it, are compared', () => {
    const talk = new Talk(knowledge).says('halo').says(BOTH, { moreWaiting: true }).says('gimana ya kak');
    expect(talk.text).toContain(say('dialogue.names.differs'));
    expect(JSON.stringify(talk.session)).not.toMatch(NAME_IN_IT);
  });

  test.fails('both in one message behind an order of the same moment are compared, and the order is carried out', () => {
    const talk = new Talk(knowledge).says('halo').says('status', { moreWaiting: true }).says(BOTH);
    expect(talk.text).toContain(say('dialogue.names.differs'));
    expect(JSON.stringify(talk.session)).not.toMatch(NAME_IN_IT);
  });
});

describe('no name outlives its quarter of an hour', () => {
  test('in the inbox, when it is the second one and comes a minute too late', () => {
    const talk = half()
      .waits(16 * MINUTE_MS)
      .says(AT_PRAKERJA);
    const forgotten = effectOf(talk, 'forget-words');
    talk.waits(20 * MINUTE_MS);
    expect([...forgotten, ...effectOf(talk, 'forget-words')].some(({ since }) => since < talk.now)).toBe(
      true,
    );
  });

  test('when it came with more behind it', () => {
    const talk = new Talk(knowledge).says('halo').says(BOTH, { moreWaiting: true }).says('ok');
    talk.waits(16 * MINUTE_MS);
    expect(JSON.stringify(talk.session)).not.toMatch(NAME_IN_IT);
  });

  test('when the bot was blocked between the names', () => {
    const talk = half()
      .sends('left')
      .waits(16 * MINUTE_MS);
    expect(JSON.stringify(talk.session)).not.toMatch(NAME_IN_IT);
  });

  test.each([
    ['before the notice, with more behind it', () => new Talk(knowledge), [BOTH, 'halo']],
    ['before the notice, behind STOP', () => new Talk(knowledge), ['stop', BOTH]],
    ['behind STOP', atTheQuestion, ['stop', BOTH]],
  ] as const)('in the inbox, when both came %s', (_, begin, words) => {
    const talk = begin();
    const forgotten: number[] = [];
    const received = talk.now + 1_000 * (words.indexOf(BOTH) + 1);
    for (const [index, one] of words.entries()) {
      talk.says(one, { moreWaiting: index < words.length - 1 });
      forgotten.push(...effectOf(talk, 'forget-words').map(({ since }) => since));
    }
    talk.waits(16 * MINUTE_MS);
    forgotten.push(...effectOf(talk, 'forget-words').map(({ since }) => since));
    expect(forgotten.some((since) => since <= received)).toBe(true);
  });

  test('in the outbox, when both came unasked and the comparison cannot be sent: the clock is set', () => {
    const talk = new Talk(knowledge).says('halo').says(BOTH);
    expect(talk.reminders).toMatchObject([{ requirement: 'forget-names', dueAt: talk.now + 15 * MINUTE_MS }]);
  });

  test('in the outbox, when STOP follows a comparison that could not be sent: it is withdrawn', () => {
    const talk = half().says(AT_PRAKERJA).says('stop');
    expect(talk.effects).toContain('withdraw-unsent');
  });

  test('the late one is told why both are asked for again', () => {
    const talk = half()
      .waits(16 * MINUTE_MS)
      .says(AT_PRAKERJA);
    expect(talk.text).toContain(say('dialogue.names.late'));
    expectAskingAnew(talk);
    talk.says(AT_KEMNAKER).says(AT_PRAKERJA);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test.each(['sama kak', 'halo', 'beda', 'gimana dong kak', 'belum muncul', '2', 'stop'])(
    'what else is said after it is no name: %j',
    (words) => {
      const talk = half()
        .waits(16 * MINUTE_MS)
        .says(words);
      expect(talk.text).not.toContain(say('dialogue.names.late'));
    },
  );

  test('a name a day later, or after a comparison that was finished, is no second one', () => {
    const late = half()
      .waits(25 * 60 * MINUTE_MS)
      .says(AT_PRAKERJA);
    expect(late.text).not.toContain(say('dialogue.names.late'));
    const done = half()
      .waits(16 * MINUTE_MS)
      .says(AT_PRAKERJA);
    done.says(AT_KEMNAKER).says(AT_PRAKERJA).says(AT_PRAKERJA);
    expect(done.text).not.toContain(say('dialogue.names.late'));
  });
});

describe('a name that is hard to tell from something else', () => {
  test.each([
    ['Zubkrama Stop', 'ZUBKRAMA STOP', 'same'],
    ['*Zubkrama Qolwanthi*', '_ZUBKRAMA QOLWANTHI_', 'same'],
    ['~Zubkrama~ `Qolwanthi`', 'ZUBKRAMA QOLWANTHI', 'same'],
    ['Zub\u200bkrama Qol\u00adwanthi', 'ZUBKRAMA QOLWANTHI', 'same'],
    ['\u202eZubkrama Qolwanthi\u202c', 'ZUBKRAMA QOLWANTHI', 'same'],
    ['\u2067Zubkrama\u2069 Qolwanthi', 'ZUBKRAMA QOLWANTHI', 'same'],
    ['di kemnaker Zubkrama', 'di prakerja ZUBKRAMA', 'same'],
    ['nama saya Zubkrama Qolwanthi kak', 'ZUBKRAMA QOLWANTHI', 'same'],
    ['Zubkrama Qolwanthi', 'ZUBKRAMA QOLWANTI', 'differ'],
  ])('%j beside %j: %s', (kemnaker, prakerja, answer) => {
    const talk = asked().says(kemnaker).says(prakerja);
    expect(talk.session!.answers.names?.answerId).toBe(answer);
  });

  test.each(['Stop Menu', 'Menu Stop', 'Menu Zubkrama'])('%j ends nothing and is not told back', (words) => {
    const talk = half().says(words);
    expect(talk.session).toMatchObject({
      stopped: 'no',
      dialogue: { kemnaker: AT_KEMNAKER, prakerja: null },
    });
    expect(talk.text).not.toContain(words);
  });

  test('formatting and invisible characters in a name that differs break neither the words around it nor the lines', () => {
    const talk = asked().says('_Zub\u202ekrama_ `Qol\u200bwanthi`').says('ZUBKRAMA QOLWANTHO');
    const [shown] = talk.replies;
    expect(shown!.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
    expect(shown!.text.split('\n').filter((line) => /^(Kemnaker|Prakerja): /.test(line))).toHaveLength(2);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test.each([
    ['https://contoh.id', 'ZUBKRAMA'],
    ['di kemnaker contoh.id/zubkrama di prakerja ZUBKRAMA QOLWANTHI', ''],
    ['di kemnaker 3171234567890001 di prakerja ZUBKRAMA QOLWANTHI', ''],
    ['di kemnaker zub@contoh.id di prakerja ZUBKRAMA QOLWANTHI', ''],
    ['klik contoh.id/hadiah sekarang', 'ZUBKRAMA'],
    ['Zubkrama www.contoh.id', 'ZUBKRAMA'],
    ['Zubkrama 08123456789', 'ZUBKRAMA'],
  ])('a link or a number is never told back: %j', (first, second) => {
    const talk = asked().says(first);
    const told = talk.text + talk.says(second).text;
    expect(told).not.toMatch(/contoh|3171|0812|hadiah/);
  });
});

describe('both accounts show one name', () => {
  const NAME = 'Zubkrama Tjitroqolo';
  test('in one message while names are asked for', () => {
    const talk = asked().says(`di kemnaker ${NAME} di prakerja ${NAME}`);
    expect(talk.session!.answers.names?.answerId).toBe('same');
  });

  test('in one message unasked, letter by letter the same', () => {
    const talk = atTheQuestion().says(`di kemnaker ${NAME} di prakerja ${NAME}`);
    expect(talk.session!.answers.names?.answerId).toBe('same');
  });

  test('typed twice, word by word', () => {
    expect(asked().says(NAME).says(NAME).session!.answers.names?.answerId).toBe('same');
  });
});

describe('nothing of a name is left out before it is compared', () => {
  test.each([
    ['Zubkrama Qolwanthi, MBA', 'ZUBKRAMA QOLWANTHI'],
    ['Zubkrama Qolwanthi M.B.A.', 'ZUBKRAMA QOLWANTHI'],
  ])('a degree that looks like a call is kept: %j', (kemnaker, prakerja) => {
    const talk = asked().says(kemnaker).says(prakerja);
    expect(talk.session!.answers.names?.answerId).toBe('differ');
  });

  test.fails.each([
    ['Zubkrama Qolwanthi (Alm)', 'ZUBKRAMA QOLWANTHI'],
    ['Zubkrama Tidak Ada', 'ZUBKRAMA'],
  ])('%j is not the same as %j', (kemnaker, prakerja) => {
    const talk = asked().says(kemnaker).says(prakerja);
    expect(talk.session!.answers.names?.answerId).not.toBe('same');
  });

  test.fails('a name in other letters for the same is not cut', () => {
    expect(asked().says('Ⓩⓤⓑ Qolwanthi').session!.dialogue).not.toMatchObject({ kemnaker: 'Qolwanthi' });
  });

  test.fails('"Ada Wong" is a name', () => {
    expect(asked().says('Ada Wong').says('ADA WONG').session!.answers.names?.answerId).toBe('same');
  });
});
