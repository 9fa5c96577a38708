import { createHash } from 'node:crypto';
import type { Knowledge, Words } from '../conversation/knowledge.ts';
import type { Language } from '../message.ts';
import { checkSources } from './check.ts';
import { freezeDeep } from './freeze.ts';
import { type Issue, sortIssues } from './issue.ts';
import { readSources, type Sources } from './sources.ts';
import { buildWords } from './words.ts';

export type FlowSettings = {
  readonly operatorName: string;
  /** People of ours answer at a desk (default: nobody does). */
  readonly hasOperators?: boolean;
};

/** Either knowledge that passed every check, or what is wrong. */
export type Loaded =
  | { readonly knowledge: Knowledge; readonly issues: readonly [] }
  | { readonly knowledge: null; readonly issues: readonly Issue[] };

/** Reads, checks and builds all of `directory`, or nothing. The only way from files to knowledge. */
export function loadFlows(directory: string, settings: FlowSettings): Loaded {
  const { sources, issues: faults } = readSources(directory);
  if (sources === null) return { knowledge: null, issues: sortIssues(faults) };
  const issues = checkSources(sources);
  if (issues.length > 0) return { knowledge: null, issues };
  return { knowledge: freezeDeep(buildKnowledge(sources, settings)), issues: [] };
}

function buildKnowledge(sources: Sources, { operatorName, hasOperators = false }: FlowSettings): Knowledge {
  const { facts } = sources.checklist;
  const words = {
    id: buildWords(sources.words.id, facts, operatorName),
    en: buildWords(sources.words.en, facts, operatorName),
  };
  return {
    checklist: sources.checklist,
    topics: sources.topics,
    matters: sources.matters,
    words,
    reader: sources.reader(),
    calendar: sources.calendar,
    places: sources.places,
    flowHash: sources.files.hash,
    noticeHash: hashNotice(words),
    hasOperators,
  };
}

/** Consent is given to the notice as it was read: in both languages, with the operator's name and the facts. */
function hashNotice(words: Readonly<Record<Language, Words>>): string {
  const notices = [words.id.get('notice.text'), words.en.get('notice.text')];
  return createHash('sha256').update(JSON.stringify(notices)).digest('hex');
}
