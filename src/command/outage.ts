import type { Clock } from '../clock.ts';
import { OUTAGE } from '../conversation/session.ts';
import { DAY_MS } from '../language/dates.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

const ALIVE = 'alive';
const INTERVAL_MS = DAY_MS / 96;
/** Telegram keeps what a bot has not fetched for 24 hours (https://core.telegram.org/bots/api#getting-updates). */
const KEPT_MS = DAY_MS;
/** Whoever wrote longer ago than this before the outage is in the middle of nothing. */
const OPEN_MS = 7 * DAY_MS;

export type OutageOptions = {
  readonly store: Pick<Store, 'cursor' | 'receive' | 'remindAll'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn' | 'error'>;
};

/**
 * Notes every quarter of an hour that Pandu is alive. When it was not for longer than Telegram keeps messages, those
 * who wrote in the days before are told once, by day, that a message of theirs may be lost (faults.md F62).
 */
export async function watchOutages({ store, clock, log }: OutageOptions): Promise<{ stop(): void }> {
  const now = clock.now();
  const lastAlive = Number((await store.cursor(ALIVE))?.value ?? now);
  if (now - lastAlive > KEPT_MS) {
    const reminder = { requirement: OUTAGE, dueAt: now, armedBy: 0 } as const;
    const count = await store.remindAll('telegram', reminder, lastAlive - OPEN_MS);
    log.warn({ count }, 'was away for more than a day: participants who were in the middle are told');
  }
  const note = (): Promise<unknown> =>
    store
      .receive([], clock.now(), { name: ALIVE, value: String(clock.now()) })
      .catch((error: unknown) => log.error({ error }, 'could not note that Pandu is alive'));
  await note();
  const timer = setInterval(note, INTERVAL_MS).unref();
  return { stop: () => clearInterval(timer) };
}
