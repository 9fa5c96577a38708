import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountStore } from '../channel.ts';
import { backOffMs, type WhatsappTiming } from './timing.ts';

export type PatientStoreOptions = {
  readonly timing: Pick<WhatsappTiming, 'retryFirstMs' | 'retryMostMs'>;
  /** Nothing waits any longer. Only after the connection was closed, or the library would answer what it could not keep. */
  readonly signal: AbortSignal;
  /** A change could not be written, and is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** It was written after all. */
  readonly onRecovery: () => void;
};

/**
 * A full disk stays full until somebody makes room, and the library gives up long before: it asks the participant's
 * phone a few times to send the message again, or not at all, and then tells the platform to drop it (faults.md F36).
 * So what cannot be written waits until it can, in order. Nothing is confirmed meanwhile, so the platform keeps it.
 */
export function createPatientStore(account: AccountStore, options: PatientStoreOptions): AccountStore {
  const { timing, signal, onFailure, onRecovery } = options;
  /** One at a time: what is older never overwrites what is newer. */
  let last: Promise<unknown> = Promise.resolve();

  async function write(change: Parameters<AccountStore['transaction']>[0]): Promise<void> {
    for (let failures = 0; ; ) {
      try {
        await account.transaction(change);
        if (failures > 0) onRecovery();
        return;
      } catch (error) {
        if (signal.aborted) throw error;
        failures += 1;
        onFailure(error);
        const waitMs = backOffMs(failures, timing.retryFirstMs, timing.retryMostMs);
        await sleep(waitMs, undefined, { signal }).catch(() => {
          throw error;
        });
      }
    }
  }

  return {
    ...account,
    transaction(change) {
      const written = last.then(() => write(change));
      last = written.catch(() => {});
      return written;
    },
    clear() {
      const cleared = last.then(() => account.clear());
      last = cleared.catch(() => {});
      return cleared;
    },
  };
}
