/**
 * Days as participants count them: by the calendar of WIB (UTC+7 all year), the zone of the call centre's hours
 * (source clause 5). Fixed arithmetic, so that every machine gives the same bytes in any zone of its own.
 */
export const DAY_MS = 86_400_000;
const WIB_OFFSET_MS = 7 * 3_600_000;

/** Start of the WIB day that contains `at`; both in epoch milliseconds. */
export function startOfDay(at: number): number {
  return Math.floor((at + WIB_OFFSET_MS) / DAY_MS) * DAY_MS - WIB_OFFSET_MS;
}

export function addDays(at: number, days: number): number {
  return at + days * DAY_MS;
}

/** Wall-clock parts in WIB; `weekday` 0 is Sunday, `month` 1 is January. */
export function inWib(at: number): {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
} {
  const wall = new Date(at + WIB_OFFSET_MS);
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
  };
}

/** Pandu speaks unasked only between these hours of the day, WIB. */
const MORNING_HOUR = 9;
const EVENING_HOUR = 20;

export function isDaytime(at: number): boolean {
  const { hour } = inWib(at);
  return hour >= MORNING_HOUR && hour < EVENING_HOUR;
}

/** 09.00 WIB of this day when that is still to come, else of the next. */
export function nextMorning(at: number): number {
  const morning = startOfDay(at) + MORNING_HOUR * 3_600_000;
  return at < morning ? morning : addDays(morning, 1);
}
