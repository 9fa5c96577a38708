import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../src/channels/web/rate.ts';

describe('createRateLimit()', () => {
  it('lets a burst pass, then as much as flows in, and says how long to wait', () => {
    const limit = createRateLimit({ burst: 3, perSecond: 2, remembered: 10 });
    expect([0, 0, 0, 0].map(() => limit.waitMs('a', 1_000))).toEqual([0, 0, 0, 500]);
    expect(limit.waitMs('a', 1_400)).toBe(100);
    expect(limit.waitMs('a', 1_500)).toBe(0);
    expect(limit.waitMs('a', 1_500)).toBe(500);
  });

  it('S11 keeps visitors apart', () => {
    const limit = createRateLimit({ burst: 1, perSecond: 1, remembered: 10 });
    expect([limit.waitMs('a', 0), limit.waitMs('a', 0), limit.waitMs('b', 0)]).toEqual([0, 1000, 0]);
  });

  it('never gives more than a burst, however long somebody was away', () => {
    const limit = createRateLimit({ burst: 2, perSecond: 10, remembered: 10 });
    limit.waitMs('a', 0);
    expect([0, 0, 0].map(() => limit.waitMs('a', 86_400_000))).toEqual([0, 0, 100]);
  });

  it('F29 refuses nobody for ever when the clock goes back', () => {
    const limit = createRateLimit({ burst: 1, perSecond: 1, remembered: 10 });
    expect(limit.waitMs('a', 10_000_000)).toBe(0);
    expect(limit.waitMs('a', 0)).toBe(1000);
    expect(limit.waitMs('a', 1_000)).toBe(0);
  });

  it('remembers a bounded number of visitors, those of late', () => {
    const limit = createRateLimit({ burst: 1, perSecond: 1, remembered: 100 });
    limit.waitMs('first', 0);
    for (let number = 0; number < 100; number += 1) limit.waitMs(`other ${number}`, 0);
    expect(limit.waitMs('first', 0)).toBe(0);
    expect(limit.waitMs('other 99', 0)).toBe(1000);
  });
});
