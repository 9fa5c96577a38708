import type { Question } from '../../src/checklist/checklist.ts';
import { topicsNear } from '../../src/conversation/hear.ts';
import type { Knowledge, Topic } from '../../src/conversation/knowledge.ts';
import type { Reader, Reading } from '../../src/language/reader.ts';
import { hideSecrets } from '../../src/language/secrets.ts';
import { type Act, understand } from '../../src/language/understand.ts';
import type { Line, Reply } from './voices.ts';

/** What became of a message that came while nothing was asked. */
export type Outcome = {
  readonly line: Line;
  /** The likeliest. */
  readonly topic: string;
  readonly confidence: number;
  readonly act: Act;
  readonly options: readonly string[];
  readonly offered: readonly string[];
  /** Answers were read although nothing was asked. */
  readonly statements: readonly string[];
};

/** `asked`: which of two was meant, the right one among them; `asked-other`: without it; `passed`: nothing was read as an answer. */
export type ReplyKind = 'right' | 'wrong' | 'asked' | 'asked-other' | 'passed';

export type ReplyOutcome = {
  readonly reply: Reply;
  readonly kind: ReplyKind;
  readonly read: readonly string[];
  /** What it was taken for where no answer was read. */
  readonly topic: string;
};

/** As `understand --json` says it. */
export function hearLine(reader: Reader, line: Line): Outcome {
  const { reading, guess } = understand(reader, hidden(line.text), {
    question: null,
    answers: [],
    near: new Set(),
  });
  const { answers } = reading;
  const first = answers.filter(({ question }) => question === answers[0]?.question);
  const isOpen = first.length > 1;
  return {
    line,
    topic: guess.topic,
    confidence: guess.confidence,
    act: isOpen ? 'ask' : answers.length > 0 ? 'answer' : guess.act,
    options: guess.options,
    offered: isOpen ? first.map(({ answer }) => answer) : answers.length > 0 ? [] : guess.offered,
    statements: answers.map(({ question, answer }) => `${question}: ${answer}`),
  };
}

export function hearReply(reader: Reader, topics: readonly Topic[], reply: Reply): ReplyOutcome {
  const { question } = reply;
  // Of all that is known only the topics are looked at.
  const near = topicsNear({ topics } as Knowledge, question);
  const answers = question.answers.map(({ id }) => id);
  const { reading, guess } = understand(reader, hidden(reply.text), { question: question.id, answers, near });
  const read = answersIn(reading, question);
  return { reply, kind: kindOf(read, reply.label), read, topic: guess.topic };
}

function kindOf(read: readonly string[], label: string): ReplyKind {
  if (read.length === 0) return 'passed';
  if (read.length === 1) return read[0] === label ? 'right' : 'wrong';
  return read.includes(label) ? 'asked' : 'asked-other';
}

/** Read as answers to `question`: stated or learnt, and numbers and plain replies. */
function answersIn({ answers, numbers, polarity }: Reading, question: Question): readonly string[] {
  if (answers.length > 0) {
    return answers.filter((stated) => stated.question === question.id).map(({ answer }) => answer);
  }
  if (numbers.length > 0) return numbers.flatMap((number) => question.answers[number - 1]?.id ?? []);
  if (polarity === null) return [];
  if (polarity === 'unsure') return question.unsure === null ? [] : [question.unsure];
  return polarity === 'mixed' ? [...question.yes, ...question.no] : question[polarity];
}

function hidden(text: string): string {
  return hideSecrets(text.toWellFormed()).text;
}
