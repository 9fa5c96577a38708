import { clean, MOST_CHARACTERS } from './clean.ts';
import { expand } from './expand.ts';
import { readLabel, readLabelPrefix } from './labels.ts';
import type { Learned } from './learning/learn.ts';
import { type Calibration, UNFITTED } from './learning/thresholds.ts';
import { buildLexicon, type Lexicon, type LexiconData } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { type BareNumbers, readNumbers } from './numbers.ts';
import { readControl, readTopic } from './orders.ts';
import { buildPhrases, type LabelData, type Meanings, type PhraseData } from './phrases.ts';
import { type Polarity, readPolarity } from './polarity.ts';
import { buildSequences, type Sequences } from './sequences.ts';
import { readStatements, type Statement } from './statements.ts';

/** Everything the reader is made from, as plain data: flows/lexicon.yaml, flows/phrases.yaml and the labels in id/ and en/. */
export type ReaderData = {
  readonly lexicon: LexiconData;
  readonly phrases: PhraseData;
  readonly labels: LabelData;
  /** What was learnt from the examples, asked for when it is first needed. Default: nothing. */
  readonly learned?: () => Learned | null;
  readonly calibration?: Calibration;
};

/** What the reader knows; built once from the data. */
export type Reader = {
  readonly lexicon: Lexicon;
  /** Normalised phrase → the answers it states wherever it is said. */
  readonly phrases: Meanings;
  readonly sequences: Sequences;
  /** Normalised phrase → the topic that a message with it is about. */
  readonly topics: Meanings;
  readonly topicSequences: Sequences;
  /** Normalised whole message → what it stands for. */
  readonly whole: Meanings;
  /** Pending question → whole messages that answer it, and the labels of its answers. */
  readonly here: ReadonlyMap<string, Meanings>;
  readonly labels: ReadonlyMap<string, Meanings>;
  /** Question → the answer of another question that comes with any answer to it. */
  readonly opens: ReadonlyMap<string, Statement>;
  readonly commands: ReadonlyMap<string, string>;
  readonly controls: ReadonlySet<string>;
  /** Matters that come before anything else, with their phrases. */
  readonly matters: readonly { readonly matter: string; readonly sequences: Sequences }[];
  /** Learns when first called, which takes most of a second. Null when there are no examples. */
  readonly learned: () => Learned | null;
  readonly calibration: Calibration;
};

/** What a text is read in the light of: the pending question, null when none is, and its answer ids in menu order. */
export type ReadingContext = { readonly question: string | null; readonly answers: readonly string[] };

/** What one message says, before anybody decides what to make of it. */
export type Reading = {
  /** The message as the reader sees it; '' when nothing readable is left. */
  readonly words: string;
  /** Bare menu numbers, in order: "2", "no 2", "yang kedua" → [2]; "1 dan 3" → [1, 3]; empty when it is not a bare number. */
  readonly numbers: readonly number[];
  /**
   * What the message says taken as an answer: plain yes, plain no, "tidak tahu" (also "belum tahu", never a yes), or
   * `mixed` for two that exclude each other; null when it is more than such an answer.
   */
  readonly polarity: Polarity | null;
  /**
   * Answers it states by label or phrase, those of the pending question first. Several of the pending question: it
   * left open which, or said two things. Of other questions only what is certain.
   */
  readonly answers: readonly Statement[];
  readonly control: string | null;
  /** Null as well when the message answers the pending question. */
  readonly topic: string | null;
};

const COMMAND = /^\s*\/([a-z_]+)(?:@\w+)?(?:\s|$)/i;
const ASKS = /[?？؟]/u;
const HIDDEN = /\[(?:nomor|kode|sandi|email|nama)\]/i;
const NO_NUMBERS: BareNumbers = { numbers: [], spelt: false };

