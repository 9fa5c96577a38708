import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/checklist/checklist.ts';
import { nextOpening } from '../../src/conversation/hours.ts';
import { readSources } from '../../src/flow/sources.ts';

const { calendar, checklist } = readSources('flows').sources!;

/** Moments in WIB, as `2026-12-25T10:00`. */
function opening(time: string, facts: readonly Fact[] = checklist.facts): string | null {
  const next = nextOpening(facts, calendar, Date.parse(`${time}+07:00`));
  if (next === null) return null;
  const holidays = next.holidays.map(({ id }) => id);
  const when = new Date(next.opensAt + 7 * 3_600_000).toISOString().slice(0, 16);
  return [when, ...holidays, ...(next.isToday ? ['today'] : [])].join(', ');
}

describe('the call centre', () => {
  it('is open from Monday to Friday, 08.00 to 19.00 WIB', () => {
    expect(opening('2026-11-24T08:00')).toBeNull();
    expect(opening('2026-11-24T18:59')).toBeNull();
    expect(opening('2026-11-24T07:59')).toBe('2026-11-24T08:00');
    expect(opening('2026-11-24T19:00')).toBe('2026-11-25T08:00');
    expect(opening('2026-11-27T19:00')).toBe('2026-11-30T08:00');
    expect(opening('2026-11-28T10:00')).toBe('2026-11-30T08:00');
  });

  it('may be closed on a public holiday, and opens on the next working day', () => {
    expect(opening('2026-12-25T10:00')).toBe('2026-12-28T08:00, Natal, today');
    expect(opening('2026-12-23T19:30')).toBe('2026-12-28T08:00, cuti bersama Natal, Natal');
    expect(opening('2026-12-24T07:00')).toBe('2026-12-28T08:00, cuti bersama Natal, Natal, today');
    expect(opening('2026-12-31T20:00')).toBe('2027-01-04T08:00, Tahun Baru');
  });

  it('says nothing of holidays that take no day from its timetable', () => {
    // 15 August 2027, the Prophet's Birthday, is a Sunday.
    expect(opening('2027-08-14T10:00')).toBe('2027-08-16T08:00');
    expect(opening('2026-12-25T20:00')).toBe('2026-12-28T08:00');
  });

  it('is away for more than a week around Lebaran', () => {
    expect(opening('2027-03-05T20:00')).toBe('2027-03-16T08:00, Nyepi, cuti bersama Idulfitri, Idulfitri');
    expect(opening('2027-03-15T12:00')).toBe('2027-03-16T08:00, cuti bersama Idulfitri, today');
    expect(opening('2027-03-16T12:00')).toBeNull();
  });

  it('follows the facts, also over the weekend', () => {
    const weekend = checklist.facts.map((fact) =>
      fact.id === 'call-centre.days' ? { ...fact, value: '6-1' } : fact,
    );
    expect(opening('2026-11-28T10:00', weekend)).toBeNull();
    expect(opening('2026-11-30T10:00', weekend)).toBeNull();
    expect(opening('2026-12-01T10:00', weekend)).toBe('2026-12-05T08:00');
  });
});
