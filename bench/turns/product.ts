import type { Store, Turn, TurnResult } from '../../src/store/store.ts';
import { startTurnLoop } from '../../src/turn/loop.ts';
import { type Deciding, incoming, NOON, type Script } from './script.ts';

export type Drive = {
  readonly turns: number;
  readonly seconds: number;
  readonly conversations: number;
  /** From receiving a message to its last reply being marked as sent, milliseconds, unsorted. */
  readonly latencies: readonly number[];
};

export type DriveOptions = {
  readonly store: Store;
  readonly engine: Deciding;
  readonly scripts: readonly Script[];
  /** How many participants talk at once. */
  readonly busy: number;
  /** For how long, or how many participants come in all. */
  readonly seconds?: number;
  readonly people?: number;
  /** Until the replies are marked as sent, or only until they are written. */
  readonly delivers: boolean;
  /** How long a participant thinks before answering, on average. */
  readonly pauseMs?: number;
  readonly prefix: string;
};

/**
 * Participants who write as soon as they are answered; whoever has said everything is followed by a newcomer.
 * Through receive, claim, step and finish, and through the outbox with a channel that takes messages at once.
 */
export async function drive(options: DriveOptions): Promise<Drive> {
  const { store, scripts, busy, prefix, seconds = Number.POSITIVE_INFINITY, pauseMs = 0 } = options;
  const mostPeople = options.people ?? Number.POSITIVE_INFINITY;
  const latencies: number[] = [];
  const waiting = new Map<string, { left: number; done: () => void }>();
  const sending = outbox(store, (chat) => answered(chat, 1));
  const loop = startTurnLoop({
    store: options.delivers ? store : { ...store, finishTurn },
    clock: { now: () => NOON },
    ...options.engine,
    log: { warn: fail, error: fail },
    ...(options.delivers ? { onFinished: () => sending.wake() } : {}),
  });
  let people = 0;
  const begun = performance.now();
  const end = begun + seconds * 1_000;
  await Promise.all(Array.from({ length: busy }, () => participate()));
  const took = (performance.now() - begun) / 1_000;
  await loop.stop();
  return { turns: latencies.length, seconds: took, conversations: people, latencies };

  async function finishTurn(turn: Turn, result: TurnResult): Promise<void> {
    await store.finishTurn(turn, result);
    answered(turn.address.chat, result.outgoing.length);
  }

  function answered(chat: string, replies: number): void {
    const participant = waiting.get(chat)!;
    participant.left -= replies;
    if (participant.left === 0) participant.done();
  }

  async function participate(): Promise<void> {
    while (performance.now() < end && people < mostPeople) {
      people += 1;
      const chat = `${prefix}${people}`;
      const which = people % scripts.length;
      for (const [number, line] of scripts[which]!.entries()) {
        // No two rhythms alike: spread evenly between nothing and twice the pause.
        if (pauseMs > 0) await pause(2 * pauseMs * (((people * 7_919 + number * 104_729) % 1_000) / 1_000));
        if (performance.now() >= end) return;
        const from = performance.now();
        const replied = new Promise<void>((resolve) => {
          waiting.set(chat, { left: line.replies, done: resolve });
        });
        const received = store.receive([incoming(chat, which, number, line)], NOON);
        loop.wake();
        await received;
        if (line.replies > 0) await replied;
        latencies.push(performance.now() - from);
      }
      waiting.delete(chat);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function fail(fields: object, message: string): never {
  throw new Error(`${message} ${JSON.stringify(fields)}`);
}

/** A sender whose platform takes everything at once. */
function outbox(store: Store, sent: (chat: string) => void): { wake(): void } {
  let isLooking = false;
  let again = false;
  async function look(): Promise<void> {
    isLooking = true;
    do {
      again = false;
      const rows = await store.claimOutgoing('telegram', NOON, 1_000);
      if (rows.length > 0) again = true;
      for (const row of rows) {
        void store.markSent(row.id, String(row.id), NOON).then(() => sent(row.address.chat));
      }
    } while (again);
    isLooking = false;
  }
  return {
    wake() {
      again = true;
      if (!isLooking) void look();
    },
  };
}
