import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFlows } from '../../../src/flow/load.ts';
import { type Examples, NO_ANSWER, type Voice } from '../../../src/language/learning/examples.ts';
import { type Learned, learn, wordsFor } from '../../../src/language/learning/learn.ts';
import { rankAnswers, rankTopics } from '../../../src/language/learning/rank.ts';
import { understand } from '../../../src/language/understand.ts';
import { FlowFolder } from '../../flow/flow-folder.ts';

const SPELLING = {
  forms: new Map([['gmn', ['bagaimana']]]),
  normal: (text: string) => text.toLowerCase().replace(/[^a-z ]/g, ''),
};

/** Three people who say the same in their own ways. */
const TOY: Examples = [
  voice('ani', {
    'wallet-link': [
      'cara sambung gopay',
      'gopay gagal tersambung',
      'rekening mana yang dipakai',
      'sambung ovo',
    ],
    survey: ['survei di mana', 'cara isi survei', 'survei belum muncul', 'kapan ada survei'],
  }),
  voice('budi', {
    'wallet-link': [
      'bagaimana sambung gopay',
      'ovo gagal terus',
      'rekening tidak tersambung',
      'gopay bisa tidak',
    ],
    survey: ['isi survei bagaimana', 'survei kapan muncul', 'survei wajib tidak', 'di mana survei itu'],
  }),
  voice('cici', {
    'wallet-link': [
      'gopay saya gagal sambung',
      'mau sambung rekening',
      'cara pakai ovo',
      'tersambung ke gopay',
    ],
    survey: ['mau isi survei', 'survei saya belum ada', 'cara ikut survei', 'surveinya di mana'],
  }),
];

function voice(name: string, topics: Voice['topics']): Voice {
  return {
    name,
    topics,
    controls: { stop: ['berhenti', 'stop dulu', 'jangan kirim lagi'] },
    outOfScope: { chat: ['kamu siapa', 'lagu apa ini', 'cuaca hari ini'] },
    answers: {
      wallet: { linked: ['sudah tersambung', 'gopay sudah'], fails: ['gagal terus', 'error melulu'] },
    },
  };
}

function learnFrom(examples: Examples): Learned {
  const learned = learn(examples, SPELLING);
  if (learned === null) throw new Error('Nothing was learnt');
  return learned;
}

const NEAR_NOTHING: ReadonlySet<string> = new Set();

function topicOf(learned: Learned, text: string): string {
  return rankTopics(learned, wordsFor(learned, SPELLING.normal(text)), NEAR_NOTHING, 1).inScope[0]!.id;
}

