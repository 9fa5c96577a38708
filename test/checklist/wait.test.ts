import { afterEach, describe, expect, it } from 'vitest';
import type { Checklist } from '../../src/checklist/checklist.ts';
import { allPaths } from '../../src/checklist/paths.ts';
import { type Position, walk } from '../../src/checklist/walk.ts';
import { answered, loadedChecklist } from './loaded.ts';

const checklist = withDays(loadedChecklist(), { 'sync.lookAgainDays': '7', 'payout.lookAgainDays': '5' });
const NOW = Date.parse('2026-03-17T14:30:00+07:00');

function withDays(loaded: Checklist, values: Readonly<Record<string, string>>): Checklist {
  const facts = loaded.facts.map((fact) => ({ ...fact, value: values[fact.id] ?? fact.value }));
  return { ...loaded, facts };
}

const READY =
  'dashboard=nothing training=finished rating=sisnaker certificates=both wallet=linked names=same';

function verdictAt(given: string, at: string, saidAt = NOW) {
  return walk(checklist, answered(given, saidAt), Date.parse(at)).verdict!;
}

describe('a wait for the sync', () => {
  it('asks when the later of certificate and rating was, instead of counting from the telling', () => {
    expect(walk(checklist, answered(READY, NOW), NOW)).toMatchObject({ verdict: null, next: 'when' });
  });

  it.each([
    ['today', '2026-03-17', '2026-03-25'],
    ['yesterday', '2026-03-16', '2026-03-24'],
    ['days', '2026-03-15', '2026-03-23'],
  ])(
    'counts from the day meant by "%s", and ends seven days after the report of the day after',
    (when, from, until) => {
      const given = `${READY} when=${when}`;
      expect(verdictAt(given, '2026-03-17T15:00:00+07:00')).toMatchObject({
        kind: 'waiting',
        requirement: 'reported-and-synced',
        owner: 'nobody',
        from: Date.parse(`${from}T00:00:00+07:00`),
        until: Date.parse(`${until}T00:00:00+07:00`),
      });
      const lastMoment = Date.parse(`${until}T00:00:00+07:00`) - 1;
      expect(verdictAt(given, new Date(lastMoment).toISOString()).kind).toBe('waiting');
      expect(verdictAt(given, `${until}T00:00:00+07:00`)).toMatchObject({
        kind: 'blocked',
        requirement: 'reported-and-synced',
        owner: 'call-centre',
        telling: 'overdue',
      });
    },
  );

  it('is over at once for who has waited more than a week already', () => {
    const given = `${READY} when=longer`;
    expect(verdictAt(given, '2026-03-17T14:30:00+07:00')).toMatchObject({
      kind: 'blocked',
      owner: 'call-centre',
    });
  });

  it('sends who cannot say the date to look it up', () => {
    const given = `${READY} when=unknown`;
    expect(verdictAt(given, '2026-03-17T14:30:00+07:00')).toMatchObject({
      kind: 'find-out',
      requirement: 'reported-and-synced',
      owner: 'participant',
      telling: 'when',
    });
  });

  it('takes an answer of just before and just after midnight in Jakarta for two different days', () => {
    const given = `${READY} when=today`;
    const before = verdictAt(given, '2026-03-18T12:00:00+07:00', Date.parse('2026-03-17T23:59:59+07:00'));
    const after = verdictAt(given, '2026-03-18T12:00:00+07:00', Date.parse('2026-03-18T00:00:00+07:00'));
    expect(before.from).toBe(Date.parse('2026-03-17T00:00:00+07:00'));
    expect(after.from).toBe(Date.parse('2026-03-18T00:00:00+07:00'));
  });

  it('goes on for the schedule once the certificate is there, when the wallet is known to be linked', () => {
    const certificate = 'dashboard=certificate';
    expect(walk(checklist, answered(certificate, NOW), NOW).next).toBe('wallet');
    const given = `${certificate} wallet=linked when=today`;
    expect(verdictAt(given, '2026-03-17T15:00:00+07:00')).toMatchObject({
      kind: 'waiting',
      requirement: 'schedule',
      owner: 'nobody',
    });
  });
});

describe('a wait for the payout', () => {
  it('begins on the scheduled day and ends when the limit has passed', () => {
    const given = 'dashboard=schedule payout-date=recent';
    expect(verdictAt(given, '2026-03-22T23:59:59+07:00')).toMatchObject({
      kind: 'waiting',
      requirement: 'payout',
    });
    expect(verdictAt(given, '2026-03-23T00:00:00+07:00')).toMatchObject({
      kind: 'blocked',
      requirement: 'payout',
      owner: 'call-centre',
      telling: 'overdue',
    });
  });

  it('lasts two weeks longer while the scheduled day has not come', () => {
    const given = 'dashboard=schedule payout-date=not-yet';
    expect(verdictAt(given, '2026-04-05T23:59:59+07:00').kind).toBe('waiting');
    expect(verdictAt(given, '2026-04-06T00:00:00+07:00')).toMatchObject({
      kind: 'blocked',
      owner: 'call-centre',
    });
  });

  it('is over for who was to be paid more than a week ago', () => {
    expect(verdictAt('dashboard=schedule payout-date=long', '2026-03-17T14:30:00+07:00')).toMatchObject({
      kind: 'blocked',
      requirement: 'payout',
      owner: 'call-centre',
    });
  });
});

describe('every wait', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('has an end, at which it becomes the turn of the call centre for the same requirement', () => {
    let waits = 0;
    for (const { answers, settled, position } of allPaths(checklist, NOW)) {
      if (position.verdict?.kind !== 'waiting') continue;
      waits += 1;
      const { from, until, requirement } = position.verdict;
      expect(from).toBeLessThan(until!);
      const at = (moment: number): Position['verdict'] => walk(checklist, answers, moment, settled).verdict;
      expect(at(until! - 1)).toMatchObject({ kind: 'waiting', requirement });
      expect(at(until!)).toMatchObject({ kind: 'blocked', requirement, owner: 'call-centre' });
      expect(at(until! + 365 * 86_400_000)).toMatchObject({
        kind: 'blocked',
        requirement,
        owner: 'call-centre',
      });
    }
    expect(waits).toBeGreaterThan(20);
  });

  it.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Jayapura'])(
    'ends on the same day on a machine in %s',
    (name) => {
      const given = `${READY} when=today`;
      const here = verdictAt(given, '2026-03-18T00:30:00+07:00', Date.parse('2026-03-17T23:30:00+07:00'));
      process.env.TZ = name;
      expect(new Date(NOW).getTimezoneOffset()).not.toBe(-7 * 60);
      expect(verdictAt(given, '2026-03-18T00:30:00+07:00', Date.parse('2026-03-17T23:30:00+07:00'))).toEqual(
        here,
      );
    },
  );
});
