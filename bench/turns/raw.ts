import { createHash } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DataFile } from '../../src/store/sqlite-file.ts';
import { incoming, NOON, type Recorded } from './script.ts';

/** One row to be written, with everything computed before. */
type Prepared = {
  readonly seen: Uint8Array;
  readonly text: string;
  readonly choice: string | null;
  readonly kind: string;
  readonly session: string;
  readonly projection: readonly (string | number | null)[];
  readonly bodies: readonly { readonly body: string; readonly menu: number | null }[];
  readonly reminders: readonly {
    readonly requirement: string;
    readonly dueAt: number;
    readonly armedBy: number;
  }[];
};

export type RawOptions = {
  readonly scripts: readonly Recorded[];
  readonly batch: number;
  /** For how long it writes before it is measured. */
  readonly warmUp: number;
  readonly seconds: number;
  readonly delivers: boolean;
};

/**
 * The limit: the same rows of the same turns, written by a plain loop on one thread, `batch` turns of different
 * conversations per commit, in a file opened the same way. It reads nothing, decides nothing, checks nothing.
 *
 * @returns turns per second
 */
export function writeRaw(path: string, { scripts, batch, warmUp, seconds, delivers }: RawOptions): number {
  const file = new DataFile(path);
  const { database } = file;
  const rows = scripts.map((script) => script.map(prepare));
  const write = statements(database);
  let lastId = 0;
  let people = 0;
  let turns = 0;
  const talks = Array.from({ length: batch }, () => newcomer());
  writeFor(warmUp);
  turns = 0;
  const took = writeFor(seconds);
  file.close();
  return turns / took;

  function writeFor(wanted: number): number {
    const begun = performance.now();
    const end = begun + wanted * 1_000;
    while (performance.now() < end) writeBatch();
    return (performance.now() - begun) / 1_000;
  }

  function writeBatch(): void {
    for (const [place, talk] of talks.entries()) {
      if (talk.at === rows[talk.script]!.length) talks[place] = newcomer();
    }
    const now = talks.map((talk) => ({
      talk,
      row: rows[talk.script]![talk.at]!,
      inbox: 0,
      outbox: [] as number[],
    }));
    commit(() => {
      for (const one of now) {
        const { talk, row } = one;
        if (talk.at === 0) write.conversation.run(talk.id, talk.chat);
        write.seen.run(unique(row.seen, talk.id, talk.at));
        one.inbox = ++lastId;
        write.inbox.run(
          one.inbox,
          talk.id,
          talk.chat,
          `${talk.chat}-${talk.at}`,
          row.kind,
          row.text,
          row.choice,
        );
      }
    });
    commit(() => {
      for (const one of now) {
        const { talk, row } = one;
        write.done.run(one.inbox);
        write.session.run(talk.id, row.session, ...row.projection);
        for (const [index, { body, menu }] of row.bodies.entries()) {
          one.outbox.push(++lastId);
          write.outbox.run(lastId, talk.id, index === 0 ? NOON : null, menu, body);
        }
        for (const { requirement, dueAt, armedBy } of row.reminders) {
          write.reminder.run(talk.id, requirement, dueAt, armedBy);
        }
      }
    });
    const most = delivers ? Math.max(...now.map((one) => one.outbox.length)) : -1;
    for (let index = 0; index <= most; index += 1) {
      commit(() => {
        for (const { outbox } of now) {
          if (index > 0 && index <= outbox.length)
            write.sent.run(outbox[index - 1]!, String(outbox[index - 1]));
          if (index < outbox.length) write.sending.run(outbox[index]!);
        }
      });
    }
    for (const { talk } of now) talk.at += 1;
    turns += batch;
  }

  function newcomer(): { id: number; chat: string; script: number; at: number } {
    people += 1;
    lastId += 1;
    return { id: lastId, chat: `c${people}`, script: people % rows.length, at: 0 };
  }

  function commit(rest: () => void): void {
    write.begin.run();
    rest();
    write.commit.run();
    file.checkpoint();
  }
}

function prepare(line: Recorded[number], number: number): Prepared {
  const message = incoming('raw', 0, number, line);
  const { projection } = line.result;
  return {
    seen: createHash('sha256').update(message.messageId).digest().subarray(0, 16),
    text: message.text,
    choice: message.choice,
    kind: message.kind,
    session: JSON.stringify(line.result.session),
    projection: [
      projection.verdict,
      projection.requirement,
      projection.owner,
      projection.asking,
      projection.since,
      projection.flowHash,
      NOON,
    ],
    bodies: line.result.outgoing.map((one) => ({
      body: JSON.stringify(one),
      menu: one.kind === 'say' ? one.menu : null,
    })),
    reminders: line.result.remind,
  };
}

/** As scattered as a hash, without the time it takes to make one. */
function unique(hash: Uint8Array, conversation: number, number: number): Uint8Array {
  const bytes = Uint8Array.from(hash);
  new DataView(bytes.buffer).setUint32(0, Math.imul(conversation * 64 + number, 2_654_435_761));
  new DataView(bytes.buffer).setUint32(4, conversation * 64 + number);
  return bytes;
}

function statements(
  database: DatabaseSync,
): Record<
  | 'begin'
  | 'commit'
  | 'conversation'
  | 'seen'
  | 'inbox'
  | 'done'
  | 'session'
  | 'outbox'
  | 'reminder'
  | 'sending'
  | 'sent',
  StatementSync
> {
  return {
    begin: database.prepare('BEGIN IMMEDIATE'),
    commit: database.prepare('COMMIT'),
    conversation: database.prepare(
      `INSERT INTO conversation (id, channel, chat, version) VALUES (?, 'telegram', ?, 0)`,
    ),
    seen: database.prepare(`INSERT INTO seen (hash, day) VALUES (?, ${Math.floor(NOON / 86_400_000)})`),
    inbox: database.prepare(
      `INSERT INTO inbox (id, conversation, state, received_at, sent_at, sender, message_id, kind, text, choice, language)
        VALUES (?, ?, 0, ${NOON}, ${NOON}, ?, ?, ?, ?, ?, 'id')`,
    ),
    done: database.prepare('UPDATE inbox SET state = 1 WHERE id = ?'),
    session: database.prepare(
      `UPDATE conversation SET session = ?2, version = version + 1, verdict = ?3, requirement = ?4, owner = ?5,
        asking = ?6, since = ?7, flow_hash = ?8, contacted_at = ?9 WHERE id = ?1`,
    ),
    outbox: database.prepare(
      `INSERT INTO outbox (id, conversation, channel, state, priority, due_at, fate, menu, body, created_at)
        VALUES (?, ?, 'telegram', 0, 0, ?, 0, ?, ?, ${NOON})`,
    ),
    reminder: database.prepare(
      'INSERT OR REPLACE INTO reminder (conversation, requirement, due_at, armed_by) VALUES (?, ?, ?, ?)',
    ),
    sending: database.prepare('UPDATE outbox SET state = 1, due_at = NULL WHERE id = ?'),
    sent: database.prepare(`UPDATE outbox SET state = 3, sent_at = ${NOON}, platform_id = ?2 WHERE id = ?1`),
  };
}
