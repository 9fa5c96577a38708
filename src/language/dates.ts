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
