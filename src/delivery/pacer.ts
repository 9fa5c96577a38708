import type { Pace } from '../channels/channel.ts';
import type { OutboxRow } from '../store/store.ts';
import { type Meter, nextAt, type Rate, room, take } from './pace.ts';

/** Keeps one channel's pace: overall, per chat, and for messages nobody waits for. */
export type Pacer = {
  /** How many messages may leave at this moment. */
  room(now: number): number;
  /** When the next may leave. */
  nextAt(now: number): number;
  /** Counts one message that was taken from the outbox. */
  count(now: number): void;
  /**
   * When this message may leave: `now`, or later. Who is told "later" has the place reserved, so that coming back then
   * is enough.
   */
  placeFor(row: OutboxRow, now: number): number;
};

/** A reply of several messages, or a quick exchange, need not be stretched: only a flood is. */
const CHAT_BURST_SECONDS = 20;
const REMEMBERED = 10_000;

export function createPacer(pace: Pace): Pacer {
  const overall: Rate = { perSecond: pace.perSecond, burst: Math.max(1, pace.perSecond) };
  const perChat: Rate = {
    perSecond: pace.perChatPerSecond,
    burst: Math.max(1, pace.perChatPerSecond * CHAT_BURST_SECONDS),
  };
  const unaskedPerSecond = pace.unaskedPerSecond ?? pace.perSecond;
  const unasked: Rate = { perSecond: unaskedPerSecond, burst: Math.max(1, unaskedPerSecond) };
  const chats = new Map<string, Meter>();
  const reserved = new Set<number>();
  let overallMeter: Meter = 0;
  let unaskedMeter: Meter = 0;

  function placeInChat(chat: string, now: number): number {
    const place = take(chats.get(chat) ?? 0, perChat, now);
    if (chats.size >= REMEMBERED) forgetRested(now);
    chats.set(chat, place.meter);
    return place.at;
  }

  function placeAmongUnasked(now: number): number {
    const place = take(unaskedMeter, unasked, now);
    unaskedMeter = place.meter;
    return place.at;
  }

  /** A full bucket is as good as none. */
  function forgetRested(now: number): void {
    for (const [chat, meter] of chats) if (meter <= now) chats.delete(chat);
  }

  function reserve(id: number): void {
    // Rows that died while they waited never come back for their place.
    if (reserved.size >= REMEMBERED) reserved.delete(reserved.values().next().value!);
    reserved.add(id);
  }

  return {
    room: (now) => room(overallMeter, overall, now),
    nextAt: (now) => nextAt(overallMeter, overall, now),
    count(now) {
      overallMeter = take(overallMeter, overall, now).meter;
    },
    placeFor({ id, address, outgoing }, now) {
      if (reserved.delete(id) || outgoing.kind === 'delete') return now;
      const inChat = placeInChat(address.chat, now);
      const at = outgoing.priority === 'reminder' ? Math.max(inChat, placeAmongUnasked(now)) : inChat;
      if (at > now) reserve(id);
      return at;
    },
  };
}
