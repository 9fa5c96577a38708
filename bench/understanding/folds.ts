import { askedOf, type Sources } from '../../src/flow/sources.ts';
import type { Voice } from '../../src/language/learning/examples.ts';
import type { Learned } from '../../src/language/learning/learn.ts';
import type { Calibration } from '../../src/language/learning/thresholds.ts';
import type { Reader } from '../../src/language/reader.ts';
import { hearLine, hearReply, type Outcome, type ReplyOutcome } from './heard.ts';
import { learnFrom, misspelt, type Spoken, spokenBy } from './voices.ts';

/** A voice that was kept out, and the reader that learnt from all the others. */
export type Fold = {
  readonly voice: string;
  readonly sources: Sources;
  readonly reader: Reader;
  readonly learned: Learned;
  readonly spoken: Spoken;
  /** The same with typing errors. */
  readonly misspelt: Spoken;
};

export type Measured = { readonly lines: readonly Outcome[]; readonly replies: readonly ReplyOutcome[] };

export function foldsOf(sources: Sources): Fold[] {
  const { voices } = sources.examples;
  return voices.map((voice) =>
    foldOf(
      sources,
      voices.filter((other) => other !== voice),
      voice,
    ),
  );
}

/** As `foldsOf`, but each learns from the next `count` voices only: what a further voice is worth. */
export function smallFoldsOf(sources: Sources, count: number): Fold[] {
  const { voices } = sources.examples;
  return voices.map((voice, index) => {
    const others = [...voices.slice(index + 1), ...voices.slice(0, index)];
    return foldOf(sources, others.slice(0, count), voice);
  });
}

/** @param from who is learnt from; `voice` is not among them */
export function foldOf(sources: Sources, from: readonly Voice[], voice: Voice): Fold {
  const learned = learnFrom(sources, from);
  const spoken = spokenBy(sources, voice);
  return {
    voice: voice.name,
    sources,
    // The reader of the program in everything but what it learnt.
    reader: { ...sources.reader(), learned: () => learned },
    learned,
    spoken,
    misspelt: misspelt(spoken),
  };
}

export function measure(
  { reader, sources }: Fold,
  { lines, replies }: Spoken,
  calibration: Calibration = reader.calibration,
): Measured {
  const calibrated = { ...reader, calibration };
  return {
    lines: lines.map((line) => hearLine(calibrated, line)),
    replies: replies.map((reply) => hearReply(calibrated, sources.topics, reply)),
  };
}

/**
 * Orders, what is out of scope, and questions about other steps, each said while some question is asked: none of it
 * answers anything. The questions take turns.
 */
export function interrupt({ reader, sources, spoken }: Fold, calibration: Calibration): ReplyOutcome[] {
  const calibrated = { ...reader, calibration };
  const { questions } = sources.checklist;
  const asked = askedOf(sources.checklist, sources.topics);
  return spoken.lines
    .filter(({ label }) => !PLAIN.has(label))
    .map((line, index) => ({ ...line, question: questions[index % questions.length]! }))
    .filter(({ label, question }) => !asked.get(question.id)!.near.has(label))
    .map((reply) => hearReply(calibrated, sources.topics, reply));
}

/** Whole replies to whatever was asked. */
const PLAIN: ReadonlySet<string> = new Set(['yes', 'no', 'unsure', 'done']);

export function together(measured: readonly Measured[]): Measured {
  return {
    lines: measured.flatMap(({ lines }) => lines),
    replies: measured.flatMap(({ replies }) => replies),
  };
}
