import { randomBytes } from 'node:crypto';
import {
  type AuthenticationCreds,
  BufferJSON,
  initAuthCreds,
  type SignalKeyStore,
} from '@whiskeysockets/baileys';
import type { AccountStore } from '../channel.ts';
import { createKeys } from './keys.ts';
import { createMessageIds, type MessageIds } from './message-ids.ts';

/** Who we are on WhatsApp: written whole, never in parts, and never made anew while there is something to read. */
export type Account = {
  /** Baileys goes on changing this very object. */
  readonly creds: AuthenticationCreds;
  readonly keys: SignalKeyStore;
  readonly messageIds: MessageIds;
  /** Whether a phone has linked us; `registered` stays false after a QR code (decision 21). */
  isPaired(): boolean;
  save(): Promise<void>;
  /**
   * Forgets it. What still runs for it finds nothing to write to: half an account is worse than none, for the next one
   * would take its sessions for its own (faults.md F67).
   */
  forget(): Promise<void>;
};

const CREDENTIALS = { kind: 'credentials', id: 'all' } as const;
const SECRET = { kind: 'secret', id: 'message-ids' } as const;
const SECRET_BYTES = 32;

/** @throws when what is kept cannot be opened: nobody is registered anew over it (faults.md F44) */
export async function openAccount(kept: AccountStore): Promise<Account> {
  let isForgotten = false;
  const store: AccountStore = {
    ...kept,
    async transaction(change) {
      if (isForgotten) throw new Error('this account was logged out');
      await kept.transaction(change);
    },
  };
  const written = (await store.read(CREDENTIALS.kind, [CREDENTIALS.id])).get(CREDENTIALS.id);
  const creds: AuthenticationCreds =
    written === undefined ? initAuthCreds() : JSON.parse(Buffer.from(written).toString(), BufferJSON.reviver);
  const account: Account = {
    creds,
    keys: createKeys(store),
    messageIds: createMessageIds(await secretOf(store)),
    isPaired: () => creds.me?.id !== undefined && creds.account !== undefined,
    save: () =>
      store.transaction({
        put: [{ ...CREDENTIALS, value: Buffer.from(JSON.stringify(creds, BufferJSON.replacer)) }],
        incoming: [],
        same: [],
      }),
    forget() {
      isForgotten = true;
      return kept.clear();
    },
  };
  // A pairing code was asked for and nobody entered it: with this name the next connection would be a login, and refused.
  if (!account.isPaired() && creds.me !== undefined) {
    delete creds.me;
    creds.pairingCode = undefined;
  }
  return account;
}

async function secretOf(store: AccountStore): Promise<Uint8Array> {
  const kept = (await store.read(SECRET.kind, [SECRET.id])).get(SECRET.id);
  if (kept !== undefined) return kept;
  const secret = randomBytes(SECRET_BYTES);
  await store.transaction({ put: [{ ...SECRET, value: secret }], incoming: [], same: [] });
  return secret;
}
