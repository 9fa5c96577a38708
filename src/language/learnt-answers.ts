import { wordsFor } from './learning/learn.ts';
import { type Ranked, rankAnswers, type TopicRanking } from './learning/rank.ts';
import { partsOf } from './parts.ts';
import { PLAIN } from './plain.ts';
import { type Reader, read } from './reader.ts';
import { contains } from './sequences.ts';
import type { Statement } from './statements.ts';
import type { Light, Message } from './understand.ts';

/** Nobody answers in more words than this; what is longer tells a story, and is read part by part. */
const LONGEST_ANSWER_WORDS = 12;
/** An answer as sure as this is taken even where the message seems to be about something else. */
const CERTAIN = 0.95;
/** Beside what phrases say it takes more than that to have answered as well. */
const BEYOND_DOUBT = 0.99;
/** As likely as not. */
const EVEN = 0.5;
/** The choices that are offered must hold so much of what is likely, or they would hide what was meant. */
const MOSTLY = 0.75;
/** Offered is what is at least a sixth as likely as the likeliest, two answers at least and three at most. */
const LEAST_SHARE = 6;
const LEAST_OFFERED = 2;
const MOST_OFFERED = 3;
/** Fewer words leave open what phrases leave open. */
const LEAST_TELLING_WORDS = 5;
/** Where something secret stood the message was about that. */
const HIDES = /\[(?:nomor|kode|sandi|email|nama)\]/i;
/** So sure, and not less, since "capek gagal terus" is an answer too. */
const SURE_OF_URGENCY = 0.8;
/** Kinds of what is out of scope that come before any answer. */
const URGENT: ReadonlySet<string> = new Set(['distress', 'paid-help']);

/**
 * What somebody answers who was just asked: one answer when it is clear, two or three when one of them is meant, null
 * when the message is about something else.
 */
export function learntAnswers(message: Message): readonly Statement[] | null {
  const { reader, words, light, ranking } = message;
  const { question, answersAre = 'clear' } = light;
  if (question === null || answersAre === 'never' || HIDES.test(message.text)) return null;
  // A question is no answer; what stands beside it may be one.
  if (message.asks || words.length > LONGEST_ANSWER_WORDS) {
    const certain =
      answerInParts(message, question) ??
      (message.asks ? impliedByQuestion(message, question) : likeliest(message, question, CERTAIN));
    return certain === null ? null : [{ question, answer: certain }];
  }

  const { answers, none } = rankOffered(message, question, words);
  const [first] = answers;
  if (first === undefined || isAboutSomethingElse(reader, ranking, light, first)) return null;
  // Beside a verdict a plain word says how things stand, and changes nothing that was said before.
  const likeliestTopic = ranking.inScope[0]!;
  if (answersAre !== 'clear' && PLAIN.has(likeliestTopic.id) && likeliestTopic.confidence > EVEN) return null;
  // Whoever is in despair or about to be robbed is heard first.
  const { own, id } = ranking.outOfScope;
  if (own >= SURE_OF_URGENCY && URGENT.has(id) && first.confidence < CERTAIN) return null;
  const needed = answersAre === 'clear' ? reader.calibration.answers.answer : BEYOND_DOUBT;
  if (first.confidence >= needed) return [{ question, answer: first.id }];
  if (answersAre !== 'clear' || none > reader.calibration.answers.ask || ranking.outOfScope.confidence > EVEN)
    return null;
  // What it is clearly about is answered rather than asked which answer it was.
  if (isClearlyElsewhere(reader, ranking, light)) return null;
  const possible = answers
    .filter(({ confidence }, place) => place < LEAST_OFFERED || confidence >= first.confidence / LEAST_SHARE)
    .slice(0, MOST_OFFERED);
  const covered = possible.reduce((sum, { confidence }) => sum + confidence, 0);
  if (possible.length < LEAST_OFFERED || covered < (1 - none) * MOSTLY) return null;
  return possible.map(({ id }) => ({ question, answer: id }));
}

/**
 * What was asked, answered before the message goes on to state something about another question in so many words. What
 * stands behind such a statement belongs to it ("menunya ada, belum isi").
 */
