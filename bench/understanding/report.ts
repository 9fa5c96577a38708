import { OUT_OF_SCOPE } from '../../src/language/understand.ts';
import { figuresOf, isRight, replyFiguresOf } from './figures.ts';
import type { Measured } from './folds.ts';
import type { Outcome, ReplyOutcome } from './heard.ts';
import { reliability, type Share, shareOf } from './metrics.ts';

/** What was measured under one name. */
export type Set = { readonly name: string; readonly measured: Measured };

export type Report = {
  readonly sets: readonly Set[];
  /** Those of the first set. */
  readonly voices: readonly Set[];
  /** By how many voices were learnt from. */
  readonly fewer: readonly Set[];
  readonly labels: readonly string[];
  /** Orders and what is out of scope, said while something was asked. */
  readonly interruptions: readonly ReplyOutcome[];
};

/** The figures of issue 3, for people whose messages nobody here has seen. */
const AIM = ['*aim*', '', '≥ 92', '≥ 97', '≥ 80', '≥ 98', '≤ 2', '', '≥ 95'];
const REPLY_AIM = ['*aim*', '', '≥ 97', '≤ 0.5', '', '', ''];

const VOICE_HEADINGS = [
  'voice',
  'top-1',
  'top-3',
  'answered and right',
  'right of what is answered',
  'out of scope: answered',
  'replies: right',
  'replies: wrong',
];

/** As Markdown; percentages with the interval that holds the true one in 95 of 100 such samples. */
export function reportOf({ sets, voices, fewer, labels, interruptions }: Report): string {
  const all = sets[0]!.measured;
  const taken = interruptions.filter(({ read }) => read.length === 1).length;
  const askedInVain = interruptions.filter(({ read }) => read.length > 1).length;
  return [
    '**A message while nothing is asked**, in percent:',
    table(
      [
        'who wrote',
        'messages',
        'top-1',
        'top-3',
        'answered outright and right',
        'right of what is answered',
        'out of scope: answered',
        'asked which was meant',
        'right one offered',
      ],
      [
        ...sets.map(({ name, measured }) => [name, String(measured.lines.length), ...lineCells(measured)]),
        AIM,
      ],
    ),
    '**A reply to a question that was just asked**, in percent:',
    table(
      [
        'who wrote',
        'replies',
        'right',
        'wrong',
        'asked which of two',
        'right one among them',
        'read as no answer',
      ],
      [
        ...sets.map(({ name, measured }) => [name, String(measured.replies.length), ...replyCells(measured)]),
        REPLY_AIM,
      ],
    ),
    `Of ${interruptions.length} orders, messages out of scope and questions about other steps, each put while some question was asked, ${taken} (${whole(shareOf(taken, interruptions.length))}) were taken for an answer to it, and ${askedInVain} (${whole(shareOf(askedInVain, interruptions.length))}) led to asking which answer was meant.`,
    '**Voice by voice**, each learnt from the others:',
    table(
      VOICE_HEADINGS,
      voices.map(({ name, measured }) => voiceCells(name, measured)),
    ),
    '**With fewer voices**: what further ones are worth.',
    table(
      VOICE_HEADINGS.with(0, 'learnt from'),
      fewer.map(({ name, measured }) => voiceCells(name, measured)),
    ),
    '**Topic by topic**, over all voices:',
    table(
      ['topic', 'messages', 'top-1', 'top-3', 'answered outright and right', 'most often taken for'],
      labels.map((label) => topicCells(label, all.lines)),
    ),
    '**How sure and how often right**, over all voices:',
    reliabilityTable(all.lines),
  ].join('\n\n');
}

function lineCells({ lines }: Measured): string[] {
  const { top1, top3, answeredRight, precision, outAnswered, asked, offeredRight } = figuresOf(lines);
  return [top1, top3, answeredRight, precision, outAnswered, asked, offeredRight].map(whole);
}

function replyCells({ replies }: Measured): string[] {
  const figures = replyFiguresOf(replies);
  const asked = shareOf(figures.asked.hits + figures['asked-other'].hits, replies.length);
  return [figures.right, figures.wrong, asked, figures.offeredRight, figures.passed].map(whole);
}

function voiceCells(name: string, { lines, replies }: Measured): string[] {
  const { top1, top3, answeredRight, precision, outAnswered } = figuresOf(lines);
  const { right, wrong } = replyFiguresOf(replies);
  return [name, ...[top1, top3, answeredRight, precision, outAnswered, right, wrong].map(bare)];
}

function topicCells(label: string, outcomes: readonly Outcome[]): string[] {
  const own = outcomes.filter(({ line }) => line.label === label);
  const of = (hits: readonly Outcome[]): string => bare(shareOf(hits.length, own.length));
  const isOut = label === OUT_OF_SCOPE;
  return [
    label,
    String(own.length),
    of(own.filter(isRight)),
    of(own.filter(({ options }) => options.includes(label))),
    isOut ? '' : of(own.filter((one) => one.act === 'answer' && isRight(one))),
    takenFor(own),
  ];
}

const MOST_NAMED = 3;

function takenFor(own: readonly Outcome[]): string {
  const counts = Map.groupBy(
    own.filter((one) => !isRight(one)),
    ({ topic }) => topic,
  );
  return [...counts]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, MOST_NAMED)
    .map(([topic, mistakes]) => `${topic} ${mistakes.length}`)
    .join(', ');
}

function reliabilityTable(outcomes: readonly Outcome[]): string {
  const cases = outcomes.map((one) => ({ confidence: one.confidence, isRight: isRight(one) }));
  const { bins, expectedError } = reliability(cases);
  const rows = bins.map(({ from, confidence, right }) => [
    `${(from * 100).toFixed(0)}–${(from * 100 + 10).toFixed(0)}`,
    String(right.of),
    (confidence * 100).toFixed(1),
    whole(right),
  ]);
  return `${table(['sure, %', 'messages', 'on average', 'right'], rows)}\n\nOn average confidence is ${(expectedError * 100).toFixed(1)} points away from the truth.`;
}

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const ruler = headings.map((_, index) => (index === 0 ? '---' : '--:'));
  return [line(headings), line(ruler), ...rows.map(line)].join('\n');
}

function bare({ share }: Share): string {
  return Number.isNaN(share) ? '–' : (share * 100).toFixed(1);
}

function whole(share: Share): string {
  if (Number.isNaN(share.share)) return '–';
  return `${bare(share)} [${(share.low * 100).toFixed(1)}–${(share.high * 100).toFixed(1)}]`;
}
