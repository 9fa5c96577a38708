import type { Calibration } from '../../src/language/learning/thresholds.ts';
import { figuresOf, replyFiguresOf } from './figures.ts';
import { fitTemperature, judgedAnswers, judgedTopics } from './fit.ts';
import { type Fold, interrupt, measure, together } from './folds.ts';
import { type Share, shareOf } from './metrics.ts';

/** What must hold for people who were kept out of learning. */
const AIMS = {
  precision: 0.99,
  outOfScopeAnswered: 0.011,
  wrongReplies: 0.004,
  offeredRight: 0.95,
  /** Of what answers nothing, while something is asked: not more may be taken for an answer, … */
  takenInVain: 0.025,
  /** … and not more be met with "which of these two?". */
  askedInVain: 0.01,
};

/** Thresholds tried, in hundredths, and how far apart at first. */
const ANSWER = { from: 50, to: 99 };
const TOPIC_ASK = { from: 25, to: 60 };
const ANSWER_ASK = { from: 5, to: 95 };
const COARSE = 5;

type Verdict = {
  readonly holds: boolean;
  /** Where none holds, the value with the highest is taken. */
  readonly score: number;
  readonly says: string;
};
export type Tried = Verdict & { readonly part: string; readonly value: number };

export type Calibrated = {
  readonly calibration: Calibration;
  readonly tried: readonly Tried[];
  /** Parts for which no value meets the aim. */
  readonly missed: readonly string[];
};

/**
 * First the temperatures, by how likely they make what is right; then one threshold after the other, each the lowest
 * that meets its aims (`ask` of answers: the highest, since there asking means that less is passed over).
 */
export function calibrate(folds: readonly Fold[], fitted: string): Calibrated {
  const tried: Tried[] = [];
  const missed: string[] = [];
  let at: Calibration = {
    topics: { temperature: fitTemperature(folds.flatMap(judgedTopics)), answer: 0.8, ask: 0.25 },
    answers: { temperature: fitTemperature(folds.flatMap(judgedAnswers)), answer: 0.7, ask: 0.5 },
    fitted,
  };

  function settle(
    part: 'topics' | 'answers',
    name: 'answer' | 'ask',
    values: readonly number[],
    judge: (folds: readonly Fold[], at: Calibration) => Verdict,
  ): void {
    const withValue = (value: number): Calibration => ({
      ...at,
      [part]: { ...at[part], [name]: value / 100 },
    });
    const own: Tried[] = [];
    const found = firstThatHolds(values, (value) => {
      own.push({ part: `${part}.${name}`, value: value / 100, ...judge(folds, withValue(value)) });
      return own.at(-1)!.holds;
    });
    tried.push(...own);
    if (found === null) missed.push(`${part}.${name}`);
    const best = own.reduce((one, other) => (other.score > one.score ? other : one));
    at = withValue(found ?? best.value * 100);
  }

  settle('topics', 'answer', range(ANSWER), judgeAnswering);
  settle(
    'topics',
    'ask',
    range({ ...TOPIC_ASK, to: Math.min(TOPIC_ASK.to, at.topics.answer * 100) }),
    judgeAsking,
  );
  settle('answers', 'answer', range(ANSWER), judgeReplies);
  settle('answers', 'ask', range(ANSWER_ASK).toReversed(), judgeReplyAsking);
  return { calibration: at, tried, missed };
}

function judgeAnswering(folds: readonly Fold[], at: Calibration): Verdict {
  const { precision, outAnswered, answeredRight } = figuresOf(heard(folds, at, 'lines'));
  return {
    holds: precision.share >= AIMS.precision && outAnswered.share <= AIMS.outOfScopeAnswered,
    score: precision.share,
    says: says({ precision, 'out of scope answered': outAnswered, 'answered and right': answeredRight }),
  };
}

function judgeAsking(folds: readonly Fold[], at: Calibration): Verdict {
  const { offeredRight, asked, refused, outAsked } = figuresOf(heard(folds, at, 'lines'));
  return {
    holds: offeredRight.share >= AIMS.offeredRight,
    score: offeredRight.share,
    says: says({ 'right one offered': offeredRight, asked, refused, 'out of scope asked': outAsked }),
  };
}

function judgeReplies(folds: readonly Fold[], at: Calibration): Verdict {
  const { wrong, right, passed } = replyFiguresOf(heard(folds, at, 'replies'));
  const interruptions = folds.flatMap((fold) => interrupt(fold, at));
  const inVain = shareOf(interruptions.filter(({ read }) => read.length === 1).length, interruptions.length);
  return {
    holds: wrong.share <= AIMS.wrongReplies && inVain.share <= AIMS.takenInVain,
    score: -wrong.share - inVain.share,
    says: says({ wrong, right, 'passed on': passed, 'taken in vain': inVain }),
  };
}

function judgeReplyAsking(folds: readonly Fold[], at: Calibration): Verdict {
  const { offeredRight, asked, passed } = replyFiguresOf(heard(folds, at, 'replies'));
  const interruptions = folds.flatMap((fold) => interrupt(fold, at));
  const inVain = shareOf(interruptions.filter(({ read }) => read.length > 1).length, interruptions.length);
  return {
    holds: offeredRight.share >= AIMS.offeredRight && inVain.share <= AIMS.askedInVain,
    score: offeredRight.share - inVain.share,
    says: says({ 'right one offered': offeredRight, asked, 'passed on': passed, 'asked in vain': inVain }),
  };
}

function heard<Part extends 'lines' | 'replies'>(folds: readonly Fold[], at: Calibration, part: Part) {
  const all = folds.map((fold) => measure(fold, { lines: [], replies: [], [part]: fold.spoken[part] }, at));
  return together(all)[part];
}

/** In coarse steps first, then one by one among those before. */
function firstThatHolds(values: readonly number[], holds: (value: number) => boolean): number | null {
  const coarse = values.filter((_, index) => index % COARSE === 0 || index === values.length - 1);
  const found = coarse.find(holds);
  if (found === undefined) return null;
  const end = values.indexOf(found);
  return values.slice(Math.max(0, end - COARSE + 1), end).find(holds) ?? found;
}

function range({ from, to }: { from: number; to: number }): number[] {
  return Array.from({ length: Math.round(to) - from + 1 }, (_, index) => from + index);
}

function says(shares: Readonly<Record<string, Share>>): string {
  return Object.entries(shares)
    .map(([name, { share }]) => `${name} ${(share * 100).toFixed(2)} %`)
    .join(', ');
}