export function answerBeside(message: Message): readonly Statement[] {
  const { reader, learned, light, text } = message;
  const { question, answersAre = 'clear' } = light;
  if (question === null || answersAre !== 'clear' || message.asks) return [];
  if (message.reading.answers.some((one) => one.question === question)) return [];
  const part = partsOf(reader, text)[0]!.words;
  const turn = part.findIndex((word) => reader.lexicon.clauses.has(word));
  const words = (turn < 1 ? part : part.slice(0, turn)).join(' ');
  const said = read(reader, words, light).answers;
  if (said.length > 0) return said.length === 1 && said[0]!.question === question ? said : [];
  const [first] = rankOffered(message, question, wordsFor(learned, words)).answers;
  if (first !== undefined && first.confidence >= CERTAIN) return [{ question, answer: first.id }];
  const whole = likeliest(message, question, BEYOND_DOUBT);
  return whole === null ? [] : [{ question, answer: whole }];
}

/**
 * The one of several answers that phrases leave possible, where the whole message tells which ("sertifikat ada tapi
 * jadwal tidak ada" is no "nothing"). Few words tell no more than they say.
 */
export function settledByLearning(message: Message): string | null {
  const { question } = message.light;
  if (question === null || message.asks || message.words.length < LEAST_TELLING_WORDS) return null;
  return likeliest(message, question, BEYOND_DOUBT);
}

function likeliest(message: Message, question: string, least: number): string | null {
  const [first] = rankOffered(message, question, message.words).answers;
  return first !== undefined && first.confidence >= least ? first.id : null;
}

/** The one answer that parts of a message give; parts that ask give none, parts that contradict each other neither. */
function answerInParts(message: Message, question: string): string | null {
  const { reader, learned, light, text } = message;
  // A story about another step has parts that would answer anything.
  const isElsewhere = rankOffered(message, question, message.words).none > EVEN;
  const found = new Set<string>();
  for (const { words, asks } of partsOf(reader, text)) {
    if (asks || words.length > LONGEST_ANSWER_WORDS || contains(reader.lexicon.asking, words)) continue;
    const said = read(reader, words.join(' '), light).answers.filter((one) => one.question === question);
    const [first] = rankOffered(message, question, wordsFor(learned, words.join(' '))).answers;
    if (said.length === 1) found.add(said[0]!.answer);
    else if (!isElsewhere && first !== undefined && first.confidence >= CERTAIN) found.add(first.id);
  }
  return found.size === 1 ? [...found][0]! : null;
}

/** "Kenapa tombolnya tidak ada?" also says that there is none; "apa itu Sisnaker?" says nothing. */
function impliedByQuestion(message: Message, question: string): string | null {
  const { words, light, ranking, reading } = message;
  const isAbout = light.near.has(ranking.inScope[0]!.id);
  const defines = reading.words.split(' ').some((word) => DEFINES.has(word));
  if (!isAbout || defines || words.length > LONGEST_ANSWER_WORDS) return null;
  return likeliest(message, question, CERTAIN);
}

/** Who asks what something is tells nothing about it. */
const DEFINES: ReadonlySet<string> = new Set(['apa', 'maksud', 'beda', 'arti', 'what', 'mean', 'means']);

function rankOffered(
  { reader, learned, light }: Message,
  question: string,
  words: readonly string[],
): ReturnType<typeof rankAnswers> {
  const { answers, none } = rankAnswers(learned, question, words, reader.calibration.answers.temperature);
  return { answers: answers.filter(({ id }) => light.answers.includes(id)), none };
}

/** Clearly about another step, or an order, it is no answer, unless it is one beyond doubt. */
function isAboutSomethingElse(
  reader: Reader,
  ranking: TopicRanking,
  light: Light,
  { confidence }: Ranked,
): boolean {
  return confidence < BEYOND_DOUBT && isClearlyElsewhere(reader, ranking, light);
}

function isClearlyElsewhere({ calibration }: Reader, { inScope }: TopicRanking, { near }: Light): boolean {
  const best = inScope[0]!;
  if (best.confidence < calibration.topics.answer) return false;
  return !near.has(best.id) && !PLAIN.has(best.id) && best.id !== 'done';
}
