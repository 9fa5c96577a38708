import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextAt, room, take } from '../../src/delivery/pace.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import type { OutboxRow } from '../../src/store/store.ts';
import { deletion, say } from '../store/samples.ts';

const RATE = { perSecond: 2, burst: 3 };

test('after a rest as many may go at once as the burst allows, then one per interval', () => {
  let meter = 0;
  const places = Array.from({ length: 6 }, () => {
    const place = take(meter, RATE, 10_000);
    meter = place.meter;
    return place.at;
  });
  expect(places).toEqual([10_000, 10_000, 10_000, 10_500, 11_000, 11_500]);
  expect(room(meter, RATE, 10_000)).toBe(0);
  expect(nextAt(meter, RATE, 10_000)).toBe(12_000);
  expect(room(meter, RATE, 12_000)).toBe(1);
  expect(room(meter, RATE, 99_000)).toBe(3);
});

test('in no stretch of time do more go than the burst and the rate allow', () => {
  const rates = fc.record({
    perSecond: fc.integer({ min: 1, max: 50 }),
    burst: fc.integer({ min: 1, max: 20 }),
  });
  fc.assert(
    fc.property(rates, fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }), (rate, gaps) => {
      let now = 1_000_000;
      let meter = 0;
      const places: number[] = [];
      for (const gap of gaps) {
        now += gap;
        const place = take(meter, rate, now);
        meter = place.meter;
        places.push(place.at);
      }
      places.forEach((from, first) => {
        places.slice(first).forEach((to, more) => {
          const allowed = rate.burst + ((to - from) / 1_000) * rate.perSecond;
          if (more + 1 > allowed + 1e-6) throw new Error(`${more + 1} places in ${to - from} ms`);
        });
      });
    }),
    { numRuns: 200 },
  );
});

test('room says exactly how many places are free now', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 20 }),
      fc.array(fc.nat(300)),
      (perSecond, burst, gaps) => {
        const rate = { perSecond, burst };
        let now = 5_000;
        let meter = 0;
        for (const gap of gaps) {
          now += gap;
          meter = take(meter, rate, now).meter;
        }
        const free = room(meter, rate, now);
        for (let place = 0; place < free; place += 1) {
          const taken = take(meter, rate, now);
          expect(taken.at).toBeCloseTo(now, 3);
          meter = taken.meter;
        }
        expect(take(meter, rate, now).at).toBeGreaterThan(now);
      },
    ),
    { numRuns: 200 },
  );
});

describe('one channel', () => {
  let lastId = 0;
  const row = (chat: string, outgoing: OutboxRow['outgoing'] = say('a')): OutboxRow => {
    lastId += 1;
    return { id: lastId, address: { channel: 'telegram', chat }, outgoing, attempts: 0, unknownSince: null };
  };
  const pacer = () =>
    createPacer({ perSecond: 100, perChatPerSecond: 1, unaskedPerSecond: 10, concurrency: 8 });

  test('a chat that is flooded waits, others do not', () => {
    const pace = pacer();
    const places = Array.from({ length: 23 }, () => pace.placeFor(row('a'), 0));
    expect(places.filter((at) => at === 0)).toHaveLength(20);
    expect(places.slice(20)).toEqual([1_000, 2_000, 3_000]);
    expect(pace.placeFor(row('b'), 0)).toBe(0);
  });

  test('who was told to come back later goes then, without queueing again', () => {
    const pace = pacer();
    for (let count = 0; count < 20; count += 1) pace.placeFor(row('a'), 0);
    const late = row('a');
    expect(pace.placeFor(late, 0)).toBe(1_000);
    expect(pace.placeFor(late, 1_000)).toBe(1_000);
  });

  test('reminders of many chats go out slowly, replies among them at once', () => {
    const pace = pacer();
    const reminder = say('ingat', { priority: 'reminder' });
    const places = Array.from({ length: 30 }, (_, chat) => pace.placeFor(row(`c${chat}`, reminder), 0));
    expect(places.filter((at) => at === 0)).toHaveLength(10);
    expect(places.at(-1)).toBe(2_000);
    expect(pace.placeFor(row('d'), 0)).toBe(0);
  });

  test('deletions take no place in the chat', () => {
    const pace = pacer();
    for (let count = 0; count < 50; count += 1) expect(pace.placeFor(row('a', deletion('m1')), 0)).toBe(0);
    expect(pace.placeFor(row('a'), 0)).toBe(0);
  });

  test('the overall rate is counted in messages taken from the outbox', () => {
    const pace = pacer();
    expect(pace.room(0)).toBe(100);
    for (let count = 0; count < 100; count += 1) pace.count(0);
    expect(pace.room(0)).toBe(0);
    expect(pace.nextAt(0)).toBe(10);
    expect(pace.room(500)).toBe(50);
  });
});
