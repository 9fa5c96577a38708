import { describe, expect, it } from 'vitest';
import { topicsNear } from '../../src/conversation/hear.ts';
import { MOST_CHARACTERS } from '../../src/language/clean.ts';
import { type Light, OUT_OF_SCOPE, type Understood, understand } from '../../src/language/understand.ts';
import { shippedKnowledge } from '../support/conversation.ts';
import { inShort, rowsOf } from './table.ts';

/** The reader that ships: it learns when it is first asked, once for all rows of this file. */
const knowledge = shippedKnowledge();
const { reader, checklist } = knowledge;

/** @param id '-' when nothing is pending */
function lightOf(id: string): Light {
  const question = checklist.questions.find((candidate) => candidate.id === id) ?? null;
  if (id !== '-' && question === null) throw new Error(`No question is called ${id}`);
  return {
    question: question?.id ?? null,
    answers: question?.answers.map((answer) => answer.id) ?? [],
    near: topicsNear(knowledge, question),
  };
}

function understandAt(question: string, text: string): Understood {
  return understand(reader, text, lightOf(question));
}

/**
 * What came of a message in one line: what was read in it, else what it was taken for. `about` is what it is about
 * beside the answers that were read, when nothing had been asked.
 */
function taken({ reading, guess }: Understood, question: string): string {
  if (reading.words === '') return 'empty';
  const said = inShort(reading);
  if (said !== 'nothing') {
    const isStatement = question === '-' && reading.answers.length > 0 && guess.act === 'answer';
    return isStatement ? `${said}, about ${guess.topic}` : said;
  }
  if (guess.act === 'ask') return `ask ${guess.offered.join(', ')}`;
  return guess.about !== null && guess.confidence >= 0.5 ? `${OUT_OF_SCOPE}/${guess.about}` : guess.act;
}

