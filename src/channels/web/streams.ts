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
  /** @returns null when this chat, or the network it is opened from, has too many streams open already */
  open(chat: string, network: string): ChatStream | null;
  /** Something new is in the transcript of this chat. Resolves when every open page has read it, or was too slow. */
  notify(chat: string): Promise<void>;
  announce(chat: string, passing: PassingEvent): void;
  closeAll(): void;
};

/** A page that has not read by now will do so when it can; nobody else shall wait for it. */
const SLOW_PAGE_MS = 1_000;
/** Passing events a page may miss while it does not read; older ones go first. */
const PASSING_KEPT = 32;

export type StreamLimits = {
  readonly perChat: number;
  readonly perNetwork: number;
  readonly inAll: number;
};

export function createChatStreams(limits: StreamLimits): ChatStreams {
  const chats = new Map<string, Set<OpenStream>>();
  const networks = new Map<string, number>();
  let count = 0;
  return {
    open(chat, network) {
      const streams = chats.get(chat) ?? new Set<OpenStream>();
      const fromThere = networks.get(network) ?? 0;
      if (streams.size >= limits.perChat || fromThere >= limits.perNetwork || count >= limits.inAll)
        return null;
      const stream = new OpenStream(() => {
        count -= 1;
        const left = networks.get(network)! - 1;
        if (left === 0) networks.delete(network);
        else networks.set(network, left);
        streams.delete(stream);
        if (streams.size === 0) chats.delete(chat);
      });
      count += 1;
      networks.set(network, fromThere + 1);
      streams.add(stream);
      chats.set(chat, streams);
      return stream;
    },
    async notify(chat) {
      const streams = [...(chats.get(chat) ?? [])];
      if (streams.length === 0) return;
      const impatience = Promise.withResolvers<void>();
      const timer = setTimeout(impatience.resolve, SLOW_PAGE_MS);
      for (const stream of streams) stream.wake();
      await Promise.race([impatience.promise, Promise.all(streams.map((stream) => stream.caughtUp()))]);
      clearTimeout(timer);
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
  #waitingForIt: (() => void)[] = [];
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

  /** Resolves when the stream has dealt with all that it was told so far. */
  caughtUp(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.isClosed) resolve();
    else this.#waitingForIt.push(resolve);
    return promise;
  }

  takePassing(): readonly PassingEvent[] {
    return this.#passing.splice(0);
  }

  async wait(timeoutMs: number): Promise<boolean> {
    if (!this.#hasNews && !this.isClosed) {
      this.#tellWaiting();
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
    this.#tellWaiting();
    this.#wake?.();
  }

  #tellWaiting(): void {
    for (const resolve of this.#waitingForIt.splice(0)) resolve();
  }
}
