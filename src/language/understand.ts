import { type Learned, wordsFor } from './learning/learn.ts';
import { type Ranked, rankAnswers, rankTopics, type TopicRanking } from './learning/rank.ts';
import type { Calibration } from './learning/thresholds.ts';
import { type Reader, type Reading, type ReadingContext, read } from './reader.ts';
import { secondMatter } from './second-matter.ts';
import { contains } from './sequences.ts';
import type { Statement } from './statements.ts';

/** What a message is read in the light of. */
export type Light = ReadingContext & {
  /** Topics about what was just asked. */
  readonly near: ReadonlySet<string>;
};

/** What to do with a message: it is clear enough to act on, two or three things could be meant, or nothing was understood. */
export type Act = 'answer' | 'ask' | 'refuse';

export type Guess = {
  /** The likeliest topic or control, or `out-of-scope`. */
  readonly topic: string;
  /** When that is `out-of-scope`: the kind of it that is likeliest. */
  readonly about: string | null;
  readonly confidence: number;
  readonly act: Act;
  /** The three likeliest, `out-of-scope` among them. */
  readonly options: readonly string[];
  /** What may be meant, when it has to be asked. */
  readonly offered: readonly string[];
  /** Another matter in the same message. */
  readonly also: string | null;
};

export type Understood = {
  /** What the message says: from labels, numbers and phrases, and where these say nothing from what was learnt. */
  readonly reading: Reading;
  readonly guess: Guess;
};

export const OUT_OF_SCOPE = 'out-of-scope';

/** Orders that the contract of topics knows under one name. */
const CONTRACT: Readonly<Record<string, string>> = {
  'language-id': 'language',
  'language-en': 'language',
  'restart-other': 'restart',
  questions: 'menu',
};

/** Plain replies: what they mean depends on what was asked. */
const PLAIN: ReadonlySet<string> = new Set(['yes', 'no', 'unsure']);
const ASKS = /[?？؟]/u;

/** Reads one message: first what is certain, then what examples of many voices make likely. Deterministic. */
export function understand(reader: Reader, message: string, light: Light): Understood {
  const reading = read(reader, message, light);
  const learned = reader.learned();
  if (learned === null || reading.words === '') return { reading, guess: guessFrom(reading) };
  const words = wordsFor(learned, reading.words);
  // Pieces of words are only worth something beside words: "qwerty" resembles a little of everything.
  if (!words.some((word) => learned.mending.known.has(word))) return { reading, guess: guessFrom(reading) };
  const ranking = rankTopics(learned, words, light.near, reader.calibration.topics.temperature);
  const asks = ASKS.test(message) || contains(reader.lexicon.asking, reading.words.split(' '));
  return settle({ text: message, reader, learned, reading, words, ranking, light, asks });
}

type Message = {
  readonly text: string;
  readonly reader: Reader;
  readonly learned: Learned;
  readonly reading: Reading;
  readonly words: readonly string[];
  readonly ranking: TopicRanking;
  readonly light: Light;
  readonly asks: boolean;
};

/** What was learnt fills in where labels, numbers and phrases say nothing. */
function settle(message: Message): Understood {
  const { reading, ranking, reader } = message;
  const guess = guessOf(message);
  if (reading.control !== null || reading.numbers.length > 0) return { reading, guess };
  const learnt = reading.answers.length > 0 || reading.polarity !== null ? null : learntAnswers(message);
  if (learnt !== null) {
    const topic = learnt.length === 1 ? questionBeside(message) : null;
    return { reading: { ...reading, answers: learnt, topic }, guess };
  }
  if (reading.answers.length > 0) return { reading: { ...reading, topic: questionBeside(message) }, guess };
  const best = ranking.inScope[0]!;
  const isClear = guess.act === 'answer' && best.confidence >= reader.calibration.topics.answer;
  if (reading.polarity !== null) {
    // "Sudah saya lakukan" is more than a yes.
    const isMore = isClear && !PLAIN.has(best.id) && message.light.question === null;
    return isMore
      ? { reading: { ...reading, polarity: null, ...orderOf(message, best) }, guess }
      : { reading, guess };
  }
  if (!isClear) return { reading: { ...reading, topic: null }, guess };
  if (PLAIN.has(best.id)) {
    // Where nothing was asked there is nothing to say yes to.
    if (message.light.question === null && best.confidence < CERTAIN)
      return { reading: { ...reading, topic: null }, guess };
    return { reading: { ...reading, topic: null, polarity: best.id as Reading['polarity'] }, guess };
  }
  return { reading: { ...reading, ...orderOf(message, best) }, guess };
}

function orderOf({ reader }: Message, { id }: Ranked): Pick<Reading, 'control' | 'topic'> {
  return reader.controls.has(id) ? { control: id, topic: null } : { control: null, topic: id };
}

/**
 * What somebody answers who was just asked: one answer when it is clear, two when one of them is meant, null when the
 * message is about something else.
 */
