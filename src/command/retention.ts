import { factValue } from '../checklist/walk.ts';
import type { Clock } from '../clock.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import { DAY_MS } from '../language/dates.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

const INTERVAL_MS = DAY_MS / 24;

export type RetentionOptions = {
  readonly store: Pick<Store, 'forgetOld'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** The promise is in the notice, so its numbers are facts of flows/ like any other. */
  readonly knowledge: () => Knowledge;
};

/** Keeps the promise of the notice: messages and answers go when their days are over. Looks at once, then every hour. */
export function startRetention({ store, clock, log, knowledge }: RetentionOptions): { stop(): void } {
  const days = (fact: string): number => Number(factValue(knowledge().checklist.facts, fact)) * DAY_MS;
  const look = (): void => {
    store
      .forgetOld(clock.now() - days('keep.messages-days'), clock.now() - days('keep.answers-days'))
      .then((count) => {
        if (count > 0) log.info({ count }, 'retention: conversations that nobody came back to are gone');
      })
      .catch((error: unknown) => log.error({ error }, 'retention: could not forget'));
  };
  look();
  const timer = setInterval(look, INTERVAL_MS).unref();
  return { stop: () => clearInterval(timer) };
}
