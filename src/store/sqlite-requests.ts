import type { SqliteContext } from './sqlite-context.ts';
import type { SqliteOutbox } from './sqlite-outbox.ts';
import type { OutgoingValues, RequestRow, RequestValues } from './sqlite-rows.ts';

const DESK = 'desk';

/** Who wants to talk to a person, and what is said about it at the desk. */
export class SqliteRequests {
  readonly #context: SqliteContext;
  readonly #outbox: SqliteOutbox;
  readonly #write;
  readonly #named;
  readonly #byTopic;
  readonly #open;
  readonly #topic;
  readonly #keepTopic;
  readonly #remove;
  readonly #closed;
  readonly #desk;
  readonly #addDesk;

  constructor(context: SqliteContext, outbox: SqliteOutbox) {
    this.#context = context;
    this.#outbox = outbox;
    this.#write = context.query(
      `INSERT INTO request (conversation, state, opened_at, taken_at, operator_at, escalated_at, summary, closed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT (conversation) DO UPDATE SET state = excluded.state, opened_at = excluded.opened_at,
          taken_at = excluded.taken_at, operator_at = excluded.operator_at, escalated_at = excluded.escalated_at,
          summary = ifnull(excluded.summary, summary), closed_at = excluded.closed_at`,
    );
    this.#named = context.query<{ conversation: number }>(
      'SELECT conversation FROM request WHERE conversation = ?1',
    );
    this.#byTopic = context.query<{ conversation: number }>(
      'SELECT conversation FROM request WHERE topic = ?1',
    );
    this.#open = context.rows<RequestRow>(
      `SELECT conversation, channel, chat, state, opened_at, taken_at, operator_at, escalated_at, summary
        FROM request JOIN conversation ON conversation.id = conversation
        WHERE state <> 'closed' ORDER BY opened_at, conversation`,
    );
    this.#topic = context.query<{ topic: string | null }>(
      'SELECT topic FROM request WHERE conversation = ?1',
    );
    this.#keepTopic = context.query('UPDATE request SET topic = ?2 WHERE conversation = ?1');
    this.#remove = context.query('DELETE FROM request WHERE conversation = ?1');
    this.#closed = context.query<{ conversation: number }>(
      `SELECT conversation FROM request WHERE state = 'closed' AND closed_at < ?1`,
    );
    this.#desk = context.query<{ id: number }>(
      `SELECT id FROM conversation WHERE channel = '${DESK}' AND chat = ?1`,
    );
    this.#addDesk = context.query(
      `INSERT INTO conversation (id, channel, chat, version) VALUES (?1, '${DESK}', ?2, 0)`,
    );
  }

  write(
    conversation: number,
    request: RequestValues | null,
    posts: readonly OutgoingValues[],
    at: number,
  ): void {
    if (request !== null) {
      this.#write.run(conversation, ...request, request[0] === 'closed' ? at : null);
    }
    if (posts.length > 0) this.#outbox.add(this.#deskOf(conversation), DESK, posts, at, false);
  }

  /** `#12` is conversation 12; everything else is a topic. Null when nobody there asked for a person. */
  named(chat: string): number | null {
    const number = /^#(\d{1,15})$/.exec(chat)?.[1];
    const found = number === undefined ? this.#byTopic.one(chat) : this.#named.one(Number(number));
    return found?.conversation ?? null;
  }

  open(): RequestRow[] {
    return this.#open.all();
  }

  topic(conversation: number): string | null {
    return this.#topic.one(conversation)?.topic ?? null;
  }

  keepTopic(conversation: number, topic: string | null): boolean {
    return this.#keepTopic.run(conversation, topic) > 0;
  }

  /** With all that was said about it at the desk; what is there already is asked to be deleted. */
  remove(conversation: number, at: number): void {
    const topic = this.topic(conversation);
    const desk = this.#desk.one(String(conversation))?.id;
    this.#remove.run(conversation);
    if (desk === undefined) return;
    this.#outbox.erase(desk);
    if (topic !== null) {
      const body = JSON.stringify({ kind: 'delete', messageId: topic });
      this.#outbox.add(desk, DESK, [[0, null, body, false, null, null]], at, true);
    }
    this.#outbox.removeIfEmpty(desk);
  }

  forgetClosed(before: number, at: number): void {
    for (const { conversation } of this.#closed.all(before)) this.remove(conversation, at);
  }

  #deskOf(conversation: number): number {
    const chat = String(conversation);
    const known = this.#desk.one(chat)?.id;
    if (known !== undefined) return known;
    const id = this.#context.nextId();
    this.#addDesk.run(id, chat);
    return id;
  }
}
