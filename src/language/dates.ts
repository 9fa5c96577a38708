/**
 * Days and hours as people in Indonesia count them. Its three zones keep the same distance from UTC all year, so this is
 * fixed arithmetic: every machine gives the same bytes, whatever its own zone. Times are epoch milliseconds.
 */
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

/** West, central and east: UTC+7, +8 and +9. The source's hours are WIB (clause 5), and so is whoever gave no zone. */
export const ZONES = ['WIB', 'WITA', 'WIT'] as const;
export type Zone = (typeof ZONES)[number];

const OFFSET_MS: Readonly<Record<Zone, number>> = { WIB: 7 * HOUR_MS, WITA: 8 * HOUR_MS, WIT: 9 * HOUR_MS };

/** How much later clocks in `zone` show than those in WIB, in whole hours: 0, 1 or 2. */
export function hoursAheadOfWib(zone: Zone): number {
  return (OFFSET_MS[zone] - OFFSET_MS.WIB) / HOUR_MS;
}

/** Number of the day in `zone` that contains `at`, counted from 1 January 1970. */
export function dayNumber(at: number, zone: Zone = 'WIB'): number {
  return Math.floor((at + OFFSET_MS[zone]) / DAY_MS);
}

/** When the day with this number begins in `zone`. */
export function startOfDayNumber(day: number, zone: Zone = 'WIB'): number {
  return day * DAY_MS - OFFSET_MS[zone];
}

/** Start of the day in `zone` that contains `at`. */
export function startOfDay(at: number, zone: Zone = 'WIB'): number {
  return startOfDayNumber(dayNumber(at, zone), zone);
}

export function addDays(at: number, days: number): number {
  return at + days * DAY_MS;
}

export type WallClock = {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
};

/** What calendar and clock show in `zone`. */
export function wallClock(at: number, zone: Zone = 'WIB'): WallClock {
  const wall = new Date(at + OFFSET_MS[zone]);
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    weekday: wall.getUTCDay(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
  };
}

/** The day in `zone` that contains `at`, as `2026-12-25`. */
export function isoDate(at: number, zone: Zone = 'WIB'): string {
  return new Date(at + OFFSET_MS[zone]).toISOString().slice(0, 10);
}

/** Pandu speaks unasked only between these hours of the day, where the participant is. */
const MORNING_HOUR = 9;
const EVENING_HOUR = 20;

export function isDaytime(at: number, zone: Zone = 'WIB'): boolean {
  const { hour } = wallClock(at, zone);
  return hour >= MORNING_HOUR && hour < EVENING_HOUR;
}

/** The hours of the day in `zone` that contains `at` in which Pandu may speak unasked. */
export function daytimeOf(at: number, zone: Zone = 'WIB'): { readonly from: number; readonly until: number } {
  const start = startOfDay(at, zone);
  return { from: start + MORNING_HOUR * HOUR_MS, until: start + EVENING_HOUR * HOUR_MS };
}

/** 09.00 in `zone` of this day when that is still to come, else of the next. */
export function nextMorning(at: number, zone: Zone = 'WIB'): number {
  const morning = startOfDay(at, zone) + MORNING_HOUR * HOUR_MS;
  return at < morning ? morning : addDays(morning, 1);
}
