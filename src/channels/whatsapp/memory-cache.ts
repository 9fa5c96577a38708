import type { CacheStore } from '@whiskeysockets/baileys';

/**
 * What the library remembers from one connection to the next (how often it asked for a message again, who has which
 * devices): bounded, and forgotten after a while.
 */
export function createMemoryCache(lifeMs: number, most = 10_000): CacheStore {
  const kept = new Map<string, { readonly value: unknown; readonly until: number }>();
  return {
    get<T>(key: string): T | undefined {
      const found = kept.get(key);
      if (found === undefined || found.until > performance.now()) return found?.value as T | undefined;
      kept.delete(key);
      return undefined;
    },
    set(key, value) {
      kept.delete(key);
      if (kept.size >= most) kept.delete(kept.keys().next().value!);
      kept.set(key, { value, until: performance.now() + lifeMs });
    },
    del: (key) => void kept.delete(key),
    flushAll: () => kept.clear(),
  };
}
