import { addDays, isoDate, startOfDay, wallClock, type Zone } from './dates.ts';

/** A public holiday as people call it. */
export type Holiday = { readonly id: string; readonly en: string };

/** Public holidays of Indonesia, by date (`2026-12-25`), from flows/holidays.yaml. */
export type Calendar = {
  readonly holidays: ReadonlyMap<string, Holiday>;
  /** First and last date that the list speaks for; outside of it only weekends are known. */
  readonly from: string;
  readonly until: string;
};

const SATURDAY = 6;
const SUNDAY = 0;

/** The public holiday on the day that contains `at`, null on any other. */
export function holidayAt(calendar: Calendar, at: number, zone: Zone = 'WIB'): Holiday | null {
  return calendar.holidays.get(isoDate(at, zone)) ?? null;
}

/** Monday to Friday, and no public holiday. */
export function isWorkingDay(calendar: Calendar, at: number, zone: Zone = 'WIB'): boolean {
  const { weekday } = wallClock(at, zone);
  return weekday !== SATURDAY && weekday !== SUNDAY && holidayAt(calendar, at, zone) === null;
}

/**
 * Start of the working day that lies `count` working days after the day of `at`, which itself never counts. With 0: the
 * day of `at`, or the first working day after it.
 */
export function addWorkingDays(calendar: Calendar, at: number, count: number, zone: Zone = 'WIB'): number {
  let day = startOfDay(at, zone);
  for (let left = count; left > 0 || !isWorkingDay(calendar, day, zone); ) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day, zone)) left -= 1;
  }
  return day;
}

/** Working days after the day of `from`, up to and with the day of `until`; 0 when that is not later. */
export function workingDaysBetween(
  calendar: Calendar,
  from: number,
  until: number,
  zone: Zone = 'WIB',
): number {
  let count = 0;
  const last = startOfDay(until, zone);
  for (let day = addDays(startOfDay(from, zone), 1); day <= last; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day, zone)) count += 1;
  }
  return count;
}
