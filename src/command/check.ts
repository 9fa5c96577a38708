import { loadConfig } from '../config.ts';
import { inspectFlows } from '../flow/check.ts';
import { formatIssue } from '../flow/issue.ts';

/**
 * `pandu check`: every mistake in flows/ as `file:line: reason` on stdout; 1 when there is any. What only should be seen to
 * goes to stderr and changes nothing.
 */
export async function run(): Promise<number> {
  const { flowsDir } = loadConfig();
  const { issues, notes } = inspectFlows(flowsDir);
  for (const issue of issues) process.stdout.write(`${formatIssue(issue)}\n`);
  for (const note of notes) process.stderr.write(`note: ${formatIssue(note)}\n`);
  if (issues.length === 0) process.stderr.write(`${flowsDir}: no mistakes found\n`);
  return issues.length === 0 ? 0 : 1;
}
