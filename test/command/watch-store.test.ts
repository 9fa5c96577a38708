import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type StoreWatch, watchStore } from '../../src/command/watch-store.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type Cursor, StoreBusy, StoreUnusable } from '../../src/store/store.ts';

const QUICK = { everyMs: 15, limitMs: 10 };

function watch(cursor: () => Promise<Cursor | null>): { watch: StoreWatch; lost: () => string | null } {
  const watched = watchStore({ store: { cursor }, log: { warn: () => {} }, ...QUICK });
  onTestFinished(() => watched.stop());
  let sentence: string | null = null;
  void watched.lost.then((told) => {
    sentence = told;
  });
  return { watch: watched, lost: () => sentence };
}

const silence = (): Promise<never> => new Promise(() => {});

test('a store whose thread ended is lost at the first question, and told in its own sentence', async () => {
  const { watch: watched } = watch(() => Promise.reject(new StoreUnusable('The thread ended. Start again.')));
  expect(await watched.answers()).toBe(false);
  expect(await watched.lost).toBe('The thread ended. Start again.');
});

test('a store that says nothing is lost only after several questions', async () => {
  let asked = 0;
  const { watch: watched } = watch(() => {
    asked += 1;
    return silence();
  });
  expect(await watched.lost).toMatch(/Start Pandu again/);
  expect(asked).toBeGreaterThanOrEqual(3);
});

test('F36 a store that cannot read just now, or is slow at times, is not lost', async () => {
  let asked = 0;
  const { watch: watched, lost } = watch(() => {
    asked += 1;
    return asked % 3 === 0 ? Promise.reject(new StoreBusy('disk I/O error')) : silence();
  });
  await expect.poll(() => asked).toBeGreaterThan(9);
  expect(await watched.answers()).toBe(false);
  expect(lost()).toBeNull();
});

test('those who ask at the same time share one question', async () => {
  let asked = 0;
  const { watch: watched } = watch(async () => {
    asked += 1;
    return null;
  });
  const answers = await Promise.all(Array.from({ length: 50 }, () => watched.answers()));
  expect(new Set(answers)).toEqual(new Set([true]));
  expect(asked).toBe(1);
});

test('a real store answers, and nobody is asked after the end', async () => {
  const store = await openSqliteStore({ path: ':memory:' });
  let asked = 0;
  const { watch: watched, lost } = watch((...given: [] | [string]) => {
    asked += 1;
    return store.cursor(given[0] ?? 'alive');
  });
  expect(await watched.answers()).toBe(true);
  watched.stop();
  await store.close();
  const before = asked;
  await wait(60);
  expect(asked).toBe(before);
  expect(lost()).toBeNull();
});
