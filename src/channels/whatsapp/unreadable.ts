import type { Incoming } from '../../message.ts';

/**
 * Messages that could not be decrypted. The library asks for them again, and most come; for those that do not, the
 * participant is asked (faults.md F74): only silence would be worse. What waits here is gone after a restart; whoever
 * wrote it then gets an answer with the next message.
 */
export type Unreadable = {
  note(incoming: Incoming): void;
  /** A message was kept: if it could not be read before, it came after all. */
  readAfterAll(incoming: Incoming): void;
  /** Whether it was kept not long ago. */
  wasKept(incoming: Incoming): boolean;
  stop(): void;
};

/** A platform in trouble sends many; more than these are not worth a sentence each. */
const MOST = 1_000;
/**
 * The library tells late what it could not read: by then it may have come again and been kept, or it had been kept before
 * and only its repetition was unreadable.
 */
const REMEMBERED = 5_000;

export function createUnreadable(waitMs: number, tell: (incoming: Incoming) => void): Unreadable {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const kept = new Set<string>();

  function forget(name: string): void {
    clearTimeout(timers.get(name));
    timers.delete(name);
  }

  return {
    note(incoming) {
      const name = nameOf(incoming);
      if (kept.has(name) || timers.has(name) || timers.size >= MOST) return;
      const timer = setTimeout(() => {
        timers.delete(name);
        // Not its own id: the message itself may still come, and is then no repetition.
        tell({ ...incoming, messageId: `unreadable.${incoming.messageId}` });
      }, waitMs);
      timers.set(name, timer);
    },
    readAfterAll(incoming) {
      const name = nameOf(incoming);
      forget(name);
      if (kept.size >= REMEMBERED) kept.delete(kept.values().next().value!);
      kept.add(name);
    },
    wasKept: (incoming) => kept.has(nameOf(incoming)),
    stop() {
      for (const name of timers.keys()) forget(name);
    },
  };
}

/** Senders choose their ids: two of them may have the same (faults.md F18). */
function nameOf({ chat, messageId }: Incoming): string {
  return `${chat} ${messageId}`;
}
