/**
 * The open event streams, by chat. A stream holds no messages: it is told that there is something new and reads it
 * from the transcript itself, so a slow or sleeping page costs no memory and misses nothing.
 */
export type PassingEvent = { readonly event: string; readonly data: unknown };

export type ChatStream = {
  readonly isClosed: boolean;
  /** What was announced since the last call and is stored nowhere (somebody is typing, a bubble to remove). */
  takePassing(): readonly PassingEvent[];
  /** Resolves to true when there is something to do, to false after `timeoutMs` of silence. */
  wait(timeoutMs: number): Promise<boolean>;
  close(): void;
};

export type ChatStreams = {
  /** @returns null when this chat has too many streams open already */
  open(chat: string): ChatStream | null;
  /** Something new is in the transcript of this chat. */
  notify(chat: string): void;
  announce(chat: string, passing: PassingEvent): void;
  closeAll(): void;
};

/** Passing events a page may miss while it does not read; older ones go first. */
const PASSING_KEPT = 32;

export function createChatStreams(perChat: number, total: number): ChatStreams {
  const chats = new Map<string, Set<OpenStream>>();
  let count = 0;
  return {
    open(chat) {
      const streams = chats.get(chat) ?? new Set<OpenStream>();
      if (streams.size >= perChat || count >= total) return null;
      const stream = new OpenStream(() => {
        count -= 1;
        streams.delete(stream);
        if (streams.size === 0) chats.delete(chat);
      });
      count += 1;
      streams.add(stream);
      chats.set(chat, streams);
      return stream;
    },
    notify(chat) {
      for (const stream of chats.get(chat) ?? []) stream.wake();
    },
    announce(chat, passing) {
      for (const stream of chats.get(chat) ?? []) stream.announce(passing);
    },
    closeAll() {
      for (const streams of [...chats.values()]) for (const stream of [...streams]) stream.close();
    },
  };
}

class OpenStream implements ChatStream {
  isClosed = false;
  #passing: PassingEvent[] = [];
  #hasNews = false;
  #wake: (() => void) | null = null;
  readonly #onClose: () => void;

  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  wake(): void {
    this.#hasNews = true;
    this.#wake?.();
  }

  announce(passing: PassingEvent): void {
    this.#passing.push(passing);
    if (this.#passing.length > PASSING_KEPT) this.#passing.shift();
    this.wake();
  }

  takePassing(): readonly PassingEvent[] {
    return this.#passing.splice(0);
  }

  async wait(timeoutMs: number): Promise<boolean> {
    if (!this.#hasNews && !this.isClosed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const timer = setTimeout(resolve, timeoutMs);
      await promise;
      clearTimeout(timer);
      this.#wake = null;
    }
    const hadNews = this.#hasNews;
    this.#hasNews = false;
    return hadNews || this.isClosed;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#onClose();
    this.#wake?.();
  }
}
