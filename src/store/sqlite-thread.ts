import { Worker } from 'node:worker_threads';
import type { Call, EarlyOutcome, Outcome } from './sqlite-calls.ts';
import { SqliteEngine } from './sqlite-engine.ts';
import type { Failure } from './sqlite-failure.ts';
import { revive } from './sqlite-failure.ts';
import type { DataFile } from './sqlite-file.ts';
import { StoreUnusable } from './store.ts';

/** Carries out one batch at a time, here or on a thread of its own. */
export type BatchRunner = {
  /** Starts on a part of the next batch; the rest follows at once, with `run` at the end. */
  begin(calls: readonly Call[]): void;
  /** Carries out the batch, durable when it resolves. @returns the outcomes of all its parts */
  run(calls: readonly Call[], tellEarly: TellEarly): Promise<readonly Outcome[]> | readonly Outcome[];
  close(): Promise<void> | void;
};

type TellEarly = (early: readonly EarlyOutcome[]) => void;

/** What the thread is told: a part of a batch, the last part of one, or to close. */
export type ToThread = { readonly calls: readonly Call[]; readonly isLast: boolean } | 'close';
/** What it answers: first whether the file could be opened, then per batch what is told early and all outcomes. */
export type FromThread =
  | { readonly opened: Failure | null }
  | { readonly early: readonly EarlyOutcome[] }
  | { readonly outcomes: readonly Outcome[] };

/** For a store in memory: nothing waits for a disk, so the calling thread does it itself. */
export function runHere(file: DataFile): BatchRunner {
  const engine = new SqliteEngine(file);
  return {
    begin: (calls) => engine.begin(calls),
    run: (calls, tellEarly) => engine.run(calls, tellEarly),
    close: () => engine.close(),
  };
}

/**
 * For a file: the thread waits for the disk, at every commit and longer at checkpoints, so that the one that talks to
 * participants never does.
 *
 * @throws {StoreUnusable} when the file cannot be used
 */
export function runInThread(path: string): Promise<BatchRunner> {
  const worker = new Worker(new URL('sqlite-worker.ts', import.meta.url), { workerData: { path } });
  let answer: Answer | null = null;
  let ended: Error | null = null;

  return new Promise((resolveOpen, rejectOpen) => {
    worker.on('message', (message: FromThread) => {
      if ('outcomes' in message) {
        // Nothing is under way: the store alone does not keep the process alive.
        worker.unref();
        const settled = answer;
        answer = null;
        settled?.resolve(message.outcomes);
      } else if ('early' in message) {
        answer?.tellEarly(message.early);
      } else if (message.opened === null) {
        worker.unref();
        resolveOpen({ begin, run, close });
      } else {
        rejectOpen(revive(message.opened));
      }
    });
    worker.on('error', (error) => end(error));
    worker.on('exit', () => end(null));

    function end(cause: unknown): void {
      ended ??= new StoreUnusable('The thread that owns the data file ended. Start Pandu again.', { cause });
      rejectOpen(ended);
      answer?.reject(ended);
      answer = null;
    }
  });

  function begin(calls: readonly Call[]): void {
    worker.postMessage({ calls, isLast: false } satisfies ToThread);
  }

  function run(calls: readonly Call[], tellEarly: TellEarly): Promise<readonly Outcome[]> {
    if (ended !== null) return Promise.reject(ended);
    return new Promise((resolve, reject) => {
      answer = { resolve, reject, tellEarly };
      worker.ref();
      worker.postMessage({ calls, isLast: true } satisfies ToThread);
    });
  }

  function close(): Promise<void> {
    if (ended !== null) return Promise.resolve();
    return new Promise((resolve) => {
      worker.ref();
      worker.once('exit', () => resolve());
      worker.postMessage('close' satisfies ToThread);
    });
  }
}

type Answer = {
  readonly resolve: (outcomes: readonly Outcome[]) => void;
  readonly reject: (error: unknown) => void;
  readonly tellEarly: TellEarly;
};
