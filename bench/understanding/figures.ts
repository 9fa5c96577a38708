import { OUT_OF_SCOPE } from '../../src/language/understand.ts';
import type { Outcome, ReplyKind, ReplyOutcome } from './heard.ts';
import { type Share, shareOf } from './metrics.ts';

export type Figures = {
  readonly top1: Share;
  readonly top3: Share;
  readonly answeredRight: Share;
  readonly answeredWrong: Share;
  readonly asked: Share;
  /** Of the askings: with the right one among what is offered. */
  readonly offeredRight: Share;
  readonly refused: Share;
  /** Of everything answered: right. What is out of scope and answered is wrong. */
  readonly precision: Share;
  readonly outAnswered: Share;
  readonly outAsked: Share;
  readonly outRefused: Share;
};

/** Top-1, top-3, answered, asked and refused are shares of what is in scope. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const inScope = outcomes.filter(({ line }) => line.label !== OUT_OF_SCOPE);
  const out = outcomes.filter(({ line }) => line.label === OUT_OF_SCOPE);
  const answered = inScope.filter(({ act }) => act === 'answer');
  const right = answered.filter(isRight).length;
  const asked = inScope.filter(({ act }) => act === 'ask');
  const of = (cases: readonly Outcome[], hits: number): Share => shareOf(hits, cases.length);
  const outAct = (act: Outcome['act']): number => out.filter((one) => one.act === act).length;
  return {
    top1: of(inScope, inScope.filter(isRight).length),
    top3: of(inScope, inScope.filter(({ options, line }) => options.includes(line.label)).length),
    answeredRight: of(inScope, right),
    answeredWrong: of(inScope, answered.length - right),
    asked: of(inScope, asked.length),
    offeredRight: of(asked, asked.filter(({ offered, line }) => offered.includes(line.label)).length),
    refused: of(inScope, inScope.filter(({ act }) => act === 'refuse').length),
    precision: shareOf(right, answered.length + outAct('answer')),
    outAnswered: of(out, outAct('answer')),
    outAsked: of(out, outAct('ask')),
    outRefused: of(out, outAct('refuse')),
  };
}

export function isRight({ topic, line }: Outcome): boolean {
  return topic === line.label;
}

export type ReplyFigures = Readonly<Record<ReplyKind, Share>> & {
  /** Of the askings which of two was meant: with the right one among them. */
  readonly offeredRight: Share;
};

export function replyFiguresOf(outcomes: readonly ReplyOutcome[]): ReplyFigures {
  const count = (kind: ReplyKind): number => outcomes.filter((one) => one.kind === kind).length;
  const of = (kind: ReplyKind): Share => shareOf(count(kind), outcomes.length);
  return {
    right: of('right'),
    wrong: of('wrong'),
    asked: of('asked'),
    'asked-other': of('asked-other'),
    passed: of('passed'),
    offeredRight: shareOf(count('asked'), count('asked') + count('asked-other')),
  };
}
