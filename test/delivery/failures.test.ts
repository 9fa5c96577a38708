import { expect, test } from 'vitest';
import { SendError } from '../../src/channels/channel.ts';
import { budi, choice, deletion, sari, say } from '../store/samples.ts';
import { addressOf } from '../support/telegram/connected.ts';
import type { Fault } from '../support/telegram/faults.ts';
import { openOffice, openScripted, textsOf as texts } from './outbox.ts';

const HOUR = 3_600_000;
const reminder = (text: string) => say(text, { priority: 'reminder' });
const refusal = (error_code: number, description: string, parameters?: Record<string, unknown>): Fault =>
  parameters === undefined ? { error_code, description } : { error_code, description, parameters };

test('F52 429 holds everybody for exactly as long as Telegram says, burns nothing, and replies go before reminders', async () => {
  const office = await openOffice({ telegram: { pace: { concurrency: 1 } } });
  const [siti, budiman] = [await office.person(), await office.person()];
  office.telegram.faults.next(
    'sendMessage',
    refusal(429, 'Too Many Requests: retry after 9', { retry_after: 9 }),
  );
  await office.decide(addressOf(siti), reminder('ingat'));
  await office.settle();
  await office.decide(addressOf(budiman), say('jawab'));
  await office.later(8_999);
  expect(office.telegram.calls('sendMessage')).toHaveLength(1);
  await office.later(1);
  expect(office.telegram.calls('sendMessage').map(({ params }) => params.text)).toEqual([
    'ingat',
    'jawab',
    'ingat',
  ]);
  expect(office.sender.counters).toMatchObject({ sent: 2, dead: 0, unknown: 0 });
});

test.each(['Forbidden: bot was blocked by the user', 'Forbidden: user is deactivated'])(
  'F53 after "%s" nothing more is tried, until they come back',
  async (description) => {
    const office = await openOffice();
    const siti = await office.person();
    office.telegram.faults.next('sendMessage', refusal(403, description));
    await office.decide(addressOf(siti), say('satu'), say('dua'));
    await office.settle();
    await office.later(48 * HOUR);
    expect(office.telegram.calls('sendMessage')).toHaveLength(1);
    expect((await office.store.depths()).outboxWaiting).toBe(0);
    await office.decide(addressOf(siti), say('kembali'));
    await office.settle();
    expect(texts(siti)).toEqual(['kembali']);
  },
);

test('F54 a passing 403 is tried again for a day, others go on meanwhile', async () => {
  const office = await openOffice();
  const [siti, budiman] = [await office.person(), await office.person()];
  let refusals = 0;
  office.telegram.faults.when('sendMessage', ({ chat_id }) =>
    String(chat_id) === siti.chat && ++refusals <= 3
      ? refusal(403, "Forbidden: bot can't send messages to the user")
      : null,
  );
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.decide(addressOf(budiman), say('halo'));
  await office.settle();
  expect(texts(budiman)).toEqual(['halo']);
  await office.later(60_000);
  await office.later(120_000 - 1);
  expect(refusals).toBe(2);
  await office.later(1);
  await office.later(240_000);
  expect(texts(siti)).toEqual(['satu', 'dua']);
});

test('F54 a chat that refuses for a whole day loses that message, and not the next', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.when('sendMessage', ({ text }) =>
    text === 'satu' ? refusal(403, 'Forbidden: not now') : null,
  );
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  for (let hour = 0; hour < 30; hour += 1) await office.later(HOUR);
  expect(texts(siti)).toEqual(['dua']);
  expect(office.sender.counters.dead).toBe(1);
});

test('F56 what Telegram will never take is given up and told loudly, without its words', async () => {
  const office = await openOffice();
  const siti = await office.person();
  await office.decide(
    addressOf(siti),
    say('tombol rahasia', { choices: [choice('x'.repeat(65), 'Ya')] }),
    say('dua'),
  );
  await office.settle();
  expect(texts(siti)).toEqual(['dua']);
  expect(office.senderLog.lines.join()).toContain('BUTTON_DATA_INVALID');
  expect(office.senderLog.lines.join()).not.toContain('rahasia');
});

test('F52 what a platform says to one message holds for all of them', async () => {
  const before = (tries: number): void => {
    if (tries === 1) throw new SendError('throttled', 'wait', { retryAfterMs: 3_000 });
  };
  const pace = { perSecond: 1_000, perChatPerSecond: 1_000, concurrency: 1 };
  const office = await openScripted({ before, pace }, [sari, budi], say('halo'));
  await office.later(0);
  await office.later(2_999);
  expect(office.tries()).toBe(1);
  await office.later(1);
  expect(office.arrived).toHaveLength(2);
});

test('F58 many messages that fail together are one outage, tried again after a second', async () => {
  const before = (tries: number): void => {
    if (tries <= 8) throw new SendError('unreachable', 'no connection');
  };
  const people = Array.from({ length: 8 }, (_, index) => ({ ...sari, chat: String(index + 1) }));
  const office = await openScripted({ before }, people, say('halo'));
  await office.later(0);
  expect(office.tries()).toBe(8);
  await office.later(1_000);
  expect(office.arrived).toHaveLength(8);
});

test('F58 while Telegram cannot be reached everything waits, with fewer and fewer tries, and nothing is lost', async () => {
  let isDown = true;
  const before = (): void => {
    if (isDown) throw new SendError('unreachable', 'no connection');
  };
  const office = await openScripted({ before }, [sari, budi], say('halo'));
  await office.later(0);
  for (let minute = 0; minute < 60 * 30; minute += 1) await office.later(60_000);
  // Two chats, about one try a minute each after the first minute.
  expect(office.tries()).toBeGreaterThan(1_000);
  expect(office.tries()).toBeLessThan(2 * 60 * 30 + 20);
  isDown = false;
  await office.later(60_000);
  expect(office.arrived.toSorted()).toEqual([`${sari.chat} halo`, `${budi.chat} halo`].toSorted());
  expect(office.sender.counters).toMatchObject({ sent: 2, dead: 0, unknown: 0 });
});

test('F61 when the token is refused nothing is tried any more, and nothing is lost', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.next('sendMessage', refusal(401, 'Unauthorized'));
  await office.decide(addressOf(siti), say('satu'), say('dua'));
  await office.settle();
  await office.later(48 * HOUR);
  expect(office.telegram.calls('sendMessage')).toHaveLength(1);
  expect((await office.store.depths()).outboxWaiting).toBe(2);
  await office.sender.stop();
  office.restart();
  await office.settle();
  expect(texts(siti)).toEqual(['satu', 'dua']);
});

test('S07 a deletion that fails is given up quietly after three tries and holds nobody up for long', async () => {
  const office = await openOffice();
  const siti = await office.person();
  office.telegram.faults.when('deleteMessage', () => 'drop');
  await office.decide(addressOf(siti), deletion('m1'), say('Pesan Anda sudah disembunyikan'));
  await office.settle();
  await office.later(1_000);
  await office.later(1_000);
  await office.settle();
  expect(office.telegram.calls('deleteMessage')).toHaveLength(3);
  expect(texts(siti)).toEqual(['Pesan Anda sudah disembunyikan']);
});

test('S07 the participant’s message is gone before the warning arrives', async () => {
  const office = await openOffice();
  const siti = await office.person();
  const secret = siti.says('[nomor]');
  await office.decide(addressOf(siti), deletion(`m${secret.message_id}`), say('Jangan kirim nomor'));
  await office.settle();
  expect(siti.messages().map(({ text }) => text)).toEqual(['halo', 'Jangan kirim nomor']);
});
