import type { Config } from '../config.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import { formatIssue } from '../flow/issue.ts';
import { loadFlows } from '../flow/load.ts';

/** What stands in flows/, or null once stderr has said why it cannot be used. */
export function knowledgeOrIssues({
  flowsDir,
  operatorName,
}: Pick<Config, 'flowsDir' | 'operatorName'>): Knowledge | null {
  const { knowledge, issues } = loadFlows(flowsDir, { operatorName });
  if (knowledge === null) process.stderr.write(`${issues.map(formatIssue).join('\n')}\n`);
  return knowledge;
}
