import { clean } from '../language/clean.ts';
import { compareNames, type NameComparison } from '../language/names/compare.ts';
import type { Difference } from '../language/names/difference.ts';
import type { NameProblem } from '../language/names/problem.ts';
import { type NamePair, readNamePair } from '../language/names/read-pair.ts';
import type { SpokenText } from '../message.ts';
import { conclude } from './ask.ts';
import { type Draft, say, update } from './draft.ts';
import { echo, fill, join } from './fill.ts';
import type { Words } from './knowledge.ts';
import type { Dialogue } from './session.ts';

/** Stands for no requirement: the moment at which names that were not compared are forgotten (decision 10). */
export const FORGET_NAMES = 'forget-names';
const NAMES_KEPT_MS = 15 * 60 * 1_000;

export type NamesDialogue = Extract<Dialogue, { kind: 'names' }>;

/** "Bantu cek nama": asks for one name after the other. */
export function startNames(draft: Draft): void {
  openNames(draft, { kemnaker: null, prakerja: null });
  conclude(draft);
}

/** Names live in a passing part of the session until they are compared, and never longer than a quarter of an hour. */
function openNames(draft: Draft, pair: NamePair): void {
  const { dialogue } = draft.session;
  if (dialogue?.kind === 'names') return update(draft, { dialogue: { ...dialogue, ...pair } });
  const { namesOver: _, ...session } = draft.session;
  draft.session = { ...session, dialogue: { kind: 'names', since: draft.at, ...pair } };
}

/**
 * Woken then, Pandu forgets names that were not compared, and what could not be sent of a comparison.
 * @param since when the first name was asked for, or both were sent, in epoch milliseconds
 */
export function armForgetting(draft: Draft, since: number): void {
  draft.effects.push({
    kind: 'remind',
    reminder: {
      requirement: FORGET_NAMES,
      dueAt: since + NAMES_KEPT_MS,
      armedBy: draft.session.firstRevision,
    },
  });
}

/** The names in a message: what it adds to those that are being asked for, or both at once at any time. */
export function namesIn(draft: Draft, text: string): NamePair | null {
  const { dialogue } = draft.session;
  if (dialogue?.kind !== 'names') {
    const { kemnaker, prakerja } = readNamePair(text);
    if (kemnaker === null || prakerja === null) return null;
    return areNames(draft, kemnaker, prakerja) ? { kemnaker, prakerja } : null;
  }
  const { kemnaker, prakerja } = dialogue;
  // The first name is the one that was asked for, whether or not they say so.
  const known = kemnaker === null && prakerja === null ? { prakerja: '' } : { kemnaker, prakerja };
  const read = readNamePair(text, known);
  const pair = { kemnaker: read.kemnaker, prakerja: read.prakerja === '' ? null : read.prakerja };
  return pair.kemnaker === kemnaker && pair.prakerja === prakerja ? null : pair;
}

/**
 * Nobody asked for names, so only what is certain counts: two spellings that have something in common, and are not made
 * of words that people use for other things ("di kemnaker beda di prakerja sama"). Letter by letter the same are two
 * words with capitals.
 */
function areNames(draft: Draft, kemnaker: string, prakerja: string): boolean {
  if (kemnaker === prakerja && !WRITTEN_AS_NAME.test(kemnaker)) return false;
  if (isMadeOfKnownWords(draft, [...wordsOf(kemnaker), ...wordsOf(prakerja)])) return false;
  const shared = new Set(wordsOf(kemnaker)).intersection(new Set(wordsOf(prakerja)));
  if (shared.size > 0) return true;
  const { result, differences } = compareNames(kemnaker, prakerja);
  return (
    result === 'same' || differences.some(({ kind }) => kind !== 'extra-word' && kind !== 'missing-word')
  );
}

const WRITTEN_AS_NAME = /^\p{Lu}\S*(?: \p{Lu}\S*)+$/u;
const SHORTEST_SHARED = 3;

function isMadeOfKnownWords({ knowledge }: Draft, all: readonly string[]): boolean {
  const known = knowledge.reader.learned()?.mending.known;
  return known !== undefined && all.filter((word) => known.has(word)).length * 2 > all.length;
}

