import type { ChannelName } from '../message.ts';
import type { SqliteContext } from './sqlite-context.ts';
import type { SqliteInbox } from './sqlite-inbox.ts';
import type { ChangeValues } from './sqlite-rows.ts';

/** What a channel keeps of its account, changed in one commit with the messages that it lets us read. */
export class SqliteAccount {
  readonly #inbox: SqliteInbox;
  readonly #get;
  readonly #put;
  readonly #remove;
  readonly #clear;

  constructor(context: SqliteContext, inbox: SqliteInbox) {
    this.#inbox = inbox;
    this.#get = context.query<{ value: Uint8Array }>(
      'SELECT value FROM account_value WHERE account = ?1 AND kind = ?2 AND id = ?3',
    );
    this.#put = context.query(
      `INSERT INTO account_value (account, kind, id, value) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (account, kind, id) DO UPDATE SET value = excluded.value`,
    );
    this.#remove = context.query('DELETE FROM account_value WHERE account = ?1 AND kind = ?2 AND id = ?3');
    this.#clear = context.query('DELETE FROM account_value WHERE account = ?1');
  }

  read(account: ChannelName, kind: string, ids: readonly string[]): Map<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    for (const id of ids) {
      const row = this.#get.one(account, kind, id);
      if (row !== undefined) found.set(id, row.value);
    }
    return found;
  }

  change(account: ChannelName, [put, incoming, same]: ChangeValues, at: number): number {
    for (const [kind, id, value] of put) {
      if (value === null) this.#remove.run(account, kind, id);
      else this.#put.run(account, kind, id, value);
    }
    // First, so that a message finds its conversation under the new name, and again for whoever came with them.
    const later = same.filter(([chat, alias]) => !this.#inbox.learn(account, chat, alias));
    const added = this.#inbox.receive(incoming, at, null);
    for (const [chat, alias] of later) this.#inbox.learn(account, chat, alias);
    return added;
  }

  clear(account: ChannelName): void {
    this.#clear.run(account);
  }
}
