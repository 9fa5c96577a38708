import { describe, expect, it } from 'vitest';
import { walk } from '../../src/checklist/walk.ts';
import { answered, loadedChecklist, switchedOn, throughJson } from './loaded.ts';

const checklist = switchedOn(loadedChecklist(), []);
const NOW = Date.parse('2026-03-17T14:30:00+07:00');

function positionAfter(given: string, settled: readonly string[] = []) {
  return walk(checklist, answered(given, NOW), NOW, settled);
}

function verdictAfter(given: string) {
  const { verdict } = positionAfter(given);
  return verdict && [verdict.kind, verdict.requirement, verdict.owner, verdict.telling];
}

describe('the verdict', () => {
  it.each<[sentence: string, given: string, verdict: readonly string[]]>([
    [
      "is the provider's turn when there is no menu after the training",
      'dashboard=nothing training=finished rating=no-menu',
      ['blocked', 'graded-in-sisnaker', 'provider', 'no-menu'],
    ],
    [
      "is the provider's turn when somebody rated in Sisnaker and still has no certificate of Kemnaker",
      'dashboard=nothing training=finished rating=sisnaker certificates=provider-only',
      ['blocked', 'graded-in-sisnaker', 'provider', 'no-kemnaker-certificate'],
    ],
    [
      'is the rating, not the missing certificate, for who has not rated yet',
      'certificates=provider-only rating=not-yet',
      ['blocked', 'rated-in-sisnaker', 'participant', 'menu-open'],
    ],
    [
      'is the rating for who rated at the partner only: clause 1e names both places',
      'dashboard=nothing training=finished rating=partner-only',
      ['blocked', 'rated-in-sisnaker', 'participant', 'partner-only'],
    ],
    [
      "is the provider's certificate when only Kemnaker's is there",
      'rating=sisnaker certificates=kemnaker-only',
      ['blocked', 'certificates', 'provider', 'no-provider-certificate'],
    ],
    [
      'is the training for who has no certificates because it is not over',
      'certificates=none training=not-finished',
      ['blocked', 'training-finished', 'participant', 'not-finished'],
    ],
    [
      'is the wallet for who has the schedule and a wallet that is not linked',
      'dashboard=schedule wallet=not-linked',
      ['blocked', 'wallet-linked', 'participant', 'not-linked'],
    ],
    [
      'is the wallet for a status that names it, although the schedule is there',
      'dashboard=status status=wallet-not-verified',
      ['blocked', 'wallet-linked', 'participant', 'wallet-not-verified'],
    ],
    [
      'is the rating for a status that asks for it',
      'dashboard=status status=review-needed',
      ['blocked', 'rated-in-sisnaker', 'participant', 'review-wanted'],
    ],
    [
      'is the name, before the certificates and the wallet',
      'wallet=not-linked certificates=kemnaker-only names=differ',
      ['blocked', 'names-match', 'participant', 'different-names'],
    ],
    [
      "is the call centre's turn when the transfer is said to be done and no money came",
      'dashboard=status status=transferred money=not-received',
      ['blocked', 'payout', 'call-centre', 'money-missing'],
    ],
    [
      "is the call centre's turn for a transfer that failed",
      'dashboard=status status=failed',
      ['blocked', 'payout', 'call-centre', 'transfer-failed'],
    ],
    [
      'is that this checklist is not for them when they bought elsewhere',
      'dashboard=nothing training=elsewhere',
      ['elsewhere', 'via-sisnaker', 'participant', 'other-platform'],
    ],
    [
      'is to look at the dashboard for who did everything and does not know what it shows',
      'dashboard=unknown training=finished rating=sisnaker certificates=both wallet=linked names=same',
      ['find-out', 'reported-and-synced', 'participant', 'dashboard'],
    ],
    [
      'is to look at the training first for who knows nothing at all',
      'dashboard=unknown training=unknown rating=unknown certificates=unknown wallet=unknown names=unknown',
      ['find-out', 'training-finished', 'participant', 'training'],
    ],
    [
      'is to look whether the rating menu is there, which tells of the grade, for who knows neither (clause 1b)',
      'dashboard=nothing training=finished rating=unknown certificates=unknown wallet=linked names=same',
      ['find-out', 'graded-in-sisnaker', 'participant', 'rating'],
    ],
    [
      'is good news once the money is there',
      'dashboard=received',
      ['finished', 'payout', 'nobody', 'finished'],
    ],
  ])('%s', (_sentence, given, verdict) => {
    expect(verdictAfter(given)).toEqual(verdict);
  });

  it('is told only after the wallet is known when another training cannot be bought (clause 4c)', () => {
    const given = 'dashboard=certificate goal=next-training next=cannot-buy';
    expect(positionAfter(given)).toMatchObject({ verdict: null, next: 'wallet' });
    expect(verdictAfter(`${given} wallet=not-linked`)?.[1]).toBe('wallet-linked');
    expect(verdictAfter(`${given} wallet=linked`)).toEqual([
      'blocked',
      'next-training',
      'call-centre',
      'cannot-buy',
    ]);
  });

  it('asks about the next training only who wants one, and takes an empty balance for an end of it', () => {
    const certificate = 'dashboard=certificate wallet=linked';
    expect(positionAfter(certificate).next).toBe('when');
    expect(positionAfter(`${certificate} goal=next-training`).next).toBe('next');
    expect(positionAfter(`${certificate} goal=next-training next=no-balance`).next).toBe('when');
  });

  it('leaves out of the meanwhile what needs somebody else first', () => {
    expect(positionAfter('training=finished rating=no-menu').verdict!.meanwhile).toEqual([
      'names-match',
      'wallet-linked',
    ]);
    expect(positionAfter('training=not-finished').verdict!.meanwhile).toEqual([
      'names-match',
      'wallet-linked',
    ]);
    expect(positionAfter('training=elsewhere').verdict!.meanwhile).toEqual(['wallet-linked']);
  });
});

