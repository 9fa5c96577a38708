import { describe, expect, it } from 'vitest';
import { isoDate, type Zone } from '../../src/language/dates.ts';
import { possibleDays, readDay, readPastDay } from '../../src/language/read-day.ts';
import { rowsOf } from './table.ts';

const TUESDAY = Date.parse('2026-11-24T10:00:00+07:00');

function inShort(text: string, direction: 'ahead' | 'back', at = TUESDAY, zone: Zone = 'WIB'): string {
  const days = possibleDays(text, at, zone, direction).map(({ startsAt }) => isoDate(startsAt, zone));
  return days.length === 0 ? '-' : days.join(' / ');
}

describe.each(['ahead', 'back'] as const)('days-%s.tsv', (direction) => {
  const rows = rowsOf(`days-${direction}.tsv`, 2);
  it.each(rows.map(({ line, cells: [text, expected] }) => ({ line, text: text!, expected: expected! })))(
    'reads “$text” as $expected (line $line)',
    ({ text, expected }) => {
      expect(inShort(text, direction)).toBe(expected);
      const read = (direction === 'ahead' ? readDay : readPastDay)(text, TUESDAY);
      expect(read === null ? '-' : isoDate(read.startsAt)).toBe(expected.includes('/') ? '-' : expected);
    },
  );
});

describe('readDay', () => {
  it('begins the day where the participant is', () => {
    const lateInJayapura = Date.parse('2026-11-24T23:30:00+09:00');
    expect(readDay('besok', lateInJayapura, 'WIT')).toEqual({
      startsAt: Date.parse('2026-11-25T00:00:00+09:00'),
    });
    // It is already the 25th there, and still the 24th in Jakarta.
    const pastMidnight = Date.parse('2026-11-25T00:30:00+09:00');
    expect(inShort('besok', 'ahead', pastMidnight, 'WIT')).toBe('2026-11-26');
    expect(inShort('besok', 'ahead', pastMidnight, 'WIB')).toBe('2026-11-25');
  });

  it('goes over the ends of months and years, leap days too', () => {
    const newYearsEve = Date.parse('2026-12-31T12:00:00+07:00');
    expect(inShort('besok', 'ahead', newYearsEve)).toBe('2027-01-01');
    expect(inShort('tgl 5', 'ahead', newYearsEve)).toBe('2027-01-05');
    expect(inShort('akhir bulan', 'ahead', newYearsEve)).toBe('2026-12-31');
    expect(inShort('bulan depan', 'ahead', Date.parse('2027-01-31T12:00:00+07:00'))).toBe('2027-02-28');
    expect(inShort('bulan depan', 'ahead', Date.parse('2028-01-31T12:00:00+07:00'))).toBe('2028-02-29');
    expect(inShort('minggu lalu', 'back', Date.parse('2027-01-03T12:00:00+07:00'))).toBe('2026-12-27');
  });

  it('takes a weekday for the next one, whatever day it is', () => {
    for (let days = 0; days < 14; days += 1) {
      const at = TUESDAY + days * 86_400_000;
      const [first, ...others] = possibleDays('hari jumat', at, 'WIB', 'ahead');
      expect(new Date(first!.startsAt + 7 * 3_600_000).getUTCDay()).toBe(5);
      expect(first!.startsAt - at).toBeLessThan(7 * 86_400_000);
      expect(others).toHaveLength(new Date(at).getUTCDay() === 5 ? 1 : 0);
    }
  });

  it('reads a long message in no time, and only its beginning', () => {
    const began = performance.now();
    expect(readDay(`${'minggu hari 2 '.repeat(20_000)}besok`, TUESDAY)).toBeNull();
    expect(performance.now() - began).toBeLessThan(200);
  });
});
