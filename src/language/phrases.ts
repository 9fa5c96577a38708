import { clean } from './clean.ts';
import { expand } from './expand.ts';
import type { Lexicon } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { buildSequences, type Sequences, without } from './sequences.ts';

/** flows/phrases.yaml as plain data. Each line is a pattern (see expand.ts); `= …` counts as a whole message or line only. */
export type PhraseData = {
  /** question → answer → phrases that state it at any time. */
  readonly answers: ByAnswer;
  /** question → answer → whole messages that state it while that question is pending. */
  readonly here: ByAnswer;
  /** question → the pending question it belongs to, and the answer of that one which it implies. */
  readonly opens: Readonly<Record<string, { readonly question: string; readonly answer: string }>>;
  /** control → whole messages. */
  readonly controls: Readonly<Record<string, readonly string[]>>;
  /** "/start" without its slash → control. */
  readonly commands: Readonly<Record<string, string>>;
  /** topic → phrases that make a message certainly about it. */
  readonly topics: Readonly<Record<string, readonly string[]>>;
  /** matter → phrases that come before anything else a message says. */
  readonly matters: Readonly<Record<string, readonly string[]>>;
};

/** The words on buttons, in both languages: question → answer → labels, control → labels, topic → labels. */
export type LabelData = {
  readonly answers: ByAnswer;
  readonly controls: Readonly<Record<string, readonly string[]>>;
  readonly topics: Readonly<Record<string, readonly string[]>>;
};

type ByAnswer = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export type Meaning =
  | { readonly kind: 'answer'; readonly question: string; readonly answer: string }
  | { readonly kind: 'control'; readonly control: string }
  | { readonly kind: 'topic'; readonly topic: string };

/** Normalised words → what they may mean. */
export type Meanings = ReadonlyMap<string, readonly Meaning[]>;

export type Phrases = {
  /** Answers in phrases of two words or more, which count inside a longer message. */
  readonly anywhere: Meanings;
  readonly sequences: Sequences;
  /** Topics in phrases that count inside a longer message. */
  readonly topics: Meanings;
  readonly topicSequences: Sequences;
  /** What counts only when it is the whole message or a whole line of it. */
  readonly whole: Meanings;
  /** Pending question → whole messages that answer it. */
  readonly here: ReadonlyMap<string, Meanings>;
  /** Pending question → its labels. */
  readonly labels: ReadonlyMap<string, Meanings>;
};

const WHOLE_ONLY = /^=\s*/;

/** The words a phrase is compared by: nothing polite, no particle, no "di" or "yang". */
export function coreOf(lexicon: Lexicon, words: readonly string[]): readonly string[] {
  return without(lexicon.unstressed, words);
}

export function wordsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

export function buildPhrases(lexicon: Lexicon, data: PhraseData, labels: LabelData): Phrases {
  const anywhere = new Collected();
  const topics = new Collected();
  const whole = new Collected();
  const normal = (text: string): string => normalise(lexicon, text);
  const core = (text: string): string => coreOf(lexicon, wordsOf(normal(text))).join(' ');

  /** A single word says too little to count inside a longer message. */
  const collect = (line: string, meaning: Meaning, inside: Collected): void => {
    for (const text of expand(line.replace(WHOLE_ONLY, '')).map(core)) {
      const counts = WHOLE_ONLY.test(line) || !text.includes(' ') ? whole : inside;
      counts.add(text, meaning);
    }
  };
  for (const [meaning, line] of answersOf(data.answers)) collect(line, meaning, anywhere);
  for (const [topic, lines] of Object.entries(data.topics)) {
    for (const line of lines) collect(line, { kind: 'topic', topic }, topics);
  }
  for (const [topic, texts] of Object.entries(labels.topics)) {
    for (const text of texts) whole.add(core(text), { kind: 'topic', topic });
  }
  for (const controls of [data.controls, labels.controls]) {
    for (const [control, lines] of Object.entries(controls)) {
      for (const text of lines.flatMap(expand).map(normal)) {
        whole.add(text, { kind: 'control', control });
        // One word that is left of several ("untuk kakak saya") is not the order any more.
        const bare = bareOf(lexicon, text);
        if (bare.includes(' ')) whole.add(bare, { kind: 'control', control });
      }
    }
  }
  return {
    anywhere: anywhere.meanings,
    sequences: buildSequences(anywhere.meanings.keys()),
    topics: topics.meanings,
    topicSequences: buildSequences(topics.meanings.keys()),
    whole: whole.meanings,
    here: byQuestion(data.here, (line) => expand(line.replace(WHOLE_ONLY, '')).map(core)),
    // A label is known as it stands, by its core unless nothing is left of it ("Ya"), and as it begins ("menung").
    labels: byQuestion(labels.answers, (label) => [normal(label), core(label), clean(label)]),
  };
}

/** A control is compared with everything but particles: "di" and "yang" may be all that tells two of them apart. */
export function bareOf(lexicon: Lexicon, text: string): string {
  return without(lexicon.fillers, wordsOf(text)).join(' ') || text;
}

type AnswerMeaning = Meaning & { readonly kind: 'answer' };

function* answersOf(data: ByAnswer): Generator<[AnswerMeaning, string]> {
  for (const [question, answers] of Object.entries(data)) {
    for (const [answer, lines] of Object.entries(answers)) {
      for (const line of lines) yield [{ kind: 'answer', question, answer }, line];
    }
  }
}

function byQuestion(
  data: ByAnswer,
  texts: (line: string) => readonly string[],
): ReadonlyMap<string, Meanings> {
  const questions = new Map<string, Collected>();
  for (const [meaning, line] of answersOf(data)) {
    const collected = questions.get(meaning.question) ?? new Collected();
    questions.set(meaning.question, collected);
    for (const text of texts(line)) collected.add(text, meaning);
  }
  return new Map([...questions].map(([question, { meanings }]) => [question, meanings]));
}

class Collected {
  readonly meanings = new Map<string, Meaning[]>();

  add(text: string, meaning: Meaning): void {
    if (text === '') return;
    const meanings = this.meanings.get(text) ?? [];
    if (meanings.some((known) => isSame(known, meaning))) return;
    this.meanings.set(text, [...meanings, meaning]);
  }
}

function isSame(a: Meaning, b: Meaning): boolean {
  if (a.kind === 'answer') return b.kind === 'answer' && a.question === b.question && a.answer === b.answer;
  if (a.kind === 'topic') return b.kind === 'topic' && a.topic === b.topic;
  return b.kind === 'control' && a.control === b.control;
}
