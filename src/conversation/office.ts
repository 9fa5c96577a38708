import type { Fact } from '../checklist/checklist.ts';
import { addDays, DAY_MS, HOUR_MS, startOfDay, wallClock } from '../language/dates.ts';
import { type Calendar, holidayAt } from '../language/working-days.ts';
import { OPERATORS, timetableOf } from './timetable.ts';

/** When those who answer work: the facts `operator.days`, `.opens` and `.closes` (WIB), and no public holiday. */
export type Office = { readonly facts: readonly Fact[]; readonly calendar: Calendar };

/** Somebody who never opens would otherwise be looked for without end. */
const MOST_DAYS = 400;

/** When they begin to work next, null while they do. */
export function nextOfficeHour(office: Office, at: number): number | null {
  const { from, until } = officeDay(office, at);
  return at >= from && at < until ? null : nextOpening(office, at);
}

/** When `hours` of work have passed since `at`: nights and free days do not count, and it is never at night. */
export function afterOfficeHours(office: Office, at: number, hours: number): number {
  let left = hours * HOUR_MS;
  let time = nextOfficeHour(office, at) ?? at;
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const { until } = officeDay(office, time);
    if (time + left <= until) return time + left;
    left -= until - time;
    time = nextOpening(office, until);
  }
  return time;
}

/** The hours of work of the day that contains `at`; on a free day they end before they begin. */
function officeDay(
  { facts, calendar }: Office,
  at: number,
): { readonly from: number; readonly until: number } {
  const { has, opensMs, closesMs } = timetableOf(facts, OPERATORS);
  const start = startOfDay(at);
  const isFree = !has(wallClock(start).weekday) || holidayAt(calendar, start) !== null;
  return isFree ? { from: start + DAY_MS, until: start } : { from: start + opensMs, until: start + closesMs };
}

function nextOpening(office: Office, at: number): number {
  let day = startOfDay(at);
  for (let days = 0; days < MOST_DAYS; days += 1) {
    const { from, until } = officeDay(office, day);
    if (from < until && from > at) return from;
    day = addDays(day, 1);
  }
  return at;
}
