import { describe, expect, it } from 'vitest';
import {
  hoursAheadOfWib,
  isDaytime,
  isoDate,
  nextMorning,
  startOfDay,
  wallClock,
  ZONES,
} from '../../src/language/dates.ts';

const OFFSETS = { WIB: '+07:00', WITA: '+08:00', WIT: '+09:00' } as const;

describe.each(ZONES)('in %s', (zone) => {
  const at = (time: string): number => Date.parse(`${time}${OFFSETS[zone]}`);

  it('the day begins at midnight there', () => {
    expect(startOfDay(at('2026-11-24T00:00:00'), zone)).toBe(at('2026-11-24T00:00:00'));
    expect(startOfDay(at('2026-11-24T23:59:59'), zone)).toBe(at('2026-11-24T00:00:00'));
    expect(isoDate(at('2026-11-24T00:00:00'), zone)).toBe('2026-11-24');
    expect(isoDate(at('2026-11-24T00:00:00') - 1, zone)).toBe('2026-11-23');
  });

  it('the wall shows what Intl shows', () => {
    const names = { WIB: 'Asia/Jakarta', WITA: 'Asia/Makassar', WIT: 'Asia/Jayapura' } as const;
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: names[zone],
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    });
    for (let hour = 0; hour < 9_000; hour += 7) {
      const moment = at('2026-11-24T00:30:00') + hour * 3_600_000;
      const wall = wallClock(moment, zone);
      const two = (part: number): string => String(part).padStart(2, '0');
      expect(format.format(moment)).toBe(
        `${wall.year}-${two(wall.month)}-${two(wall.day)}, ${two(wall.hour)}:${two(wall.minute)}`,
      );
    }
  });

  it('Pandu speaks unasked from nine to eight in the evening there', () => {
    expect(isDaytime(at('2026-11-24T08:59:59'), zone)).toBe(false);
    expect(isDaytime(at('2026-11-24T09:00:00'), zone)).toBe(true);
    expect(isDaytime(at('2026-11-24T19:59:59'), zone)).toBe(true);
    expect(isDaytime(at('2026-11-24T20:00:00'), zone)).toBe(false);
    expect(nextMorning(at('2026-11-24T07:00:00'), zone)).toBe(at('2026-11-24T09:00:00'));
    expect(nextMorning(at('2026-11-24T09:00:00'), zone)).toBe(at('2026-11-25T09:00:00'));
    expect(nextMorning(at('2026-11-24T22:00:00'), zone)).toBe(at('2026-11-25T09:00:00'));
  });
});

it('clocks in the east are one and two hours ahead of WIB', () => {
  expect(ZONES.map(hoursAheadOfWib)).toEqual([0, 1, 2]);
});
