import type { Fact } from '../checklist/checklist.ts';
import { factValue } from '../checklist/walk.ts';

/** On which days of the week, and between which moments of such a day, somebody can be reached. */
export type Timetable = {
  /** 0 is Sunday. */
  readonly has: (weekday: number) => boolean;
  /** Since the start of the day in WIB. */
  readonly opensMs: number;
  readonly closesMs: number;
};

type TimetableFacts = { readonly days: string; readonly opens: string; readonly closes: string };

/** Source clause 5. */
export const CALL_CENTRE: TimetableFacts = {
  days: 'call-centre.days',
  opens: 'call-centre.opens',
  closes: 'call-centre.closes',
};
export const OPERATORS: TimetableFacts = {
  days: 'operator.days',
  opens: 'operator.opens',
  closes: 'operator.closes',
};

/** Days as `1-5` (`5-1` goes over Sunday), moments as `08.00` in WIB. */
export function timetableOf(facts: readonly Fact[], { days, opens, closes }: TimetableFacts): Timetable {
  const [first, last] = factValue(facts, days).split('-').map(Number) as [number, number];
  return {
    has: (weekday) =>
      first <= last ? weekday >= first && weekday <= last : weekday >= first || weekday <= last,
    opensMs: sinceMidnight(factValue(facts, opens)),
    closesMs: sinceMidnight(factValue(facts, closes)),
  };
}

const MINUTE_MS = 60_000;

function sinceMidnight(clock: string): number {
  const [hours, minutes] = clock.split('.').map(Number) as [number, number];
  return (hours * 60 + minutes) * MINUTE_MS;
}
