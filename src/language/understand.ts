import { ideasIn } from './learning/ideas.ts';
import { type Learned, wordsFor } from './learning/learn.ts';
import { type Ranked, rankTopics, type TopicRanking } from './learning/rank.ts';
import { answerBeside, learntAnswers, settledByLearning } from './learnt-answers.ts';
import { partsOf } from './parts.ts';
import { coreOf } from './phrases.ts';
import { PLAIN } from './plain.ts';
import { isOnlyAgreement } from './polarity.ts';
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
  /** Despair or a fraud under way, in so many words: before anything else. */
  readonly isUrgent: boolean;
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
  // A command was pressed or typed as one: there is nothing to guess.
  if (reading.control !== null && message.startsWith('/')) return { reading, guess: guessFrom(reading) };
  const urgent = urgentMatter(reader, reading.words);
  if (urgent !== null) return { reading, guess: urgentGuess(urgent) };
  const learned = reader.learned();
  if (learned === null || reading.words === '') return { reading, guess: guessFrom(reading) };
  const words = wordsFor(learned, reading.words);
  // Pieces of words are only worth something beside words: "qwerty" resembles a little of everything.
  const known = words.filter((word) => learned.mending.known.has(word));
  if (known.length * 2 < words.length) return { reading, guess: guessFrom(reading) };
  // "Yang" or "dari" alone says nothing.
  const isSilent = coreOf(reader.lexicon, words).length === 0 && words.length === 1;
  if (isSilent && reading.control === null && reading.polarity === null)
    return { reading, guess: guessFrom(reading) };
  const isAgreement =
    light.question !== null &&
    reading.control === null &&
    isOnlyAgreement(reader.lexicon, reading.words.split(' '));
  if (isAgreement) return { reading, guess: guessFrom(reading) };
  const ranking = rankTopics(learned, words, light.near, reader.calibration.topics.temperature);
  const asks = ASKS.test(message) || asksInWords(reader, reading.words.split(' '));
  return settle({ text: message, reader, learned, reading, words, ranking, light, asks });
}

/** "Lupa kapan" asks nothing. */
function asksInWords({ lexicon }: Reader, words: readonly string[]): boolean {
  if (!contains(lexicon.asking, words) || contains(lexicon.unsure, words)) return false;
  return !ideasIn(lexicon.ideas, words).some((ideas) => ideas.includes(NOT_KNOWN));
}

/** The idea of flows/lexicon.yaml that somebody does not know. */
const NOT_KNOWN = 'dont-know';

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
  const { reading, ranking } = message;
  const guess = guessOf(message);
  if (reading.control !== null || reading.numbers.length > 0) return { reading, guess };
  const learnt = reading.answers.length > 0 || reading.polarity !== null ? null : learntAnswers(message);
  if (learnt !== null) {
    const topic = learnt.length === 1 ? questionBeside(message) : null;
    return { reading: { ...reading, answers: learnt, topic }, guess };
  }
  const isVagueElsewhere =
    guess.act === 'answer' &&
    reading.answers.length > 1 &&
    reading.answers.every(({ question }) => question !== message.light.question) &&
    reading.answers.every(({ question }) => question === reading.answers[0]!.question);
  // Which of two things somebody said about a question that nobody asked does not matter beside a clear question.
  if (reading.answers.length > 0 && !isVagueElsewhere) {
    const answers = settledHere(message) ?? [...answerBeside(message), ...reading.answers];
    return { reading: { ...reading, answers, topic: questionBeside(message) }, guess };
  }
  const best = ranking.inScope[0]!;
  const isClear = guess.act === 'answer';
  if (reading.polarity !== null) {
    // "Sudah saya lakukan" is more than a yes; "tidak usah" is no more than a no.
    const isMore =
      isClear &&
      !PLAIN.has(best.id) &&
      message.light.question === null &&
      !isOnlyAgreement(message.reader.lexicon, reading.words.split(' '));
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
  return { reading: { ...reading, answers: [], ...orderOf(message, best) }, guess };
}

