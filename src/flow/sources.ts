import type { Checklist } from '../checklist/checklist.ts';
import type { MatterId, Topic } from '../conversation/knowledge.ts';
import { type Asked, learn, type Spelling } from '../language/learning/learn.ts';
import { type Calibration, UNFITTED } from '../language/learning/thresholds.ts';
import { normalise } from '../language/normalise.ts';
import type { Places } from '../language/read-zone.ts';
import { buildReader, type Reader } from '../language/reader.ts';
import type { Calendar } from '../language/working-days.ts';
import type { Language } from '../message.ts';
import { type Issue, issueAt } from './issue.ts';
import { labelsOf } from './labels.ts';
import { learningHash, learnOnce } from './learned.ts';
import { Ledger } from './ledger.ts';
import { readCalibration } from './read/calibration.ts';
import { readChecklist } from './read/checklist.ts';
import { type ExampleSource, readVoice } from './read/examples.ts';
import { readFacts } from './read/facts.ts';
import {
  EXAMPLES,
  type FlowFiles,
  readFiles,
  type SharedFile,
  WORD_FILES,
  type WordFile,
} from './read/files.ts';
import { NO_HOLIDAYS, readHolidays } from './read/holidays.ts';
import { readLexicon } from './read/lexicon.ts';
import { type PhraseSource, readPhrases } from './read/phrases.ts';
import { Shape } from './read/shape.ts';
import { readTopics, type TopicSource } from './read/topics.ts';
import { readWords, type WordEntry } from './read/words.ts';
import { parseYaml, type Tree } from './read/yaml.ts';
import { readZones } from './read/zones.ts';

/** Everything that stands in flows/, read but not yet checked, with the places it stands at. */
export type Sources = {
  readonly files: FlowFiles;
  readonly checklist: Checklist;
  readonly topics: readonly Topic[];
  readonly matters: readonly MatterId[];
  readonly words: Readonly<Record<Language, readonly WordEntry[]>>;
  readonly phrases: PhraseSource;
  readonly examples: ExampleSource;
  readonly calibration: Calibration;
  readonly calendar: Calendar;
  readonly places: Places;
  /** Built when first asked for, from the lexicon, the phrases and the labels of both languages. */
  readonly reader: () => Reader;
  /** A sentence in standard spelling. */
  readonly normal: (text: string) => string;
  readonly ledger: Ledger;
};

const NO_CHECKLIST: Omit<Checklist, 'facts'> = { signs: [], requirements: [], questions: [] };
const NO_PHRASES: PhraseSource = {
  data: { answers: {}, here: {}, opens: {}, controls: {}, commands: {}, topics: {}, matters: {} },
  lines: [],
};

const NO_PLACES: Places = new Map();
const NO_TOPICS: TopicSource = { topics: [], matters: [] };
const NO_EXAMPLES: ExampleSource = { voices: [], lines: [] };

/** What learning has to know of the questions. */
export function askedOf({ questions }: Checklist, topics: readonly Topic[]): ReadonlyMap<string, Asked> {
  const only = (answers: readonly string[]): string | null => (answers.length === 1 ? answers[0]! : null);
  return new Map(
    questions.map(({ id, about, yes, no, unsure }) => {
      const plain = Object.entries({ yes: only(yes), no: only(no), unsure });
      const near = topics.filter(({ requirement }) => requirement !== null && about.includes(requirement));
      return [
        id,
        {
          plain: Object.fromEntries(plain.filter(([, answer]) => answer !== null)),
          near: new Set(near.map((topic) => topic.id)),
        },
      ];
    }),
  );
}

export function spellingOf({ lexicon }: Reader, normal: (text: string) => string): Spelling {
  return { forms: lexicon.spelling.forms, ideas: lexicon.ideas, normal };
}

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
  const lexicon = shared('lexicon.yaml', null, (tree) => readLexicon(tree, shape));
  const phrases = shared('phrases.yaml', NO_PHRASES, (tree) => readPhrases(tree, shape, ledger));
  const calibration = shared('calibration.yaml', UNFITTED, (tree) => readCalibration(tree, shape));
  const examples = [...files.texts.keys()]
    .filter((path) => path.startsWith(`${EXAMPLES}/`))
    .map((path) => {
      const name = path.slice(EXAMPLES.length + 1).replace(/\.ya?ml$/i, '');
      return read(path, NO_EXAMPLES, (tree) => readVoice(name, tree, shape, ledger));
    });
  const voices = examples.flatMap((source) => source.voices);
  const words = { id: wordsOf('id'), en: wordsOf('en') };
  let reader: Reader | null = null;
  const normals = new Map<string, string>();
  /** Learning and checking look at the same thousands of sentences. */
  const normal = (text: string): string => {
    const known = normals.get(text) ?? normalise(sources.reader().lexicon, text);
    normals.set(text, known);
    return known;
  };
  const sources: Sources = {
    files,
    checklist: { ...checklist, facts },
    ...shared('topics.yaml', NO_TOPICS, (tree) => readTopics(tree, shape, ledger)),
    words,
    phrases,
    calibration,
    calendar: shared('holidays.yaml', NO_HOLIDAYS, (tree) => readHolidays(tree, shape)),
    places: shared('zones.yaml', NO_PLACES, (tree) => readZones(tree, shape)),
    examples: { voices, lines: examples.flatMap((source) => source.lines) },
    reader: () => {
      if (lexicon === null) throw new Error('Cannot build a reader: flows/lexicon.yaml was not read');
      reader ??= buildReader({
        lexicon,
        phrases: phrases.data,
        labels: labelsOf(words),
        learned: () =>
          learnOnce(learningHash(files), () =>
            learn(voices, spellingOf(sources.reader(), normal), askedOf(sources.checklist, sources.topics)),
          ),
        calibration,
      });
      return reader;
    },
    normal,
    ledger,
  };
  return issues.length > 0 ? { sources: null, issues } : { sources, issues: [] };
}
