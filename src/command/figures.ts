import type { SenderCounters } from '../delivery/settings.ts';
import type { Log } from '../log.ts';
import type { ChannelName } from '../message.ts';
import type { Store } from '../store/store.ts';

const HOUR_MS = 3_600_000;
/** How many of the messages that were set aside are named one by one. */
const NAMED = 3;

/** What was left over from before, in lines for the operator: numbers of ours and places in the code, no words. */
export async function leftOver(store: Pick<Store, 'depths' | 'parked'>): Promise<readonly string[]> {
  const { inboxWaiting, outboxWaiting, parked } = await store.depths();
  const lines: string[] = [];
  if (inboxWaiting > 0) lines.push(`${inboxWaiting} received and not answered yet`);
  if (outboxWaiting > 0) lines.push(`${outboxWaiting} not sent yet`);
  if (parked > 0) {
    const named = (await store.parked())
      .slice(-NAMED)
      .map(({ id, kind, reason }) => `${id} (${kind}): ${reason}`);
    lines.push(`${parked} set aside because handling failed; the last: ${named.join('; ')}`);
  }
  return lines;
}

export type FigureOptions = {
  readonly store: Pick<Store, 'depths'>;
  readonly counters: () => ReadonlyMap<ChannelName, Readonly<SenderCounters>>;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly everyMs?: number;
};

/** Writes into the log how much waits, and how the deliveries of this process went. */
export function logFigures({ store, counters, log, everyMs = HOUR_MS }: FigureOptions): { stop(): void } {
  async function tell(): Promise<void> {
    try {
      log.info(await store.depths(), 'figures: what is stored and what waits');
    } catch (error) {
      log.warn({ error }, 'figures: the store could not be asked');
    }
    for (const [channel, counted] of counters()) {
      log.info({ channel, ...counted }, 'figures: deliveries since the start');
    }
  }
  const timer = setInterval(() => void tell(), everyMs).unref();
  return { stop: () => clearInterval(timer) };
}
