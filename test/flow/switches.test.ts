import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answers, walk } from '../../src/checklist/walk.ts';
import type { Knowledge, Words } from '../../src/conversation/knowledge.ts';
import { checkFlows } from '../../src/flow/check.ts';
import { formatIssue } from '../../src/flow/issue.ts';
import { loadFlows } from '../../src/flow/load.ts';
import type { Language } from '../../src/message.ts';
import { Talk } from '../support/conversation.ts';
import { FlowFolder } from './flow-folder.ts';

/** What an operator switches when the source text is no longer how things are: everything Pandu says must follow. */
const OPERATOR = { operatorName: 'Relawan Uji' };
const AT = Date.parse('2026-11-24T10:00:00+07:00');
const LANGUAGES: readonly Language[] = ['id', 'en'];
const plain = loadFlows('flows', OPERATOR).knowledge!;
const switches = plain.checklist.facts.filter(({ on }) => !on);

/** flows/ with these facts switched on, as an operator would do it: by editing the file. */
function switchedOn(...ids: readonly string[]): FlowFolder {
  const folder = new FlowFolder('flows');
  const file = join(folder.path, 'facts.yaml');
  let text = readFileSync(file, 'utf8');
  for (const id of ids) {
    const record = new RegExp(`(- id: ${id.replaceAll('.', '\\.')}\\n(?: {4}.*\\n)*? {4}on: )false`);
    expect(text).toMatch(record);
    text = text.replace(record, '$1true');
  }
  writeFileSync(file, text);
  return folder;
}

const loaded = new Map<string, Knowledge>();
function knowledgeWith(...ids: readonly string[]): Knowledge {
  const key = ids.join(' ');
  const known = loaded.get(key);
  if (known !== undefined) return known;
  using folder = switchedOn(...ids);
  const { knowledge, issues } = loadFlows(folder.path, OPERATOR);
  expect(issues.map(formatIssue)).toEqual([]);
  loaded.set(key, knowledge!);
  return knowledge!;
}

/** Ids of the texts that say something else than without the switch. */
function changed(now: Words, before: Words): readonly string[] {
  return [...now].filter(([id, text]) => text !== before.get(id)).map(([id]) => id);
}

function textsThat(words: Words, says: RegExp | string): readonly string[] {
  const has = (text: string): boolean => (typeof says === 'string' ? text.includes(says) : says.test(text));
  return [...words].filter(([, text]) => has(text)).map(([id]) => id);
}

describe.each(switches.map(({ id }) => id))('with %s switched on', (id) => {
  const fact = switches.find((candidate) => candidate.id === id)!;

  it('check finds nothing wrong', () => {
    expect(knowledgeWith(id).checklist.facts.find((candidate) => candidate.id === id)!.on).toBe(true);
  });

  it('the same texts say something else in both languages', () => {
    const now = knowledgeWith(id).words;
    const ids = changed(now.id, plain.words.id);
    expect(changed(now.en, plain.words.en)).toEqual(ids);
    // Its value chooses which of three texts is told; the texts themselves stand.
    if (id === 'programme.status') expect(ids).toEqual([]);
    else expect(ids.length).toBeGreaterThan(0);
  });

  it('what it replaces is told nowhere, and it is told wherever that was', () => {
    const replaced = plain.checklist.facts.find((candidate) => candidate.id === fact.replaces);
    if (replaced === undefined) return;
    for (const language of LANGUAGES) {
      const now = knowledgeWith(id).words[language];
      const before = textsThat(plain.words[language], replaced.value);
      expect(before.length).toBeGreaterThan(0);
      expect(textsThat(now, fact.value)).toEqual(before);
      if (!fact.value.startsWith(replaced.value)) expect(textsThat(now, replaced.value)).toEqual([]);
    }
  });
});

/** What no text may say any more once the facts are on: a part of one sentence, in either language. */
const CONTRADICTIONS: Readonly<Record<string, readonly RegExp[]>> = {
  'rating-on-dashboard': [
    // Of a sentence about reviews and Sisnaker only what the provider does there is left.
    /\b(?:rating|ulasan)\b(?![^.\n]*menilai)[^.\n“”:]*\b(?:di|pada) (?:mitra|Sisnaker)\b/i,
    /\b(?:review|rating|rate)\b(?![^.\n]*\bgrade)[^.\n“”:]*\b(?:in|at) (?:Sisnaker|the training partner)\b/i,
    /menu ulasan|menu to rate|tempatnya dua|two places|keduanya diperlukan|both are needed/i,
    /(?:pelatihan saya|akun Kemnaker|Kemnaker account)[\s\S]*(?:isi bintang|give the stars)/i,
  ],
  'report-from-grade': [
    /(?:rating|ulasan|review)[^.\n]*(?:terisi|terkirim|sent|given)[^.\n]*(?:laporan|report)[^.\n]*(?:dikirim|goes)/i,
    /(?:laporan|report)[^.\n]*(?:sesudah|after)[^.\n]*(?:rating|ulasan|review)/i,
    /(?:terkirim|it is sent), [^.\n]*(?:laporan dikirim|the report goes)/i,
    /ambil yang paling akhir|the later (?:one|of these)|paling akhir dari dua/i,
  ],
  'call-centre.phone-2021': [/0800-150-3001[^\n]*(?:Senin|Monday|08\.00)/],
  'wallet.accepted-2021': [/OVO(?![^.\n]*DANA)/],
  'provider.register-skillhub': [/kelembagaan\.kemnaker/],
};

