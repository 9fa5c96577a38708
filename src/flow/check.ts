import { type Issue, sortIssues } from './issue.ts';
import { readSources, type Sources } from './sources.ts';

/** One kind of mistake. Reasons are complete sentences' beginnings that name the thing and what is wrong with it. */
type Check = (sources: Sources) => readonly Issue[];

/** Ids first: while one of them is wrong, the other checks would report its consequences. */
const STAGES: readonly (readonly Check[])[] = [];

/** Every mistake in the files of `directory`, in the order of files and lines; empty when they can be used. */
export function checkFlows(directory: string): readonly Issue[] {
  const { sources, issues } = readSources(directory);
  return sources === null ? sortIssues(issues) : checkSources(sources);
}

export function checkSources(sources: Sources): readonly Issue[] {
  for (const stage of STAGES) {
    const issues = stage.flatMap((check) => check(sources));
    if (issues.length > 0) return sortIssues(issues);
  }
  return [];
}
