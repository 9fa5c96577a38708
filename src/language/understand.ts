import { type Learned, wordsFor } from './learning/learn.ts';
import { type Ranked, rankTopics, type TopicRanking } from './learning/rank.ts';
import { learntAnswers } from './learnt-answers.ts';
import { PLAIN } from './plain.ts';
import { type Reader, type Reading, type ReadingContext, read } from './reader.ts';
import { secondMatter } from './second-matter.ts';
import { contains } from './sequences.ts';

/** What a message is read in the light of. */
export type Light = ReadingContext & {
  /** Topics about what was just asked. */
  readonly near: ReadonlySet<string>;
  /**
   * How clear an answer to the question must be that no phrase states: `clear` when it was just asked (the default),
   * `certain` when it is only what the talk is about, `never` while nobody can have seen it.
   */
  readonly answersAre?: 'clear' | 'certain' | 'never';
};

/** What to do with a message: it is clear enough to act on, two or three things could be meant, or nothing was understood. */
export type Act = 'answer' | 'ask' | 'refuse';

export type Guess = {
  /** The likeliest topic or control, or `out-of-scope`. */
  readonly topic: string;
  /** When that is `out-of-scope`: the kind of it, if one is clear. */
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

/** Said in so many words. */
const CERTAIN = 0.95;
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

/** A message while it is being understood. */
export type Message = {
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

/** A question in the message that answers what was asked. */
function questionBeside({ reader, ranking, asks }: Message): string | null {
  const best = ranking.inScope[0]!;
  if (!asks || best.confidence < reader.calibration.topics.answer) return null;
  return reader.controls.has(best.id) || PLAIN.has(best.id) ? null : best.id;
}

function guessOf(message: Message): Guess {
  const { reader, reading, ranking } = message;
  const { inScope, outOfScope } = ranking;
  const { answer, ask } = reader.calibration.topics;
  const said = saidOutright(message);
  const all = [...inScope.slice(0, 3), { id: OUT_OF_SCOPE, confidence: outOfScope.confidence }].toSorted(
    (a, b) => b.confidence - a.confidence,
  );
  const options = [...new Set([...(said === null ? [] : [said]), ...all.map(({ id }) => id)])].slice(0, 3);
  const topic = options[0]!;
  const confidence = said === null ? all[0]!.confidence : Math.max(CERTAIN, confidenceOf(all, said));
  const about = topic === OUT_OF_SCOPE && outOfScope.own >= SURE_OF_KIND ? outOfScope.id : null;
  const also = topic === OUT_OF_SCOPE ? null : secondMatter(reader, message.learned, message.text, topic);
  const base = { topic, about, confidence, options, also };
  if (said !== null || reading.control !== null) return { ...base, act: 'answer', offered: [] };
  const best = inScope[0]!;
  if (best.confidence >= answer) return { ...base, act: 'answer', offered: [] };
  if (best.confidence < ask) return { ...base, act: 'refuse', offered: [] };
  const offered = inScope
    .filter(({ confidence: own }) => own >= best.confidence / LEAST_SHARE)
    .slice(0, MOST_OFFERED);
  return { ...base, act: 'ask', offered: offered.map(({ id }) => id) };
}

/** Less, and it is out of scope in one of several ways. */
const SURE_OF_KIND = 0.5;
/** Offered is what is at least a sixth as likely as the likeliest, three of them at most. */
const LEAST_SHARE = 6;
const MOST_OFFERED = 3;

/** A command, a label or a phrase that is a control; a plain reply in so many words. */
function saidOutright({ reader, learned, reading, ranking }: Message): string | null {
  const { control, polarity } = reading;
  if (control !== null) {
    // An order of the program that no example knows is told by what it resembles.
    const known = CONTRACT[control] ?? control;
    return learned.topics.labels.includes(known) ? known : null;
  }
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
