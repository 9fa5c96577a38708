import { onTestFinished } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import type { TelegramOptions } from '../../src/channels/telegram/telegram.ts';
import { type Sender, type SenderSettings, startSender } from '../../src/delivery/sender.ts';
import type { Address, Outgoing } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { message, result } from '../store/samples.ts';
import { type Connected, connectTo, rememberingLog, standingClock } from '../support/telegram/connected.ts';
import type { Participant } from '../support/telegram/participant.ts';
import { startTelegram } from '../support/telegram/server.ts';

export type Office = Connected & {
  readonly store: Store;
  readonly clock: ReturnType<typeof standingClock>;
  readonly senderLog: ReturnType<typeof rememberingLog>;
  sender: Sender;
  /** Somebody who wrote, and whose message was received. */
  person(): Promise<Participant>;
  /** A turn of this chat that says these things. */
  decide(address: Address, ...outgoing: Outgoing[]): Promise<void>;
  /** Everything that can be sent now is sent. */
  settle(): Promise<void>;
  later(ms: number): Promise<void>;
  /** Starts another sender on the same store and channel, as after a stop. */
  restart(settings?: Partial<SenderSettings>): void;
};

export type OfficeOptions = {
  readonly settings?: Partial<SenderSettings>;
  readonly telegram?: Partial<TelegramOptions>;
  readonly store?: Store;
};

/** Real store, real channel, real HTTP; only the clock stands still and the platform is on this machine. */
export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const clock = standingClock();
  const store = options.store ?? (await openSqliteStore({ path: ':memory:' }));
  const telegram = await startTelegram();
  const connected = connectTo(telegram, {
    clock,
    ...options.telegram,
    intake: {
      async receive(incoming, cursor) {
        await store.receive(
          incoming.map((one) => ({ ...one, hidden: [] })),
          clock.now(),
          cursor,
        );
      },
      cursor: async (name) => (await store.cursor(name))?.value ?? null,
    },
  });
  const senderLog = rememberingLog();
  const start = (settings: Partial<SenderSettings> = {}): Sender =>
    startSender({
      store,
      channel: connected.channel,
      clock,
      log: senderLog,
      settings: { ...options.settings, ...settings },
    });
  const office: Office = {
    ...connected,
    store,
    clock,
    senderLog,
    sender: start(),
    async person() {
      const participant = telegram.participant();
      const first = participant.says('halo');
      const address: Address = { channel: 'telegram', chat: participant.chat };
      await store.receive([message(address, 'halo', { messageId: `m${first.message_id}` })], clock.now());
      await finishWaiting(store, clock.now(), []);
      return participant;
    },
    async decide(address, ...outgoing) {
      await store.receive([message(address, 'lagi', { messageId: `w${Math.random()}` })], clock.now());
      await finishWaiting(store, clock.now(), outgoing);
      office.sender.wake();
    },
    async settle() {
      office.sender.wake();
      await office.sender.idle();
    },
    async later(ms) {
      clock.move(ms);
      await office.settle();
    },
    restart(settings) {
      office.sender = start(settings);
    },
  };
  onTestFinished(async () => {
    await office.sender.stop();
    await connected.channel.stop();
    await telegram.close();
    if (options.store === undefined) await store.close();
  });
  return office;
}

async function finishWaiting(store: Store, now: number, outgoing: readonly Outgoing[]): Promise<void> {
  const [turn] = await store.claimTurns(now, 1);
  await store.finishTurn(turn!, result({ outgoing: [...outgoing] }));
}

/** A far side that does as it is told, for what no platform of ours does. */
export function scriptedChannel(over: Partial<Channel> = {}): Channel & { readonly sent: string[] } {
  const sent: string[] = [];
  return {
    name: 'telegram',
    pace: { perSecond: 1_000, perChatPerSecond: 1_000, concurrency: 8 },
    start: async () => {},
    stop: async () => {},
    async send(address, outgoing) {
      sent.push(`${address.chat} ${outgoing.kind === 'say' ? outgoing.text : 'delete'}`);
      return String(sent.length);
    },
    ...over,
    sent,
  };
}
