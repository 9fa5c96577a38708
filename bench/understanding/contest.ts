import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Judgement, Performance } from './contestant.ts';
import { coverageAt, type Share, shareOf, thresholdFor } from './metrics.ts';

const CONTESTANT = fileURLToPath(new URL('contestant.ts', import.meta.url));
/** Far above the slowest; a library that hangs must not keep the bench from ending. */
const TIMEOUT_MS = 150_000;
const PRECISION = 0.98;

type Entry = { readonly name: string; readonly file: string; readonly spellings: readonly Spelt[] };
type Spelt = 'normal' | 'plain';

/** Pandu's reading brings its own normaliser and cannot be had without. */
const ENTRIES: readonly Entry[] = [
  { name: 'Pandu', file: 'pandu', spellings: ['normal'] },
  { name: 'Pandu, only what it learnt', file: 'learnt', spellings: ['normal', 'plain'] },
  { name: 'nlp.js', file: 'nlpjs', spellings: ['normal', 'plain'] },
  { name: 'wink naive Bayes', file: 'wink', spellings: ['normal', 'plain'] },
  { name: 'minisearch', file: 'minisearch', spellings: ['normal', 'plain'] },
];

export const HEADINGS = [
  'trained on the same voices',
  'normaliser',
  'top-1',
  'top-3',
  'top-1, typos',
  'answered, right',
  'precision',
  'o.o.s. answered',
  'start CPU ms',
  'µs/message',
  'MB',
] as const;

/** One contender after the other, each in a process of its own, so that none is in the other's way. */
export async function contest(report: (row: readonly string[]) => void): Promise<void> {
  for (const { name, file, spellings } of ENTRIES) {
    for (const spelt of spellings) {
      const performance = await perform(file, spelt);
      report([name, spelt === 'normal' ? 'ours' : '–', ...cells(performance)]);
    }
  }
}

async function perform(file: string, spelt: Spelt): Promise<Performance> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', CONTESTANT, file, spelt], {
    maxBuffer: 100_000_000,
    timeout: TIMEOUT_MS,
  });
  return JSON.parse(stdout) as Performance;
}

function cells({ test, misspelt, keptOut, startMs, microseconds, megabytes }: Performance): string[] {
  const threshold = thresholdFor(keptOut, PRECISION);
  const { answeredRight, precision, outOfScopeAnswered } = coverageAt(test, threshold);
  return [
    withInterval(topOf(test, 1)),
    withInterval(topOf(test, 3)),
    withInterval(topOf(misspelt, 1)),
    withInterval(answeredRight),
    percent(precision.share),
    withInterval(outOfScopeAnswered),
    String(Math.round(startMs)),
    String(Math.round(microseconds)),
    String(Math.round(megabytes)),
  ];
}

function topOf(judged: readonly Judgement[], places: number): Share {
  const inScope = judged.filter(({ isInScope }) => isInScope);
  return shareOf(inScope.filter(({ place }) => place >= 0 && place < places).length, inScope.length);
}

export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : (share * 100).toFixed(1);
}

export function withInterval({ share, low, high }: Share): string {
  return Number.isNaN(share)
    ? '–'
    : `${percent(share)} [${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}]`;
}
