import { defineConfig } from 'vitest/config';

/** Tests that start the whole program, kill it, or drive a browser: they measure time, so they run when nothing else does. */
const ALONE = ['test/program/**/*.test.ts', 'test/browser/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    // A test that waits longer than this for something on this very machine waits for ever.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    // Everything must pass the first time: a second try would hide a race.
    retry: 0,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: ALONE,
          // Two, also on larger machines: the tests start processes of their own.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
        },
      },
    ],
  },
});
