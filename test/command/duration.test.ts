import { describe, expect, it } from 'vitest';
import { readIsoDuration, readSpokenDuration } from '../../src/command/duration.ts';

const HOUR_MS = 3_600_000;

describe('readIsoDuration()', () => {
  it.each([
    '',
    'P',
    'PT',
    '26H',
    'PT26',
    'P26H',
    'PT1D',
    'P1Y',
    'P2M',
    'P1M',
    '-PT1H',
    'PT-1H',
    'pt1h',
    ' PT1H',
    'PT1.5H',
    'PT1H ',
    'P1DT',
    'PT999999999999H',
  ])('refuses %j', (text) => {
    expect(readIsoDuration(text)).toBeNull();
  });

  it.each([
    ['PT26H', 26 * HOUR_MS],
    ['P1D', 24 * HOUR_MS],
    ['P1DT2H', 26 * HOUR_MS],
    ['P2W', 14 * 24 * HOUR_MS],
    ['PT90M', 1.5 * HOUR_MS],
    ['PT0S', 0],
    ['PT1.5S', 1500],
    ['PT1,5S', 1500],
  ])('reads %s', (text, ms) => {
    expect(readIsoDuration(text)).toBe(ms);
  });
});

describe('readSpokenDuration()', () => {
  it.each([
    '',
    'jam',
    '26',
    '26 abad',
    '-1 jam',
    '26 jam lagi',
    '1e9 jam',
    '999999999 weeks',
    '1 constructor',
  ])('refuses %j', (text) => {
    expect(readSpokenDuration(text)).toBeNull();
  });

  it.each([
    ['26 jam', 26 * HOUR_MS],
    ['26 hours', 26 * HOUR_MS],
    ['1 hour', HOUR_MS],
    ['2 Hari', 48 * HOUR_MS],
    ['1,5 jam', 1.5 * HOUR_MS],
    ['30menit', HOUR_MS / 2],
    ['1 minggu', 168 * HOUR_MS],
  ])('reads %s', (text, ms) => {
    expect(readSpokenDuration(text)).toBe(ms);
  });
});
