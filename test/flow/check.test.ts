import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFlows } from '../../src/flow/check.ts';
import { formatIssue, sortIssues } from '../../src/flow/issue.ts';
import { BASE, BROKEN, FlowFolder } from './flow-folder.ts';

const CHECKS = join(import.meta.dirname, '../../src/flow/checks');

function check(path: string): string {
  return checkFlows(path)
    .map((issue) => `${formatIssue(issue)}\n`)
    .join('');
}

test('checkFlows() finds nothing wrong with the valid base', () => {
  expect(check(BASE)).toBe('');
});

test('checkFlows() reports every file of an empty folder, and does not fail on a folder that is not there', () => {
  using folder = new FlowFolder(join(BASE, 'id'));
  const missing = check(folder.path);
  expect(missing).toContain('flows/checklist.yaml:1: the file is missing\n');
  expect(missing).toContain('flows/en/pages.yaml:1: the file is missing\n');
  expect(check(join(folder.path, 'nowhere'))).toContain('nowhere/facts.yaml:1: the file is missing\n');
});

describe('checkFlows() says exactly what is wrong, and nothing else', () => {
  test.each(readdirSync(BROKEN))('%s', (name) => {
    const fixture = join(BROKEN, name);
    using folder = new FlowFolder().overlay(fixture);
    const expected = readFileSync(join(fixture, 'expected.txt'), 'utf8');
    expect(expected).toMatch(/^flows\/[^:]+\.yaml:\d+: .+/);
    expect(check(folder.path)).toBe(expected);
  });
});

test('checkFlows() has a broken fixture for every file of checks', () => {
  const names = readdirSync(BROKEN);
  const fixtures: Readonly<Record<string, RegExp>> = {
    'ambiguous-phrases': /^phrase-ambiguous/,
    characters: /^character-/,
    'choice-ids': /^choice-id-/,
    'choices-alike': /^choices-alike/,
    'contradicting-examples': /^example-contradicts/,
    'dead-ends': /^dead-end-/,
    'duplicate-ids': /^duplicate-/,
    facts: /^fact-/,
    'forbidden-data': /^forbidden-data-/,
    'incomplete-requirements': /^requirement-without-/,
    lengths: /-too-long$/,
    links: /^link-/,
    'missing-texts': /^text-missing-/,
    placeholders: /^placeholder-/,
    'unknown-ids': /^unknown-/,
    'unreachable-questions': /^unreachable-/,
    'unused-texts': /^text-unused/,
    variants: /^variant-/,
  };
  const files = readdirSync(CHECKS).map((file) => file.replace('.ts', ''));
  expect(Object.keys(fixtures).sort()).toEqual(files.sort());
  for (const [file, pattern] of Object.entries(fixtures)) {
    expect(
      names.filter((name) => pattern.test(name)),
      file,
    ).not.toEqual([]);
  }
});

test('checkFlows() reports mistakes of several kinds and files at once, in the order of files and lines', () => {
  using folder = new FlowFolder()
    .overlay(join(BROKEN, 'text-unused'))
    .overlay(join(BROKEN, 'fact-date-impossible'))
    .overlay(join(BROKEN, 'dead-end-sign'));
  const places = checkFlows(folder.path).map(({ file, line }) => `${file}:${line}`);
  expect(places).toEqual(['flows/checklist.yaml:4', 'flows/facts.yaml:21', 'flows/id/questions.yaml:5']);
});

test('sortIssues() tells the same mistake once and counts lines as numbers', () => {
  const issue = (line: number) => ({ file: 'flows/a.yaml', line, reason: 'x' });
  expect(sortIssues([issue(10), issue(9), issue(10)]).map(({ line }) => line)).toEqual([9, 10]);
});
