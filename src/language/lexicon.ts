import { buildIdeas, type Ideas } from './learning/ideas.ts';
import { normalise } from './normalise.ts';
import { buildSequences, type Sequences, without } from './sequences.ts';
import { buildSpelling, type Spelling } from './spelling.ts';

/** flows/lexicon.yaml as plain data: how participants spell, and which words carry a plain answer or nothing at all. */
export type LexiconData = {
  /** Standard word (or words) → informal forms. */
  readonly forms: Readonly<Record<string, readonly string[]>>;
  /** Emoji that mean something → the word they stand for. */
  readonly emoji: Readonly<Record<string, string>>;
  /** Whole messages that are a plain answer. */
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly unsure: readonly string[];
  /** Consent and refusal: a yes or no to an offer, never to a question about facts. */
  readonly agree: readonly string[];
  readonly refuse: readonly string[];
  /** What looks like a plain answer and is none. */
  readonly neither: readonly string[];
  /** Vocatives and particles that carry nothing. */
  readonly fillers: readonly string[];
  /** Greetings and thanks around a message. */
  readonly courtesies: readonly string[];
  readonly hedges: readonly string[];
  /** Small words that phrases are compared without. */
  readonly glue: readonly string[];
  /** Words that put two answers side by side. */
  readonly connectors: readonly string[];
  /** Words that may follow "tidak tahu". */
  readonly afterUnsure: readonly string[];
  readonly negations: readonly string[];
  /** Words at which a new statement begins. */
  readonly clauses: readonly string[];
  /** Words that make a statement a wish, a condition, a question or hearsay. */
  readonly doubts: readonly string[];
  /** Words with which something is asked. */
  readonly asking: readonly string[];
  /** Words of other programmes: what is said is not about this one. */
  readonly foreign: readonly string[];
  /** Idea → words of many tongues that come to it. Optional: without them less is understood. */
  readonly ideas?: Readonly<Record<string, readonly string[]>>;
  readonly numbers: {
    /** "2" → the words for it. */
    readonly words: Readonly<Record<string, readonly string[]>>;
    /** Words that introduce a menu number. */
    readonly before: readonly string[];
    /** Words that join two menu numbers. */
    readonly between: readonly string[];
  };
};

export type Lexicon = {
  readonly spelling: Spelling;
  readonly yes: Sequences;
  readonly no: Sequences;
  readonly unsure: Sequences;
  readonly agree: Sequences;
  readonly refuse: Sequences;
  readonly neither: Sequences;
  readonly fillers: Sequences;
  readonly courtesies: Sequences;
  readonly hedges: Sequences;
  /** Everything that phrases are compared without: courtesies, fillers, hedges and glue. */
  readonly unstressed: Sequences;
  readonly connectors: Sequences;
  readonly afterUnsure: Sequences;
  readonly negations: ReadonlySet<string>;
  readonly clauses: ReadonlySet<string>;
  readonly doubts: Sequences;
  readonly asking: Sequences;
  readonly foreign: Sequences;
  readonly ideas: Ideas;
  readonly numbers: {
    readonly words: ReadonlyMap<string, number>;
    readonly before: ReadonlySet<string>;
    readonly between: ReadonlySet<string>;
  };
};

/** @param vocabulary further texts whose words are spelt right already (phrases and labels) */
export function buildLexicon(data: LexiconData, vocabulary: readonly string[] = []): Lexicon {
  const spelling = buildSpelling(data, [...ownTexts(data), ...vocabulary]);
  const clean = (texts: readonly string[]): string[] => texts.map((text) => normalise({ spelling }, text));
  const sequences = (texts: readonly string[]): Sequences => buildSequences(clean(texts));
  const fillers = sequences(data.fillers);
  // Messages are compared with these once their fillers are gone; "ya" is both and stays.
  const plain = (texts: readonly string[]): Sequences =>
    buildSequences(clean(texts).map((text) => without(fillers, text.split(' ')).join(' ') || text));
  const words = (texts: readonly string[]): ReadonlySet<string> => new Set(clean(texts));
  const numberWords = Object.entries(data.numbers.words).flatMap(([digits, texts]) =>
    clean(texts).map((text): [string, number] => [text, Number(digits)]),
  );
  return {
    spelling,
    yes: plain(data.yes),
    no: plain(data.no),
    unsure: plain(data.unsure),
    agree: plain(data.agree),
    refuse: plain(data.refuse),
    neither: sequences(data.neither),
    fillers,
    courtesies: sequences(data.courtesies),
    hedges: plain(data.hedges),
    unstressed: sequences([...data.courtesies, ...data.fillers, ...data.hedges, ...data.glue]),
    connectors: sequences(data.connectors),
    afterUnsure: sequences(data.afterUnsure),
    negations: words(data.negations),
    clauses: words(data.clauses),
    doubts: sequences(data.doubts),
    asking: sequences(data.asking),
    foreign: sequences(data.foreign),
    ideas: buildIdeas(
      Object.fromEntries(Object.entries(data.ideas ?? {}).map(([idea, texts]) => [idea, clean(texts)])),
    ),
    numbers: {
      words: new Map(numberWords),
      before: words(data.numbers.before),
      between: words(data.numbers.between),
    },
  };
}

function ownTexts(data: LexiconData): string[] {
  // Words of ideas are compared as they are: many are of tongues whose spelling nothing here knows.
  const { forms: _forms, emoji: _emoji, ideas: _ideas, numbers, ...lists } = data;
  return [...Object.values(lists), ...Object.values(numbers.words), numbers.before, numbers.between].flat();
}
