import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import {
  type Store,
  StoreBusy,
  StoreUnusable,
  type Turn,
  TurnLost,
  type TurnResult,
} from '../store/store.ts';
import { Alarm } from './alarm.ts';
import { Holds } from './holds.ts';
import { whereItFailed } from './reason.ts';
import { apologiseFor, type Decide, decideTurn, type Project } from './turn.ts';

/** An event that failed this often is set aside. */
const TRIES = 3;
/** Turns claimed at once; as many share one commit. */
const BATCH = 64;
/** Batches under way at once: some are decided while the commits of others are on their way to the disk. */
const LANES = 2;
const SLICE_MS = 8;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

export type TurnLoopOptions = {
  readonly store: Pick<
    Store,
    'claimTurns' | 'finishTurn' | 'failTurn' | 'parkTurn' | 'releaseTurns' | 'nextReminderAt'
  >;
  readonly clock: Clock;
  readonly decide: Decide;
  readonly project: Project;
  readonly log: Pick<Log, 'warn' | 'error'>;
  /** How many turns are claimed at once (default 64). */
  readonly batch?: number;
  /** After deciding for this long, others get the thread and what is decided by then goes to the store (default 8 ms). */
  readonly sliceMs?: number;
  /** Turns were finished: there may be something to send. */
  readonly onFinished?: () => void;
};

export interface TurnLoop {
  /** Something was received, or the clock was moved: look for work. */
  wake(): void;
  /** Begins no turn until what this returns is called, once for each call. */
  hold(): () => void;
  /** Resolves when nothing is waiting or running; at once when stopped. */
  idle(): Promise<void>;
  /** Finishes what runs, gives back what was not begun. */
  stop(): Promise<void>;
}

/**
 * Handles waiting events: claims up to a batch of them, each of another conversation, decides them one after the
 * other and finishes them together, until none is left; then sleeps until it is woken or a reminder falls due.
 *
 * An event that makes `decide` throw is tried again, and set aside with an apology at the third try. While the store
 * cannot write, nothing is counted against anybody: the turns are given back and tried again later.
 */
export function startTurnLoop(options: TurnLoopOptions): TurnLoop {
  return new Loop(options);
}

class Loop implements TurnLoop {
  readonly #options: TurnLoopOptions;
  readonly #batch: number;
  readonly #sliceMs: number;
  readonly #alarm = new Alarm(() => this.wake());
  readonly #retry = new Alarm(() => this.#resume());
  readonly #holds = new Holds();
  #lanes = 0;
  #isWoken = false;
  #isPaused = false;
  #isStopped = false;
  #isArming = false;
  #mustArmAgain = false;
  #hasNews = false;
  #retryMs = FIRST_RETRY_MS;
  #waitingForIdle: (() => void)[] = [];

  constructor(options: TurnLoopOptions) {
    this.#options = options;
    this.#batch = options.batch ?? BATCH;
    this.#sliceMs = options.sliceMs ?? SLICE_MS;
    this.wake();
  }

  wake(): void {
    this.#isWoken = true;
    this.#openLane();
  }

  hold(): () => void {
    return this.#holds.take(() => this.wake());
  }

  idle(): Promise<void> {
    if (this.#isStopped && this.#lanes === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waitingForIdle.push(resolve);
      this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#alarm.cancel();
    this.#retry.cancel();
    if (this.#lanes > 0) await new Promise<void>((resolve) => this.#waitingForIdle.push(resolve));
    else this.#settle();
  }

  #openLane(): void {
    if (this.#isStopped || this.#isPaused || this.#holds.any || this.#lanes >= LANES) return;
    this.#lanes += 1;
    void this.#work().finally(() => {
      this.#lanes -= 1;
      if (this.#lanes === 0) this.#rest();
    });
  }

  async #work(): Promise<void> {
    try {
      while (!this.#isStopped && !this.#isPaused && !this.#holds.any) {
        this.#isWoken = false;
        const turns = await this.#options.store.claimTurns(this.#options.clock.now(), this.#batch);
        if (turns.length === 0 && !this.#isWoken) return;
        if (turns.length === this.#batch) this.#openLane();
        await this.#handle(turns);
      }
    } catch (error) {
      this.#pause(error);
    }
  }

  /** @throws when the store cannot write, or when every one of these turns was lost */
  async #handle(turns: readonly Turn[]): Promise<void> {
    const handled: Promise<Ending>[] = [];
    // What was received meanwhile is on its way to the disk while these are decided.
    let sliceEnd = performance.now() + this.#sliceMs;
    for (const [index, turn] of turns.entries()) {
      if (this.#isStopped) {
        await this.#options.store.releaseTurns(turns.slice(index));
        break;
      }
      handled.push(this.#handleOne(turn));
      if (performance.now() < sliceEnd) continue;
      await new Promise((resolve) => setImmediate(resolve));
      sliceEnd = performance.now() + this.#sliceMs;
    }
    const endings = await Promise.all(handled);
    const refused = endings.find((ending) => ending.kind === 'refused');
    if (refused !== undefined) throw refused.error;
    if (endings.length > 0 && endings.every((ending) => ending.kind === 'lost')) {
      throw new StoreBusy('Every turn of a batch was lost');
    }
    this.#retryMs = FIRST_RETRY_MS;
  }

  /** Never rejects: one turn's fault is not another's. */
  async #handleOne(turn: Turn): Promise<Ending> {
    try {
      await this.#finish(turn);
      this.#tellFinished();
      return { kind: 'done' };
    } catch (error) {
      if (!(error instanceof TurnLost)) return this.#giveBack(turn, { kind: 'refused', error });
      this.#options.log.warn(idsOf(turn), 'A turn was lost to another claim');
      return this.#giveBack(turn, { kind: 'lost' });
    }
  }

  /** @throws {TurnLost} @throws {StoreBusy} @throws {StoreUnusable} and nothing else */
  async #finish(turn: Turn): Promise<void> {
    const { store, decide, project } = this.#options;
    try {
      await store.finishTurn(turn, decideTurn(turn, decide, project));
    } catch (error) {
      if (isOfTheStore(error)) throw error;
      await this.#fail(turn, whereItFailed(error));
    }
  }

