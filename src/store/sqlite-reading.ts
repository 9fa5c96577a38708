import type { Address, ChannelName } from '../message.ts';
import type { SqliteContext } from './sqlite-context.ts';
import { PARKED, WAITING } from './sqlite-inbox.ts';
import { NAME_WAS_HERE } from './sqlite-outbox.ts';
import type { KeptRow } from './sqlite-rows.ts';
import type { Bottleneck, Depths, Line, ParkedEvent } from './store.ts';

/** Questions about what is kept: history, what was set aside, how much waits. */
export class SqliteReading {
  readonly #lines;
  readonly #label;
  readonly #platformIds;
  readonly #outgoing;
  readonly #parkedMessages;
  readonly #parkedReminders;
  readonly #depths;
  readonly #bottlenecks;

  constructor(context: SqliteContext) {
    // Messages to the participant count from the moment they are decided: their ids never fall behind a cursor.
    this.#lines = context.query<LineRow>(
      `WITH talk AS (SELECT id FROM conversation WHERE channel = ?1 AND chat = ?2)
      SELECT * FROM (
        SELECT inbox.id, conversation, 'participant' AS side, kind, text, choice, message_id, received_at AS at
        FROM inbox, talk WHERE conversation = talk.id AND inbox.id > ?3 AND kind NOT IN ('left', 'returned', 'operator', 'handed-back', 'desk', 'desk-edit', 'desk-other')
        ORDER BY inbox.id LIMIT ?4)
      UNION ALL SELECT * FROM (
        SELECT outbox.id, conversation, 'pandu', json_extract(body, '$.kind'), body, NULL, NULL, created_at
        FROM outbox, talk WHERE conversation = talk.id AND outbox.id > ?3 AND state <> 4 AND fate <> 3
          AND json_extract(body, '$.kind') = 'say'
        ORDER BY outbox.id LIMIT ?4)
      ORDER BY 1 LIMIT ?4`,
    );
    this.#label = context.query<{ label: string }>(
      `SELECT json_extract(choice.value, '$.label') AS label FROM outbox, json_each(outbox.body, '$.choices') AS choice
        WHERE conversation = ?1 AND outbox.id < ?2 AND fate <> 3 AND json_extract(choice.value, '$.id') = ?3
        ORDER BY outbox.id DESC LIMIT 1`,
    );
    this.#platformIds = context.query<{ platform_id: string }>(
      `WITH talk AS (SELECT id FROM conversation WHERE channel = ?1 AND chat = ?2)
      SELECT outbox.id, platform_id FROM outbox, talk WHERE conversation = talk.id AND platform_id IS NOT NULL
      UNION ALL SELECT inbox.id, message_id FROM inbox, talk WHERE conversation = talk.id
      ORDER BY 1`,
    );
    this.#outgoing = context.rows<KeptRow>(
      `SELECT chat, body FROM outbox JOIN conversation ON conversation.id = outbox.conversation
        WHERE outbox.id = ?2 AND outbox.channel = ?1 AND fate <> 3 AND body <> ?3`,
    );
    this.#parkedMessages = context.query<ParkedRow>(
      `SELECT inbox.id, channel, chat, received_at, kind, reason
        FROM inbox JOIN conversation ON conversation.id = conversation
        WHERE state = ${PARKED} AND state <> 1 ORDER BY inbox.id`,
    );
    this.#parkedReminders = context.query<ParkedRow>(
      `SELECT reminder.id, channel, chat, due_at AS received_at, 'reminder' AS kind, parked AS reason
        FROM reminder JOIN conversation ON conversation.id = conversation WHERE parked IS NOT NULL`,
    );
    this.#bottlenecks = context.query<Bottleneck>(
      `SELECT provider, requirement, count(*) AS count FROM conversation
        WHERE provider IS NOT NULL AND owner = 'provider' AND verdict = 'blocked' AND ifnull(since, 0) <= ?1
          AND NOT EXISTS (SELECT 1 FROM alias WHERE alias.channel = conversation.channel AND name = chat)
        GROUP BY provider, requirement ORDER BY count DESC, provider, requirement`,
    );
    this.#depths = context.query<DepthsRow>(
      `SELECT (SELECT count(*) FROM inbox WHERE state = ${WAITING} AND state <> 1) AS inbox_waiting,
        (SELECT count(*) FROM outbox WHERE state < 3) AS outbox_waiting,
        (SELECT count(*) FROM inbox WHERE state = ${PARKED} AND state <> 1) +
          (SELECT count(*) FROM reminder WHERE parked IS NOT NULL) AS parked,
        (SELECT count(*) FROM conversation WHERE channel <> 'desk') AS conversations`,
    );
  }

  history(address: Address, afterId: number, limit: number): Line[] {
    return this.#lines.all(address.channel, address.chat, afterId, limit).map((row) => this.#line(row));
  }

  knownPlatformIds(address: Address): string[] {
    return this.#platformIds.all(address.channel, address.chat).map((row) => row.platform_id);
  }

  outgoing(channel: ChannelName, id: number): KeptRow | null {
    return this.#outgoing.one(channel, id, NAME_WAS_HERE) ?? null;
  }

  parked(): ParkedEvent[] {
    return [...this.#parkedMessages.all(), ...this.#parkedReminders.all()].map((row) => ({
      id: row.id,
      address: { channel: row.channel, chat: row.chat },
      receivedAt: row.received_at,
      kind: row.kind,
      reason: row.reason,
    }));
  }

  bottlenecks(at: number): Bottleneck[] {
    return this.#bottlenecks.all(at);
  }

  depths(): Depths {
    const row = this.#depths.one()!;
    return {
      inboxWaiting: row.inbox_waiting,
      outboxWaiting: row.outbox_waiting,
      parked: row.parked,
      conversations: row.conversations,
    };
  }

  #line(row: LineRow): Line {
    const { id, kind, at } = row;
    if (row.side === 'pandu') {
      const { text, choices, picture } = JSON.parse(row.text) as Pick<Line, 'text' | 'choices' | 'picture'>;
      const line: Line = { id, from: 'pandu', kind, at, text, choices, messageId: null };
      return picture === undefined ? line : { ...line, picture };
    }
    return {
      id,
      from: 'participant',
      kind,
      at,
      text: this.#shown(row),
      choices: [],
      messageId: row.message_id,
    };
  }

  /** A pressed choice is shown by the label it had when it was pressed. */
  #shown(row: LineRow): string {
    if (row.text !== '' || row.choice === null) return row.text;
    return this.#label.one(row.conversation, row.id, row.choice)?.label ?? '';
  }
}

type LineRow = {
  readonly id: number;
  readonly conversation: number;
  readonly side: 'pandu' | 'participant';
  readonly kind: string;
  readonly text: string;
  readonly choice: string | null;
  readonly message_id: string | null;
  readonly at: number;
};

type ParkedRow = Pick<ParkedEvent, 'id' | 'kind' | 'reason'> & Address & { readonly received_at: number };

type DepthsRow = {
  readonly inbox_waiting: number;
  readonly outbox_waiting: number;
  readonly parked: number;
  readonly conversations: number;
};
