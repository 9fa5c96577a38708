import { type Channel, SendError } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Outgoing } from '../message.ts';
import type { OutboxRow } from '../store/store.ts';
import { createFailureBook } from './failure-book.ts';
import { createNotes } from './notes.ts';
import type { Pacer } from './pacer.ts';
import { type NextStep, nextStep, unknownWaitMs } from './retry.ts';
import type { SenderCounters, SenderSettings, SenderStore } from './settings.ts';

/** What becomes of one message that was taken from the outbox. Never throws, and never logs words. */
export type Delivery = {
  deliver(row: OutboxRow): Promise<void>;
  giveBack(row: OutboxRow): Promise<void>;
  /** Stops trying to write down outcomes; what is on the wire is then of unknown fate after a restart. */
  abandon(): void;
  /** Nothing may be sent before this moment. */
  readonly quietUntil: number;
  /** The account was refused; nothing is sent any more. */
  readonly halted: boolean;
  readonly counters: SenderCounters;
};

export type DeliveryOptions = {
  readonly store: SenderStore;
  readonly channel: Channel;
  readonly clock: Clock;
  readonly log: Log;
  readonly pacer: Pacer;
  readonly settings: SenderSettings;
  readonly mayLeave: (outgoing: Outgoing) => boolean;
  readonly onGivenUp: () => void;
};

