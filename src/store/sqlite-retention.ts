import type { SqliteContext } from './sqlite-context.ts';
import type { SqliteOutbox } from './sqlite-outbox.ts';
import type { SqliteRequests } from './sqlite-requests.ts';
import type { Forgetting, Forgotten } from './store.ts';

/** Rows looked at in one call, so that nobody waits for the housekeeping. */
const AT_ONCE = 1_000;
/** The same for marks, which are small. */
const MARKS_AT_ONCE = 5_000;
const DAY_MS = 86_400_000;

/**
 * Lets go of what was kept long enough. What waits to be handled stays whatever its age: somebody wrote it and had no
 * answer. What waits to be sent does not: after so long it helps nobody, and the notice promises that it goes.
 */
export class SqliteRetention {
  readonly #context: SqliteContext;
  readonly #outbox: SqliteOutbox;
  readonly #requests: SqliteRequests;
  readonly #incoming;
  readonly #outgoing;
  readonly #removeIn;
  readonly #conversations;
  readonly #isBusy;
  readonly #removals;
  readonly #marks;
  readonly #removeMark;

  constructor(context: SqliteContext, outbox: SqliteOutbox, requests: SqliteRequests) {
    this.#context = context;
    this.#outbox = outbox;
    this.#requests = requests;
    this.#incoming = context.query<Aged>(
      `SELECT id, received_at AS at, state = 0 AS stays FROM inbox WHERE id > ?1 ORDER BY id LIMIT ${AT_ONCE}`,
    );
    // On the wire: 1 is being sent by this very process, of 2 somebody may still find out what became of it.
    this.#outgoing = context.query<Aged>(
      `SELECT id, created_at AS at, state = 1 OR state = 2 AND ifnull(unknown_since, 0) >= ?2 AS stays
        FROM outbox WHERE id > ?1 ORDER BY id LIMIT ${AT_ONCE}`,
    );
    this.#removeIn = context.query('DELETE FROM inbox WHERE id = ?1');
    this.#conversations = context.query<{ id: number; contacted_at: number | null }>(
      `SELECT id, contacted_at FROM conversation WHERE id > ?1 ORDER BY id LIMIT ${AT_ONCE}`,
    );
    this.#isBusy = context.query(
      `SELECT 1 FROM inbox WHERE conversation = ?1 AND state = 0
        UNION ALL SELECT 1 FROM outbox WHERE conversation = ?1 AND state < 3
          AND (state = 1 OR state = 2 AND ifnull(unknown_since, 0) >= ?2) LIMIT 1`,
    );
    this.#removals = ['reminder', 'inbox', 'outbox'].map((table) =>
      context.query(`DELETE FROM ${table} WHERE conversation = ?1`),
    );
    this.#marks = context.query<{ hash: Uint8Array; day: number }>(
      `SELECT hash, day FROM seen WHERE hash > ?1 ORDER BY hash LIMIT ${MARKS_AT_ONCE}`,
    );
    this.#removeMark = context.query('DELETE FROM seen WHERE hash = ?1');
    this.#removals.push(context.query('DELETE FROM conversation WHERE id = ?1'));
  }

  forgetOld(forgetting: Forgetting): Forgotten {
    const { messages, nextMessage } = this.#forgetMessages(forgetting);
    const { conversations, nextConversation } = this.#forgetConversations(forgetting);
    if (messages + conversations > 0) this.#context.keepLastId();
    const nextSeen = this.#forgetMarks(forgetting);
    return { messages, conversations, nextMessage, nextConversation, nextSeen };
  }

  #forgetMarks({ afterSeen, seenBefore }: Forgetting): Uint8Array | null {
    if (afterSeen === null) return null;
    const marks = this.#marks.all(afterSeen);
    const firstDay = Math.floor(seenBefore / DAY_MS);
    for (const { hash, day } of marks) if (day < firstDay) this.#removeMark.run(hash);
    return marks.length < MARKS_AT_ONCE ? null : marks.at(-1)!.hash;
  }

  /** Both sides have their ids from one sequence, so one place is enough for both. */
  #forgetMessages({ afterMessage, messagesBefore, unresolvedBefore }: Forgetting) {
    if (afterMessage === null) return { messages: 0, nextMessage: null };
    this.#requests.forgetClosed(messagesBefore, unresolvedBefore);
    const incoming = this.#incoming.all(afterMessage);
    const outgoing = this.#outgoing.all(afterMessage, unresolvedBefore);
    let messages = 0;
    for (const { id, at, stays } of incoming) {
      if (at < messagesBefore && stays === 0) messages += this.#removeIn.run(id);
    }
    for (const { id, at, stays } of outgoing) {
      if (at < messagesBefore && stays === 0) messages += this.#outbox.remove(id);
    }
    const isOld = ({ at }: Aged): boolean => at < messagesBefore;
    const ends = [incoming, outgoing]
      // Ids grow with time: behind so many young ones there is no old one.
      .filter((rows) => rows.length === AT_ONCE && rows.some(isOld))
      .map((rows) => rows.at(-1)!.id);
    return { messages, nextMessage: ends.length === 0 ? null : Math.min(...ends) };
  }

  #forgetConversations({ afterConversation, conversationsBefore, unresolvedBefore }: Forgetting) {
    if (afterConversation === null) return { conversations: 0, nextConversation: null };
    const looked = this.#conversations.all(afterConversation);
    let conversations = 0;
    for (const { id, contacted_at: contactedAt } of looked) {
      if (contactedAt === null || contactedAt >= conversationsBefore) continue;
      if (this.#isBusy.one(id, unresolvedBefore) !== undefined) continue;
      this.#requests.remove(id, unresolvedBefore);
      for (const removal of this.#removals) removal.run(id);
      conversations += 1;
    }
    return { conversations, nextConversation: looked.length < AT_ONCE ? null : looked.at(-1)!.id };
  }
}

type Aged = { readonly id: number; readonly at: number; readonly stays: number };
