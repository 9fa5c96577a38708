import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Question } from '../checklist/checklist.ts';
import { loadConfig } from '../config.ts';
import { topicsNear } from '../conversation/hear.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import { hideSecrets } from '../language/secrets.ts';
import { understand } from '../language/understand.ts';
import { knowledgeOrIssues } from './knowledge.ts';
import { UsageError } from './usage.ts';

const USAGE = 'understand --json [--asking QUESTION-ID]: a message per line on stdin';

/** `understand --json`: one message per line in, what Pandu makes of it as one JSON object per line out. */
export async function run(words: readonly string[]): Promise<number> {
  const asking = readWords(words);
  const knowledge = knowledgeOrIssues(loadConfig());
  if (knowledge === null) return 1;
  const question = findQuestion(knowledge, asking);
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    process.stdout.write(`${JSON.stringify(madeOf(knowledge, question, line))}\n`);
  }
  return 0;
}

/** Read as the program reads it: with secrets hidden. */
function madeOf(knowledge: Knowledge, question: Question | null, line: string) {
  const answers = question?.answers.map(({ id }) => id) ?? [];
  const { reading, guess } = understand(knowledge.reader, hideSecrets(line.toWellFormed()).text, {
    question: question?.id ?? null,
    answers,
    near: topicsNear(knowledge, question),
  });
  const read = answersIn(reading, question);
  const first = read.filter(({ question: about }) => about === read[0]?.question);
  // Two answers of one question: which of them was meant is asked.
  const isOpen = question !== null && first.length > 1;
  // Unasked, one statement may be part of a story; several are answers.
  const isAnswered = read.length > (question === null ? 1 : 0);
  const { topic, confidence, options, also } = guess;
  return {
    topic,
    confidence: Math.round(confidence * 10_000) / 10_000,
    act: isOpen ? 'ask' : isAnswered ? 'answer' : guess.act,
    options,
    offered: isOpen ? first.map(({ answer }) => answer) : isAnswered ? [] : guess.offered,
    also,
    answer: isOpen ? read.slice(first.length) : read,
  };
}

/** Labels, phrases and what was learnt; and, while a question is asked, numbers and plain replies to it. */
function answersIn(
  { answers, polarity, numbers }: ReturnType<typeof understand>['reading'],
  question: Question | null,
): readonly { readonly question: string; readonly answer: string }[] {
  if (answers.length > 0 || question === null) return answers;
  const about = question.id;
  if (numbers.length > 0) {
    return numbers.flatMap((number) => {
      const option = question.answers[number - 1];
      return option === undefined ? [] : { question: about, answer: option.id };
    });
  }
  if (polarity === null) return [];
  if (polarity === 'unsure')
    return question.unsure === null ? [] : [{ question: about, answer: question.unsure }];
  const meant = polarity === 'mixed' ? [...question.yes, ...question.no] : question[polarity];
  return meant.map((answer) => ({ question: about, answer }));
}

function findQuestion({ checklist }: Knowledge, id: string | null): Question | null {
  if (id === null) return null;
  const question = checklist.questions.find((candidate) => candidate.id === id);
  if (question !== undefined) return question;
  throw new UsageError(`--asking takes one of ${checklist.questions.map((known) => known.id).join(', ')}`);
}

/** @throws {UsageError} */
function readWords(words: readonly string[]): string | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { json: { type: 'boolean' }, asking: { type: 'string' } },
    });
    if (values.json !== true) throw new UsageError(USAGE);
    return values.asking ?? null;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${USAGE}: ${(error as Error).message}`);
  }
}
