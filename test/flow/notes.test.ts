import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFlows, inspectFlows } from '../../src/flow/check.ts';
import { learningHash } from '../../src/flow/learned.ts';
import { readFiles } from '../../src/flow/read/files.ts';
import { FlowFolder } from './flow-folder.ts';

function withExamples(folder: FlowFolder): void {
  mkdirSync(join(folder.path, 'examples'));
  writeFileSync(join(folder.path, 'examples/anna.yaml'), 'topics:\n  survey: |\n    surveinya di mana\n');
}

function fitted(folder: FlowFolder): void {
  const hash = learningHash(readFiles(folder.path));
  const thresholds = '{ temperature: 1, answer: 0.8, ask: 0.3 }';
  writeFileSync(
    join(folder.path, 'calibration.yaml'),
    `topics: ${thresholds}\nanswers: ${thresholds}\nfitted: '${hash}'\n`,
  );
}

test('inspectFlows() says nothing about calibration where there is nothing to learn from', () => {
  using folder = new FlowFolder();
  expect(inspectFlows(folder.path)).toEqual({ issues: [], notes: [] });
});

test('inspectFlows() notes that the calibration is older than the examples, and lets them be used all the same', () => {
  using folder = new FlowFolder();
  withExamples(folder);
  expect(inspectFlows(folder.path)).toEqual({
    issues: [],
    notes: [
      {
        file: 'flows/calibration.yaml',
        line: 1,
        reason: 'these numbers were fitted to other examples: run npm run calibrate',
      },
    ],
  });
  expect(checkFlows(folder.path)).toEqual([]);
});

test('inspectFlows() notes nothing once the calibration was fitted, until an example, a phrase or a spelling changes', () => {
  using folder = new FlowFolder();
  withExamples(folder);
  fitted(folder);
  expect(inspectFlows(folder.path).notes).toEqual([]);
  writeFileSync(join(folder.path, 'examples/budi.yaml'), 'controls:\n  yes: |\n    iyo\n');
  expect(inspectFlows(folder.path).notes).toHaveLength(1);
});

/** Three days after the limit of what the file says, and long before that of the holidays. */
const AT = Date.parse('2026-11-24T10:00:00+07:00');

function withLimits(folder: FlowFolder): void {
  const file = join(folder.path, 'facts.yaml');
  const text = readFileSync(file, 'utf8')
    .replace('facts:', 'limitDays: 365\nfacts:')
    .replace(/(id: report\.days.*confirmed: )\S+/, '$12026-11-01, limitDays: 20')
    .replace(/(id: sync\.days.*confirmed: \S+)/, '$1, limitDays: never');
  writeFileSync(file, text);
}

test('inspectFlows() notes once for each day of confirmation which facts nobody has confirmed for longer than their limit', () => {
  using folder = new FlowFolder();
  withLimits(folder);
  const { issues, notes } = inspectFlows(folder.path, AT);
  expect(issues).toEqual([]);
  const [longAgo, lately, ...others] = notes.map(({ reason }) => reason);
  expect(longAgo).toMatch(
    /^last confirmed on 2021-03-17, 2078 days ago \(limit: 365 days\); look again, then change the date: source\.article, call-centre\.days, /,
  );
  expect(longAgo).not.toMatch(/report\.days|sync\.days/);
  expect(lately).toBe(
    'last confirmed on 2026-11-01, 23 days ago (limit: 20 days); look again, then change the date: report.days',
  );
  expect(others.filter((reason) => !reason.startsWith('last confirmed on 20'))).toEqual([]);
  expect(others.join()).not.toContain('accepted-later');
});

test('inspectFlows() notes no fact before its limit is over, to the day', () => {
  using folder = new FlowFolder();
  withLimits(folder);
  const noted = (time: string): boolean =>
    inspectFlows(folder.path, Date.parse(time)).notes.some(({ reason }) => reason.includes('report.days'));
  expect(noted('2026-11-21T23:59:59+07:00')).toBe(false);
  expect(noted('2026-11-22T00:00:00+07:00')).toBe(true);
});

test('inspectFlows() notes that the list of public holidays comes to its end', () => {
  using folder = new FlowFolder();
  const notes = (time: string) => inspectFlows(folder.path, Date.parse(time)).notes;
  expect(notes('2027-10-31T12:00:00+07:00')).toEqual([]);
  expect(notes('2027-11-01T12:00:00+07:00')).toEqual([
    {
      file: 'flows/holidays.yaml',
      line: 1,
      reason: 'the public holidays are known until 2027-12-31 only: add those of the next year',
    },
  ]);
});
