import type { Channel } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outgoing } from '../message.ts';
import type { OutboxRow } from '../store/store.ts';
import { createDelivery } from './deliver.ts';
import { createPacer } from './pacer.ts';
import { SENDER_SETTINGS, type SenderCounters, type SenderSettings, type SenderStore } from './settings.ts';

/**
 * Takes messages from the outbox and gives them to one channel. It is the only sender and the only owner of retries.
 *
 * Delivery is AT LEAST ONCE. A reply is repeated when the platform took it but its answer never came (the connection
 * broke, the platform failed after accepting, this process was killed between sending and noting it) and afterwards
 * the platform cannot say whether it arrived (`Channel.resolve` is 'unclear', or the channel has no such question).
 * Where it can say, nothing is repeated and nothing lost. A reminder is then withheld instead: better none than two.
 * Both cases are counted in `counters`. A planned stop sends what can be sent, waits for what is on the wire and repeats
 * nothing.
 *
 * Order within a chat is the store's promise: it hands out nothing of a conversation that has a message on the wire
 * or of unknown fate.
 */
export type Sender = {
  /** Something may be waiting. Cheap; call it after every turn. */
  wake(): void;
  /** Resolves when nothing is on the wire and nothing could be sent at this moment. */
  idle(): Promise<void>;
  /**
   * Sends what can be sent, then takes nothing more from the outbox and resolves when what is on the wire has ended: at
   * the latest after `withinMs`, and without waiting for a platform that cannot be reached or asked for a pause.
   */
  stop(withinMs?: number): Promise<void>;
  readonly counters: Readonly<SenderCounters>;
};

export type SenderOptions = {
  readonly store: SenderStore;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings?: Partial<SenderSettings>;
  /** The last look at what goes out, from wherever it came into the outbox; false: it is never sent (faults.md S18). */
  readonly mayLeave?: (outgoing: Outgoing) => boolean;
  /** A message is not sent any more, and somebody may have to be told. */
  readonly onGivenUp?: () => void;
};

/** Shorter waits would be a loop. */
const SHORTEST_WAIT_MS = 10;
const AFTER_STORE_FAILURE_MS = 1_000;
/** A stop waits this long for the pace of a chat, or for the question what became of a message; for nothing longer. */
const WORTH_WAITING_MS = 1_100;

export function startSender(options: SenderOptions): Sender {
  const { store, channel, clock, log } = options;
  const settings = { ...SENDER_SETTINGS, ...options.settings };
  const pacer = createPacer(channel.pace);
  const mayLeave = options.mayLeave ?? (() => true);
  const onGivenUp = options.onGivenUp ?? (() => {});
  const delivery = createDelivery({ store, channel, clock, log, pacer, settings, mayLeave, onGivenUp });
  const running = new Set<Promise<void>>();
  let waitingForIdle: (() => void)[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  /** When the next message falls due, as far as is known; null when none does. */
  let nextRowAt: number | null = null;
  let stopping = false;

  function wake(): void {
    lookAgain = true;
    if (stopping || looking !== null) return;
    looking = look().finally(() => {
      looking = null;
      if (running.size === 0) tellIdle();
    });
  }

  function tellIdle(): void {
    for (const resolve of waitingForIdle) resolve();
    waitingForIdle = [];
  }

  /** Takes what may leave now; then either something runs and wakes us when it ends, or a timer does. */
  async function look(): Promise<void> {
    while (lookAgain && !stopping) {
      lookAgain = false;
      clearTimeout(timer);
      nextRowAt = null;
      try {
        nextRowAt = await takeWhatMayLeave();
        wakeAt(nextRowAt);
      } catch (error) {
        log.error({ channel: channel.name, error }, 'delivery: the store failed; looking again');
        wakeAt(clock.now() + AFTER_STORE_FAILURE_MS);
      }
    }
  }

  /** Resolves to the time of the next look; `null`: when somebody calls. */
  async function takeWhatMayLeave(): Promise<number | null> {
    for (;;) {
      const now = clock.now();
      if (stopping || delivery.halted) return null;
      if (delivery.quietUntil > now) return delivery.quietUntil;
      const limit = Math.min(channel.pace.concurrency - running.size, pacer.room(now));
      if (limit <= 0) return running.size < channel.pace.concurrency ? pacer.nextAt(now) : null;
      const rows = await store.claimOutgoing(channel.name, now, limit);
      for (const row of rows) begin(row);
      if (rows.length === 0) return store.nextOutgoingAt(channel.name);
    }
  }

  function begin(row: OutboxRow): void {
    pacer.count(clock.now());
    // Claimed in the very moment of the stop: given back, so that nothing of it is unknown.
    const run = stopping ? delivery.giveBack(row) : delivery.deliver(row);
    const ended = run.then(() => {
      running.delete(ended);
      wake();
    });
    running.add(ended);
  }

  function wakeAt(at: number | null): void {
    if (stopping) return;
    const waitMs = at === null ? settings.lookEveryMs : at - clock.now();
    timer = setTimeout(wake, Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), settings.lookEveryMs));
  }

  wake();
  return {
    wake,
    counters: delivery.counters,
    idle,
    async stop(withinMs = settings.drainMs) {
      const { promise: patienceEnded, resolve } = Promise.withResolvers<void>();
      const patience = setTimeout(resolve, withinMs);
      if (withinMs > 0) await Promise.race([patienceEnded, sendTheRest()]);
      stopping = true;
      clearTimeout(timer);
      await Promise.race([patienceEnded, drained()]);
      clearTimeout(patience);
      delivery.abandon();
      tellIdle();
    },
  };

  async function idle(): Promise<void> {
    while (!stopping && (looking !== null || running.size > 0)) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waitingForIdle.push(resolve);
      await promise;
    }
  }

  /** Resolves when nothing more can leave soon. */
  async function sendTheRest(): Promise<void> {
    while (!stopping) {
      wake();
      await idle();
      const now = clock.now();
      if (delivery.halted || delivery.quietUntil > now) return;
      if (nextRowAt === null || nextRowAt - now > WORTH_WAITING_MS) return;
      await sleep(Math.max(nextRowAt - now, SHORTEST_WAIT_MS));
      // Where time stands still, nothing falls due.
      if (clock.now() <= now) return;
    }
  }

  async function drained(): Promise<void> {
    await looking;
    while (running.size > 0) await Promise.all(running);
  }
}

/** Does not keep the process alive. */
function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
