import { type Issue, issueAt } from '../issue.ts';
import type { Mention } from '../ledger.ts';
import type { Sources } from '../sources.ts';

/** An id that stands twice: the second one would silently win, or be ignored. */
export function duplicateIds({ ledger, checklist }: Sources): readonly Issue[] {
  const first = new Map<string, Mention>();
  const issues: Issue[] = [];
  for (const mention of ledger.declared) {
    const key = `${mention.kind} ${mention.id}`;
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, mention);
    else issues.push(issueAt(mention, `${nameOf(mention)} stands twice, first in line ${earlier.line}`));
  }
  // A stored answer under an old id must belong to one question only.
  const owners = new Map<string, string>();
  for (const { id, moved } of checklist.questions) {
    for (const old of moved) {
      const taken = ledger.has('question', old) ? old : owners.get(old);
      if (taken !== undefined) {
        const reason = `question '${id}' moved from '${old}', which is what question '${taken}' answers to as well`;
        issues.push(issueAt(ledger.placeOf('question', id), reason));
      }
      owners.set(old, id);
    }
  }
  return issues;
}

function nameOf({ kind, id }: Mention): string {
  if (kind !== 'answer') return `${kind} '${id}'`;
  const [question, answer] = id.split('/');
  return `answer '${answer}' of question '${question}'`;
}