function wordsOf(name: string): string[] {
  return clean(name)
    .split(' ')
    .filter((word) => word.length >= SHORTEST_SHARED);
}

/** Keeps a name until the other one comes, nothing said. */
export function keepNames(draft: Draft, pair: NamePair): void {
  openNames(draft, pair);
}

/** Time is up: whoever had written one name may still send the other. */
export function letGoOfNames(draft: Draft, { kemnaker, prakerja }: NamesDialogue): void {
  const isHalf = kemnaker !== null || prakerja !== null;
  update(draft, { dialogue: null, ...(isHalf ? { namesOver: draft.at } : {}) });
}

/** Who looks a name up on a slow phone comes back within the day. */
const LATE_MS = 24 * 60 * 60 * 1_000;

/** Whether a message is but a name, from somebody who was asked for one and took longer than Pandu waits. */
export function isLateName(draft: Draft, text: string): boolean {
  const { namesOver, dialogue } = draft.session;
  if (namesOver === undefined || draft.at - namesOver > LATE_MS || dialogue !== null) return false;
  const { kemnaker, prakerja } = readNamePair(text, { prakerja: '' });
  const name = kemnaker ?? prakerja!;
  return name !== '' && !isMadeOfKnownWords(draft, wordsOf(name));
}

/** Compared it cannot be any more: it goes like the first one, and both are asked for again. */
export function namesCameLate(draft: Draft): void {
  forgetWords(draft, draft.at);
  say(draft, 'dialogue.names.late');
  startNames(draft);
}

/** Nothing in the message could be a whole name; why, where that is plain. */
export function namesUnread(draft: Draft, problem: NameProblem | null): void {
  const isTold = problem !== null && problem !== 'sentence' && problem !== 'blank' && problem !== 'too-long';
  say(draft, isTold ? `dialogue.names.unclear.${unclearTextOf(problem)}` : 'dialogue.names.unread');
  conclude(draft);
}

/** Whatever ends the comparison, the words that were typed for it go. */
export function forgetWords(draft: Draft, since: number): void {
  draft.effects.push({ kind: 'forget-words', since });
}

/** Whether the names are the same, and everything in which they differ, letter by letter. */
export function explainNames(texts: Words, comparison: NameComparison): SpokenText {
  const { result, marked, differences, problem } = comparison;
  if (result === 'same') return fill(texts, 'dialogue.names.same');
  if (problem !== undefined) {
    const found = problem.kemnaker ?? problem.prakerja;
    return fill(texts, `dialogue.names.unclear.${unclearTextOf(found!)}`);
  }
  const names = [
    fill(texts, 'dialogue.names.kemnaker', { name: echo(marked.kemnaker) }),
    fill(texts, 'dialogue.names.prakerja', { name: echo(marked.prakerja) }),
  ];
  const parts = [
    fill(texts, result === 'unclear' ? 'dialogue.names.unclear.diacritics' : 'dialogue.names.differs'),
    join(names, '\n'),
  ];
  if (result === 'differs')
    parts.push(
      join(
        differences.map((one) => lineOf(texts, one)),
        '\n',
      ),
    );
  return join(parts, '\n\n');
}

/** What kind of difference it is, and where: on both sides, or on one of them alone. */
function lineOf(texts: Words, { detail, kemnaker, prakerja }: Difference): SpokenText {
  const what = fill(texts, `dialogue.names.detail.${detail}`);
  if (kemnaker.length > 0 && prakerja.length > 0) {
    const values = { what, kemnaker: echo(kemnaker), prakerja: echo(prakerja) };
    return fill(texts, 'dialogue.names.line.both', values);
  }
  const [side, spans] =
    kemnaker.length > 0 ? (['kemnaker', kemnaker] as const) : (['prakerja', prakerja] as const);
  return fill(texts, `dialogue.names.line.${side}`, { what, name: echo(spans, 'plain') });
}

function unclearTextOf(problem: NameProblem): 'hidden' | 'number' | 'not-complete' {
  if (problem === 'masked' || problem === 'cut-off') return 'hidden';
  return problem === 'number' || problem === 'address' ? 'number' : 'not-complete';
}
