import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AccountChange, type Store, StoreBusy } from '../../src/store/store.ts';
import type { Linked } from './linked.ts';

/** Stands between the channel and the store, and does to a commit what the test says. */
export type Interference = {
  /** Called instead of each commit of a channel's account; null: nothing interferes. */
  commit: ((change: AccountChange, write: () => Promise<number>) => Promise<number>) | null;
  /** The disk is full: nothing is written at all, of whatever kind. */
  full: boolean;
  readonly around: (store: Store) => Store;
};

export function interference(): Interference {
  const self: Interference = {
    commit: null,
    full: false,
    around(store) {
      const whenThereIsRoom = <Result>(write: () => Promise<Result>): Promise<Result> =>
        self.full ? Promise.reject(new StoreBusy('database or disk is full')) : write();
      return {
        ...store,
        changeAccount: (account, change, at) => {
          const write = (): Promise<number> =>
            whenThereIsRoom(() => store.changeAccount(account, change, at));
          return self.commit === null ? write() : self.commit(change, write);
        },
        receive: (...given) => whenThereIsRoom(() => store.receive(...given)),
        finishTurn: (...given) => whenThereIsRoom(() => store.finishTurn(...given)),
        failTurn: (...given) => whenThereIsRoom(() => store.failTurn(...given)),
        claimOutgoing: (...given) => whenThereIsRoom(() => store.claimOutgoing(...given)),
        markSent: (...given) => whenThereIsRoom(() => store.markSent(...given)),
      };
    },
  };
  return self;
}

/** Nothing waits: everything the platform had was taken, handled, answered and acknowledged. */
export async function settled({ server, program }: Linked, timeoutMs = 10_000): Promise<void> {
  await server.until(
    () => server.online && server.waiting.length === 0,
    'everything to be confirmed',
    timeoutMs,
  );
  await program.idle();
}

/** What stands in any file beside the data file, its log included, and in what was logged. */
export function traces({ path, log }: Pick<Linked, 'path' | 'log'>): string {
  const folder = dirname(path);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  return [...files, Buffer.from(log.lines.join('\n')).toString('latin1')].join('\n');
}
