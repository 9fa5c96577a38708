/** Where something stands: `file` from the folder of the flows on (`flows/id/questions.yaml`), `line` from 1. */
export type Place = { readonly file: string; readonly line: number };

/** One mistake in flows/, said so that the person who edits the file can mend it. */
export type Issue = Place & { readonly reason: string };

export function issueAt(place: Place, reason: string): Issue {
  return { file: place.file, line: place.line, reason };
}

/** `file:line: reason`, as editors and terminals understand it. */
export function formatIssue(issue: Issue): string {
  return `${issue.file}:${issue.line}: ${issue.reason}`;
}

/** In the order of files and lines; a mistake found twice is told once. */
export function sortIssues(issues: readonly Issue[]): readonly Issue[] {
  const told = new Set<string>();
  return issues
    .toSorted((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.reason, b.reason))
    .filter((issue) => {
      const text = formatIssue(issue);
      return !told.has(text) && told.add(text);
    });
}

/** By code units, so that every machine gives the same order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
