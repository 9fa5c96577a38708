import type { Log } from '../log.ts';
import { type Store, StoreUnusable } from '../store/store.ts';

export type StoreWatchOptions = {
  readonly store: Pick<Store, 'cursor'>;
  readonly log: Pick<Log, 'warn'>;
  readonly everyMs?: number;
  /** A reading that takes longer than this counts as no answer. */
  readonly limitMs?: number;
};

export type StoreWatch = {
  /** Asks the store now; those who ask at the same time share the answer. */
  answers(): Promise<boolean>;
  /** Resolves to a plain sentence once the store will not come back by itself; never otherwise. */
  readonly lost: Promise<string>;
  stop(): void;
};

const EVERY_MS = 30_000;
const LIMIT_MS = 2_000;
/** A disk may be slow for a while; a store that is silent this often in a row is gone. */
const MOST_SILENCES = 3;

/**
 * Asks the store again and again whether it still answers. A program whose store has ended would go on looking alive
 * while it keeps nobody's message; whoever watches processes can start another only when this one ends.
 */
export function watchStore(options: StoreWatchOptions): StoreWatch {
  const { store, log, everyMs = EVERY_MS, limitMs = LIMIT_MS } = options;
  const { promise: lost, resolve: lose } = Promise.withResolvers<string>();
  let asking: Promise<Answer> | null = null;
  let silences = 0;

  function ask(): Promise<Answer> {
    asking ??= read().finally(() => {
      asking = null;
    });
    return asking;
  }

  async function read(): Promise<Answer> {
    const { promise: tooLate, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => resolve('silent'), limitMs);
    const answer = await Promise.race([
      tooLate,
      store.cursor('alive').then((): Answer => 'answered', toAnswer),
    ]);
    clearTimeout(timer);
    return answer;
  }

  function toAnswer(error: unknown): Answer {
    if (error instanceof StoreUnusable) lose(error.message);
    return 'refused';
  }

  async function look(): Promise<void> {
    const answer = await ask();
    silences = answer === 'silent' ? silences + 1 : 0;
    if (answer === 'answered') return;
    log.warn({ answer, silences }, 'the store does not answer');
    if (silences >= MOST_SILENCES) lose('The data file has not answered for a while. Start Pandu again.');
  }

  const timer = setInterval(() => void look(), everyMs).unref();
  return { answers: async () => (await ask()) === 'answered', lost, stop: () => clearInterval(timer) };
}

/** `refused`: it is there and cannot read just now. */
type Answer = 'answered' | 'refused' | 'silent';
