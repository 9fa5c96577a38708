import { type Answered, answerLines, type Examples, NO_ANSWER, topicLines } from './examples.ts';
import { buildVocabulary, type Vocabulary } from './features.ts';
import { type Ideas, NO_IDEAS } from './ideas.ts';
import { buildMending, type Mending, mend } from './mending.ts';
import { type Sample, type Softmax, train, trainTogether } from './softmax.ts';

/** What was learnt from the example sentences of flows/examples. */
export type Learned = {
  readonly mending: Mending;
  readonly vocabulary: Vocabulary;
  /** What a message is about: topics, controls, and kinds of what is out of scope. */
  readonly topics: Softmax;
  /** Question → what somebody answers who was just asked it; `NO_ANSWER` for whatever is none. */
  readonly answers: ReadonlyMap<string, Softmax>;
};

/** A feature that stands in one sentence only is a way of its writer's, not of people. */
const LEAST_TEXTS = 2;
/** More rounds gained nothing on voices that were kept out, and each takes a sixth of a second. */
const TOPIC_TRAINING = { epochs: 3, rate: 0.5 };
const ANSWER_TRAINING = { epochs: 4, rate: 0.5 };
/** Of what is no answer, every so many sentences: few enough to learn quickly. Each question learns from others of them. */
const NO_ANSWER_EVERY = 24;

type Prepared = { readonly label: string; readonly words: readonly string[] };

/** How the reader spells. */
export type Spelling = {
  /** Informal word → standard words. */
  readonly forms: ReadonlyMap<string, readonly string[]>;
  /** Brings a sentence to standard spelling, as the reader does with a message. */
  readonly normal: (text: string) => string;
  /** Default: none. */
  readonly ideas?: Ideas;
};

/** What is known of a question beside what is answered to it. */
export type Asked = {
  /** The answer that a plain yes, no or "tidak tahu" stands for, where it stands for one. */
  readonly plain: Readonly<Partial<Record<'yes' | 'no' | 'unsure', string>>>;
  /** Topics about the same steps: asking about one of them often tells the answer as well. */
  readonly near: ReadonlySet<string>;
};

/**
 * Deterministic; takes well under a second for some ten thousand sentences.
 *
 * @returns null when there are no examples
 */
export function learn(
  examples: Examples,
  { forms, normal, ideas = NO_IDEAS }: Spelling,
  questions: ReadonlyMap<string, Asked> = new Map(),
): Learned | null {
  const topics = prepare(topicLines(examples), normal);
  if (topics.length === 0) return null;
  const answers = answerLines(examples).map(({ question, lines }) => ({
    question,
    lines: prepare(lines, normal),
  }));
  const all = [...topics, ...answers.flatMap(({ lines }) => lines)];
  const mending = buildMending(
    all.map(({ words }) => words),
    forms,
    [...ideas.of.keys()].flatMap((text) => text.split(' ')),
  );
  const { vocabulary, vectors } = buildVocabulary(
    all.map(({ words }) => words),
    LEAST_TEXTS,
    ideas,
  );
  const vectorOf = new Map(all.map((one, index) => [one, vectors[index]!]));
  const sampleOf = (one: Prepared, label = one.label): Sample => ({ label, vector: vectorOf.get(one)! });
  const noAnswers = topics.filter(({ label }) => !PLAIN.has(label));
  const notKnown = topics.filter(({ label }) => label === 'unsure');
  const tasks = answers.map(({ question, lines }, place) => {
    const { plain, near } = questions.get(question) ?? UNKNOWN;
    const { unsure, yes, no } = plain;
    const nothing = noAnswers
      .filter((_, index) => index % NO_ANSWER_EVERY === place % NO_ANSWER_EVERY)
      .filter(({ label }) => !near.has(label))
      .map((one) => sampleOf(one, NO_ANSWER));
    const unsaid = unsure === undefined ? [] : notKnown.map((one) => sampleOf(one, unsure));
    const shared = Object.entries({ unsure, yes, no, nothing: NO_ANSWER }).flatMap(([name, answer]) =>
      answer === undefined ? [] : [[answer, name] as const],
    );
    return {
      samples: [...lines.map((one) => sampleOf(one)), ...nothing, ...unsaid],
      shared: new Map(shared),
    };
  });
  const size = vocabulary.ids.size;
  const trained = trainTogether(tasks, size, ANSWER_TRAINING);
  return {
    mending,
    vocabulary,
    topics: train(
      topics.map((one) => sampleOf(one)),
      size,
      TOPIC_TRAINING,
    ),
    answers: new Map(answers.map(({ question }, place) => [question, trained[place]!])),
  };
}

const UNKNOWN: Asked = { plain: {}, near: new Set() };
/** Whole replies to a question, whichever it is. */
const PLAIN: ReadonlySet<string> = new Set(['yes', 'no', 'unsure', 'done']);

/** The words of a message as what was learnt knows them. */
export function wordsFor(learned: Learned, normal: string): readonly string[] {
  return normal === '' ? [] : normal.split(' ').flatMap((word) => mend(learned.mending, word));
}

/** The same sentence twice teaches nothing new. */
function prepare(lines: readonly Answered[], normalOf: (text: string) => string): Prepared[] {
  const prepared = new Map<string, Prepared>();
  for (const { label, text } of lines) {
    const normal = normalOf(text);
    const key = `${label} ${normal}`;
    if (normal === '' || prepared.has(key)) continue;
    prepared.set(key, { label, words: normal.split(' ') });
  }
  return [...prepared.values()];
}