function learntAnswers({ reader, learned, words, light, ranking }: Message): readonly Statement[] | null {
  const { question } = light;
  if (question === null) return null;
  const { temperature, answer, ask } = reader.calibration.answers;
  const { answers, none } = rankAnswers(learned, question, words, temperature);
  const offered = answers.filter(({ id }) => light.answers.includes(id));
  const [first] = offered;
  if (first === undefined || isAboutSomethingElse(reader.calibration, ranking, light, first.confidence))
    return null;
  if (first.confidence >= answer) return [{ question, answer: first.id }];
  if (none > ask || ranking.outOfScope.confidence > EVEN) return null;
  const possible = offered
    .filter(({ confidence }, place) => place < 2 || confidence >= first.confidence / LEAST_SHARE)
    .slice(0, MOST_OFFERED);
  const covered = possible.reduce((sum, { confidence }) => sum + confidence, 0);
  if (possible.length === 1 || covered < (1 - none) * MOSTLY) return null;
  return possible.map(({ id }) => ({ question, answer: id }));
}

/** The choices that are offered must hold so much of what is likely, or they would hide what was meant. */
const MOSTLY = 0.75;
/** As likely as not. */
const EVEN = 0.5;
/** Kinds of what is out of scope that come before any answer. */
const URGENT: ReadonlySet<string> = new Set(['distress', 'paid-help']);
/** An answer as sure as this is taken even where the message seems to be about something else. */
const CERTAIN = 0.95;

function isAboutSomethingElse(
  { topics }: Calibration,
  { inScope, outOfScope }: TopicRanking,
  { near }: Light,
  confidence: number,
): boolean {
  // Whoever is in despair or about to be robbed is heard first.
  if (outOfScope.confidence > EVEN && URGENT.has(outOfScope.id)) return true;
  if (confidence >= CERTAIN) return false;
  const best = inScope[0]!;
  if (best.confidence >= topics.answer)
    return !near.has(best.id) && !PLAIN.has(best.id) && best.id !== 'done';
  return outOfScope.confidence >= CERTAIN;
}

/** A question in the message that answers what was asked. */
function questionBeside({ reader, ranking, asks }: Message): string | null {
  const best = ranking.inScope[0]!;
  if (!asks || best.confidence < reader.calibration.topics.answer) return null;
  return reader.controls.has(best.id) || PLAIN.has(best.id) ? null : best.id;
}

function guessOf(message: Message): Guess {
  const { reader, ranking } = message;
  const { inScope, outOfScope } = ranking;
  const { answer, ask } = reader.calibration.topics;
  const said = saidOutright(message);
  const all = [...inScope.slice(0, 3), { id: OUT_OF_SCOPE, confidence: outOfScope.confidence }].toSorted(
    (a, b) => b.confidence - a.confidence,
  );
  const options = [...new Set([...(said === null ? [] : [said]), ...all.map(({ id }) => id)])].slice(0, 3);
  const topic = options[0]!;
  const confidence = said === null ? all[0]!.confidence : Math.max(CERTAIN, confidenceOf(all, said));
  const about = topic === OUT_OF_SCOPE ? outOfScope.id : null;
  const also = topic === OUT_OF_SCOPE ? null : secondMatter(reader, message.learned, message.text, topic);
  const base = { topic, about, confidence, options, also };
  if (said !== null) return { ...base, act: 'answer', offered: [] };
  const best = inScope[0]!;
  if (best.confidence >= answer) return { ...base, act: 'answer', offered: [] };
  if (best.confidence < ask) return { ...base, act: 'refuse', offered: [] };
  const offered = inScope
    .filter(({ confidence: own }) => own >= best.confidence / LEAST_SHARE)
    .slice(0, MOST_OFFERED);
  return { ...base, act: 'ask', offered: offered.map(({ id }) => id) };
}

/** Offered is what is at least a sixth as likely as the likeliest, three of them at most. */
const LEAST_SHARE = 6;
const MOST_OFFERED = 3;

/** A command, a label or a phrase that is a control; a plain reply in so many words. */
function saidOutright({ reader, reading, ranking }: Message): string | null {
  if (reading.control !== null) return CONTRACT[reading.control] ?? reading.control;
  const { polarity } = reading;
  const best = ranking.inScope[0]!;
  const isMore = best.confidence >= reader.calibration.topics.answer && !PLAIN.has(best.id);
  return polarity === null || polarity === 'mixed' || isMore ? null : polarity;
}

function confidenceOf(ranked: readonly Ranked[], id: string): number {
  return ranked.find((one) => one.id === id)?.confidence ?? 0;
}

/** What is left when nothing could be read. */
const LAST_RESORTS = ['help', 'menu'];

/** Without examples only what was said outright is known. */
function guessFrom({ control, topic, polarity }: Reading): Guess {
  const known = control ?? topic ?? (polarity === 'mixed' ? null : polarity);
  const options = [...(known === null ? [] : [known]), OUT_OF_SCOPE, ...LAST_RESORTS].slice(0, 3);
  const act = known === null ? 'refuse' : 'answer';
  return {
    topic: options[0]!,
    about: null,
    confidence: known === null ? 0 : 1,
    act,
    options,
    offered: [],
    also: null,
  };
}
