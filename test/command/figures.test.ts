import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { leftOver, logFigures } from '../../src/command/figures.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type Store, StoreBusy } from '../../src/store/store.ts';
import { budi, message, NOON, result, sari, say } from '../store/samples.ts';
import { rememberingLog } from '../support/telegram/connected.ts';

let store: Store;
beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:' });
});
afterEach(() => store.close());

test('nothing is told where nothing was left over', async () => {
  expect(await leftOver(store)).toEqual([]);
});

test('S29 what waits and what was set aside is told in numbers and places, without a word of anybody', async () => {
  await store.receive([message(sari, 'rahasia'), message(budi, 'rahasia juga')], NOON);
  const [first] = await store.claimTurns(NOON, 1);
  await store.parkTurn(first!, 'TypeError at src/x.ts:7', result({ outgoing: [say('maaf')] }));
  const lines = await leftOver(store);
  expect(lines).toEqual([
    '1 received and not answered yet',
    '1 not sent yet',
    `1 set aside because handling failed; the last: ${first!.id} (text): TypeError at src/x.ts:7`,
  ]);
  expect(lines.join()).not.toMatch(/rahasia|maaf|6281100000001/);
});

test('the log is told again and again what waits and how deliveries went, also after the store failed once', async () => {
  const log = rememberingLog();
  const counted = { sent: 4, dead: 0, unknown: 1, found: 1, notArrived: 0, repeated: 0, withheld: 0 };
  let failing = true;
  const figures = logFigures({
    store: {
      depths: async () => {
        if (failing) throw new StoreBusy('disk I/O error');
        return store.depths();
      },
    },
    counters: () => new Map([['telegram', counted]]),
    log,
    everyMs: 10,
  });
  onTestFinished(() => figures.stop());
  await expect.poll(() => log.lines.join()).toContain('could not be asked');
  failing = false;
  await expect.poll(() => log.lines.join()).toContain('"inboxWaiting":0');
  expect(log.lines.join()).toContain('{"channel":"telegram","sent":4');
});