describe('nothing contradicts', () => {
  it.each(Object.entries(CONTRADICTIONS))('%s', (id, patterns) => {
    for (const language of LANGUAGES) {
      const now = knowledgeWith(id).words[language];
      for (const pattern of patterns) expect([pattern, textsThat(now, pattern)]).toEqual([pattern, []]);
    }
  });

  it.each(Object.entries(CONTRADICTIONS))('%s, when everything else is on as well', (id, patterns) => {
    for (const language of LANGUAGES) {
      const now = knowledgeWith(...switches.map((fact) => fact.id)).words[language];
      for (const pattern of patterns)
        expect([id, pattern, textsThat(now, pattern)]).toEqual([id, pattern, []]);
    }
  });

  it('each of these patterns finds something while the fact is off, or it would prove nothing', () => {
    const all = [...plain.words.id, ...plain.words.en].map(([, text]) => text);
    for (const id of ['rating-on-dashboard', 'report-from-grade', 'provider.register-skillhub'])
      for (const pattern of CONTRADICTIONS[id]!)
        expect([pattern, all.some((text) => pattern.test(text))]).toEqual([pattern, true]);
  });
});

describe('what is inferred', () => {
  const state = (knowledge: Knowledge, said: Readonly<Record<string, string>>, requirement: string) => {
    const answers: Answers = Object.fromEntries(
      Object.entries(said).map(([question, answerId], order) => [question, { answerId, at: AT, order }]),
    );
    const { states } = walk(knowledge.checklist, answers, AT);
    return states.find((candidate) => candidate.requirement === requirement)!.state;
  };
  const graded = 'graded-in-sisnaker';
  const rated = 'rated-in-sisnaker';

  it('a rating, or its menu, shows a grade in Sisnaker only while one rates there', () => {
    const dashboard = knowledgeWith('rating-on-dashboard');
    for (const rating of ['sisnaker', 'not-yet']) {
      expect(state(plain, { rating }, graded)).toBe('met');
      expect(state(dashboard, { rating }, graded)).toBe('unknown');
    }
    const withCertificate = { rating: 'sisnaker', certificates: 'both' };
    expect(state(dashboard, withCertificate, graded)).toBe('met');
  });

  it('a certificate on the dashboard shows a rating only while the rating comes first', () => {
    const dashboard = knowledgeWith('rating-on-dashboard');
    expect(state(plain, { dashboard: 'certificate' }, rated)).toBe('met');
    expect(state(dashboard, { dashboard: 'certificate' }, rated)).toBe('unknown');
    expect(state(dashboard, { dashboard: 'schedule' }, rated)).toBe('met');
  });

  it('every other switch changes no verdict: it only changes what is told', () => {
    const unless = plain.checklist.requirements.flatMap(({ evidence }) =>
      evidence.flatMap((piece) => piece.unless ?? []),
    );
    expect([...new Set(unless)]).toEqual(['rating-on-dashboard']);
  });
});

describe('whether the programme runs', () => {
  const opening = (talk: Talk): string => talk.replies.map(({ text }) => text).join('\n');

  it('is told at first contact once an operator said so, with the month it was confirmed in', () => {
    const knowledge = knowledgeWith('programme.status');
    const inIndonesian = new Talk(knowledge, { at: AT, language: 'id' }).says('halo');
    expect(opening(inIndonesian)).toContain('Per Oktober 2024, tidak ada gelombang baru yang dibuka');
    inIndonesian.says('belum ada apa-apa');
    expect(opening(inIndonesian)).not.toContain('gelombang');
    const first = new Talk(knowledge, { at: AT, language: 'id' }).says('english');
    expect(opening(first)).toContain('As of October 2024, no new wave is open');
  });

  it('is told to who asks about signing up, once', () => {
    const talk = new Talk(knowledgeWith('programme.status'), { at: AT, language: 'id' });
    talk.says('kapan gelombang baru dibuka kak');
    expect(opening(talk).split('Per Oktober 2024')).toHaveLength(2);
  });

  it('is not told by default: the source text takes it for granted', () => {
    expect(opening(new Talk(plain, { at: AT, language: 'id' }).says('halo'))).not.toContain('gelombang');
  });

  it('has words for every value it can have, and check refuses any other', () => {
    const knowledge = knowledgeWith('programme.status');
    for (const value of ['open', 'paused', 'closed']) {
      const facts = knowledge.checklist.facts.map((fact) =>
        fact.id === 'programme.status' ? { ...fact, value } : fact,
      );
      const said = { ...knowledge, checklist: { ...knowledge.checklist, facts } };
      expect(opening(new Talk(said, { at: AT, language: 'id' }).says('halo'))).toContain('Per Oktober 2024');
    }
    using folder = switchedOn('programme.status');
    const file = join(folder.path, 'facts.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('value: paused', 'value: maybe'));
    expect(checkFlows(folder.path).map(formatIssue)).toEqual([
      expect.stringMatching(/^flows\/facts\.yaml:\d+: fact 'programme\.status' has the value 'maybe'/),
    ]);
  });
});
