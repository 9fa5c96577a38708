import { appendFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { walk } from '../../src/checklist/walk.ts';
import { fill } from '../../src/conversation/fill.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import { expectedTexts } from '../../src/conversation/texts.ts';
import { loadFlows } from '../../src/flow/load.ts';
import { read } from '../../src/language/reader.ts';
import { BASE, BROKEN, FlowFolder } from './flow-folder.ts';

const settings = { operatorName: 'Relawan Desa' };

function load(path: string): Knowledge {
  const { knowledge, issues } = loadFlows(path, settings);
  expect(issues).toEqual([]);
  return knowledge!;
}

function edit(folder: FlowFolder, path: string, from: string, to: string): void {
  const text = readFileSync(join(folder.path, path), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(folder.path, path), text.replace(from, to));
}

test('loadFlows() gives no knowledge when anything is wrong, and issues only then', () => {
  for (const name of readdirSync(BROKEN)) {
    using folder = new FlowFolder().overlay(join(BROKEN, name));
    const { knowledge, issues } = loadFlows(folder.path, settings);
    expect(knowledge, name).toBeNull();
    expect(issues, name).not.toEqual([]);
  }
});

test('loadFlows() writes the shorthand of the checklist out', () => {
  const { checklist } = load(BASE);
  expect(checklist.signs[0]).toEqual({ id: 'finished', seenIn: { training: ['finished'] } });
  const [training, wallet, schedule] = checklist.requirements;
  expect(training).toEqual({
    id: 'training-finished',
    source: ['4a'],
    owner: 'participant',
    kind: 'condition',
    evidence: [
      { state: 'met', strength: 'said', signs: ['finished'], after: [], unless: null, telling: null },
      { state: 'met', strength: 'inferred', signs: ['scheduled'], after: [], unless: null, telling: null },
      {
        state: 'unmet',
        strength: 'said',
        signs: ['not-finished'],
        after: [],
        unless: null,
        telling: 'not-finished',
      },
    ],
    whenUnmet: 'blocked',
    needs: [],
    wantedBy: null,
    wait: null,
    question: 'training',
    done: 'finished',
  });
  expect(wallet?.needs).toEqual(['training-finished']);
  expect(wallet?.evidence[1]?.unless).toBe('new-rule');
  expect(schedule?.source).toEqual(['1e', '4']);
  expect(schedule?.wait).toEqual({ question: 'when', daysFact: 'sync.days' });
  expect(schedule?.done).toBeNull();
  const [, status] = checklist.questions;
  expect(status).toEqual({
    id: 'status',
    answers: [
      { id: 'planned', daysAgo: null, onlyAgain: false },
      { id: 'unknown', daysAgo: null, onlyAgain: false },
    ],
    about: ['schedule'],
    onlyAfter: { dashboard: ['status'] },
    onlyMet: [],
    yes: [],
    no: [],
    unsure: 'unknown',
    aid: null,
    moved: ['state'],
    movedAnswers: { scheduled: 'planned' },
  });
  expect(checklist.questions.at(-1)?.answers[1]).toEqual({ id: 'longer', daysAgo: 8, onlyAgain: false });
  expect(checklist.facts.find(({ id }) => id === 'new-rule')).toEqual({
    id: 'new-rule',
    value: '2021-03-18',
    clause: null,
    source: 'test',
    confirmed: '2021-04-05',
    limitDays: null,
    on: false,
    replaces: null,
  });
});

test('loadFlows() gives topics, a reader that knows phrases and labels, and a checklist that can be walked', () => {
  const { topics, reader, checklist } = load(BASE);
  expect(topics).toEqual([
    { id: 'wallet-link', requirement: 'wallet-linked', clauses: ['4c'], sets: null },
    { id: 'survey', requirement: null, clauses: ['5'], sets: null },
  ]);
  const context = { question: 'training', answers: ['finished', 'not-finished', 'unknown'] };
  expect(read(reader, 'Pelatihan sdh selesai kak', context).answers).toEqual([
    { question: 'training', answer: 'finished' },
  ]);
  expect(read(reader, 'not-finished', context).answers).toEqual([
    { question: 'training', answer: 'not-finished' },
  ]);
  expect(walk(checklist, {}, 0).next).toBe('dashboard');
});

test('loadFlows() fills in the operator and the facts, and leaves values of the code to the code', () => {
  const { words } = load(BASE);
  expect(words.id.get('notice.text')).toBe('Pandu, Relawan Desa');
  expect(words.id.get('verdict.wallet-linked.not-linked')).toBe(
    'wallet-linked not-linked: GoPay, OVO, LinkAja\nhttps://kelembagaan.kemnaker.go.id',
  );
  expect(fill(words.en, 'say.noted', { answer: 'yes' })).toBe('noted yes (en)');
});

test('loadFlows() never takes an operator name or a fact for a placeholder', () => {
  const { knowledge } = loadFlows(BASE, { operatorName: 'A{answer}B {call-centre.opens}' });
  expect(fill(knowledge!.words.id, 'notice.text')).toBe('Pandu, AanswerB call-centre.opens');
});

test('loadFlows() tells a replacing fact instead, once it is switched on', () => {
  using folder = new FlowFolder();
  edit(folder, 'facts.yaml', 'on: false\n    replaces', 'on: true\n    replaces');
  expect(load(folder.path).words.id.get('verdict.wallet-linked.not-linked')).toContain('LinkAja, DANA');
});

test('loadFlows() leaves out the line whose fact is switched off', () => {
  using folder = new FlowFolder();
  edit(
    folder,
    'facts.yaml',
    'confirmed: 2021-03-17\n\n  - id: wallet.accepted\n',
    'confirmed: 2021-03-17\n    on: false\n\n  - id: wallet.accepted\n',
  );
  const { words } = load(folder.path);
  expect(words.id.get('verdict.wallet-linked.not-linked')).toBe(
    'wallet-linked not-linked: GoPay, OVO, LinkAja',
  );
});

test('loadFlows() tells a variant while its fact is on, in both languages', () => {
  using folder = new FlowFolder();
  edit(folder, 'facts.yaml', 'confirmed: 2021-04-05\n    on: false', 'confirmed: 2021-04-05\n    on: true');
  const { words } = load(folder.path);
  for (const language of ['id', 'en'] as const) {
    expect(words[language].get('verdict.wallet-linked.not-linked')).toContain('since 2021');
  }
});

test('loadFlows() gives exactly the texts that can be said, in both languages', () => {
  const { checklist, topics, words } = load(BASE);
  const expected = [...expectedTexts(checklist, topics).keys()].sort();
  expect([...words.id.keys()].sort()).toEqual(expected);
  expect([...words.en.keys()].sort()).toEqual(expected);
});

test('loadFlows() freezes all it gives', () => {
  const knowledge = load(BASE);
  expect(() => (knowledge.checklist.questions as unknown[]).push(1)).toThrow(TypeError);
  expect(() => Object.assign(knowledge.checklist.requirements[0]!.evidence[0]!, { state: 'unmet' })).toThrow(
    TypeError,
  );
  expect(() => (knowledge.words.id as Map<string, string>).set('notice.text', 'x')).toThrow(TypeError);
  expect(() => (knowledge.words.id as Map<string, string>).clear()).toThrow(TypeError);
  expect(() => Object.assign(knowledge, { flowHash: 'x' })).toThrow(TypeError);
});

test('loadFlows() gives the same hashes for the same files, others after any change', () => {
  const before = load(BASE);
  expect(before.flowHash).toMatch(/^[0-9a-f]{64}$/);
  expect(before.noticeHash).toMatch(/^[0-9a-f]{64}$/);
  expect(load(BASE).flowHash).toBe(before.flowHash);
  using folder = new FlowFolder();
  edit(folder, 'id/messages.yaml', 'say:\n', 'say: # a remark\n');
  const remarked = load(folder.path);
  expect(remarked.flowHash).not.toBe(before.flowHash);
  expect(remarked.noticeHash).toBe(before.noticeHash);
  edit(folder, 'en/messages.yaml', 'Pandu, {operator}', 'Pandu by {operator}');
  expect(load(folder.path).noticeHash).not.toBe(before.noticeHash);
});

test('loadFlows() gives another notice hash for another operator: consent is given to what was read', () => {
  const other = loadFlows(BASE, { operatorName: 'Somebody else' }).knowledge!;
  expect(other.noticeHash).not.toBe(load(BASE).noticeHash);
  expect(other.flowHash).toBe(load(BASE).flowHash);
});

test('S27 loadFlows() refuses files that are made to hurt', () => {
  const hurting: Readonly<Record<string, string>> = {
    'nested lists': '['.repeat(100_000),
    'nested dashes': '- '.repeat(20_000),
    'a billion laughs': 'a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n',
    'a prototype': '__proto__: { polluted: yes }\n',
    'a constructor': 'say: { constructor: { prototype: { polluted: yes } } }\n',
    'more than a megabyte': `say: { x: "${'x'.repeat(1_000_001)}" }\n`,
  };
  for (const [name, text] of Object.entries(hurting)) {
    using folder = new FlowFolder();
    writeFileSync(join(folder.path, 'id/messages.yaml'), text);
    const { knowledge, issues } = loadFlows(folder.path, settings);
    expect(knowledge, name).toBeNull();
    expect(issues[0]?.file, name).toMatch(/^flows\//);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  }
});

test('F76 loadFlows() never half-loads and never throws, whatever bytes are edited', () => {
  using folder = new FlowFolder();
  const paths = readdirSync(folder.path, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const outcomes = { loaded: 0, refused: 0 };
  for (let round = 0; round < 1_000; round += 1) {
    const path = join(folder.path, paths[random(paths.length)]!);
    const bytes = readFileSync(path);
    const edited = Buffer.from(bytes);
    for (let count = 1 + random(3); count > 0; count -= 1) edited[random(edited.length)] = random(256);
    writeFileSync(path, random(8) === 0 ? edited.subarray(0, random(edited.length)) : edited);
    const { knowledge, issues } = loadFlows(folder.path, settings);
    if (knowledge === null) {
      outcomes.refused += 1;
      for (const issue of issues)
        expect(issue).toMatchObject({ file: expect.stringMatching(/^flows\//), line: expect.any(Number) });
      expect(issues.length).toBeGreaterThan(0);
    } else {
      outcomes.loaded += 1;
      expect(walk(knowledge.checklist, {}, 0).path.length).toBeGreaterThan(0);
      for (const id of expectedTexts(knowledge.checklist, knowledge.topics).keys()) {
        expect(knowledge.words.id.has(id) && knowledge.words.en.has(id), id).toBe(true);
      }
    }
    writeFileSync(path, bytes);
  }
  expect(outcomes.loaded).toBeGreaterThan(20);
  expect(outcomes.refused).toBeGreaterThan(500);
}, 300_000);

test('F76 loadFlows() says which file is gone, or is a folder', () => {
  using folder = new FlowFolder();
  rmSync(join(folder.path, 'facts.yaml'));
  expect(loadFlows(folder.path, settings).issues).toEqual([
    { file: 'flows/facts.yaml', line: 1, reason: 'the file is missing' },
  ]);
  appendFileSync(join(folder.path, 'id/pages.yaml.swp'), 'left by an editor');
  expect(loadFlows(folder.path, settings).issues).toHaveLength(1);
});
