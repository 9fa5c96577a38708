import type { Clock } from '../../clock.ts';
import type { Address } from '../../message.ts';
import type { Gate } from './gate.ts';

export type TypingOptions = {
  readonly clock: Clock;
  readonly gate: Gate;
  readonly everyMs: number;
  readonly show: (address: Address) => void;
};

/** Chats to remember; beyond this many the oldest may get one notice too many. */
const REMEMBERED = 10_000;

/** Shows "typing…", not more often per chat than it takes to stay visible, and never while Telegram wants quiet. */
export function createTyping({ clock, gate, everyMs, show }: TypingOptions): (address: Address) => void {
  const shownAt = new Map<string, number>();
  return (address) => {
    const now = clock.now();
    const before = shownAt.get(address.chat);
    if (gate.waitMs() > 0 || (before !== undefined && now - before < everyMs)) return;
    shownAt.delete(address.chat);
    shownAt.set(address.chat, now);
    if (shownAt.size > REMEMBERED) shownAt.delete(shownAt.keys().next().value!);
    show(address);
  };
}
