import type { Checklist } from '../checklist/checklist.ts';
import type { Topic } from '../conversation/knowledge.ts';
import type { Language } from '../message.ts';
import { type Issue, issueAt } from './issue.ts';
import { Ledger } from './ledger.ts';
import { readChecklist } from './read/checklist.ts';
import { readFacts } from './read/facts.ts';
import { type FlowFiles, readFiles, type SharedFile, WORD_FILES, type WordFile } from './read/files.ts';
import { Shape } from './read/shape.ts';
import { readTopics } from './read/topics.ts';
import { readWords, type WordEntry } from './read/words.ts';
import { parseYaml, type Tree } from './read/yaml.ts';

/** Everything that stands in flows/, read but not yet checked, with the places it stands at. */
export type Sources = {
  readonly files: FlowFiles;
  readonly checklist: Checklist;
  readonly topics: readonly Topic[];
  readonly words: Readonly<Record<Language, readonly WordEntry[]>>;
  readonly lexicon: Tree;
  readonly phrases: Tree;
  readonly ledger: Ledger;
};

const NO_CHECKLIST: Omit<Checklist, 'facts'> = { signs: [], requirements: [], questions: [] };
const NOTHING: Tree = { kind: 'text', place: { file: '', line: 1 }, value: '' };

/** @returns the sources, or what keeps them from being read: files, YAML and shape */
export function readSources(
  directory: string,
):
  | { readonly sources: Sources; readonly issues: [] }
  | { readonly sources: null; readonly issues: readonly Issue[] } {
  const files = readFiles(directory);
  const issues: Issue[] = [...files.issues];
  const report = (place: { file: string; line: number }, reason: string): void => {
    issues.push(issueAt(place, reason));
  };
  const shape = new Shape(report);
  const ledger = new Ledger();

  /** A file that is missing or no YAML was reported; what it would hold is not missed a second time. */
  const read = <Value>(path: string, fallback: Value, how: (tree: Tree) => Value): Value => {
    const text = files.texts.get(path);
    const tree = text === undefined ? null : parseYaml(files.nameOf(path), text, report);
    return tree === null ? fallback : how(tree);
  };
  const shared = <Value>(path: SharedFile, fallback: Value, how: (tree: Tree) => Value): Value =>
    read(path, fallback, how);
  const wordsOf = (language: Language): readonly WordEntry[] =>
    (Object.keys(WORD_FILES) as WordFile[]).flatMap((file) =>
      read(`${language}/${file}`, [], (tree) => readWords(tree, WORD_FILES[file], shape, ledger)),
    );

  const facts = shared('facts.yaml', [], (tree) => readFacts(tree, shape, ledger));
  const checklist = shared('checklist.yaml', NO_CHECKLIST, (tree) => readChecklist(tree, shape, ledger));
  const sources: Sources = {
    files,
    checklist: { ...checklist, facts },
    topics: shared('topics.yaml', [], (tree) => readTopics(tree, shape, ledger)),
    words: { id: wordsOf('id'), en: wordsOf('en') },
    lexicon: shared('lexicon.yaml', NOTHING, (tree) => tree),
    phrases: shared('phrases.yaml', NOTHING, (tree) => tree),
    ledger,
  };
  return issues.length > 0 ? { sources: null, issues } : { sources, issues: [] };
}