export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, channel, clock, log, pacer, settings, mayLeave, onGivenUp } = options;
  const counters: SenderCounters = {
    sent: 0,
    dead: 0,
    unknown: 0,
    found: 0,
    notArrived: 0,
    repeated: 0,
    withheld: 0,
  };
  const failures = createFailureBook();
  const notes = createNotes(channel.name, log);
  const { note } = notes;
  let quietUntil = 0;
  let outages = 0;
  let halted = false;

  async function deliver(row: OutboxRow): Promise<void> {
    const now = clock.now();
    if (!mayLeave(row.outgoing)) {
      log.error({ channel: channel.name, row: row.id }, 'delivery: withheld, it leads to a foreign place');
      return giveUp(row, 'leads to a foreign place');
    }
    if (row.unknownSince !== null) {
      if (!(await mayBeSentAgain(row, row.unknownSince))) return;
    } else {
      const at = pacer.placeFor(row, now);
      if (at > now) return note(() => store.markFailed(row.id, 'paced', at));
    }
    await send(row);
  }

  async function send(row: OutboxRow): Promise<void> {
    let platformId: string | null;
    try {
      platformId = await channel.send(row.address, row.outgoing, row.id);
    } catch (error) {
      return fail(row, sendErrorOf(error), null);
    }
    await sent(row, platformId);
    counters.sent += 1;
  }

  async function sent(row: OutboxRow, platformId: string | null): Promise<void> {
    outages = 0;
    failures.forget(row.id);
    await note(() => store.markSent(row.id, platformId, clock.now()));
  }

  /** Asks what became of a message whose last try ended without an answer; false when this was settled here. */
  async function mayBeSentAgain(row: OutboxRow, unknownSince: number): Promise<boolean> {
    if (row.outgoing.kind === 'delete' || channel.repeatsAreHarmless === true) return true;
    const ageMs = clock.now() - unknownSince;
    if (ageMs < settings.firstQuestionMs) {
      return askLater(row, unknownSince, settings.firstQuestionMs);
    }
    let fate: string | null | 'unclear';
    try {
      fate = await whatBecameOf(row);
    } catch (error) {
      await fail(row, sendErrorOf(error), unknownSince);
      return false;
    }
    if (fate !== null && fate !== 'unclear') {
      counters.found += 1;
      await sent(row, fate);
      return false;
    }
    const believedAfterMs = unknownWaitMs(failures.countOf(row.id), settings.resolveWaitMs);
    if (ageMs < believedAfterMs) return askLater(row, unknownSince, believedAfterMs);
    if (fate === null) {
      counters.notArrived += 1;
      return true;
    }
    if (row.outgoing.priority === 'reply') {
      counters.repeated += 1;
      log.warn({ channel: channel.name, row: row.id }, 'delivery: a reply may arrive twice');
      return true;
    }
    counters.withheld += 1;
    log.warn({ channel: channel.name, row: row.id }, 'delivery: a reminder may not have arrived');
    await giveUp(row, 'nobody knows whether it arrived');
    return false;
  }

  async function askLater(row: OutboxRow, unknownSince: number, ageMs: number): Promise<false> {
    await note(() => store.markUnknown(row.id, 'not found yet', unknownSince + ageMs, unknownSince));
    return false;
  }

  async function whatBecameOf(row: OutboxRow): Promise<string | null | 'unclear'> {
    if (channel.resolve === undefined) return 'unclear';
    const knownIds = await store.knownPlatformIds(row.address);
    return channel.resolve(row.address, row.outgoing, knownIds);
  }

  /** `unknownSince`: the failure happened to the question about an earlier try, which stays of unknown fate. */
  async function fail(row: OutboxRow, error: SendError, unknownSince: number | null): Promise<void> {
    const now = clock.now();
    const met = failures.note(row.id, error.failure, now);
    // Many fail together when the line is cut; that is one outage.
    if (error.failure === 'unreachable' && now >= quietUntil) outages += 1;
    const step = nextStep({
      failure: error.failure,
      retryAfterMs: error.retryAfterMs,
      isDeletion: row.outgoing.kind === 'delete',
      count: met.count,
      sinceMs: now - met.since,
      outages,
    });
    const level = step.kind === 'give-up' && error.failure === 'invalid' ? 'error' : 'info';
    log[level](
      { channel: channel.name, row: row.id, failure: error.failure, next: step.kind, reason: error.message },
      'delivery: not sent',
    );
    await carryOut(step, row, error, unknownSince);
  }

  async function carryOut(
    step: NextStep,
    row: OutboxRow,
    error: SendError,
    unknownSince: number | null,
  ): Promise<void> {
    const now = clock.now();
    if (step.kind === 'give-up') {
      // Called together, so that nothing more of this chat is handed out in between.
      const given = [giveUp(row, error.message)];
      if (step.unreachable) given.push(note(() => store.markUnreachable(row.address, now)));
      await Promise.all(given);
      return;
    }
    if (step.kind === 'halt') {
      halted = true;
      log.error(
        { channel: channel.name },
        'delivery: the account is refused; messages wait until it is seen to',
      );
    }
    if (step.kind === 'retry' && step.wholeChannel) quietUntil = Math.max(quietUntil, now + step.waitMs);
    if (step.kind === 'find-out' && unknownSince === null) {
      counters.unknown += 1;
      return note(() => store.markUnknown(row.id, error.message, now + settings.firstQuestionMs, now));
    }
    const waitMs = waitOf(step, row);
    if (unknownSince !== null) {
      return note(() => store.markUnknown(row.id, error.message, now + waitMs, unknownSince));
    }
    await note(() => store.markFailed(row.id, error.message, now + waitMs));
  }

  function waitOf(step: Exclude<NextStep, { kind: 'give-up' }>, row: OutboxRow): number {
    if (step.kind === 'retry') return step.waitMs;
    return step.kind === 'halt' ? 0 : unknownWaitMs(failures.countOf(row.id), settings.resolveWaitMs);
  }

  async function giveUp(row: OutboxRow, reason: string): Promise<void> {
    counters.dead += 1;
    failures.forget(row.id);
    await note(() => store.markFailed(row.id, reason, null));
    onGivenUp();
  }

  return {
    deliver,
    giveBack: ({ id, unknownSince }) => {
      const now = clock.now();
      return unknownSince === null
        ? note(() => store.markFailed(id, 'stopping', now))
        : note(() => store.markUnknown(id, 'stopping', now, unknownSince));
    },
    abandon: notes.abandon,
    get quietUntil() {
      return quietUntil;
    },
    get halted() {
      return halted;
    },
    counters,
  };

  function sendErrorOf(error: unknown): SendError {
    if (error instanceof SendError) return error;
    // A fault of ours, before or after the message left: nobody knows.
    log.error({ channel: channel.name, error }, 'delivery: the channel failed in an unexpected way');
    return new SendError('unknown', 'the channel failed in an unexpected way');
  }
}
