import { expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { startTurnLoop } from '../../src/turn/loop.ts';
import { budi, message, NOON, NOWHERE } from '../store/samples.ts';
import { smallTalk } from './small-talk.ts';

async function running() {
  const store = await openSqliteStore({ path: ':memory:' });
  const decided: string[] = [];
  const loop = startTurnLoop({
    store,
    clock: { now: () => NOON },
    decide: (session, event, address) => {
      if (event.kind === 'message') decided.push(`${event.message.text}${event.moreWaiting ? ' …' : ''}`);
      return smallTalk(session, event, address);
    },
    project: () => NOWHERE,
    log: { warn: () => {}, error: () => {} },
  });
  onTestFinished(async () => {
    await loop.stop();
    await store.close();
  });
  await loop.idle();
  const hear = async (text: string): Promise<void> => {
    await store.receive([message(budi, text)], NOON);
    loop.wake();
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return { loop, decided, hear };
}

test('F25 what is received while turns are held back is decided together, once everybody let go', async () => {
  const { loop, decided, hear } = await running();
  const releases = [loop.hold(), loop.hold()];
  const idle = loop.idle();
  await hear('satu');
  await hear('dua');
  expect(decided).toEqual([]);
  releases[0]!();
  releases[0]!();
  await hear('tiga');
  expect(decided).toEqual([]);
  releases[1]!();
  await idle;
  expect(decided).toEqual(['satu …', 'dua …', 'tiga']);
  await hear('empat');
  await loop.idle();
  expect(decided.at(-1)).toBe('empat');
});

test('F16 a loop that is held back stops, and what waits stays for the next start', async () => {
  const { loop, decided, hear } = await running();
  const release = loop.hold();
  await hear('satu');
  await loop.stop();
  release();
  await hear('dua');
  expect(decided).toEqual([]);
});
