import type { Call, CallName, Outcome } from './sqlite-calls.ts';
import { revive } from './sqlite-failure.ts';
import type { BatchRunner } from './sqlite-thread.ts';
import { StoreUnusable } from './store.ts';

/**
 * Collects the calls made in the same moment and hands them over as one batch, which is one commit. While a batch is
 * being carried out the next one forms by itself; nothing ever waits for a batch to fill. One batch at a time: with two
 * under way a call waits for two commits instead of one.
 */
export class CallQueue {
  readonly #runner: BatchRunner;
  #waiting: Pending[] = [];
  #scheduled = false;
  #running: Promise<void> | null = null;
  #closed: Promise<void> | null = null;

  constructor(runner: BatchRunner) {
    this.#runner = runner;
  }

  call(name: CallName, args: readonly unknown[]): Promise<unknown> {
    if (this.#closed !== null) return Promise.reject(new StoreUnusable('The store is closed.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call: [name, args], resolve, reject });
      this.#schedule();
    });
  }

  /** Finishes what was called before. */
  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  async #drain(): Promise<void> {
    while (this.#running !== null || this.#waiting.length > 0) await (this.#running ?? this.#flush());
    await this.#runner.close();
  }

  #schedule(): void {
    if (this.#scheduled || this.#running !== null) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#running === null && this.#waiting.length > 0) void this.#flush();
    });
  }

  #flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#running = this.#carryOut(batch).finally(() => {
      this.#running = null;
      if (this.#waiting.length > 0) this.#schedule();
    });
    return this.#running;
  }

  async #carryOut(batch: readonly Pending[]): Promise<void> {
    try {
      const outcomes = await this.#runner.run(batch.map((pending) => pending.call));
      for (const [index, pending] of batch.entries()) settle(pending, outcomes[index]!);
    } catch (error) {
      for (const pending of batch) pending.reject(error);
    }
  }
}

type Pending = {
  readonly call: Call;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
};

function settle(pending: Pending, outcome: Outcome): void {
  if (outcome[0]) pending.resolve(outcome[1]);
  else pending.reject(revive(outcome[1]));
}
