import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFlows } from '../../src/flow/check.ts';
import { formatIssue } from '../../src/flow/issue.ts';

test('the flows that Pandu comes with pass every check', () => {
  expect(checkFlows(join(import.meta.dirname, '../../flows')).map(formatIssue)).toEqual([]);
});
