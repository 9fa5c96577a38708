import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Language } from '../../message.ts';
import { type Issue, issueAt } from '../issue.ts';

export const LANGUAGES: readonly Language[] = ['id', 'en'];

/** The files with routing, facts and reading. */
export const SHARED_FILES = [
  'checklist.yaml',
  'topics.yaml',
  'facts.yaml',
  'holidays.yaml',
  'zones.yaml',
  'lexicon.yaml',
  'phrases.yaml',
  'calibration.yaml',
] as const;
export type SharedFile = (typeof SHARED_FILES)[number];

/** The files with words, one of each per language, and the first parts of the text ids that belong in each. */
export const WORD_FILES = {
  'questions.yaml': ['question'],
  'verdicts.yaml': ['verdict'],
  'requirements.yaml': ['requirement'],
  'topics.yaml': ['topic', 'matter'],
  'controls.yaml': ['choice', 'dialogue', 'control'],
  'messages.yaml': ['notice', 'say', 'date'],
  'letters.yaml': ['letter'],
  'pages.yaml': ['page', 'command'],
} as const;
export type WordFile = keyof typeof WORD_FILES;

/** The folder with example sentences: a file for each voice, of any name. */
export const EXAMPLES = 'examples';

/** Far above what a person writes; a file beyond it is a mistake, and reading it would only cost time. */
const MOST_BYTES = 1_000_000;

export type FlowFiles = {
  /** Path within the folder (`id/questions.yaml`) → its text. Only files of the format. */
  readonly texts: ReadonlyMap<string, string>;
  /** Path within the folder → path as issues name it. */
  readonly nameOf: (path: string) => string;
  /** SHA-256 over paths and contents, hex. */
  readonly hash: string;
  readonly issues: readonly Issue[];
};

/** Reads every file of the format, and reports those that are missing, unreadable or unknown. */
export function readFiles(directory: string): FlowFiles {
  const folder = basename(resolve(directory));
  const nameOf = (path: string): string => `${folder}/${path}`;
  const texts = new Map<string, string>();
  const issues: Issue[] = [];
  const report = (path: string, reason: string): void => {
    issues.push(issueAt({ file: nameOf(path), line: 1 }, reason));
  };
  const expected = expectedPaths();
  for (const path of expected) {
    const read = readText(join(directory, path));
    if ('text' in read) texts.set(path, read.text);
    else report(path, read.reason);
  }
  for (const path of yamlPaths(directory)) {
    if (expected.includes(path)) continue;
    if (!path.startsWith(`${EXAMPLES}/`)) {
      report(path, 'no file of this name belongs here, so nobody would read it');
      continue;
    }
    const read = readText(join(directory, path));
    if ('text' in read) texts.set(path, read.text);
    else report(path, read.reason);
  }
  return { texts, nameOf, hash: hashOf(texts), issues };
}

/** The files of the format, there or not, and the examples that are there. */
export function watchedPaths(directory: string): readonly string[] {
  return [...expectedPaths(), ...yamlPaths(directory).filter((path) => path.startsWith(`${EXAMPLES}/`))];
}

export function expectedPaths(): readonly string[] {
  return [...SHARED_FILES, ...LANGUAGES.flatMap((language) => wordPaths(language))];
}

function wordPaths(language: Language): readonly string[] {
  return Object.keys(WORD_FILES).map((file) => `${language}/${file}`);
}

function readText(path: string): { readonly text: string } | { readonly reason: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { reason: code === 'ENOENT' ? 'the file is missing' : `the file cannot be read (${code})` };
  }
  if (bytes.length > MOST_BYTES) return { reason: `the file has more than ${MOST_BYTES} bytes` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { reason: 'the file is not UTF-8 text' };
  }
}

/** Every YAML file in the folder, in those of the languages and in that of the examples. */
function yamlPaths(directory: string): readonly string[] {
  return ['', ...LANGUAGES, EXAMPLES].flatMap((folder) => {
    let names: string[];
    try {
      names = readdirSync(join(directory, folder));
    } catch {
      return []; // Its files were reported as missing already; examples may be missing.
    }
    return names
      .filter((name) => /\.ya?ml$/i.test(name) && !name.startsWith('.'))
      .sort()
      .map((name) => (folder === '' ? name : `${folder}/${name}`));
  });
}

function hashOf(texts: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${Buffer.byteLength(text)}\0${text}`);
  }
  return hash.digest('hex');
}
