import { mkdirSync, writeFileSync } from 'node:fs';
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
