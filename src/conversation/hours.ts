import type { Fact } from '../checklist/checklist.ts';
import { addDays, startOfDay, wallClock } from '../language/dates.ts';
import { type Calendar, type Holiday, holidayAt } from '../language/working-days.ts';
import { CALL_CENTRE, timetableOf } from './timetable.ts';

/** When the call centre opens next, by its timetable and the public holidays. */
export type Opening = {
  readonly opensAt: number;
  /** The holidays that take away days of the timetable until then, each once. */
  readonly holidays: readonly Holiday[];
  /** Whether today is one of these days. */
  readonly isToday: boolean;
};

/**
 * Null while the call centre is open (source clause 5: Monday to Friday, 08.00 to 19.00 WIB). The source does not speak of
 * public holidays, so a day of the timetable that is one is told as a day on which it may be closed (decision 24).
 */
export function nextOpening(facts: readonly Fact[], calendar: Calendar, at: number): Opening | null {
  const { has, opensMs, closesMs } = timetableOf(facts, CALL_CENTRE);
  const holidays = new Set<Holiday>();
  let isToday = false;
  // Ends: the timetable has a day in each week, and the list of holidays has an end.
  for (let dayStart = startOfDay(at); ; dayStart = addDays(dayStart, 1)) {
    const isOver = at >= dayStart + closesMs;
    if (!has(wallClock(dayStart).weekday) || isOver) continue;
    const holiday = holidayAt(calendar, dayStart);
    if (holiday === null) {
      const opensAt = dayStart + opensMs;
      return at >= opensAt ? null : { opensAt, holidays: [...holidays], isToday };
    }
    holidays.add(holiday);
    isToday ||= dayStart <= at;
  }
}
