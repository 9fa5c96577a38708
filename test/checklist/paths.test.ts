import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checklist, OWNERS } from '../../src/checklist/checklist.ts';
import { allPaths, measurePaths, type PathPosition, withAnswer } from '../../src/checklist/paths.ts';
import { factValue, type Position, walk } from '../../src/checklist/walk.ts';
import { loadedChecklist, switchedOn } from './loaded.ts';
import { type Expected, expectedVerdict, type Switches } from './oracle.ts';
import { answerOn, answerSets, withoutNewest } from './random-answers.ts';

const checklist = loadedChecklist();
const DAY_MS = 86_400_000;
/** A Tuesday afternoon in Jakarta. */
const NOW = Date.parse('2026-03-17T14:30:00+07:00');

const VARIANTS: readonly [name: string, checklist: Checklist][] = [
  ['as the source has it', switchedOn(checklist, [])],
  ['with the rating on the Prakerja dashboard', switchedOn(checklist, ['rating-on-dashboard'])],
  ['with the report counted from the grade', switchedOn(checklist, ['report-from-grade'])],
  ['with both facts of 2021', switchedOn(checklist, ['rating-on-dashboard', 'report-from-grade'])],
];

function switchesOf({ facts }: Checklist): Switches {
  return {
    ratingOnDashboard: facts.some(({ id, on }) => id === 'rating-on-dashboard' && on),
    syncDays: Number(factValue(facts, 'sync.lookAgainDays')),
    payoutDays: Number(factValue(facts, 'payout.lookAgainDays')),
  };
}

/** What the walk says, in the words of the oracle. */
function toldBy({ verdict }: Position): Expected | null {
  if (verdict === null) return null;
  const { kind, requirement, owner, meanwhile } = verdict;
  return { kind, requirement, owner, meanwhile };
}

function describePath({ steps }: PathPosition): string {
  return steps.map(({ question, answer }) => `${question}=${answer}`).join(' ') || '(nothing answered)';
}

