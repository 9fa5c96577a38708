import { normalise } from './normalise.ts';
import { coreOf, type Meaning, type Meanings, wordsOf } from './phrases.ts';
import type { Reader } from './reader.ts';
import { contains, matchLength } from './sequences.ts';

export type Statement = { readonly question: string; readonly answer: string };

/** Which answers of one question a phrase leaves possible: "belum rating" leaves two. */
type Claim = { readonly question: string; readonly answers: ReadonlySet<string> };

/** A run of words up to the next mark; the marks tell whether it asks. */
const CLAUSE = /[^\n.,;!?？]+[\n.,;!?？]*/gu;
const PAUSE = /^([^\n.,;]+)[.,;]/u;
const ASKS = /[?？؟]/u;

/**
 * The answers a message states by phrase: of the pending question everything that is left possible (the engine asks
 * which), of others only what is certain, or with `keepsVague` what is possible. The pending question comes first.
 */
export function readStatements(
  reader: Reader,
  text: string,
  words: readonly string[],
  pending: string | null,
  keepsVague = false,
): Statement[] {
  const whole = ASKS.test(text) || beginsWithNo(reader, text) ? [] : wholeClaims(reader, words, pending);
  const claims =
    whole.length > 0 ? whole : [...lineClaims(reader, text, pending), ...clauseClaims(reader, text, pending)];
  const statements = settle(claims, pending, keepsVague);
  return [...impliedBy(reader, statements, pending), ...statements].toSorted(
    (a, b) => Number(b.question === pending) - Number(a.question === pending),
  );
}

/** "Belum, ada tombolnya": what stands behind the pause is not what the no is about. */
function beginsWithNo({ lexicon }: Reader, text: string): boolean {
  const first = PAUSE.exec(text)?.[1];
  return first !== undefined && lexicon.negations.has(normalise(lexicon, first));
}

function wholeClaims(reader: Reader, words: readonly string[], pending: string | null): Claim[] {
  const core = coreOf(reader.lexicon, words).join(' ');
  const here = pending === null ? undefined : reader.here.get(pending)?.get(core);
  const claim = claimOf(
    here ?? [...meaningsOf(reader.whole, core), ...meaningsOf(reader.phrases, core)],
    pending,
  );
  return claim === null ? [] : [claim];
}

/** People paste what the dashboard shows: a status word then stands on a line of its own. */
function lineClaims(reader: Reader, text: string, pending: string | null): Claim[] {
  if (!text.includes('\n')) return [];
  const lines = text.split('\n').filter((line) => !ASKS.test(line));
  return lines.flatMap((line) => wholeClaims(reader, wordsOf(normalise(reader.lexicon, line)), pending));
}

function clauseClaims(reader: Reader, text: string, pending: string | null): Claim[] {
  const claims: Claim[] = [];
  let before: string | null = null;
  for (const [clause] of text.matchAll(CLAUSE)) {
    if (ASKS.test(clause)) continue;
    const words = coreOf(reader.lexicon, wordsOf(normalise(reader.lexicon, clause)));
    for (const part of splitAt(words, reader.lexicon.clauses)) {
      const stated = claimsIn(reader, part, pending);
      // "Sertifikat lembaga ada tapi yang kemnaker belum": the second part leaves out what both are about.
      const own: readonly Claim[] =
        stated.length > 0 || before === null ? stated : hereClaims(reader, part, before);
      claims.push(...own);
      before = own.at(-1)?.question ?? null;
    }
  }
  return claims;
}

function hereClaims(reader: Reader, words: readonly string[], question: string): Claim[] {
  const claim = claimOf(reader.here.get(question)?.get(words.join(' ')) ?? [], question);
  return claim === null ? [] : [claim];
}

function splitAt(words: readonly string[], marks: ReadonlySet<string>): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (marks.has(word)) parts.push([]);
    else parts.at(-1)!.push(word);
  }
  return parts;
}

/** Phrases inside a clause, unless a word beside them turns them round or the rest makes them a wish or a question. */
function claimsIn(reader: Reader, words: readonly string[], pending: string | null): Claim[] {
  const { negations, doubts, foreign } = reader.lexicon;
  const claims: Claim[] = [];
  const rest: string[] = [];
  for (let start = 0; start < words.length; ) {
    const length = matchLength(reader.sequences, words, start);
    if (length === 0) rest.push(words[start]!);
    else if (!negations.has(words[start - 1] ?? '') && !negations.has(words[start + length] ?? '')) {
      const claim = claimOf(
        meaningsOf(reader.phrases, words.slice(start, start + length).join(' ')),
        pending,
      );
      if (claim !== null) claims.push(claim);
    }
    start += Math.max(length, 1);
  }
  return contains(doubts, rest) || contains(foreign, rest) ? [] : claims;
}

function meaningsOf(meanings: Meanings, words: string): readonly Meaning[] {
  return meanings.get(words) ?? [];
}

/** A phrase that can answer several questions answers the pending one; without that it says nothing certain. */
function claimOf(meanings: readonly Meaning[], pending: string | null): Claim | null {
  const answers = meanings.filter((meaning) => meaning.kind === 'answer');
  const here = answers.filter(({ question }) => question === pending);
  const meant = here.length > 0 ? here : answers;
  const question = meant[0]?.question;
  if (question === undefined || meant.some((other) => other.question !== question)) return null;
  return { question, answers: new Set(meant.map(({ answer }) => answer)) };
}

/** What all claims about a question leave possible together; claims that exclude each other leave all of theirs. */
function settle(claims: readonly Claim[], pending: string | null, keepsVague: boolean): Statement[] {
  const questions = new Map<string, Claim[]>();
  for (const claim of claims)
    questions.set(claim.question, [...(questions.get(claim.question) ?? []), claim]);
  return [...questions].flatMap(([question, about]) => {
    const common = about.map(({ answers }) => answers).reduce((a, b) => a.intersection(b));
    const possible = common.size > 0 ? common : new Set(about.flatMap(({ answers }) => [...answers]));
    if (question !== pending && possible.size > 1 && !keepsVague) return [];
    return [...possible].map((answer) => ({ question, answer }));
  });
}

/** A pasted status also answers "what do you see on the dashboard?". */
function impliedBy(reader: Reader, statements: readonly Statement[], pending: string | null): Statement[] {
  if (statements.some(({ question }) => question === pending)) return [];
  return statements.flatMap(({ question }) => {
    const implied = reader.opens.get(question);
    return implied !== undefined && implied.question === pending ? [implied] : [];
  });
}
