import { describe, expect, it } from 'vitest';
import { codeLifeMs, qrLifeMs } from '../../../src/channels/whatsapp/pairing.ts';
import { backOffMs, createPauses, WHATSAPP_TIMING } from '../../../src/channels/whatsapp/timing.ts';

describe('F69 pauses between connections', () => {
  const many = (failures: number): number[] =>
    Array.from({ length: 500 }, () => backOffMs(failures, 1_000, 60_000));

  it.each([
    [1, 500, 1_000],
    [2, 1_000, 2_000],
    [3, 2_000, 4_000],
    [6, 16_000, 32_000],
    [7, 30_000, 60_000],
    [1_000_000, 30_000, 60_000],
  ])('after %i failures they are between %i and %i ms', (failures, least, most) => {
    for (const ms of many(failures)) {
      expect(ms).toBeGreaterThanOrEqual(least);
      expect(ms).toBeLessThanOrEqual(most);
    }
  });

  it('are spread, so that not everybody comes back in the same moment', () => {
    const pauses = many(7);
    expect(Math.min(...pauses)).toBeLessThan(36_000);
    expect(Math.max(...pauses)).toBeGreaterThan(54_000);
    expect(new Set(pauses).size).toBeGreaterThan(400);
  });
});

describe('the pause before the next connection', () => {
  const open = (ms: number | null, isAskedFor = false) => ({ ms, isAskedFor });
  const pausesAfter = (...ends: ReturnType<typeof open>[]): number[] => {
    const pauses = createPauses({ ...WHATSAPP_TIMING, retryFirstMs: 1_000, retryMostMs: 60_000 });
    return ends.map(({ ms, isAskedFor }) => pauses.nextMs(isAskedFor, ms));
  };

  it('F69 grows with every connection that never opened', () => {
    const [first, second, third, fourth] = pausesAfter(open(null), open(null), open(null), open(null));
    expect(first).toBeLessThanOrEqual(1_000);
    expect(second).toBeGreaterThanOrEqual(1_000);
    expect(third).toBeGreaterThanOrEqual(2_000);
    expect(fourth).toBeGreaterThanOrEqual(4_000);
  });

  it('F69 also grows when they open and end at once', () => {
    expect(pausesAfter(...Array.from({ length: 9 }, () => open(500))).at(-1)).toBeGreaterThanOrEqual(30_000);
  });

  it('F69 begins anew after a connection that was good for a while', () => {
    expect(pausesAfter(open(null), open(null), open(null), open(60_000)).at(-1)).toBeLessThanOrEqual(1_000);
  });

  it('F65 is none when the platform asks for a new connection, however many failed before', () => {
    expect(pausesAfter(open(null, true))).toEqual([0]);
    expect(pausesAfter(open(null), open(null), open(null), open(null, true)).at(-1)).toBe(0);
    expect(pausesAfter(open(90_000, true), open(90_000, true), open(90_000, true))).toEqual([0, 0, 0]);
  });

  it('F65 grows when the platform asks for one new connection after the other', () => {
    const pauses = pausesAfter(...Array.from({ length: 9 }, () => open(200, true)));
    expect(pauses[0]).toBe(0);
    expect(Math.min(...pauses.slice(1))).toBeGreaterThanOrEqual(1_000);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(30_000);
  });
});

describe('the times that are used', () => {
  it('go together: a sign of life is asked for before the silence counts as death', () => {
    expect(WHATSAPP_TIMING.silenceMs).toBeGreaterThan(WHATSAPP_TIMING.keepAliveMs + 5_000);
    expect(WHATSAPP_TIMING.ackMs).toBeLessThan(WHATSAPP_TIMING.silenceMs);
    expect(WHATSAPP_TIMING.qrMs).toBeNull();
  });

  it('S39 are those of the platform for a QR code: a minute, then twenty seconds each', () => {
    expect([0, 1, 2, 5].map((shown) => qrLifeMs(shown, null))).toEqual([60_000, 20_000, 20_000, 20_000]);
    expect(codeLifeMs(null)).toBe(160_000);
    expect([qrLifeMs(0, 50), qrLifeMs(1, 50), codeLifeMs(50)]).toEqual([50, 50, 300]);
  });
});
