import { onTestFinished } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import type { TelegramOptions } from '../../src/channels/telegram/telegram.ts';
import type { Clock } from '../../src/clock.ts';
import { type Sender, startSender } from '../../src/delivery/sender.ts';
import type { SenderSettings } from '../../src/delivery/settings.ts';
import type { Address, Outgoing } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { message, result } from '../store/samples.ts';
import { type Connected, connectTo, rememberingLog, standingClock } from '../support/telegram/connected.ts';
import type { Participant } from '../support/telegram/participant.ts';
import { startTelegram } from '../support/telegram/server.ts';

/** What somebody was told, in order. */
export function textsOf(participant: Participant): string[] {
  return participant.heard().map(({ text }) => text);
}

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
export type Script = {
  /** Called at each try, before the message arrives; what it throws, `send` throws. `tries` counts from 1. */
  readonly before?: (tries: number) => void | Promise<void>;
  /** The same, after the message arrived. */
  readonly after?: (tries: number) => void;
  readonly resolve?: Channel['resolve'];
  readonly pace?: Channel['pace'];
  readonly clock?: Clock;
};

export type ScriptedOffice = {
  readonly store: Store;
  readonly sender: Sender;
  readonly log: ReturnType<typeof rememberingLog>;
  /** What arrived, as `chat text`. */
  readonly arrived: readonly string[];
  readonly tries: () => number;
  later(ms: number): Promise<void>;
};

/** Each of `people` has one turn that says `outgoing`; the sender has begun. */
export async function openScripted(
  script: Script,
  people: readonly Address[],
  ...outgoing: Outgoing[]
): Promise<ScriptedOffice> {
  const standing = standingClock();
  const clock = script.clock ?? standing;
  const store = await openSqliteStore({ path: ':memory:' });
  const log = rememberingLog();
  const arrived: string[] = [];
  let tries = 0;
  const channel: Channel = {
    name: 'telegram',
    pace: script.pace ?? { perSecond: 1_000, perChatPerSecond: 1_000, concurrency: 8 },
    start: async () => {},
    stopListening: async () => {},
    stop: async () => {},
    async send(address, sent) {
      tries += 1;
      const thisTry = tries;
      await script.before?.(thisTry);
      arrived.push(`${address.chat} ${sent.kind === 'say' ? sent.text : 'delete'}`);
      script.after?.(thisTry);
      return String(arrived.length);
    },
    ...(script.resolve === undefined ? {} : { resolve: script.resolve }),
  };
  await store.receive(
    people.map((address) => message(address, 'halo')),
    clock.now(),
  );
  for (const turn of await store.claimTurns(clock.now(), people.length)) {
    await store.finishTurn(turn, result({ outgoing }));
  }
  const sender = startSender({ store, channel, clock, log });
  onTestFinished(async () => {
    await sender.stop();
    await store.close();
  });
  return {
    store,
    sender,
    log,
    arrived,
    tries: () => tries,
    async later(ms) {
      standing.move(ms);
      sender.wake();
      await sender.idle();
    },
  };
}
