import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryCache } from '../../../src/channels/whatsapp/memory-cache.ts';

describe('what the library remembers from one connection to the next', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('is forgotten after its time, and not before', () => {
    const cache = createMemoryCache(1_000);
    cache.set('device', ['0']);
    vi.advanceTimersByTime(999);
    expect(cache.get('device')).toEqual(['0']);
    vi.advanceTimersByTime(2);
    expect(cache.get('device')).toBeUndefined();
  });

  it('lives anew when it is written again', () => {
    const cache = createMemoryCache(1_000);
    cache.set('count', 1);
    vi.advanceTimersByTime(900);
    cache.set('count', 2);
    vi.advanceTimersByTime(900);
    expect(cache.get('count')).toBe(2);
  });

  it('never holds more than it may: the oldest goes', () => {
    const cache = createMemoryCache(1_000, 3);
    for (const key of ['a', 'b', 'c']) cache.set(key, key);
    cache.set('a', 'written again');
    cache.set('d', 'd');
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual(['written again', undefined, 'c', 'd']);
  });

  it('knows nothing that was never written, deleted or flushed', () => {
    const cache = createMemoryCache(1_000);
    for (const key of ['a', 'b', 'c']) cache.set(key, 0);
    cache.del('a');
    expect([cache.get('a'), cache.get('b'), cache.get('constructor')]).toEqual([undefined, 0, undefined]);
    cache.flushAll();
    expect(cache.get('b')).toBeUndefined();
  });
});
