import { dayNumber, startOfDayNumber, wallClock, type Zone } from './dates.ts';
import { DAY_PATTERNS } from './day-patterns.ts';
import { DAY_WORDS, SHORT_WEEKDAYS } from './day-words.ts';
import type { Direction, Sought } from './reckon-days.ts';

export type DayRead = {
  /** Start of that day in the zone, epoch milliseconds. */
  readonly startsAt: number;
};

/** Nobody plans further ahead, or remembers a training from longer ago. */
const FURTHEST_DAYS = 400;
const MOST_CHARACTERS = 500;

/**
 * The day, today or later, that `text` names for somebody in `zone` at the moment `at`; null when it names none, or two
 * ("besok atau lusa", "minggu": Sunday or a week). Changes nothing that is no day ("12 juta", "jam 5") into one.
 */
export function readDay(text: string, at: number, zone: Zone = 'WIB'): DayRead | null {
  return only(possibleDays(text, at, zone, 'ahead'));
}

/** The same for what has happened: today or earlier. */
export function readPastDay(text: string, at: number, zone: Zone = 'WIB'): DayRead | null {
  return only(possibleDays(text, at, zone, 'back'));
}

/** All days that `text` may name, earliest first: to be offered when there are two. */
export function possibleDays(text: string, at: number, zone: Zone, direction: Direction): readonly DayRead[] {
  return takeDays(text, at, zone, direction).days;
}

/** Whether a message is but a day: "tanggal 12 november". */
export function isOnlyDay(text: string, at: number, zone: Zone, direction: Direction): boolean {
  const { days, rest } = takeDays(text, at, zone, direction);
  return days.length > 0 && rest.split(' ').every((word) => BESIDE_A_DAY.has(word));
}

/** Words that are no more than the way to a day, and what stands where one was read. */
const BESIDE_A_DAY: ReadonlySet<string> = new Set([
  '',
  ',',
  'pada',
  'di',
  'sekitar',
  'kira',
  'on',
  'in',
  'about',
]);

function takeDays(text: string, at: number, zone: Zone, direction: Direction) {
  const today = dayNumber(at, zone);
  const sought: Sought = { ...wallClock(at, zone), today, direction };
  const found = new Set<number>();
  let rest = ` ${dayWords(text)} `;
  for (const { pattern, days } of DAY_PATTERNS) {
    rest = rest.replace(pattern, (...match: unknown[]) => {
      const groups = match.slice(1, -2).map((group) => (group === undefined ? '' : String(group)));
      for (const day of days(sought, groups)) found.add(day);
      return ' , ';
    });
  }
  const days = [...found]
    .filter((day) => (direction === 'ahead' ? day >= today : day <= today))
    .filter((day) => Math.abs(day - today) <= FURTHEST_DAYS)
    .sort((one, other) => one - other)
    .map((day): DayRead => ({ startsAt: startOfDayNumber(day, zone) }));
  return { days, rest };
}

function only(days: readonly DayRead[]): DayRead | null {
  return days.length === 1 ? days[0]! : null;
}

/** The words of a message in one spelling, digits apart from letters, dates with strokes left whole; a comma between clauses. */
function dayWords(text: string): string {
  const plain = text
    .slice(0, MOST_CHARACTERS)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}'`´‘’ʼ]/gu, '')
    .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1 nth')
    .replace(/(\d)(?=\p{L})/gu, '$1 ')
    .replace(/(\p{L})(?=\d)/gu, '$1 ')
    .replace(/[^\p{L}\d/.:-]+/gu, (gap) => (/[,;!?\n]/.test(gap) ? ' , ' : ' '))
    .replace(/(?<!\d)[-./:]|[-./:](?!\d)/g, ' ');
  const words = plain.split(' ').filter((word) => word !== '');
  return words.map((word, index) => wordOf(word, words[index - 1] ?? '')).join(' ');
}

const BEFORE_SHORT_WEEKDAY = new Set(['on', 'next', 'this', 'last', 'by']);

function wordOf(word: string, before: string): string {
  const weekday = BEFORE_SHORT_WEEKDAY.has(before) ? SHORT_WEEKDAYS[word] : undefined;
  return weekday ?? DAY_WORDS.get(word) ?? word;
}
