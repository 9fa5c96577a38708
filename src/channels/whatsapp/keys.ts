import {
  BufferJSON,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from '@whiskeysockets/baileys';
import type { Incoming } from '../../message.ts';
import type { AccountStore, AccountValue } from '../channel.ts';

/** Stands among the types of keys, so that a message is written in the very transaction that could read it. */
export const MESSAGES = 'pandu-messages';

/** Values kept at hand; they come back from the store when they are needed again. */
const REMEMBERED = 20_000;

/**
 * The account's Signal keys, of whatever type the library thinks of next. Each `set` is one transaction of the store.
 * What was written or read last is kept at hand: this process is the only one with the account.
 */
export function createKeys(account: AccountStore): SignalKeyStore {
  /** By type and id; null: there is none. */
  const atHand = new Map<string, Uint8Array | null>();

  function remember(name: string, value: Uint8Array | null): void {
    atHand.delete(name);
    if (atHand.size >= REMEMBERED) atHand.delete(atHand.keys().next().value!);
    atHand.set(name, value);
  }

  /** A session that is damaged counts as none: the two sides make a new one, and nobody stays unanswered. */
  async function readAll(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
    if (type !== 'session') return account.read(type, ids);
    const found = new Map<string, Uint8Array>();
    for (const id of ids) {
      const read = await account.read(type, [id]).catch((error: unknown) => {
        if (isDamage(error)) return NOTHING;
        throw error;
      });
      for (const [name, value] of read) found.set(name, value);
    }
    return found;
  }

  return {
    async get(type, ids) {
      const missing = ids.filter((id) => !atHand.has(nameOf(type, id)));
      const read = missing.length === 0 ? NOTHING : await readAll(type, missing);
      for (const id of missing) {
        // Written meanwhile: that is newer than what was read.
        if (!atHand.has(nameOf(type, id))) remember(nameOf(type, id), read.get(id) ?? null);
      }
      const found: { [id: string]: SignalDataTypeMap[typeof type] } = {};
      for (const id of ids) {
        const value = atHand.get(nameOf(type, id)) ?? read.get(id);
        if (value != null) found[id] = decode(type, value);
      }
      return found;
    },
    async set(data) {
      const { [MESSAGES]: messages, ...keys } = data as SignalDataSet & {
        readonly [MESSAGES]?: Readonly<Record<string, Incoming>>;
      };
      const put = Object.entries(keys).flatMap(([kind, values]) =>
        Object.entries(values ?? {}).map(
          ([id, value]): AccountValue => ({ kind, id, value: value == null ? null : encode(value) }),
        ),
      );
      await account.transaction({ put, incoming: Object.values(messages ?? {}), same: [] });
      for (const { kind, id, value } of put) remember(nameOf(kind, id), value);
    },
    async clear() {
      await account.clear();
      atHand.clear();
    },
  };
}

/** Not a store that is busy, nor another data key: `AccountStore.read` tells them apart. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && error.name === 'AccountUnreadable';
}

const NOTHING: ReadonlyMap<string, Uint8Array> = new Map();

function nameOf(type: string, id: string): string {
  return `${type} ${id}`;
}

function encode(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value, BufferJSON.replacer));
}

/** A fresh copy each time: libsignal changes what it is given. */
function decode<Type extends keyof SignalDataTypeMap>(
  type: Type,
  value: Uint8Array,
): SignalDataTypeMap[Type] {
  const decoded = JSON.parse(Buffer.from(value).toString(), BufferJSON.reviver);
  if (type !== 'app-state-sync-key') return decoded;
  return proto.Message.AppStateSyncKeyData.fromObject(decoded) as unknown as SignalDataTypeMap[Type];
}
