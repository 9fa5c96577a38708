/** Days reckoned from a participant's own today. All of them are numbers of days since 1 January 1970 (dates.ts). */
import { DAY_MS } from './dates.ts';

/** Where to look: from today on, or from today back. */
export type Direction = 'ahead' | 'back';

/** What a pattern is reckoned from: the participant's own calendar. */
export type Sought = {
  readonly today: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly direction: Direction;
};

/** Number of this date, null when the calendar has no such day. */
export function numberOf(year: number, month: number, day: number): number | null {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at / DAY_MS : null;
}

/** The date nearest in the direction; a written year stands. */
export function date(sought: Sought, day: number, month: number, year: string): readonly number[] {
  if (month < 1 || month > 12 || day < 1 || day > 31) return [];
  if (year !== '')
    return numbers([numberOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day)]);
  const step = sought.direction === 'ahead' ? 1 : -1;
  const years = [0, 1, 2, 3, 4].map((count) => sought.year + step * count);
  return nearest(sought, numbers(years.map((candidate) => numberOf(candidate, month, day))));
}

/** This day of the nearest month that has it. */
export function dayOfMonth(sought: Sought, day: number): readonly number[] {
  if (day < 1 || day > 31) return [];
  const step = sought.direction === 'ahead' ? 1 : -1;
  const months = [0, 1, 2].map((count) => monthsOn(sought, step * count));
  return nearest(sought, numbers(months.map(({ year, month }) => numberOf(year, month, day))));
}

export function nearest({ today, direction }: Sought, candidates: readonly number[]): readonly number[] {
  return candidates.filter((day) => (direction === 'ahead' ? day >= today : day <= today)).slice(0, 1);
}

export function numbers(found: readonly (number | null)[]): readonly number[] {
  return found.filter((day) => day !== null);
}

type Month = { readonly year: number; readonly month: number };

export function monthsOn({ year, month }: Month, count: number): Month {
  const index = year * 12 + (month - 1) + count;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

/** The same day of another month, or its last where that month is shorter. */
export function sameDay(sought: Sought, count: number): readonly number[] {
  const { year, month } = monthsOn(sought, count);
  const last = lastDay(year, month);
  return [Math.min(numberOf(year, month, 1)! + sought.day - 1, last)];
}

function lastDay(year: number, month: number): number {
  return Date.UTC(year, month, 1) / DAY_MS - 1;
}

/** The nearest day of this name. Said on that very day it may be today or a week from it. */
export function weekday({ today, weekday: now, direction }: Sought, wanted: number): readonly number[] {
  if (wanted === now) return direction === 'ahead' ? [today, today + 7] : [today - 7, today];
  return direction === 'ahead' ? [today + ((wanted - now + 7) % 7)] : [today - ((now - wanted + 7) % 7)];
}

/** Weeks begin on Monday. */
export function inWeek({ today, weekday: now }: Sought, wanted: number, weeks: number): number {
  return today - ((now + 6) % 7) + ((wanted + 6) % 7) + 7 * weeks;
}

/** "awal", "tengah" or "akhir" of a month. */
export function partOfMonth(part: string, { year, month }: Month): number {
  if (part === 'akhir') return lastDay(year, month);
  return numberOf(year, month, part === 'awal' ? 1 : 15)!;
}

export function partOfNamedMonth(sought: Sought, part: string, month: number): readonly number[] {
  const years =
    sought.direction === 'ahead' ? [sought.year, sought.year + 1] : [sought.year, sought.year - 1];
  return nearest(
    sought,
    years.map((year) => partOfMonth(part, { year, month })),
  );
}

/** This day of the month that lies `count` months from now. */
export function dayInMonth(sought: Sought, day: number, count: number): readonly number[] {
  const { year, month } = monthsOn(sought, count);
  return numbers([numberOf(year, month, day)]);
}