describe('what else is unmet beside the verdict', () => {
  it('leaves out the certificate that is missing for the same reason as the grade', () => {
    const { verdict } = positionAfter('training=finished rating=sisnaker certificates=provider-only');
    expect(verdict).toMatchObject({ requirement: 'graded-in-sisnaker', also: [] });
  });

  it('names a certificate of the provider that is missing as well', () => {
    const { verdict } = positionAfter('training=finished rating=no-menu certificates=none');
    expect(verdict).toMatchObject({ requirement: 'graded-in-sisnaker', also: ['certificates'] });
  });
});

describe('evidence', () => {
  it('forgets a status once the dashboard shows something else, and asks for it again when it is back', () => {
    expect(verdictAfter('dashboard=status status=held')?.[1]).toBe('payout');
    expect(positionAfter('status=held dashboard=nothing').next).toBe('training');
    expect(positionAfter('status=held dashboard=status').next).toBe('status');
  });

  it('lets the newest of two statements stand: a linked wallet after the status, the status after the wallet', () => {
    const status = 'dashboard=status status=wallet-not-verified';
    expect(positionAfter(`${status} wallet=linked`).next).toBe('payout-date');
    expect(verdictAfter(`wallet=linked ${status}`)?.[1]).toBe('wallet-linked');
  });

  it('lets a statement outweigh what another answer only suggests, in either order', () => {
    expect(verdictAfter('rating=not-yet dashboard=schedule')?.[1]).toBe('rated-in-sisnaker');
    expect(verdictAfter('dashboard=schedule rating=not-yet')?.[1]).toBe('rated-in-sisnaker');
  });

  it('takes no rating for granted behind a certificate on the dashboard where it may come before the rating', () => {
    const rated = (facts: readonly string[]) =>
      walk(switchedOn(checklist, facts), answered('dashboard=certificate', NOW), NOW).states.find(
        ({ requirement }) => requirement === 'rated-in-sisnaker',
      )!;
    expect(rated([])).toMatchObject({ state: 'met', strength: 'inferred' });
    expect(rated(['rating-on-dashboard'])).toMatchObject({ state: 'unknown' });
  });

  it.each(['sisnaker', 'not-yet'])(
    'takes no grade for granted behind the answer "%s" where the rating is given on the Prakerja dashboard',
    (rating) => {
      const graded = (facts: readonly string[]) =>
        walk(switchedOn(checklist, facts), answered(`rating=${rating}`, NOW), NOW).states.find(
          ({ requirement }) => requirement === 'graded-in-sisnaker',
        )!;
      expect(graded([])).toMatchObject({ state: 'met', strength: 'inferred' });
      expect(graded(['rating-on-dashboard'])).toMatchObject({ state: 'unknown' });
    },
  );
});

describe('a contradiction', () => {
  const given: string = 'dashboard=schedule rating=not-yet';

  it('names the statement and what speaks against it', () => {
    expect(positionAfter(given).contradiction).toEqual({
      requirement: 'rated-in-sisnaker',
      said: 'rating',
      suggested: 'dashboard',
    });
  });

  it('is asked about once, and the answer stands', () => {
    expect(positionAfter(given, ['rated-in-sisnaker'])).toMatchObject({
      contradiction: null,
      verdict: { kind: 'blocked', requirement: 'rated-in-sisnaker' },
    });
  });

  it('is none when one and the same answer says both', () => {
    expect(positionAfter('dashboard=status status=account-not-found').contradiction).toBeNull();
    expect(positionAfter('rating=sisnaker certificates=none').contradiction).toBeNull();
  });
});

describe('stored answers', () => {
  it('S27 with ids that every object has, or that set its prototype, are answers to no question', () => {
    const text =
      '{"__proto__":{"answerId":"finished","at":1,"order":0},"constructor":{"answerId":"finished","at":1,"order":1},' +
      '"toString":{"answerId":"finished","at":1,"order":2},"dashboard":{"answerId":"constructor","at":1,"order":3},' +
      '"training":{"answerId":"__proto__","at":1,"order":4},"rating":{"answerId":"toString","at":1,"order":5}}';
    const position = walk(checklist, throughJson(JSON.parse(text)), NOW);
    expect(position).toEqual(walk(checklist, {}, NOW));
    expect(position.next).toBe('dashboard');
    expect(Object.hasOwn(Object.prototype, 'answerId')).toBe(false);
  });

  it('S27 from a checklist that renamed answers do not find a rename in the prototype', () => {
    const renamed = {
      ...checklist,
      questions: checklist.questions.map((question) => ({ ...question, movedAnswers: { old: 'finished' } })),
    };
    const answers = { training: { answerId: 'valueOf', at: 1, order: 0 } };
    expect(walk(renamed, answers, NOW).next).toBe('dashboard');
    expect(walk(renamed, answers, NOW).path).toEqual(['dashboard']);
  });

  it('are left as they were', () => {
    const answers = answered('dashboard=nothing training=finished', NOW);
    const before = JSON.stringify(answers);
    walk(checklist, answers, NOW);
    expect(JSON.stringify(answers)).toBe(before);
  });
});
