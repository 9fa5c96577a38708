import { describe, expect, it } from 'vitest';
import { isoDate } from '../../src/language/dates.ts';
import {
  addWorkingDays,
  type Calendar,
  holidayAt,
  isWorkingDay,
  workingDaysBetween,
} from '../../src/language/working-days.ts';

const CHRISTMAS = { id: 'Hari Raya Natal', en: 'Christmas Day' };
const CALENDAR: Calendar = {
  holidays: new Map([
    ['2026-12-25', CHRISTMAS],
    ['2027-01-01', { id: 'Tahun Baru', en: "New Year's Day" }],
  ]),
  from: '2026-01-01',
  until: '2027-12-31',
};

const at = (time: string): number => Date.parse(`${time}+07:00`);

describe('working days', () => {
  it('are Monday to Friday without public holidays', () => {
    const days = ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27', '2026-12-28'];
    expect(days.map((day) => isWorkingDay(CALENDAR, at(`${day}T12:00`)))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(holidayAt(CALENDAR, at('2026-12-25T23:59'))).toBe(CHRISTMAS);
    expect(holidayAt(CALENDAR, at('2026-12-26T00:00'))).toBeNull();
  });

  it('belong to the day of the zone asked about', () => {
    const lateOnChristmasEve = at('2026-12-24T22:30');
    expect(isWorkingDay(CALENDAR, lateOnChristmasEve, 'WIB')).toBe(true);
    expect(isWorkingDay(CALENDAR, lateOnChristmasEve, 'WIT')).toBe(false);
  });

  it('are counted over weekends and holidays', () => {
    const counted = (count: number, from = '2026-12-23T15:00') =>
      isoDate(addWorkingDays(CALENDAR, at(from), count));
    expect([0, 1, 2, 3, 6, 7].map((count) => counted(count))).toEqual([
      '2026-12-23',
      '2026-12-24',
      '2026-12-28',
      '2026-12-29',
      '2027-01-04',
      '2027-01-05',
    ]);
    expect(counted(0, '2026-12-25T08:00')).toBe('2026-12-28');
    expect(counted(1, '2026-12-26T08:00')).toBe('2026-12-28');
  });

  it('lie between two moments as many as must be added to come from one to the other', () => {
    const from = at('2026-12-23T15:00');
    for (let count = 0; count < 40; count += 1) {
      expect(workingDaysBetween(CALENDAR, from, addWorkingDays(CALENDAR, from, count))).toBe(count);
    }
    expect(workingDaysBetween(CALENDAR, from, from)).toBe(0);
    expect(workingDaysBetween(CALENDAR, from, at('2026-12-01T00:00'))).toBe(0);
  });

  it('are only weekdays where the list of holidays has ended', () => {
    expect(isWorkingDay(CALENDAR, at('2031-12-25T12:00'))).toBe(true);
  });
});