export function buildReader(data: ReaderData): Reader {
  const lexicon = buildLexicon(data.lexicon, vocabularyOf(data));
  const { anywhere, ...phrases } = buildPhrases(lexicon, data.phrases, data.labels);
  const opens = new Map(Object.entries(data.phrases.opens));
  const commands = new Map(Object.entries(data.phrases.commands));
  const controls = new Set(Object.keys(data.phrases.controls));
  const matters = Object.entries(data.phrases.matters).map(([matter, lines]) => ({
    matter,
    sequences: buildSequences(lines.flatMap(expand).map((line) => normalise(lexicon, line))),
  }));
  let learned: Learned | null | undefined;
  return {
    lexicon,
    phrases: anywhere,
    ...phrases,
    opens,
    commands,
    controls,
    matters,
    learned: () => {
      learned ??= data.learned?.() ?? null;
      return learned;
    },
    calibration: data.calibration ?? UNFITTED,
  };
}

/** Words of phrases and labels are spelt right: elongation and endings are mended towards them. */
function vocabularyOf({ phrases, labels }: ReaderData): string[] {
  const byAnswer = [phrases.answers, phrases.here, labels.answers].flatMap((data) =>
    Object.values(data).flatMap((answers) => Object.values(answers)),
  );
  const lists = [phrases.controls, phrases.topics, labels.controls, labels.topics].flatMap((data) =>
    Object.values(data),
  );
  return [...byAnswer, ...lists].flat();
}

/** Deterministic; in doubt it says nothing. */
export function read(reader: Reader, message: string, context: ReadingContext): Reading {
  const text = message.slice(0, MOST_CHARACTERS);
  const nothing: Reading = {
    words: '',
    numbers: [],
    polarity: null,
    answers: [],
    control: null,
    topic: null,
  };
  const normal = normalise(reader.lexicon, text);
  if (normal === '') return nothing;
  const command = reader.commands.get(COMMAND.exec(text)?.[1]?.toLowerCase() ?? '');
  if (command !== undefined) return { ...nothing, words: normal, control: command };

  const words = normal.split(' ');
  const pending = context.question;
  const asks = ASKS.test(text);
  const isAboutPending = ({ question }: Statement): boolean => question === pending;

  // Where something secret stood the message was about that, whatever is left of it.
  const hides = HIDDEN.test(text);
  const bare = hides ? NO_NUMBERS : readNumbers(reader.lexicon, words, text);
  const plain = hides
    ? null
    : readPolarity(reader.lexicon, words, { asks, questionPending: pending !== null });

  const labelled = asks ? [] : readLabel(reader, normal, words, pending);
  const stated = labelled.length > 0 ? labelled : readStatements(reader, text, words, pending);
  const answers = withCount(stated, bare, context);
  const answered = answers.some(isAboutPending);
  const control = answered ? null : readControl(reader, normal, words);
  // "Oke, terima kasih" ends a talk; it accepts nothing.
  const polarity = control === null || control === 'done' ? plain : null;
  const taken = answered || control !== null || polarity !== null || bare.numbers.length > 0;
  const topic = taken ? null : readTopic(reader, words);
  const prefixed =
    taken || hides || asks || topic !== null || answers.length > 0
      ? []
      : readLabelPrefix(reader, [normal, clean(text)], pending);
  const certain = [...answers, ...prefixed];
  const isSilent = certain.length === 0 && !taken && topic === null;
  return {
    words: normal,
    numbers: bare.spelt && answered ? [] : bare.numbers,
    polarity,
    // Said about a question nobody asks just now, and nothing else: worth asking which was meant.
    answers: isSilent ? readStatements(reader, text, words, pending, true) : certain,
    control,
    topic,
  };
}

/** "Dua" is the second choice, or how many there are: then both are possible. */
function withCount(
  stated: readonly Statement[],
  bare: BareNumbers,
  { question, answers }: ReadingContext,
): Statement[] {
  const counted = stated.some((statement) => statement.question === question);
  if (!bare.spelt || !counted || question === null) return [...stated];
  const chosen = bare.numbers.flatMap((number) => answers[number - 1] ?? []);
  const others = chosen.filter((answer) => stated.every((statement) => statement.answer !== answer));
  return [...stated, ...others.map((answer) => ({ question, answer }))];
}
