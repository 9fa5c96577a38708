import { OUT_OF_SCOPE } from '../../src/language/understand.ts';
import { isRight } from './figures.ts';
import type { Measured } from './folds.ts';
import type { Outcome, ReplyOutcome } from './heard.ts';

/** Every message that was taken wrongly, with what it was taken for; the most frequent confusions first. */
export function mistakesOf(measured: readonly Measured[]): string {
  const lines = measured.flatMap((one) => one.lines);
  const replies = measured.flatMap((one) => one.replies);
  const isAnsweredWrongly = (one: Outcome): boolean =>
    one.act === 'answer' && (!isRight(one) || one.line.label === OUT_OF_SCOPE);
  const isAskedWithout = ({ act, offered, line }: Outcome): boolean =>
    act === 'ask' && line.label !== OUT_OF_SCOPE && !offered.includes(line.label);
  return [
    grouped('Answered wrongly', lines.filter(isAnsweredWrongly), confusion, said),
    grouped('Asked without the right one', lines.filter(isAskedWithout), confusion, said),
    grouped('Likeliest is wrong, and asked or refused', lines.filter(isOnlyLikeliestWrong), confusion, said),
    grouped(
      'Replies read wrongly',
      replies.filter(({ kind }) => kind === 'wrong'),
      replyConfusion,
      replied,
    ),
    grouped(
      'Replies asked without the right one',
      replies.filter(({ kind }) => kind === 'asked-other'),
      replyConfusion,
      replied,
    ),
    grouped(
      'Replies read as no answer',
      replies.filter(({ kind }) => kind === 'passed'),
      replyConfusion,
      replied,
    ),
  ].join('\n');
}

function isOnlyLikeliestWrong(one: Outcome): boolean {
  return one.act !== 'answer' && !isRight(one);
}

function confusion({ line, topic }: Outcome): string {
  return `${line.label} → ${topic}`;
}

function said({ line, confidence, offered, statements }: Outcome): string {
  const asked = offered.length > 0 ? ` · offered ${offered.join(', ')}` : '';
  const read = statements.length > 0 ? ` · read ${statements.join(', ')}` : '';
  return `${confidence.toFixed(2)} ${line.voice}: ${line.text}${asked}${read}`;
}

function replyConfusion({ reply, read, topic }: ReplyOutcome): string {
  const taken = read.length > 0 ? read.join(' or ') : `no answer, ${topic}`;
  return `${reply.question.id}: ${reply.label} → ${taken}`;
}

function replied({ reply }: ReplyOutcome): string {
  return `${reply.voice}: ${reply.text}`;
}

function grouped<Case>(
  heading: string,
  cases: readonly Case[],
  group: (one: Case) => string,
  show: (one: Case) => string,
): string {
  const groups = [...Map.groupBy(cases, group)].sort(([, a], [, b]) => b.length - a.length);
  const parts = groups.map(
    ([name, own]) => `  ${own.length} × ${name}\n${own.map((one) => `      ${show(one)}`).join('\n')}`,
  );
  return `${heading}: ${cases.length}\n${parts.join('\n')}\n`;
}