  async #fail(turn: Turn, reason: string): Promise<void> {
    const { store, log } = this.#options;
    const tries = turn.failures + 1;
    if (tries < TRIES) {
      log.warn({ ...idsOf(turn), tries, reason }, 'A turn failed and will be tried again');
      await store.failTurn(turn, reason);
      return;
    }
    log.error({ ...idsOf(turn), tries, reason }, 'A turn failed too often and was set aside');
    // Who is only reminded wrote nothing that could have failed.
    const apology = turn.source === 'reminder' ? null : this.#apology(turn);
    try {
      await store.parkTurn(turn, reason, apology);
    } catch (error) {
      if (isOfTheStore(error) || apology === null) throw error;
      await store.parkTurn(turn, reason, null);
    }
  }

  #apology(turn: Turn): TurnResult | null {
    const { decide, project, log } = this.#options;
    try {
      return apologiseFor(turn, decide, project);
    } catch (error) {
      log.error({ ...idsOf(turn), reason: whereItFailed(error) }, 'No apology could be made');
      return null;
    }
  }

  /** A turn that stayed claimed would silence its conversation until the next start. */
  async #giveBack(turn: Turn, ending: Ending): Promise<Ending> {
    try {
      await this.#options.store.releaseTurns([turn]);
      return ending;
    } catch (error) {
      return { kind: 'refused', error };
    }
  }

  /** Once for all turns of a commit. */
  #tellFinished(): void {
    if (this.#hasNews) return;
    this.#hasNews = true;
    queueMicrotask(() => {
      this.#hasNews = false;
      this.#options.onFinished?.();
    });
  }

  #pause(error: unknown): void {
    this.#options.log.error(
      { reason: whereItFailed(error), retryMs: this.#retryMs },
      'The store did not take the turns; they will be tried again',
    );
    if (this.#isPaused || this.#isStopped) return;
    this.#isPaused = true;
    this.#retry.set(this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
  }

  #resume(): void {
    this.#isPaused = false;
    this.wake();
  }

  /** Nothing runs. Sleeps until the next reminder, unless something came in meanwhile. */
  #rest(): void {
    if (this.#isStopped) this.#settle();
    else if (this.#isPaused || this.#holds.any) return;
    else if (this.#isWoken) this.#openLane();
    else if (this.#isArming) this.#mustArmAgain = true;
    else void this.#arm();
  }

  async #arm(): Promise<void> {
    this.#isArming = true;
    try {
      do {
        this.#mustArmAgain = false;
        const dueAt = await this.#options.store.nextReminderAt(this.#options.clock.now());
        if (dueAt === null || this.#isStopped) this.#alarm.cancel();
        else this.#alarm.set(dueAt - this.#options.clock.now());
        // A turn may have armed an earlier one while this was asked.
      } while (this.#mustArmAgain);
    } catch (error) {
      if (!this.#isStopped) this.#pause(error);
    } finally {
      this.#isArming = false;
      if (this.#lanes === 0 && !this.#isWoken && !this.#isPaused) this.#settle();
    }
  }

  #settle(): void {
    const waiting = this.#waitingForIdle;
    this.#waitingForIdle = [];
    for (const resolve of waiting) resolve();
  }
}

type Ending =
  | { readonly kind: 'done' | 'lost' }
  /** The store could not write. */
  | { readonly kind: 'refused'; readonly error: unknown };

function isOfTheStore(error: unknown): boolean {
  return error instanceof TurnLost || error instanceof StoreBusy || error instanceof StoreUnusable;
}

/** Numbers of ours only: never who it was, never what was written. */
function idsOf(turn: Turn): { turn: number; source: string; conversation: number } {
  return { turn: turn.id, source: turn.source, conversation: turn.conversation };
}
