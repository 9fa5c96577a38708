import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Child processes that are killed and a real browser need room beside the workers: two cores, two workers.
    pool: 'forks',
    maxWorkers: 2,
    // A test that waits longer than this for something on this very machine waits for ever.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    // Everything must pass the first time: a second try would hide a race.
    retry: 0,
    reporters: ['default'],
  },
});
