import type { AccountChange, AccountStore } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import type { ChannelName, HiddenIncoming, Incoming } from '../message.ts';
import type { AccountRow, Store } from '../store/store.ts';
import { createSeal } from './seal.ts';

export type AccountStoreOptions = {
  readonly store: Pick<Store, 'readAccount' | 'changeAccount' | 'clearAccount' | 'wasReceived' | 'outgoing'>;
  readonly channel: ChannelName;
  /** The data key, 32 bytes (data-key.ts). */
  readonly key: Uint8Array;
  readonly clock: Clock;
  /** Replaces the secrets of a message before it is stored. */
  readonly hidden: (incoming: Incoming) => HiddenIncoming;
  /** Called in the moment in which messages are handed to the store, so that they are claimed with their commit. */
  readonly wake: () => void;
  /** Told what was given to the store, once that is durable; for whoever shows that an answer is being written. */
  readonly kept?: (incoming: readonly Incoming[]) => void;
};

/**
 * What is kept of the account was sealed with another data key, or is damaged. Never taken for an account that was not
 * paired yet: pairing anew would cut off everybody who is written to (faults.md F44). The message says what to do.
 */
export class AccountUnreadable extends Error {
  override readonly name = 'AccountUnreadable';
  constructor(channel: ChannelName, isOtherKey: boolean) {
    const cause = isOtherKey
      ? 'the data key is not the one that this account was paired with. Put the former one back (the setting DATA_KEY, or the file data.key in DATA_DIR) and start again'
      : 'a value of it is damaged. Put your newest backup of the data file in its place and start again';
    super(
      `What is kept of the ${channel} account cannot be opened: ${cause}. ` +
        `If that is impossible, the account has to be paired anew; Pandu does not do so by itself.`,
    );
  }
}

/** The place of a mark by which the right key is known. Its id is not hashed: that would need the right key. */
const MARK = { kind: 'data-key', id: 'mark' } as const;
const MARKED = Buffer.from('pandu');

/**
 * The account of one channel, in the store. Values are sealed, and ids hashed, with keys derived from the data key: the
 * data file tells neither the account's keys nor whom it speaks with, and a copy of it cannot take the account over.
 */
export function createAccountStore(options: AccountStoreOptions): AccountStore {
  const { store, channel, clock } = options;
  const seal = createSeal(options.key, channel);
  /** Whether the mark of this key was written since the start; written once more it does no harm. */
  let isMarked = false;
  /** Whether there was no mark of another key. */
  let isLooked = false;
  let looking: Promise<void> | null = null;
  let clearings = 0;

  /** With another key nothing would be found, as if the account were new. */
  function look(): Promise<void> {
    looking ??= lookForMark().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookForMark(): Promise<void> {
    const mark = (await store.readAccount(channel, MARK.kind, [MARK.id])).get(MARK.id);
    if (mark !== undefined && seal.open(MARK.kind, MARK.id, mark) === null)
      throw new AccountUnreadable(channel, true);
    isLooked = true;
  }

  function sealed({ put }: AccountChange): AccountRow[] {
    const rows = put.map(({ kind, id, value }) => ({
      kind,
      id: seal.idOf(kind, id),
      value: value && seal.seal(kind, id, value),
    }));
    if (rows.length === 0 || isMarked) return rows;
    return [{ ...MARK, value: seal.seal(MARK.kind, MARK.id, MARKED) }, ...rows];
  }

  return {
    async read(kind, ids) {
      if (!isLooked) await look();
      const hashed = new Map(ids.map((id) => [seal.idOf(kind, id), id]));
      const found = new Map<string, Uint8Array>();
      for (const [hash, value] of await store.readAccount(channel, kind, [...hashed.keys()])) {
        const id = hashed.get(hash)!;
        const opened = seal.open(kind, id, value);
        if (opened === null) throw new AccountUnreadable(channel, false);
        found.set(id, opened);
      }
      return found;
    },

    async transaction(change) {
      if (!isLooked) await look();
      const put = sealed(change);
      const before = clearings;
      const incoming = change.incoming.map(options.hidden);
      const stored = store.changeAccount(channel, { put, incoming, same: change.same }, clock.now());
      if (incoming.length > 0) options.wake();
      await stored;
      if (put.length > 0 && before === clearings) isMarked = true;
      if (incoming.length > 0) options.kept?.(change.incoming);
    },

    async clear() {
      clearings += 1;
      isMarked = false;
      await store.clearAccount(channel);
    },

    wasKept: (incoming) => store.wasReceived(incoming),

    outgoing: (id) => store.outgoing(channel, id),
  };
}
