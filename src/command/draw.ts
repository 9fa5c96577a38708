import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import { drawChecklist } from '../flow/draw.ts';
import { formatIssue } from '../flow/issue.ts';
import { loadFlows } from '../flow/load.ts';
import { UsageError } from './usage.ts';

/** `pandu draw [--lang id|en]`: the checklist that runs, as one SVG page on stdout. */
export async function run(words: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { lang: { type: 'string', default: 'id' } } });
  const language = values.lang;
  if (language !== 'id' && language !== 'en')
    throw new UsageError(`Cannot draw in '${language}': --lang takes id or en`);
  const { flowsDir, operatorName } = loadConfig();
  const { knowledge, issues } = loadFlows(flowsDir, { operatorName });
  if (knowledge === null) {
    for (const issue of issues) process.stderr.write(`${formatIssue(issue)}\n`);
    return 1;
  }
  process.stdout.write(drawChecklist(knowledge, language));
  return 0;
}
