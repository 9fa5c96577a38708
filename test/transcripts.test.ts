import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allPaths, verdictName } from '../src/checklist/paths.ts';
import { formatTranscript } from '../src/command/transcript.ts';
import { CONTROLS } from '../src/conversation/knowledge.ts';
import { INCOMING_KINDS } from '../src/message.ts';
import { playAll, TRANSCRIPTS } from './support/play-all.ts';
import type { Played } from './support/transcript-player.ts';

/**
 * Conversations as people read them, played through the real engine: every word of Pandu is compared.
 * `PANDU_UPDATE=1 npx vitest run test/transcripts.test.ts` writes down what Pandu says now, to be read before it is kept.
 */
const isUpdate = process.env.PANDU_UPDATE === '1';

const { knowledge, written, played } = playAll();
const names = [...written.keys()];

function seen(what: (one: Played) => ReadonlySet<string>): Set<string> {
  return new Set([...played.values()].flatMap((one) => [...what(one)]));
}

describe('transcripts', () => {
  it.each(names)('%s says every word of it', (name) => {
    const now = formatTranscript(played.get(name)!.lines);
    if (isUpdate && now !== written.get(name)) writeFileSync(`${TRANSCRIPTS}/${name}`, now);
    else expect(now).toBe(written.get(name));
  });

  it.each(names)('%s begins with a sentence on what it shows and the clauses it rests on', (name) => {
    const first = written.get(name)!.split('\n')[0]!;
    expect(first).toMatch(/^# [A-Z"].{20,}[.?!]( \[(1[a-e]?|2|3|4[a-c]?|5)(, (1[a-e]?|2|3|4[a-c]?|5))*\])?$/);
  });

  it('never tell anybody the same thing twice in one message', () => {
    for (const [name, { lines }] of played) {
      for (const line of lines) {
        if (line.kind !== 'bot') continue;
        const paragraphs = line.text.split('\n\n').filter((paragraph) => paragraph.length > 20);
        expect([name, paragraphs]).toEqual([name, [...new Set(paragraphs)]]);
      }
    }
  });
});

describe('the transcripts walk', () => {
  it('every answer of every question', () => {
    const taken = seen(({ answers }) => answers);
    const all = knowledge.checklist.questions
      // What somebody waits for is taken from what they ask about; two of its answers change nothing.
      .filter(({ id }) => id !== 'goal')
      .flatMap(({ id, answers }) => answers.map((answer) => `${id}/${answer.id}`));
    expect(all.filter((answer) => !taken.has(answer))).toEqual([]);
    expect(taken).toContain('goal/next-training');
  });

  it('every verdict that answers can lead to', () => {
    const stood = seen(({ verdicts }) => verdicts);
    const all = new Set<string>();
    for (const { position } of allPaths(knowledge.checklist)) {
      if (position.verdict !== null) all.add(verdictName(position.verdict));
    }
    expect([...all].filter((verdict) => !stood.has(verdict))).toEqual([]);
  });

  it('every control, by what stands on its button', () => {
    const labels = new Map(
      CONTROLS.map((control) => [knowledge.words.id.get(`control.${control}.label`)!.toLowerCase(), control]),
    );
    const given = seen(({ pressed }) => pressed);
    for (const { lines } of played.values()) {
      for (const line of lines) {
        const control = line.kind === 'words' ? labels.get(line.text.toLowerCase()) : undefined;
        if (control !== undefined) given.add(`control/${control}`);
      }
    }
    expect(CONTROLS.filter((control) => !given.has(`control/${control}`))).toEqual([]);
  });

  it('every one of the fifteen questions, in the middle of the checklist and from the list', () => {
    const texts = seen(({ texts: said }) => said);
    const pressed = seen(({ pressed: choices }) => choices);
    expect(knowledge.topics).toHaveLength(15);
    expect(knowledge.topics.filter(({ id }) => !texts.has(`topic.${id}.answer`))).toEqual([]);
    expect(knowledge.topics.filter(({ id }) => !pressed.has(`topic/${id}`))).toEqual([]);
  });

  it('every kind of message that can arrive', () => {
    const sent = seen(({ pressed }) => pressed);
    const kinds = INCOMING_KINDS.filter((kind) => kind !== 'text');
    expect(kinds.filter((kind) => !sent.has(kind))).toEqual([]);
  });

  it('every sentence Pandu has', () => {
    const said = seen(({ texts }) => texts);
    const never = [...knowledge.words.id.keys()].filter((id) => !said.has(id) && !isElsewhere(id));
    expect(never).toEqual([]);
  });
});

/** Words of pages and command menus, labels that are only typed, and the days and months that a calendar brings. */
function isElsewhere(id: string): boolean {
  return /^(page|command|date\.month|date\.weekday)\.|^control\..*\.label$/.test(id) || UNREACHED.has(id);
}

/** Texts for what no written conversation leads to, each for its reason. */
const UNREACHED: ReadonlySet<string> = new Set([
  // The sync is one result with two faces: who sees nothing on the dashboard waits for the report.
  'verdict.dashboard-certificate.waiting',
  'verdict.dashboard-certificate.overdue',
  'requirement.dashboard-certificate.missing',
  'letter.matter.dashboard-certificate.overdue.prakerja',
  // A number for a menu that is still on its way; what is played here arrives at once.
  'say.which-number',
  // Told once an operator has switched programme.status on (test/flow/switches.test.ts).
  'say.programme.open',
  'say.programme.paused',
  'say.programme.closed',
  // Said after a day without Pandu, which no conversation can bring about.
  'say.outage',
  // Behind the missing grade, which is told instead: one cause, told once.
  'verdict.certificates.no-kemnaker-certificate',
  'letter.matter.certificates.no-kemnaker-certificate.provider',
  'letter.matter.certificates.no-kemnaker-certificate.prakerja',
]);
