// Over 300 lines: the loop's promises under one clock and one store; each is a few lines that need the same set-up.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Address } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type Store, StoreBusy, TurnLost } from '../../src/store/store.ts';
import { startTurnLoop, type TurnLoop, type TurnLoopOptions } from '../../src/turn/loop.ts';
import type { Decide } from '../../src/turn/turn.ts';
import { budi, message, NOON, NOWHERE, sari, sendAll } from '../store/samples.ts';
import { smallTalk } from './small-talk.ts';

let store: Store;
let loop: TurnLoop | null = null;
let logged: string[] = [];
let now = NOON;

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:' });
  logged = [];
  now = NOON;
});
afterEach(async () => {
  await loop?.stop();
  loop = null;
  await store.close();
});

const note = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`);

function start(more: Partial<TurnLoopOptions> = {}): TurnLoop {
  loop = startTurnLoop({
    store,
    clock: { now: () => now },
    decide: smallTalk,
    project: () => NOWHERE,
    log: { warn: note, error: note },
    ...more,
  });
  return loop;
}

function busyFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** The store, with some of its methods replaced. */
function storeBut(replaced: Partial<Store>): Store {
  return { ...store, ...replaced };
}

async function hear(address: Address, ...texts: string[]): Promise<void> {
  await store.receive(
    texts.map((text) => message(address, text)),
    now,
  );
  loop?.wake();
}

describe('startTurnLoop()', () => {
  test('handles what waited before it was started', async () => {
    await hear(sari, 'halo');
    await start().idle();
    expect(await sendAll(store)).toEqual(['1 halo']);
  });

  test('F22 handles the messages of one chat in the order of receipt, those of others beside them', async () => {
    start();
    await hear(sari, 'a', 'b', 'c');
    await hear(budi, 'x');
    await hear(sari, 'd');
    await loop!.idle();
    const sent = await sendAll(store);
    expect(sent.filter((text) => !text.endsWith('x'))).toEqual(['1 a', '2 b', '3 c', '4 d']);
    expect(sent).toContain('1 x');
  });

  test('handles hundreds of chats in batches, each message once', async () => {
    const chats = Array.from({ length: 300 }, (_, index) => ({ channel: 'web', chat: `w${index}` }) as const);
    start();
    await store.receive(
      chats.flatMap((address) => [message(address, 'a'), message(address, 'b')]),
      now,
    );
    loop!.wake();
    await loop!.idle();
    for (const address of chats) {
      const lines = await store.history(address, 0, 10);
      expect(lines.map((line) => line.text)).toEqual(['a', 'b', '1 a', '2 b']);
    }
  });

  test('finishes the turns of a batch in one moment, so that they share a commit', async () => {
    await store.receive(
      Array.from({ length: 50 }, (_, index) => message({ channel: 'web', chat: `w${index}` }, 'a')),
      now,
    );
    let running = 0;
    let most = 0;
    const finishTurn: Store['finishTurn'] = async (turn, result) => {
      running += 1;
      most = Math.max(most, running);
      await store.finishTurn(turn, result);
      running -= 1;
    };
    await start({ store: storeBut({ finishTurn }), sliceMs: Number.POSITIVE_INFINITY }).idle();
    expect(most).toBe(50);
  });

  test('tells once per commit that there is something to send', async () => {
    let told = 0;
    await store.receive(
      Array.from({ length: 40 }, (_, index) => message({ channel: 'web', chat: `w${index}` }, 'a')),
      now,
    );
    const onFinished = () => {
      told += 1;
    };
    await start({ onFinished, sliceMs: Number.POSITIVE_INFINITY }).idle();
    expect(told).toBe(1);
    expect((await store.depths()).outboxWaiting).toBe(40);
  });

  test('lets others have the thread while many slow decisions are made', async () => {
    await store.receive(
      Array.from({ length: 40 }, (_, index) => message({ channel: 'web', chat: `w${index}` }, 'a')),
      now,
    );
    let inARow = 0;
    let most = 0;
    const slow: Decide = (...given) => {
      inARow += 1;
      most = Math.max(most, inARow);
      busyFor(5);
      return smallTalk(...given);
    };
    let isWatching = true;
    const watch = () => {
      inARow = 0;
      if (isWatching) setImmediate(watch);
    };
    start({ decide: slow });
    watch();
    await loop!.idle();
    isWatching = false;
    expect((await store.depths()).outboxWaiting).toBe(40);
    expect(most).toBeLessThan(10);
  });
});

describe('a turn that throws', () => {
  test('F41 is tried three times, then set aside with an apology, and the next message is handled', async () => {
    start();
    await hear(sari, 'satu', 'racun: NIK 327xxx', 'dua');
    await loop!.idle();
    expect(await sendAll(store)).toEqual(['1 satu', 'maaf', '2 dua']);
    expect(await store.parked()).toMatchObject([{ address: sari, kind: 'text' }]);
    expect(logged.filter((line) => line.includes('tries'))).toHaveLength(3);
  });

  test('F41 does not disturb the others of its batch', async () => {
    const chats = Array.from(
      { length: 100 },
      (_, index) => ({ channel: 'telegram', chat: `t${index}` }) as const,
    );
    start();
    await store.receive(
      chats.map((address, index) => message(address, index % 10 === 3 ? 'racun' : 'halo')),
      now,
    );
    loop!.wake();
    await loop!.idle();
    const sent = await sendAll(store);
    expect(sent.filter((text) => text === '1 halo')).toHaveLength(90);
    expect(sent.filter((text) => text === 'maaf')).toHaveLength(10);
  });

  test('F41 is set aside in silence when even the apology throws', async () => {
    start();
    await hear(sari, 'mati', 'racun', 'sesudah');
    await loop!.idle();
    expect(await sendAll(store)).toEqual(['1 mati', '2 sesudah']);
    expect(await store.parked()).toHaveLength(1);
  });

  test('F41 counts a decision that cannot be written as a failure of that turn alone', async () => {
    start();
    await store.receive([message(sari, 'rusak'), message(budi, 'halo')], now);
    loop!.wake();
    await loop!.idle();
    expect((await sendAll(store)).sort()).toEqual(['1 halo', 'maaf']);
    expect(await store.parked()).toHaveLength(1);
  });

  test('S29 says in log and reason where it failed, and nothing that was written', async () => {
    start();
    await hear(sari, 'racun: kata sandi saya rahasia123');
    await loop!.idle();
    const [parked] = await store.parked();
    expect(parked!.reason).toMatch(/^TypeError at test\/turn\/small-talk\.ts:\d+$/);
    const everything = JSON.stringify([logged, parked!.reason]);
    expect(everything).not.toMatch(/rahasia123|sandi|6281100000001/);
  });
});

describe('a store that does not take a turn', () => {
  test('F50 a lost turn is decided again from the session as it is now', async () => {
    let losses = 0;
    const finishTurn: Store['finishTurn'] = async (turn, result) => {
      losses += 1;
      if (losses === 1) throw new TurnLost('somebody else was faster');
      await store.finishTurn(turn, result);
    };
    start({ store: storeBut({ finishTurn }) });
    await hear(sari, 'halo');
    await hear(budi, 'halo');
    await loop!.idle();
    expect(await sendAll(store)).toEqual(['1 halo', '1 halo']);
    expect(await store.parked()).toEqual([]);
  });

  test('F36 counts nothing against anybody while the disk is full, and goes on when it is not', async () => {
    let isFull = true;
    const finishTurn: Store['finishTurn'] = async (turn, result) => {
      if (isFull) throw new StoreBusy('database or disk is full');
      await store.finishTurn(turn, result);
    };
    start({ store: storeBut({ finishTurn }) });
    await hear(sari, 'satu', 'dua');
    await hear(budi, 'satu');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await store.depths()).inboxWaiting).toBe(3);
    isFull = false;
    await loop!.idle();
    expect((await sendAll(store)).sort()).toEqual(['1 satu', '1 satu', '2 dua']);
    expect(await store.parked()).toEqual([]);
    expect(logged.join()).not.toContain('tries');
  });

  test('F36 waits longer and longer instead of asking in a circle', async () => {
    let asked = 0;
    const claimTurns: Store['claimTurns'] = () => {
      asked += 1;
      return Promise.reject(new StoreBusy('disk I/O error'));
    };
    const begun = performance.now();
    start({ store: storeBut({ claimTurns }) });
    for (let woken = 0; woken < 20; woken += 1) {
      loop!.wake();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(asked).toBeGreaterThan(0);
    // After 250 ms, 500 ms, 1 s and so on, however often it is woken.
    expect(asked).toBeLessThanOrEqual(2 + Math.log2((performance.now() - begun) / 250 + 1));
  });
});

describe('reminders', () => {
  test('wake the loop when they are due', async () => {
    start({ clock: systemClock });
    await store.receive([message(sari, 'ingat 80')], Date.now());
    loop!.wake();
    await loop!.idle();
    expect(await sendAll(store, Date.now())).toEqual(['1 ingat 80']);
    const late = Date.now() + 5_000;
    while ((await store.depths()).outboxWaiting === 0 && Date.now() < late) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await sendAll(store, Date.now())).toEqual(['2 ingat']);
  });

  test('are not missed when they are armed while the loop is still asking for the next one', async () => {
    const asked: (() => void)[] = [];
    const nextReminderAt: Store['nextReminderAt'] = async (now) => {
      const at = await store.nextReminderAt(now);
      // The first answer is on its way for long, and old when it comes.
      if (asked.length === 0) await new Promise<void>((resolve) => asked.push(resolve));
      return at;
    };
    start({ store: storeBut({ nextReminderAt }), clock: systemClock });
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await store.receive([message(sari, 'ingat 200')], Date.now());
    loop!.wake();
    while ((await store.depths()).outboxWaiting === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    // The loop has come to rest again before it hears that there is none.
    await new Promise((resolve) => setTimeout(resolve, 50));
    asked[0]!();
    const late = Date.now() + 5_000;
    while ((await store.depths()).outboxWaiting < 2 && Date.now() < late) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(await sendAll(store, Date.now())).toEqual(['1 ingat 200', '2 ingat']);
  });

  test('fire in their order when the clock is moved and the loop woken', async () => {
    start();
    await hear(sari, 'ingat 5000');
    await hear(budi, 'ingat 3000');
    await loop!.idle();
    await sendAll(store);
    now += 10_000;
    loop!.wake();
    await loop!.idle();
    const rows = await store.claimOutgoing('telegram', now, 10);
    expect(rows.map((row) => row.address.chat)).toEqual([budi.chat, sari.chat]);
  });

  test('F41 one that fails each time is set aside without an apology for a message that nobody wrote', async () => {
    const decide: Decide = (session, event, address) => {
      if (event.kind === 'reminder') throw new TypeError('cannot remind');
      return smallTalk(session, event, address);
    };
    start({ decide });
    await hear(sari, 'ingat 1000');
    await loop!.idle();
    now += 5_000;
    loop!.wake();
    await loop!.idle();
    expect(await sendAll(store, now)).toEqual(['1 ingat 1000']);
    expect(logged.filter((line) => line.includes('set aside'))).toHaveLength(1);
    expect(await store.nextReminderAt(now)).toBeNull();
  });

  test('are not asked for in a circle while none is due', async () => {
    let asked = 0;
    const claimTurns: Store['claimTurns'] = (...given) => {
      asked += 1;
      return store.claimTurns(...given);
    };
    start({ store: storeBut({ claimTurns }) });
    await hear(sari, 'ingat 3600000');
    await loop!.idle();
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).toBe(before);
  });

  test('F34 one that is answered before it fires stays silent when the step says so', async () => {
    start();
    await hear(sari, 'ingat 1000');
    await loop!.idle();
    await hear(sari, 'ingat 900000');
    await loop!.idle();
    now += 5_000;
    loop!.wake();
    await loop!.idle();
    expect(await sendAll(store, now)).toEqual(['1 ingat 1000', '2 ingat 900000']);
  });
});

describe('stop()', () => {
  test('F16 finishes the turns that run, gives back the others, and takes no more', async () => {
    await store.receive(
      Array.from({ length: 30 }, (_, index) => message({ channel: 'web', chat: `w${index}` }, 'a')),
      now,
    );
    let decided = 0;
    let stopped: Promise<void> | null = null;
    const decide: Decide = (...given) => {
      decided += 1;
      if (decided === 5) stopped = loop!.stop();
      return smallTalk(...given);
    };
    start({ decide });
    while (stopped === null) await new Promise((resolve) => setImmediate(resolve));
    await stopped;
    const { inboxWaiting, outboxWaiting } = await store.depths();
    expect(inboxWaiting + outboxWaiting).toBe(30);
    expect(outboxWaiting).toBe(5);
    expect(await store.claimTurns(now, 100)).toHaveLength(inboxWaiting);
    loop!.wake();
    await loop!.idle();
    expect((await store.depths()).inboxWaiting).toBe(inboxWaiting);
  });

  test('can be called twice, and while nothing runs', async () => {
    start();
    await loop!.idle();
    await loop!.stop();
    await loop!.stop();
  });

  test('ends a wait for a store that does not answer', async () => {
    const claimTurns: Store['claimTurns'] = () => Promise.reject(new StoreBusy('disk I/O error'));
    start({ store: storeBut({ claimTurns }) });
    const idle = loop!.idle();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await loop!.stop();
    await idle;
  });
});
