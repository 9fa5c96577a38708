import { CONTROLS } from '../../conversation/knowledge.ts';
import { CLAUSES } from '../clauses.ts';
import { type Issue, issueAt } from '../issue.ts';
import type { Mention } from '../ledger.ts';
import type { Sources } from '../sources.ts';

/** An id that nothing has: of a question, answer, sign, requirement, fact, control or clause of the source text. */
export function unknownIds({ ledger, files }: Sources): readonly Issue[] {
  const issues: Issue[] = [];
  for (const mention of ledger.referred) {
    const reason = unknownReason(mention, (kind, id) => ledger.has(kind, id));
    if (reason !== null) issues.push(issueAt(mention, reason));
  }
  const known: readonly string[] = CONTROLS;
  for (const mention of ledger.declared) {
    if (mention.kind === 'control' && !known.includes(mention.id)) {
      issues.push(issueAt(mention, `unknown control '${mention.id}'; there are ${known.join(', ')}`));
    }
  }
  for (const control of CONTROLS) {
    if (ledger.has('control', control)) continue;
    issues.push(issueAt({ file: files.nameOf('topics.yaml'), line: 1 }, `control '${control}' is missing`));
  }
  return issues;
}

function unknownReason(
  { kind, id }: Mention,
  has: (kind: Mention['kind'], id: string) => boolean,
): string | null {
  if (kind === 'clause') {
    return CLAUSES.includes(id) ? null : `unknown clause '${id}'; the source has ${CLAUSES.join(', ')}`;
  }
  if (has(kind, id)) return null;
  if (kind !== 'answer') return `unknown ${kind} '${id}'`;
  const [question, answer] = id.split('/') as [string, string];
  // An unknown question was reported by itself.
  return has('question', question) ? `question '${question}' has no answer '${answer}'` : null;
}