describe('learning', () => {
  it('comes to the same in every run, weight by weight', () => {
    const [once, again] = [learnFrom(TOY), learnFrom(structuredClone(TOY))];
    expect(again.topics).toEqual(once.topics);
    expect(again.answers).toEqual(once.answers);
    expect(again.vocabulary).toEqual(once.vocabulary);
  });

  it('knows what a voice says that was kept out of it', () => {
    for (const kept of TOY) {
      const learned = learnFrom(TOY.filter((other) => other !== kept));
      const said = Object.entries(kept.topics).flatMap(([topic, texts]) =>
        texts.map((text) => ({ topic, text })),
      );
      const right = said.filter(({ topic, text }) => topicOf(learned, text) === topic);
      expect([kept.name, right.length]).toEqual([kept.name, said.length]);
    }
  });

  it('finds a topic that is new in the examples, and still the others', () => {
    const more = [
      ...TOY,
      voice('dedi', { weather: ['hujan kah di sana', 'payung bawa tidak', 'hujan terus ya'] }),
    ];
    const learned = learnFrom(more);
    expect(learned.topics.labels).toContain('weather');
    expect(topicOf(learned, 'apa di sana hujan')).toBe('weather');
    expect(topicOf(learned, 'sambung gopay bagaimana')).toBe('wallet-link');
  });

  it('keeps topics, controls and kinds of what is out of scope apart by their labels', () => {
    expect(learnFrom(TOY).topics.labels).toEqual(['out-of-scope/chat', 'stop', 'survey', 'wallet-link']);
  });

  it('learns the answers of a question, and that most sentences answer nothing', () => {
    const learned = learnFrom(TOY);
    expect(learned.answers.get('wallet')!.labels).toEqual([NO_ANSWER, 'fails', 'linked']);
    expect(rankAnswers(learned, 'wallet', ['gagal', 'terus', 'kak'], 1).answers[0]!.id).toBe('fails');
    expect(learned.answers.has('training')).toBe(false);
  });

  it('learns nothing twice: repeated sentences weigh like one', () => {
    const doubled = TOY.map((one) => ({
      ...one,
      topics: Object.fromEntries(
        Object.entries(one.topics).map(([topic, texts]) => [
          topic,
          texts.flatMap((text) => [text, `${text}!`]),
        ]),
      ),
    }));
    expect(learnFrom(doubled).topics).toEqual(learnFrom(TOY).topics);
  });

  it('learns nothing from nothing', () => {
    expect(learn([], SPELLING)).toBeNull();
    expect(learn([voice('blank', { survey: ['', '???', '123'] })].map(blank), SPELLING)).toBeNull();
  });

  it('knows a no to one question from what is a no to another', () => {
    const answers = {
      wallet: { linked: ['sudah kok', 'sudah beres'], 'not-linked': ['belum pernah', 'belum juga'] },
      training: { finished: ['sudah kelar', 'sudah tamat'], 'not-finished': ['nanti saja', 'nanti dulu'] },
    };
    const two = [
      { ...voice('ani', {}), answers },
      { ...voice('budi', {}), answers: structuredClone(answers) },
    ];
    const near: ReadonlySet<string> = new Set();
    const learned = learn(
      two,
      SPELLING,
      new Map([
        ['wallet', { plain: { yes: 'linked', no: 'not-linked' }, near }],
        ['training', { plain: { yes: 'finished', no: 'not-finished' }, near }],
      ]),
    )!;
    const apart = learn(two, SPELLING)!;
    const no = (from: Learned): number =>
      rankAnswers(from, 'wallet', ['nanti', 'saja'], 1).answers.find(({ id }) => id === 'not-linked')!
        .confidence;
    expect(rankAnswers(learned, 'wallet', ['nanti', 'saja'], 1).answers[0]!.id).toBe('not-linked');
    expect(no(learned)).toBeGreaterThan(no(apart));
  });

  it('mends a word that nobody wrote before it is looked at', () => {
    const learned = learnFrom(TOY);
    expect(wordsFor(learned, 'survai')).toEqual(['survei']);
    expect(wordsFor(learned, 'gmnsurvei')).toEqual(['bagaimana', 'survei']);
    expect(wordsFor(learned, '')).toEqual([]);
  });
});

function blank(one: Voice): Voice {
  return { ...one, controls: {}, outOfScope: {}, answers: {} };
}

describe('a topic that is added to the files', () => {
  it('is understood from its examples alone: no line of the program knows it', () => {
    using flows = new FlowFolder();
    addTopic(flows.path);
    const { knowledge, issues } = loadFlows(flows.path, { operatorName: 'Uji' });
    expect(issues).toEqual([]);
    const asked = understand(knowledge!.reader, 'boleh pinjam laptop di kantor lembaga?', {
      question: null,
      answers: [],
      near: NEAR_NOTHING,
    });
    expect(asked.guess.topic).toBe('laptop');
  });

  it('is not guessed before it has any', () => {
    using flows = new FlowFolder();
    const { knowledge } = loadFlows(flows.path, { operatorName: 'Uji' });
    const asked = understand(knowledge!.reader, 'boleh pinjam laptop di kantor lembaga?', {
      question: null,
      answers: [],
      near: NEAR_NOTHING,
    });
    expect(asked.guess).toMatchObject({ topic: 'out-of-scope', act: 'refuse' });
  });
});

/** What the recipe "Add a topic" asks for, and a file of examples. */
function addTopic(flows: string): void {
  edit(join(flows, 'topics.yaml'), (text) =>
    text.replace('topics:\n', 'topics:\n  - { id: laptop, requirement: null, clauses: ["5"] }\n'),
  );
  for (const language of ['id', 'en']) {
    edit(join(flows, language, 'topics.yaml'), (text) =>
      text.replace(
        'topic:\n',
        `topic:\n  laptop: { label: Laptop ${language}, answer: Jawaban tentang laptop. }\n`,
      ),
    );
  }
  mkdirSync(join(flows, 'examples'), { recursive: true });
  writeFileSync(
    join(flows, 'examples', 'ani.yaml'),
    [
      'topics:',
      '  laptop: |',
      '    saya tidak punya laptop',
      '    apa boleh pinjam laptop',
      '    laptop bisa dipinjam di lembaga?',
      '    pinjam laptop bagaimana',
      '  survey: |',
      '    survei di mana',
      '    cara isi survei',
      '    survei belum muncul',
      '  wallet-link: |',
      '    cara sambung gopay',
      '    gopay gagal tersambung',
      '    sambung rekening bagaimana',
      '',
    ].join('\n'),
  );
}

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`Nothing to change in ${file}`);
  writeFileSync(file, after);
}
