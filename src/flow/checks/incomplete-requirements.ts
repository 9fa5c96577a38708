import { type Issue, issueAt } from '../issue.ts';
import type { Sources } from '../sources.ts';

/** A requirement without the clause it comes from, or without anything to tell who does not meet it. */
export function incompleteRequirements({ checklist, ledger }: Sources): readonly Issue[] {
  return checklist.requirements.flatMap(({ id, source, evidence, wait }) => {
    const place = ledger.placeOf('requirement', id);
    const issues: Issue[] = [];
    if (source.length === 0)
      issues.push(issueAt(place, `requirement '${id}' names no clause of the source text`));
    if (wait === null && !evidence.some(({ telling }) => telling !== null)) {
      const reason = `requirement '${id}' has no remedy: nothing makes it unmet, and it has no wait`;
      issues.push(issueAt(place, reason));
    }
    return issues;
  });
}
