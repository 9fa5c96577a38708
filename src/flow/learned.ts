import { createHash } from 'node:crypto';
import type { Learned } from '../language/learning/learn.ts';
import { EXAMPLES, type FlowFiles } from './read/files.ts';

/** The files that what is learnt rests on, besides the labels, which bring a handful of words. */
const BESIDE_EXAMPLES: readonly string[] = ['lexicon.yaml', 'phrases.yaml'];
const DIGITS = 12;

/** Names the state of everything that is learnt from: the first digits of a SHA-256 over paths and bytes, in path order. */
export function learningHash({ texts }: Pick<FlowFiles, 'texts'>): string {
  const hash = createHash('sha256');
  for (const [path, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!path.startsWith(`${EXAMPLES}/`) && !BESIDE_EXAMPLES.includes(path)) continue;
    hash.update(`${path}\0${Buffer.byteLength(text)}\0${text}`);
  }
  return hash.digest('hex').slice(0, DIGITS);
}

/** What was learnt last: an edited sentence of Pandu's own makes nobody wait for it again. */
let last: { readonly hash: string; readonly learned: Learned | null } | null = null;

export function learnOnce(hash: string, learn: () => Learned | null): Learned | null {
  if (last?.hash !== hash) last = { hash, learned: learn() };
  return last.learned;
}
