import type { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import type { Session } from '../../src/conversation/session.ts';
import type { Address } from '../../src/message.ts';
import { LONG_WALK } from './long-walk.ts';

/** What somebody did who walked the long way again and again. */
export type Walked = { readonly answers: number; readonly rounds: number; readonly sent: number };

/**
 * Every message of theirs was kept and handled, and every answer applied exactly once.
 * @returns the number of the conversation
 */
export function expectHandledOnce(
  database: DatabaseSync,
  { channel, chat }: Address,
  { answers, rounds, sent }: Walked,
): number {
  const row = database
    .prepare('SELECT id, session FROM conversation WHERE channel = ? AND chat = ?')
    .get(channel, chat) as { id: number; session: string };
  const session = JSON.parse(row.session) as Session;
  expect(rounds).toBeGreaterThan(0);
  // `order` counts every answer ever applied: one more would be one applied twice, one less one lost.
  expect(session.order).toBe(answers);
  expect(Object.keys(session.answers)).toHaveLength(LONG_WALK.length);
  const kept = database
    .prepare('SELECT state, count(*) AS count FROM inbox WHERE conversation = ? GROUP BY state')
    .all(row.id);
  expect(kept).toEqual([{ state: 1, count: sent }]);
  return row.id;
}
