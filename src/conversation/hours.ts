import type { Fact } from '../checklist/checklist.ts';
import { factValue } from '../checklist/walk.ts';
import { addDays, startOfDay, wallClock } from '../language/dates.ts';

/**
 * When the call centre opens next, null while it is open (source clause 5: Monday to Friday, 08.00 to 19.00 WIB).
 * Public holidays are not in the source and are not known here.
 */
export function nextOpening(facts: readonly Fact[], at: number): number | null {
  const [firstDay, lastDay] = factValue(facts, 'call-centre.days').split('-').map(Number) as [number, number];
  const opens = minutesOf(factValue(facts, 'call-centre.opens'));
  const closes = minutesOf(factValue(facts, 'call-centre.closes'));
  const isOpenDay = (time: number): boolean => {
    const { weekday } = wallClock(time);
    return weekday >= firstDay && weekday <= lastDay;
  };
  const now = wallClock(at);
  const minute = now.hour * 60 + now.minute;
  if (isOpenDay(at) && minute >= opens && minute < closes) return null;
  let dayStart = startOfDay(at);
  if (!isOpenDay(dayStart) || minute >= opens) dayStart = addDays(dayStart, 1);
  for (let tried = 0; tried < 7 && !isOpenDay(dayStart); tried += 1) dayStart = addDays(dayStart, 1);
  return dayStart + opens * 60_000;
}

/** "08.00" → 480 */
function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split('.').map(Number) as [number, number];
  return hours * 60 + minutes;
}
