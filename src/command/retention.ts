import { factValue } from '../checklist/walk.ts';
import type { Clock } from '../clock.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import { DAY_MS } from '../language/dates.ts';
import type { Log } from '../log.ts';
import type { Forgotten, Store } from '../store/store.ts';

const INTERVAL_MS = DAY_MS / 24;
/** Longer than a message is kept, and much longer than any platform delivers one again. */
const SEEN_MS = 35 * DAY_MS;

export type RetentionOptions = {
  readonly store: Pick<Store, 'forgetOld'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** The promise is in the notice, so its numbers are facts of flows/ like any other. */
  readonly knowledge: () => Knowledge;
};

export type Retention = {
  /** Resolves after the first look. */
  readonly looked: Promise<void>;
  /** Ends a look that is under way after its present step; resolves once nothing more is asked of the store. */
  stop(): Promise<void>;
};

/** Keeps the promise of the notice: messages and answers go when their days are over. Looks at once, then every hour. */
export function startRetention({ store, clock, log, knowledge }: RetentionOptions): Retention {
  const days = (fact: string): number =>
    wholeDays(fact, factValue(knowledge().checklist.facts, fact)) * DAY_MS;
  let isStopping = false;
  const forget = async (): Promise<void> => {
    let gone = 0;
    let afterMessage: number | null = 0;
    let afterConversation: number | null = 0;
    let afterSeen: Uint8Array | null = new Uint8Array();
    while (!isStopping && (afterMessage !== null || afterConversation !== null || afterSeen !== null)) {
      const now = clock.now();
      const forgotten: Forgotten = await store.forgetOld({
        messagesBefore: now - days('keep.messages-days'),
        conversationsBefore: now - days('keep.answers-days'),
        unresolvedBefore: now - DAY_MS,
        seenBefore: now - SEEN_MS,
        afterMessage,
        afterConversation,
        afterSeen,
      });
      gone += forgotten.conversations;
      afterMessage = forgotten.nextMessage;
      afterConversation = forgotten.nextConversation;
      afterSeen = forgotten.nextSeen;
    }
    if (gone > 0) log.info({ count: gone }, 'retention: conversations that nobody came back to are gone');
  };
  const look = (): Promise<void> =>
    forget().catch((error: unknown) => log.error({ error }, 'retention: could not forget'));
  const looked = look();
  let latest = looked;
  const timer = setInterval(() => {
    latest = latest.then(look);
  }, INTERVAL_MS).unref();
  return {
    looked,
    stop: () => {
      isStopping = true;
      clearInterval(timer);
      return latest;
    },
  };
}

/**
 * An empty value would read as 0 days, which is everything there is: better to forget nothing than that.
 *
 * @throws {RangeError}
 */
function wholeDays(fact: string, value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value)) {
    throw new RangeError(`${fact} must be a positive whole number of days, not ${JSON.stringify(value)}`);
  }
  return Number(value);
}
