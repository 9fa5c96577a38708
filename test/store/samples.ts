import type { Session } from '../../src/conversation/session.ts';
import { newSession } from '../../src/conversation/step.ts';
import type {
  Address,
  ChannelName,
  Choice,
  Deletion,
  HiddenIncoming,
  Saying,
  SpokenText,
} from '../../src/message.ts';
import type { Projection, Store, Turn, TurnResult } from '../../src/store/store.ts';

/** A Tuesday morning; the store never looks at a clock of its own. */
export const NOON = Date.UTC(2026, 10, 24, 5);
export const HOUR_MS = 3_600_000;

export const sari: Address = { channel: 'telegram', chat: '6281100000001' };
export const budi: Address = { channel: 'telegram', chat: '6281100000002' };

let lastMessageId = 0;

export function message(address: Address, text: string, more: Partial<HiddenIncoming> = {}): HiddenIncoming {
  lastMessageId += 1;
  return {
    channel: address.channel,
    chat: address.chat,
    sender: address.chat,
    messageId: `m${lastMessageId}`,
    kind: 'text',
    text,
    choice: null,
    language: 'id',
    sentAt: NOON - 1_000,
    hidden: [],
    ...more,
  };
}

export function session(more: Partial<Session> = {}): Session {
  return { ...newSession({ kind: 'failed', at: 1_000 }), ...more };
}

/** A session that has counted `order` answers: tells in tests how often a turn was applied. */
export function counted(order: number): Session {
  return session({ order });
}

/** A session with one answer: what may not be taken from anybody. */
export function answered(question = 'rating'): Session {
  return session({ answers: { [question]: { answerId: 'yes', at: NOON, order: 1 } }, order: 1 });
}

export function say(text: string, more: Partial<Omit<Saying, 'text' | 'kind'>> = {}): Saying {
  return { kind: 'say', text: text as SpokenText, choices: [], menu: null, priority: 'reply', ...more };
}

export function choice(id: string, label: string): Choice {
  return { id, label: label as SpokenText };
}

export function deletion(messageId: string): Deletion {
  return { kind: 'delete', messageId };
}

export const NOWHERE: Projection = {
  verdict: null,
  requirement: null,
  owner: null,
  asking: null,
  since: null,
  flowHash: 'f1',
};

export function result(more: Partial<TurnResult> = {}): TurnResult {
  return {
    session: session(),
    projection: NOWHERE,
    outgoing: [],
    request: null,
    posts: [],
    remind: [],
    forgetReminders: false,
    withdrawUnsent: false,
    forgetWordsSince: null,
    erase: false,
    ...more,
  };
}

/** Claims the one turn that waits. */
export async function claimOne(store: Store, now = NOON): Promise<Turn> {
  const turns = await store.claimTurns(now, 10);
  if (turns.length !== 1) throw new Error(`Expected one waiting turn, got ${turns.length}`);
  return turns[0]!;
}

/** Receives one message and handles it with `more`. */
export async function talk(
  store: Store,
  incoming: HiddenIncoming,
  more: Partial<TurnResult> = {},
): Promise<Turn> {
  await store.receive([incoming], NOON);
  const turn = await claimOne(store);
  await store.finishTurn(turn, result(more));
  return turn;
}

/** Sends everything that may be sent now, in order, and tells what it was. */
export async function sendAll(
  store: Store,
  now = NOON,
  channel: ChannelName = 'telegram',
): Promise<string[]> {
  const sent: string[] = [];
  for (;;) {
    const rows = await store.claimOutgoing(channel, now, 100);
    if (rows.length === 0) return sent;
    for (const row of rows) {
      sent.push(row.outgoing.kind === 'say' ? row.outgoing.text : `delete ${row.outgoing.messageId}`);
      await store.markSent(row.id, `p${row.id}`, now);
    }
  }
}

export function textOf(turn: Turn): string {
  return turn.event.kind === 'message' ? turn.event.message.text : turn.event.kind;
}
