import { ApiError, type Params, type TelegramUpdate } from './protocol.ts';

/** What the platform sends unless it is asked for something else. */
const ALLOWED_BY_DEFAULT = ['message', 'edited_message', 'callback_query', 'my_chat_member'];

/**
 * Updates that wait for the bot. A long poll gets what is there, or waits; asking from an offset confirms all before it,
 * and only that: what was handed out and not confirmed comes again.
 */
export type UpdateQueue = {
  /** Adds what happened, unless the bot asked not to hear of such things. */
  add(kind: string, content: unknown): TelegramUpdate | null;
  /** Hands out an update again, under its own id or, as after a quiet week, under a new one. */
  repeat(update: TelegramUpdate, asNew?: boolean): TelegramUpdate;
  getUpdates(params: Params, signal: AbortSignal): Promise<readonly TelegramUpdate[]>;
  allow(kinds: unknown): void;
  pending(): readonly TelegramUpdate[];
  confirm(updateId: number): void;
  /** As after 24 hours without a poll. */
  forgetPending(): void;
  /** As after a week without updates: the next id is this one. */
  jumpTo(updateId: number): void;
  onAdded(listener: () => void): void;
  /** Whether the bot is waiting in a long poll now. */
  readonly polled: boolean;
};

export function createUpdateQueue(): UpdateQueue {
  let pending: TelegramUpdate[] = [];
  let nextUpdateId = 500_000_001;
  let allowed: readonly string[] = ALLOWED_BY_DEFAULT;
  let poll: { wake(): void; replace(): void } | null = null;
  const listeners: (() => void)[] = [];

  function push(update: TelegramUpdate): TelegramUpdate {
    pending.push(update);
    pending.sort((one, other) => one.update_id - other.update_id);
    poll?.wake();
    for (const listener of listeners) listener();
    return update;
  }

  function allow(kinds: unknown): void {
    if (Array.isArray(kinds)) allowed = kinds.length === 0 ? ALLOWED_BY_DEFAULT : kinds.map(String);
  }

  return {
    add(kind, content) {
      if (!allowed.includes(kind)) return null;
      return push({ update_id: nextUpdateId++, [kind]: content });
    },
    repeat(update, asNew = false) {
      return push(asNew ? { ...update, update_id: nextUpdateId++ } : update);
    },
    async getUpdates(params, signal) {
      poll?.replace();
      allow(params.allowed_updates);
      const offset = Number(params.offset ?? 0);
      const limit = Math.min(Number(params.limit ?? 100), 100);
      if (offset > 0) pending = pending.filter((update) => update.update_id >= offset);
      if (offset < 0) pending = pending.slice(offset);
      if (pending.length === 0) await somethingNew(Number(params.timeout ?? 0) * 1000, signal);
      return pending.slice(0, limit);
    },
    allow,
    pending: () => pending,
    confirm(updateId) {
      pending = pending.filter((update) => update.update_id !== updateId);
    },
    forgetPending() {
      pending = [];
    },
    jumpTo(updateId) {
      nextUpdateId = updateId;
    },
    onAdded(listener) {
      listeners.push(listener);
    },
    get polled() {
      return poll !== null;
    },
  };

  async function somethingNew(timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (timeoutMs === 0) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const mine = {
      wake: resolve,
      replace: () =>
        reject(
          new ApiError(
            409,
            'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
          ),
        ),
    };
    const timer = setTimeout(resolve, timeoutMs);
    signal.addEventListener('abort', () => resolve(), { once: true });
    poll = mine;
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      if (poll === mine) poll = null;
    }
  }
}
