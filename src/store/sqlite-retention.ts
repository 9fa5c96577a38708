import type { SqliteContext } from './sqlite-context.ts';
import type { Forgetting, Forgotten } from './store.ts';

/** Rows looked at in one call, so that nobody waits for the housekeeping. */
const AT_ONCE = 1_000;

/** Lets go of what was kept long enough. Ids grow with time, so the oldest rows stand first. */
export class SqliteRetention {
  readonly #context: SqliteContext;
  readonly #oldestIn;
  readonly #oldestOut;
  readonly #removeIn;
  readonly #removeOut;
  readonly #conversations;
  readonly #isBusy;
  readonly #removals;

  constructor(context: SqliteContext) {
    this.#context = context;
    this.#oldestIn = context.query<Aged>(
      `SELECT id, received_at AS at, state = 0 AS open FROM inbox ORDER BY id LIMIT ${AT_ONCE}`,
    );
    this.#oldestOut = context.query<Aged>(
      `SELECT id, created_at AS at, state < 3 AS open FROM outbox ORDER BY id LIMIT ${AT_ONCE}`,
    );
    this.#removeIn = context.query('DELETE FROM inbox WHERE id = ?1');
    this.#removeOut = context.query('DELETE FROM outbox WHERE id = ?1');
    this.#conversations = context.query<{ id: number; contacted_at: number | null }>(
      `SELECT id, contacted_at FROM conversation WHERE id > ?1 ORDER BY id LIMIT ${AT_ONCE}`,
    );
    this.#isBusy = context.query(
      `SELECT 1 FROM inbox WHERE conversation = ?1 AND state = 0
        UNION ALL SELECT 1 FROM outbox WHERE conversation = ?1 AND state < 3 LIMIT 1`,
    );
    this.#removals = ['reminder', 'inbox', 'outbox'].map((table) =>
      context.query(`DELETE FROM ${table} WHERE conversation = ?1`),
    );
    this.#removals.push(context.query('DELETE FROM conversation WHERE id = ?1'));
  }

  forgetOld({ messagesBefore, conversationsBefore, afterConversation }: Forgetting): Forgotten {
    this.#context.keepLastId();
    const messages =
      removeAged(this.#oldestIn.all(), this.#removeIn, messagesBefore) +
      removeAged(this.#oldestOut.all(), this.#removeOut, messagesBefore);
    const looked = this.#conversations.all(afterConversation);
    let conversations = 0;
    for (const { id, contacted_at: contactedAt } of looked) {
      if (contactedAt === null || contactedAt >= conversationsBefore) continue;
      if (this.#isBusy.one(id) !== undefined) continue;
      for (const removal of this.#removals) removal.run(id);
      conversations += 1;
    }
    if (conversations > 0) this.#context.afterCommit(() => (this.#context.hasErased = true));
    const last = looked.at(-1)?.id ?? null;
    return { messages, conversations, nextConversation: looked.length < AT_ONCE ? null : last };
  }
}

type Aged = { readonly id: number; readonly at: number; readonly open: number };

function removeAged(rows: readonly Aged[], remove: { run(id: number): number }, before: number): number {
  let removed = 0;
  for (const { id, at, open } of rows) if (open === 0 && at < before) removed += remove.run(id);
  return removed;
}