/** Names of the paths on which something is wrong; comparing them with [] shows the first few in full. */
function pathsWhere(variant: Checklist, isWrong: (path: PathPosition) => boolean): string[] {
  const wrong: string[] = [];
  for (const path of allPaths(variant, NOW)) {
    if (wrong.length < 5 && isWrong(path)) wrong.push(describePath(path));
  }
  return wrong;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

describe.each(VARIANTS)('every path, %s', (_name, variant) => {
  it('leads to the verdict that the table of requirements gives, and to none before it', () => {
    const switches = switchesOf(variant);
    const wrong = pathsWhere(
      variant,
      ({ answers, position }) => !same(toldBy(position), expectedVerdict(answers, NOW, switches)),
    );
    expect(wrong).toEqual([]);
  });

  it('has no dead end: a question or a verdict everywhere, and a verdict with one owner at the end', () => {
    const wrong = pathsWhere(variant, ({ position, asks }) => {
      if (asks !== null && position.verdict === null) return false;
      return position.verdict === null || !OWNERS.includes(position.verdict.owner);
    });
    expect(wrong).toEqual([]);
  });

  it('asks no question twice, unless two answers exclude each other', () => {
    const wrong = pathsWhere(
      variant,
      ({ asks, answers, position }) =>
        asks !== null && position.contradiction === null && answers[asks] !== undefined,
    );
    expect(wrong).toEqual([]);
  });

  it('asks at most 8 questions before the verdict', () => {
    const figures = measurePaths(variant);
    console.log(
      `paths: ${figures.verdicts} to a verdict, ${figures.positions} positions; ` +
        `questions before it: median ${figures.medianQuestions}, maximum ${figures.mostQuestions}`,
    );
    expect(figures.mostQuestions).toBeLessThanOrEqual(8);
    expect(figures.verdicts).toBeGreaterThan(500);
  });

  it('offers meanwhile only steps of the participant that can be taken as things stand', () => {
    const wrong = pathsWhere(variant, ({ position }) => {
      const states = new Map(position.states.map(({ requirement, state }) => [requirement, state]));
      return (position.verdict?.meanwhile ?? []).some((id) => {
        const requirement = variant.requirements.find((candidate) => candidate.id === id)!;
        if (requirement.owner !== 'participant' || id === position.verdict!.requirement) return true;
        return states.get(id) === 'met' || requirement.needs.some((needed) => states.get(needed) === 'unmet');
      });
    });
    expect(wrong).toEqual([]);
  });

  it('tells nobody to wait while a step of their own is unmet or unknown', () => {
    const wrong = pathsWhere(variant, ({ position }) => {
      if (position.verdict?.kind !== 'waiting') return false;
      const own = variant.requirements.filter(
        ({ owner, kind, id }) => owner === 'participant' && kind === 'condition' && id !== 'via-sisnaker',
      );
      return own.some(
        ({ id }) => position.states.find(({ requirement }) => requirement === id)!.state !== 'met',
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe('every path', () => {
  it('is the same whether the report is counted from the grade or not: only the words of the question change', () => {
    const [plain, fromGrade] = [VARIANTS[0]![1], VARIANTS[2]![1]];
    expect([...allPaths(fromGrade, NOW)].map(describePath)).toEqual(
      [...allPaths(plain, NOW)].map(describePath),
    );
  });

  it('is enumerated in about a second', () => {
    const before = performance.now();
    measurePaths(checklist);
    expect(performance.now() - before).toBeLessThan(5_000);
  });

  it('leads to each answer of each question that somebody can be asked', () => {
    const given = new Set<string>();
    for (const { steps } of allPaths(checklist, NOW)) {
      for (const { question, answer } of steps) given.add(`${question}/${answer}`);
    }
    const never = checklist.questions
      .flatMap(({ id, answers }) => answers.map((answer) => `${id}/${answer.id}`))
      .filter((answer) => !given.has(answer));
    // What somebody waits for is heard from what they ask about; it is never asked out of the blue.
    expect(never).toEqual(['goal/certificate', 'goal/incentive']);
  });
});

describe('going back', () => {
  it('returns from every answer to the position in which it was given, and so to the start', () => {
    for (const path of allPaths(checklist, NOW)) {
      if (path.asks === null || path.position.contradiction !== null) continue;
      for (const { id } of checklist.questions.find((question) => question.id === path.asks)!.answers) {
        const forth = withAnswer(path.answers, path.asks, id, NOW);
        expect(walk(checklist, withoutNewest(forth), NOW, path.settled)).toEqual(path.position);
      }
    }
  });
});

describe('10,000 random sets of answers, in any order, contradictory and stale ones among them', () => {
  const RUNS = 10_000;

  it.each(VARIANTS)('give the verdict of the table, %s', (_name, variant) => {
    const switches = switchesOf(variant);
    fc.assert(
      fc.property(answerSets(variant, NOW), fc.nat({ max: 40 * DAY_MS }), (answers, later) => {
        const at = NOW + later;
        expect(toldBy(walk(variant, answers, at))).toEqual(expectedVerdict(answers, at, switches));
      }),
      { numRuns: RUNS, seed: 17 },
    );
  });

  it('reach exactly one verdict with one owner within 8 more questions', () => {
    const counts: number[] = [];
    fc.assert(
      fc.property(answerSets(checklist, NOW), fc.infiniteStream(fc.nat()), (answers, chance) => {
        const { position, asked } = answerOn(checklist, answers, NOW, chance);
        counts.push(asked);
        expect(asked).toBeLessThanOrEqual(8);
        expect(position.verdict).not.toBeNull();
        expect(position.contradiction).toBeNull();
        expect(OWNERS).toContain(position.verdict!.owner);
      }),
      { numRuns: RUNS, seed: 18 },
    );
    counts.sort((a, b) => a - b);
    console.log(
      `random sets: questions still asked, median ${counts[RUNS / 2]}, maximum ${counts[RUNS - 1]}`,
    );
  });

  it('can be taken back one by one to the start, with something to say at each', () => {
    fc.assert(
      fc.property(answerSets(checklist, NOW), (answers) => {
        let left = answers;
        for (let count = Object.keys(answers).length; count > 0; count -= 1) {
          left = withoutNewest(left);
          const { next, verdict } = walk(checklist, left, NOW);
          expect(next !== null || verdict !== null).toBe(true);
        }
        expect(walk(checklist, left, NOW).next).toBe('dashboard');
      }),
      { numRuns: RUNS, seed: 19 },
    );
  });

  it('settle each contradiction once: the answer stands, whatever is answered to other questions', () => {
    let contradictions = 0;
    fc.assert(
      fc.property(answerSets(checklist, NOW), (answers) => {
        const before = walk(checklist, answers, NOW);
        if (before.contradiction === null) return;
        contradictions += 1;
        const { requirement, said, suggested } = before.contradiction;
        expect(said).not.toBe(suggested);
        const after = walk(checklist, answers, NOW, [requirement]);
        expect(after.contradiction?.requirement).not.toBe(requirement);
        expect(after.verdict).toEqual(before.verdict);
        expect(after.states.find((state) => state.requirement === requirement)!.state).toBe('unmet');
      }),
      { numRuns: RUNS, seed: 20 },
    );
    expect(contradictions).toBeGreaterThan(100);
  });

  it('say what "Sudah saya lakukan" makes of them: the step is met, whatever was answered before', () => {
    let done = 0;
    fc.assert(
      fc.property(answerSets(checklist, NOW), (answers) => {
        const { verdict } = walk(checklist, answers, NOW);
        const requirement = checklist.requirements.find(({ id }) => id === verdict?.requirement);
        if (requirement === undefined || requirement.done === null || verdict?.kind !== 'blocked') return;
        done += 1;
        const after = walk(
          checklist,
          withAnswer(answers, requirement.question, requirement.done, NOW),
          NOW,
          [],
        );
        const state = after.states.find((candidate) => candidate.requirement === requirement.id)!;
        expect([requirement.id, state.state, state.strength]).toEqual([requirement.id, 'met', 'said']);
        expect(after.next !== null || after.verdict !== null).toBe(true);
        expect(after.verdict?.requirement).not.toBe(requirement.id);
      }),
      { numRuns: RUNS, seed: 21 },
    );
    expect(done).toBeGreaterThan(1_000);
  });
});
