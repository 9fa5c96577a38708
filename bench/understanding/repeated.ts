import type { Sources } from '../../src/flow/sources.ts';
import { answerLines, topicLines } from '../../src/language/learning/examples.ts';
import type { Measured } from './folds.ts';

/** Two people may write the same few words. Whoever learnt them from the other proves little by knowing them. */
export function unrepeated({ examples, normal }: Sources, { lines, replies }: Measured): Measured {
  const writers = new Map<string, Set<string>>();
  const add = (voice: string, text: string): void => {
    const key = normal(text);
    writers.set(key, (writers.get(key) ?? new Set()).add(voice));
  };
  for (const voice of examples.voices) {
    for (const { text } of topicLines([voice])) add(voice.name, text);
    for (const { question, lines: answered } of answerLines([voice])) {
      for (const { text } of answered) add(voice.name, `${text} ${question}`);
    }
  }
  const isAlone = (text: string): boolean => (writers.get(normal(text))?.size ?? 0) < 2;
  return {
    lines: lines.filter(({ line }) => isAlone(line.text)),
    replies: replies.filter(({ reply }) => isAlone(`${reply.text} ${reply.question.id}`)),
  };
}