/** What phrases leave open about the pending question, where learning tells which; null when there is nothing to settle. */
function settledHere(message: Message): Reading['answers'] | null {
  const { reading, light } = message;
  const { question } = light;
  const open = reading.answers.filter((one) => one.question === question);
  const answer = open.length > 1 ? settledByLearning(message) : null;
  if (answer === null || question === null) return null;
  return [{ question, answer }, ...reading.answers.filter((one) => one.question !== question)];
}

function orderOf({ reader }: Message, { id }: Ranked): Pick<Reading, 'control' | 'topic'> {
  return reader.controls.has(id) ? { control: id, topic: null } : { control: null, topic: id };
}

/** A question in a message that answers what was asked: in the part that asks, where there are several. */
function questionBeside(message: Message): string | null {
  const { reader, learned, text, ranking, asks, light } = message;
  if (!asks) return null;
  const { temperature, answer } = reader.calibration.topics;
  const inParts = partsOf(reader, text)
    .filter((part) => part.asks || asksInWords(reader, part.words))
    .map(({ words }) => rankTopics(learned, wordsFor(learned, words.join(' ')), light.near, temperature))
    .map(({ inScope }) => inScope[0]!)
    .toSorted((a, b) => b.confidence - a.confidence);
  const best = [...inParts.slice(0, 1), ranking.inScope[0]!].find(({ confidence }) => confidence >= answer);
  return best === undefined || reader.controls.has(best.id) || PLAIN.has(best.id) ? null : best.id;
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
  const base = { topic, about, confidence, options, also, isUrgent: false };
  if (said !== null || reading.control !== null) return { ...base, act: 'answer', offered: [] };
  const best = inScope[0]!;
  // Words of other programmes: it may well be about one of those.
  const isForeign =
    !reader.controls.has(best.id) && contains(reader.lexicon.foreign, reading.words.split(' '));
  const needed = HARMLESS.has(best.id) ? EVEN : answer;
  // Two matters share what is sure.
  const sure = best.confidence + (also === null ? 0 : confidenceOf(inScope, also));
  if (sure >= needed && !isForeign) return { ...base, act: 'answer', offered: [] };
  const isOutOfScope = topic === OUT_OF_SCOPE && confidence >= EVEN;
  if (isOutOfScope || best.confidence < ask || NEVER_OFFERED.has(best.id))
    return { ...base, act: 'refuse', offered: [] };
  const offered = inScope
    .filter(({ id }) => !NEVER_OFFERED.has(id))
    .filter(({ confidence: own }) => own >= best.confidence / LEAST_SHARE)
    .slice(0, MOST_OFFERED);
  return { ...base, act: offered.length === 0 ? 'refuse' : 'ask', offered: offered.map(({ id }) => id) };
}

/** As likely as not. */
const EVEN = 0.5;
/** Greeting somebody back, or taking a thank-you that was none, does nobody harm. */
const HARMLESS: ReadonlySet<string> = new Set(['greeting', 'thanks']);
/** Nobody is asked whether they meant to greet. */
const NEVER_OFFERED: ReadonlySet<string> = new Set(['greeting', 'thanks', ...PLAIN]);
/** Less, and it is out of scope in one of several ways. */
const SURE_OF_KIND = 0.5;
/** Offered is what is at least a thirtieth as likely as the likeliest: a second choice makes it easy to say no to the first. */
const LEAST_SHARE = 30;
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
    isUrgent: false,
  };
}

/** The matter that a phrase of it names in so many words, null when none does. */
function urgentMatter({ matters }: Reader, words: string): string | null {
  const said = words.split(' ');
  return matters.find(({ sequences }) => contains(sequences, said))?.matter ?? null;
}

function urgentGuess(matter: string): Guess {
  const options = [OUT_OF_SCOPE, ...LAST_RESORTS];
  return {
    topic: OUT_OF_SCOPE,
    about: matter,
    confidence: 1,
    act: 'refuse',
    options,
    offered: [],
    also: null,
    isUrgent: true,
  };
}
