import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { Clock } from '../../clock.ts';
import type { Intake } from '../channel.ts';
import { grammySignal } from './api.ts';
import { cursorName, type Offset, readOffset, trustedOffset, writeOffset } from './cursor.ts';
import { isWebhookConflict } from './failure.ts';
import { NotStored } from './not-stored.ts';
import { UPDATE_KINDS } from './payload.ts';
import type { Receive } from './receive.ts';
import { backOffMs, type TelegramTiming } from './timing.ts';
import type { Trouble } from './trouble.ts';

export type PollerOptions = {
  readonly api: Api;
  readonly token: string;
  readonly intake: Pick<Intake, 'cursor'>;
  readonly receive: Receive;
  /** Prepares the account for polling; called before the first poll and after a webhook got in the way. */
  readonly open: (signal: AbortSignal) => Promise<void>;
  /** Turns an error into what to do about it. */
  readonly troubleOf: (error: unknown) => Trouble;
  readonly onPolling: () => void;
  readonly onTrouble: (trouble: Trouble) => void;
  readonly clock: Clock;
  readonly timing: TelegramTiming;
};

/** A poll that comes back empty sooner than this was not held open; asking on at once would be a storm. */
const SOONEST_EMPTY_MS = 200;
const BATCH = 100;

/**
 * Fetches updates until `signal` ends it or the token is refused.
 *
 * One round: ask from the offset; store the batch and the next offset in one transaction; only then ask from there,
 * which is what confirms the batch to Telegram. Whatever fails before that, the same updates come again.
 */
export async function poll(options: PollerOptions, signal: AbortSignal): Promise<void> {
  const { api, intake, receive, clock, timing } = options;
  const name = cursorName(options.token);
  let offset: Offset | null = null;
  let isOpen = false;
  let knowsOffset = false;
  /** The last poll succeeded. The first after a failure does not wait, so that the good news is not held up either. */
  let isHealthy = false;
  let failures = 0;

  while (!signal.aborted) {
    try {
      if (!knowsOffset) offset = await storedOffset();
      knowsOffset = true;
      if (!isOpen) await options.open(signal);
      isOpen = true;
      await round();
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      isHealthy = false;
      if (isWebhookConflict(error)) isOpen = false;
      const trouble = options.troubleOf(error);
      options.onTrouble(trouble);
      if (trouble.isFinal) return;
      failures += 1;
      await pause(
        Math.max(trouble.retryAfterMs, backOffMs(failures, trouble.firstWaitMs, timing.retryMostMs)),
      );
    }
  }

  async function round(): Promise<void> {
    const askedAt = performance.now();
    const from = trustedOffset(offset, clock.now());
    const updates = await api.getUpdates(
      {
        ...(from === undefined ? {} : { offset: from }),
        limit: BATCH,
        timeout: isHealthy ? timing.pollSeconds : 0,
        allowed_updates: UPDATE_KINDS,
      },
      grammySignal(signal),
    );
    if (updates.length > 0) offset = await store(updates);
    const heldMs = performance.now() - askedAt;
    const wasHealthy = isHealthy;
    isHealthy = true;
    options.onPolling();
    if (updates.length === 0 && wasHealthy && heldMs < SOONEST_EMPTY_MS)
      await pause(SOONEST_EMPTY_MS - heldMs);
  }

  async function store(updates: readonly { readonly update_id: number }[]): Promise<Offset> {
    const after = { next: Math.max(...updates.map((update) => update.update_id)) + 1, at: clock.now() };
    await receive(updates, { name, value: writeOffset(after) }).catch((error: unknown) => {
      throw new NotStored('Cannot store what arrived on Telegram', { cause: error });
    });
    return after;
  }

  async function storedOffset(): Promise<Offset | null> {
    try {
      return readOffset(await intake.cursor(name));
    } catch (error) {
      throw new NotStored('Cannot read where to go on with Telegram', { cause: error });
    }
  }

  function pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal }).catch(() => {});
  }
}
