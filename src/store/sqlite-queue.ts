import type { Call, CallName, Outcome } from './sqlite-calls.ts';
import { revive } from './sqlite-failure.ts';
import type { BatchRunner } from './sqlite-thread.ts';
import { StoreUnusable } from './store.ts';

/** Calls that are handed over together; fewer are not worth a message to another thread. */
const PART = 16;

/**
 * Collects the calls made in the same moment and hands them over as one batch, which is one commit. While a batch is
 * being carried out the next one forms by itself; nothing ever waits for a batch to fill. A large batch goes over in
 * parts while it is still being called, its commit comes with the last. One batch at a time: with two under way a call
 * waits for two commits instead of one.
 */
export class CallQueue {
  readonly #runner: BatchRunner;
  #waiting: Pending[] = [];
  /** How many of the waiting ones were begun already. */
  #begun = 0;
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
      if (this.#waiting.length - this.#begun >= PART) this.#beginPart();
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

  /** More will be called in this moment: the runner works on a part of it meanwhile. */
  #beginPart(): void {
    this.#runner.begin(this.#waiting.slice(this.#begun).map((pending) => pending.call));
    this.#begun = this.#waiting.length;
  }

  #flush(): Promise<void> {
    const batch = this.#waiting;
    const begun = this.#begun;
    this.#waiting = [];
    this.#begun = 0;
    this.#running = this.#carryOut(batch, begun);
    return this.#running;
  }

  async #carryOut(batch: readonly Pending[], begun: number): Promise<void> {
    try {
      const outcomes = await this.#runner.run(
        batch.slice(begun).map((pending) => pending.call),
        (early) => {
          for (const [place, outcome] of early) settle(batch[place]!, outcome);
        },
      );
      this.#free();
      for (const [index, pending] of batch.entries()) settle(pending, outcomes[index]!);
    } catch (error) {
      this.#free();
      for (const pending of batch) pending.reject(error);
    }
  }

  /** The next batch leaves before anybody who is answered now goes on to something long. */
  #free(): void {
    this.#running = null;
    this.#schedule();
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
