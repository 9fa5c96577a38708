import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SendError } from '../../src/channels/channel.ts';
import { startSender } from '../../src/delivery/sender.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../store/folder.ts';
import { choice, deletion, message, sari, say } from '../store/samples.ts';
import { addressOf, connectTo } from '../support/telegram/connected.ts';
import { openOffice, openScripted, textsOf as texts } from './outbox.ts';

const folder = temporaryFolder();

function noAnswer(): never {
  throw new SendError('unknown', 'no answer');
}

test.each(['drop-after', 'html502-after', { lateMs: 700 }] as const)(
  'F57 F11 an answer lost by %j: found where it is, and not repeated',
  async (fault) => {
    const office = await openOffice();
    const siti = await office.person();
    office.telegram.faults.next('sendMessage', fault);
    await office.decide(addressOf(siti), say('satu', { choices: [choice('ya', 'Ya')], menu: 5 }), say('dua'));
    await office.settle();
    await siti.hears(1);
    await office.later(999);
    expect(office.telegram.calls('editMessageText')).toEqual([]);
    await office.later(1);
    expect(texts(siti)).toEqual(['satu', 'dua']);
    expect(siti.heard().every(({ edited }) => !edited)).toBe(true);
    expect(office.sender.counters).toMatchObject({ sent: 1, unknown: 1, found: 1, repeated: 0 });
    // The menu counts as delivered: a bare number refers to it.
    await office.store.receive([message(addressOf(siti), '1')], office.clock.now());
    const [turn] = await office.store.claimTurns(office.clock.now(), 1);
    expect(turn!.event).toMatchObject({ deliveredMenu: 5 });
  },
);

test.each(['drop', 'html502', 'hang'] as const)(
  'F57 F10 F59 a send that came to nothing by %s is made up for, once',
  async (fault) => {
    const office = await openOffice();
    const siti = await office.person();
    office.telegram.faults.next('sendMessage', fault);
    await office.decide(addressOf(siti), say('satu'), say('dua'));
    await office.settle();
    await office.later(1_000);
    await office.later(8_999);
    expect(texts(siti)).toEqual([]);
    await office.later(1);
    expect(texts(siti)).toEqual(['satu', 'dua']);
    expect(office.sender.counters).toMatchObject({ unknown: 1, notArrived: 1, repeated: 0 });
  },
);

test('F57 a message that takes effect late, after the first question, is not sent twice', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.next('sendMessage', { lateMs: 900 });
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.settle();
  await office.later(1_000);
  expect(texts(siti)).toEqual([]);
  expect(office.telegram.calls('editMessageText').length).toBeGreaterThan(0);
  await siti.hears(1);
  await office.later(9_000);
  expect(texts(siti)).toEqual(['satu', 'dua']);
  expect(office.sender.counters).toMatchObject({ found: 1, notArrived: 0, repeated: 0 });
});

test('F57 while the question itself fails, nothing is sent and nothing is concluded', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.next('sendMessage', 'drop-after');
  office.telegram.faults.next('editMessageText', 'html502', 2);
  office.telegram.faults.next('editMessageText', {
    error_code: 429,
    description: 'Too Many',
    parameters: { retry_after: 30 },
  });
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.settle();
  for (let step = 0; step < 4; step += 1) {
    expect(texts(siti)).toEqual(['satu']);
    await office.later(45_000);
  }
  expect(texts(siti)).toEqual(['satu', 'dua']);
  expect(office.sender.counters).toMatchObject({ found: 1, repeated: 0 });
});

test.each([
  ['reply', ['satu', 'satu', 'dua'], { repeated: 1, withheld: 0, dead: 0 }],
  ['reminder', ['satu', 'dua'], { repeated: 0, withheld: 1, dead: 1 }],
] as const)(
  'when nobody can tell, a %s is sent again or not, and counted',
  async (priority, arrived, counted) => {
    const after = (tries: number): void => (tries === 1 ? noAnswer() : undefined);
    const both = ['satu', 'dua'].map((text) => say(text, { priority }));
    for (const resolve of [undefined, async () => 'unclear' as const]) {
      const office = await openScripted({ after, resolve }, [sari], ...both);
      await office.later(0);
      await office.later(10_000);
      expect(office.arrived).toEqual(arrived.map((text) => `${sari.chat} ${text}`));
      expect(office.sender.counters).toMatchObject(counted);
    }
  },
);

test('F57 while every answer is lost, the questions come at longer and longer intervals, and end after a day', async () => {
  const office = await openScripted({ before: noAnswer, resolve: async () => null }, [sari], say('satu'));
  const tries: number[] = [];
  for (let hour = 0; hour < 26; hour += 1) {
    for (let minute = 0; minute < 60; minute += 1) await office.later(60_000);
    tries.push(office.tries());
  }
  expect(tries[0]).toBeLessThan(15);
  expect(tries[25]! - tries[24]!).toBe(0);
  expect(office.sender.counters).toMatchObject({ sent: 0, dead: 1, repeated: 0 });
  expect((await office.store.depths()).outboxWaiting).toBe(0);
});

test('F57 what a channel throws that is no SendError is taken for unknown, not for the end', async () => {
  const before = (tries: number): void => {
    if (tries === 1) throw new TypeError('undefined is not a function');
  };
  const office = await openScripted({ before }, [sari], say('satu'));
  await office.later(0);
  await office.later(10_000);
  expect(office.arrived).toHaveLength(1);
  expect(office.sender.counters).toMatchObject({ unknown: 1, repeated: 1 });
  expect(office.log.lines.join()).toContain('undefined is not a function');
});

test.each([
  ['never left', false],
  ['arrived', true],
])(
  'F10 F11 a message that %s when the process was killed is asked about once the wait is over, and arrives once',
  async (_, left) => {
    const path = join(folder, `${left}.db`);
    const before = await openOffice({ store: await openSqliteStore({ path }) });
    const siti = await before.person();
    await before.sender.stop();
    await before.decide(addressOf(siti), say('satu'), say('dua'));
    const [row] = await before.store.claimOutgoing('telegram', before.clock.now(), 1);
    if (left) await before.channel.send(row!.address, row!.outgoing, row!.id);
    // Nothing more is written: this is how a killed process leaves the file.
    await before.store.close();

    const store = await openSqliteStore({ path });
    onTestFinished(() => store.close());
    const next = connectTo(before.telegram, { clock: before.clock });
    const sender = startSender({ store, channel: next.channel, clock: before.clock, log: next.log });
    onTestFinished(async () => {
      await sender.stop();
      await next.channel.stop();
    });
    const later = async (ms: number): Promise<void> => {
      before.clock.move(ms);
      sender.wake();
      await sender.idle();
    };
    await later(0);
    await later(999);
    expect(before.telegram.calls('editMessageText')).toEqual([]);
    await later(1);
    expect(texts(siti)).toEqual(left ? ['satu', 'dua'] : []);
    await later(8_999);
    expect(texts(siti)).toEqual(left ? ['satu', 'dua'] : []);
    await later(1);
    expect(texts(siti)).toEqual(['satu', 'dua']);
    expect(siti.heard().every(({ edited }) => !edited)).toBe(true);
  },
);

test('a deletion of unknown fate is done again without a question', async () => {
  const after = (tries: number): void => (tries === 1 ? noAnswer() : undefined);
  const resolve = (): never => {
    throw new Error('nobody should ask');
  };
  const office = await openScripted({ after, resolve }, [sari], deletion('m1'));
  await office.later(0);
  await office.later(1_000);
  expect(office.arrived).toHaveLength(2);
  expect(office.sender.counters).toMatchObject({ sent: 1, dead: 0 });
});
