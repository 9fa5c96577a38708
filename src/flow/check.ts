import { ambiguousPhrases } from './checks/ambiguous-phrases.ts';
import { characters } from './checks/characters.ts';
import { choiceIds } from './checks/choice-ids.ts';
import { choicesAlike } from './checks/choices-alike.ts';
import { contradictingExamples } from './checks/contradicting-examples.ts';
import { deadEnds } from './checks/dead-ends.ts';
import { duplicateIds } from './checks/duplicate-ids.ts';
import { facts } from './checks/facts.ts';
import { forbiddenData } from './checks/forbidden-data.ts';
import { incompleteRequirements } from './checks/incomplete-requirements.ts';
import { lengths } from './checks/lengths.ts';
import { links } from './checks/links.ts';
import { missingTexts } from './checks/missing-texts.ts';
import { placeholders } from './checks/placeholders.ts';
import { unknownIds } from './checks/unknown-ids.ts';
import { unreachableQuestions } from './checks/unreachable-questions.ts';
import { unusedTexts } from './checks/unused-texts.ts';
import { variants } from './checks/variants.ts';
import { type Issue, sortIssues } from './issue.ts';
import { notesOn } from './notes.ts';
import { readSources, type Sources } from './sources.ts';

/** One kind of mistake, in a file of its own. */
type Check = (sources: Sources) => readonly Issue[];

/** In stages: while an id is wrong, the checks after it would only report what follows from that. */
const STAGES: readonly (readonly Check[])[] = [
  [duplicateIds, unknownIds],
  [
    ...[unreachableQuestions, deadEnds, incompleteRequirements, facts],
    ...[missingTexts, unusedTexts, variants, placeholders, characters, lengths, links, forbiddenData],
    ...[choiceIds, choicesAlike, ambiguousPhrases, contradictingExamples],
  ],
];

export type Inspection = {
  /** Every mistake, in the order of files and lines; empty when the files can be used. */
  readonly issues: readonly Issue[];
  /** What should be seen to, though the files can be used. */
  readonly notes: readonly Issue[];
};

/** @param at the moment for which ages are told, epoch milliseconds */
export function inspectFlows(directory: string, at: number = Date.now()): Inspection {
  const { sources, issues } = readSources(directory);
  if (sources === null) return { issues: sortIssues(issues), notes: [] };
  return { issues: checkSources(sources), notes: sortIssues(notesOn(sources, at)) };
}

/** Every mistake in the files of `directory`. */
export function checkFlows(directory: string): readonly Issue[] {
  return inspectFlows(directory).issues;
}

export function checkSources(sources: Sources): readonly Issue[] {
  for (const stage of STAGES) {
    const issues = stage.flatMap((check) => check(sources));
    if (issues.length > 0) return sortIssues(issues);
  }
  return [];
}
