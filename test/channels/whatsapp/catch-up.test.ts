import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCatchUp } from '../../../src/channels/whatsapp/catch-up.ts';

function catchingUp() {
  const held: ('held' | 'let go')[] = [];
  const hold = () => {
    held.push('held');
    return () => void held.push('let go');
  };
  return { held, catchUp: createCatchUp(hold, { catchUpQuietMs: 100, catchUpMostMs: 1_000 }) };
}

describe('answers while the messages of an absence come in on WhatsApp', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('F25 S12 are held back ten times the quiet at most, and not again by the same absence: others wait as well', () => {
    const { held, catchUp } = catchingUp();
    for (let count = 0; count < 100; count += 1) {
      catchUp.note();
      vi.advanceTimersByTime(50);
    }
    expect(held).toEqual(['held', 'let go']);
    vi.advanceTimersByTime(100);
    catchUp.note();
    expect(held).toEqual(['held', 'let go', 'held']);
  });

  it('F25 are let go when nothing came for a moment', () => {
    const { held, catchUp } = catchingUp();
    catchUp.note();
    vi.advanceTimersByTime(99);
    catchUp.note();
    vi.advanceTimersByTime(99);
    expect(held).toEqual(['held']);
    vi.advanceTimersByTime(1);
    expect(held).toEqual(['held', 'let go']);
  });

  it('F16 are let go at a stop, which leaves no timer', () => {
    const { held, catchUp } = catchingUp();
    catchUp.note();
    catchUp.end();
    catchUp.end();
    expect(held).toEqual(['held', 'let go']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
