import type { SqliteContext } from './sqlite-context.ts';
import type { SqliteOutbox } from './sqlite-outbox.ts';

/** A conversation, with the name that it goes by on its channel. */
type Known = { readonly id: number; readonly chat: string };

/** Who some names of one chat mean, before anything is written. */
export type Meant = {
  readonly channel: string;
  /** Without repetitions; the first is the one that the message came under. */
  readonly names: readonly string[];
  /** Null when it is a new one. */
  readonly conversation: Known | null;
  /** Other conversations of the same participant, to be merged into `conversation`. */
  readonly others: readonly Known[];
  /** Names that nobody has yet and that shall lead to `conversation`. */
  readonly unknown: readonly string[];
};

/**
 * By which names a platform calls the chat of a conversation (faults.md F73). A name leads to the conversation that it
 * is an alias of, else to the one that has it as its chat.
 *
 * When names that are said to be one participant's lead to two conversations, all of them lead from then on to the one
 * with answers, or to the older one when neither has any. Nothing is moved: what waits in the other one is answered
 * there. Where both have answers it may be another person, with a number that was given away: each stays what it is.
 *
 * Only the database is asked, so that a savepoint that is rolled back leaves nothing behind.
 */
export class SqliteNames {
  readonly #outbox: SqliteOutbox;
  /** Channels that ever gave two names; those that never do pay nothing. May hold one whose transaction was lost. */
  readonly #channels = new Set<string>();
  readonly #find;
  readonly #hasAnswers;
  readonly #aliases;
  readonly #add;
  readonly #redirect;
  readonly #forget;
  readonly #ledElsewhere;
  readonly #mergedInto;

  constructor(context: SqliteContext, outbox: SqliteOutbox) {
    this.#outbox = outbox;
    this.#find = context.query<Known>(
      `SELECT id, chat FROM conversation WHERE id = ifnull(
        (SELECT conversation FROM alias WHERE channel = ?1 AND name = ?2),
        (SELECT id FROM conversation WHERE channel = ?1 AND chat = ?2))`,
    );
    this.#hasAnswers = context.query(
      `SELECT 1 FROM conversation WHERE id = ?1 AND session IS NOT NULL
         AND (session -> '$.answers' <> '{}' OR ifnull(session -> '$.others', '[]') <> '[]')`,
    );
    this.#aliases = context.query<{ name: string }>('SELECT name FROM alias WHERE conversation = ?1');
    this.#add = context.query(
      'INSERT INTO alias (channel, name, conversation) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING',
    );
    this.#redirect = context.query('UPDATE alias SET conversation = ?2 WHERE conversation = ?1');
    this.#forget = context.query('DELETE FROM alias WHERE conversation = ?1');
    this.#ledElsewhere = context.query<{ conversation: number }>(
      `SELECT alias.conversation FROM conversation JOIN alias
        ON alias.channel = conversation.channel AND alias.name = conversation.chat WHERE conversation.id = ?1`,
    );
    this.#mergedInto = context.query<{ id: number }>(
      `SELECT conversation.id FROM alias JOIN conversation
        ON conversation.channel = alias.channel AND conversation.chat = alias.name WHERE alias.conversation = ?1`,
    );
    const channels = context.query<{ channel: string }>('SELECT DISTINCT channel FROM alias');
    for (const { channel } of channels.all()) this.#channels.add(channel);
  }

  /** Whether any chat of the channel may have two names. */
  isUsedOn(channel: string): boolean {
    return this.#channels.has(channel);
  }

  meant(channel: string, chat: string, aliases: readonly string[]): Meant {
    const names = [...new Set([chat, ...aliases])];
    const known = new Map<number, Known>();
    const unknown: string[] = [];
    for (const name of names) {
      const found = this.#find.one(channel, name);
      if (found === undefined) unknown.push(name);
      else known.set(found.id, found);
    }
    const all = [...known.values()].sort((one, other) => one.id - other.id);
    if (all.length < 2) return { channel, names, conversation: all[0] ?? null, others: [], unknown };
    const withAnswers = all.filter(({ id }) => this.#hasAnswers.one(id) !== undefined);
    if (withAnswers.length > 1) {
      const own = this.#find.one(channel, chat) ?? null;
      return { channel, names, conversation: own, others: [], unknown: [] };
    }
    const conversation = withAnswers[0] ?? all[0]!;
    return { channel, names, conversation, others: all.filter((one) => one !== conversation), unknown };
  }

  /** Every name under which the platform may deliver this message again. */
  allOf({ names, conversation, others }: Meant): ReadonlySet<string> {
    const all = new Set(names);
    for (const one of conversation === null ? others : [conversation, ...others]) {
      all.add(one.chat);
      for (const { name } of this.#aliases.all(one.id)) all.add(name);
    }
    return all;
  }

  /** From now on what was meant leads to `conversation`, whose own name is `chat`. */
  learn({ channel, others, unknown }: Meant, { id, chat }: Known): void {
    for (const other of others) {
      this.#redirect.run(other.id, id);
      this.#addName(channel, other.chat, id);
      this.#outbox.merged(other.id);
    }
    for (const name of unknown) if (name !== chat) this.#addName(channel, name, id);
  }

  /** Whether all its names lead to another conversation. */
  isMerged(channel: string, conversation: number): boolean {
    return this.isUsedOn(channel) && this.#ledElsewhere.one(conversation) !== undefined;
  }

  /** The other conversations of the same participant; for one that was merged also the one it was merged into. */
  others(channel: string, conversation: number): readonly number[] {
    if (!this.isUsedOn(channel)) return [];
    const first = this.#ledElsewhere.one(conversation)?.conversation ?? conversation;
    return [first, ...this.#mergedInto.all(first).map(({ id }) => id)].filter((id) => id !== conversation);
  }

  forget(conversation: number): void {
    this.#forget.run(conversation);
  }

  #addName(channel: string, name: string, conversation: number): void {
    this.#add.run(channel, name, conversation);
    this.#channels.add(channel);
  }
}