describe('understand.tsv', () => {
  const rows = rowsOf('understand.tsv', 3);

  it.each(rows.map(({ line, cells: [question, text, expected] }) => ({ line, question, text, expected })))(
    'takes “$text” while $question is pending for $expected (line $line)',
    ({ question, text, expected }) => {
      expect(taken(understandAt(question!, text!), question!)).toBe(expected);
    },
  );

  it('has no message twice for the same question', () => {
    const keys = rows.map(({ cells: [question, text] }) => `${question}\t${text}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describe('a guess', () => {
  const rows = rowsOf('understand.tsv', 3).map(({ cells: [question, text] }) => ({
    question: question!,
    guess: understandAt(question!, text!).guess,
  }));

  it('names three different options, the likeliest first, and says how sure it is of that', () => {
    for (const { guess } of rows) {
      expect(guess.options[0]).toBe(guess.topic);
      expect(new Set(guess.options).size).toBe(3);
      expect(guess.confidence).toBeGreaterThanOrEqual(0);
      expect(guess.confidence).toBeLessThanOrEqual(1);
    }
  });

  it('offers one to three things when it asks, none of them out of scope, and nothing otherwise', () => {
    for (const { guess } of rows) {
      if (guess.act !== 'ask') expect(guess.offered).toEqual([]);
      else expect(guess.offered.length).toBeLessThanOrEqual(3);
      expect(guess.offered).not.toContain(OUT_OF_SCOPE);
      expect(guess.act === 'ask' && guess.offered.length === 0).toBe(false);
    }
  });

  it('names a kind of what is out of scope only when that is the likeliest', () => {
    for (const { guess } of rows) {
      if (guess.topic !== OUT_OF_SCOPE) expect(guess.about).toBeNull();
      else if (guess.about !== null) expect(knowledge.matters).toContain(guess.about);
    }
  });

  it.each([
    ['use english please', 'language'],
    ['pakai bahasa indonesia aja', 'language'],
    ['tanya jawab', 'menu'],
    ['untuk orang lain', 'restart'],
  ])('of “%s” has the name that the contract of topics gives it, %s', (text, name) => {
    expect(understandAt('-', text).guess).toMatchObject({ topic: name, act: 'answer' });
  });

  it('is the same every time', () => {
    const text = 'kak sertif aku blm muncul, itu kenapa ya? terus cara sambung gopay gimana?';
    expect(understandAt('wallet', text)).toEqual(understandAt('wallet', text));
  });
});

describe('a message of which two or three things could be meant', () => {
  it.each([
    ['soal sertifikat', ['certificate-missing', 'download-certificate']],
    ['yang bisa dihubungi nomor berapa ya, lembaga atau prakerja?', ['contact-provider', 'contact-prakerja']],
    ['schedule or money', ['incentive-schedule', 'incentive-disbursement']],
  ])('is asked about: “%s”', (text, meant) => {
    const { reading, guess } = understandAt('-', text);
    expect([guess.act, reading.topic, reading.answers]).toEqual(['ask', null, []]);
    expect(meant.filter((topic) => !guess.offered.includes(topic))).toEqual([]);
  });
});

describe('a second matter', () => {
  const story =
    'kak sudah tiga minggu lebih sertifikat saya tidak kunjung tampil di dashboard Prakerja padahal kelasnya lulus.';

  it.each([
    [`${story} terus cara sambung gopay gimana?`, 'certificate-missing', 'wallet-link'],
    [`${story} Oh ya, kapan insentifnya masuk ke rekening?`, 'certificate-missing', 'incentive-disbursement'],
    [
      'mohon bantuannya, nama saya di akun kemnaker pakai gelar sedangkan di prakerja tidak, bagaimana memperbaikinya? selain itu nomor call center prakerja berapa ya?',
      'name-mismatch',
      'contact-prakerja',
    ],
    [
      'my certificate has not shown up on the dashboard for three weeks. also, how can i link my gopay account?',
      'certificate-missing',
      'wallet-link',
    ],
    [
      'nyuwun sewu mas, sertifikat kulo kok dereng muncul nggih wonten dasbor, sampun tigang minggu. lajeng nomere prakerja pinten nggih?',
      'certificate-missing',
      'contact-prakerja',
    ],
  ])('is noticed behind the main one: “%s”', (text, topic, also) => {
    const { guess } = understandAt('-', text);
    expect(guess).toMatchObject({ topic, also });
    expect(guess.act).not.toBe('refuse');
  });

  it.each([
    ['in a story with one matter', `${story} mohon penjelasannya, itu kenapa ya?`],
    ['in a few words', 'gimana kasih rating? kapan ada survei?'],
    ['in a statement that asks nothing', `${story} gopay saya sudah tersambung dari bulan lalu.`],
    ['in an order', `${story} bisa bicara dengan orang langsung?`],
    [
      'beside what is out of scope',
      'resep rendang yang enak itu bagaimana ya bu? terus besok hujan atau tidak ya?',
    ],
  ])('is not made up %s', (_, text) => {
    expect(understandAt('-', text).guess.also).toBeNull();
  });
});

describe('despair', () => {
  it.each(['-', ...checklist.questions.map(({ id }) => id)])('is heard while %s is pending', (question) => {
    for (const text of [
      'rasanya saya ingin mati saja',
      'capek, saya mau bunuh diri',
      'i want to kill myself',
    ]) {
      const { reading, guess } = understandAt(question, text);
      expect([text, guess.about]).toEqual([text, 'distress']);
      expect({ ...reading, words: '' }).toMatchObject({
        answers: [],
        polarity: null,
        control: null,
        topic: null,
      });
    }
  });
});

describe('a message that is meant to hurt', () => {
  const longest = MOST_CHARACTERS;
  it.each([
    ['one letter', 'x'.repeat(longest)],
    ['words without spaces', 'sertifikat'.repeat(longest / 10)],
    ['one word again and again', 'kapan '.repeat(longest / 6)],
    ['questions without end', 'sertifikat, kapan? '.repeat(longest / 19)],
    ['clauses without end', 'tapi sertifikat belum muncul '.repeat(longest / 29)],
    ['marks on marks', 's\u0301\u0302\u0303'.repeat(longest / 4)],
    ['emoji', '😂'.repeat(longest / 2)],
  ])('does not keep anybody waiting: %s', (_, text) => {
    understandAt('wallet', text.slice(0, 100));
    const begun = performance.now();
    understandAt('wallet', text);
    // A fiftieth of that is usual; anything quadratic takes seconds.
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('is cut where it becomes too long: what comes later changes nothing', () => {
    const text = `cara kasih rating di sisnaker gimana? ${'ya '.repeat(longest)}`;
    const more = `${text.slice(0, longest)} saya ingin hapus semua data`;
    expect(understandAt('-', more)).toEqual(understandAt('-', text));
  });
});

describe('without examples', () => {
  const unlearned = { ...reader, learned: () => null };

  it('only labels, numbers, phrases and plain replies are understood', () => {
    const at = (text: string) => understand(unlearned, text, lightOf('-')).guess;
    expect(at('stop')).toMatchObject({ topic: 'stop', act: 'answer', confidence: 1 });
    expect(at('sudah')).toMatchObject({ topic: 'yes', act: 'answer' });
    expect(at('pitih ambo alun masuak lai')).toMatchObject({
      topic: OUT_OF_SCOPE,
      act: 'refuse',
      confidence: 0,
    });
    expect(new Set(at('qwerty').options).size).toBe(3);
  });
});
