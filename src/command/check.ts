import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { inspectFlows } from '../flow/check.ts';
import { formatIssue } from '../flow/issue.ts';
import { readMoment } from './moment.ts';
import { UsageError } from './usage.ts';

/**
 * `pandu check`: every mistake in flows/ as `file:line: reason` on stdout; 1 when there is any. What only should be seen to
 * goes to stderr and changes nothing: facts that nobody has confirmed for long, as of now or as of `--at ISO-TIME`.
 */
export async function run(words: readonly string[]): Promise<number> {
  const at = momentAskedFor(words);
  const { flowsDir } = loadConfig();
  const { issues, notes } = inspectFlows(flowsDir, at);
  for (const issue of issues) process.stdout.write(`${formatIssue(issue)}\n`);
  for (const note of notes) process.stderr.write(`note: ${formatIssue(note)}\n`);
  if (issues.length === 0) process.stderr.write(`${flowsDir}: no mistakes found\n`);
  return issues.length === 0 ? 0 : 1;
}

function momentAskedFor(words: readonly string[]): number {
  try {
    const { at } = parseArgs({ args: [...words], options: { at: { type: 'string' } } }).values;
    return at === undefined ? Date.now() : readMoment(at);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`check [--at ISO-TIME]: ${(error as Error).message}`);
  }
}
