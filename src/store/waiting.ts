/**
 * Which events wait and which conversations are being worked on. Kept in memory because one process owns the file:
 * a restart reads the waiting ones again and forgets every claim, as it should.
 *
 * Every conversation that has waiting events and that nobody works on is in `#next`, a binary heap by the id of its
 * oldest event, so that the longest waiting one comes first however many are busy. Heads that were overtaken stay in
 * the heap until they surface.
 */
export class Waiting {
  readonly #events = new Map<number, number[]>();
  readonly #claimed = new Set<number>();
  readonly #next: Head[] = [];

  /** Ids grow, so the new event is the youngest of its conversation. */
  add(conversation: number, event: number): void {
    const events = this.#events.get(conversation);
    if (events !== undefined) {
      events.push(event);
      return;
    }
    this.#events.set(conversation, [event]);
    if (!this.#claimed.has(conversation)) this.#push({ conversation, event });
  }

  /** Takes the oldest waiting event of a conversation nobody works on; null when there is none. */
  claimNext(): { conversation: number; event: number; more: boolean } | null {
    for (let head = this.#pop(); head !== null; head = this.#pop()) {
      const events = this.#events.get(head.conversation);
      // The event may have been removed without a claim, or the conversation claimed for a reminder since.
      if (events?.[0] !== head.event || this.#claimed.has(head.conversation)) continue;
      this.#claimed.add(head.conversation);
      return { ...head, more: events.length > 1 };
    }
    return null;
  }

  /** Whether messages of it are still to be handled. */
  has(conversation: number): boolean {
    return this.#events.has(conversation);
  }

  /** For a reminder: false when somebody works on the conversation, or when its messages come first. */
  claimIdle(conversation: number): boolean {
    if (this.#claimed.has(conversation) || this.#events.has(conversation)) return false;
    this.#claimed.add(conversation);
    return true;
  }

  /** The event waits no longer. */
  remove(conversation: number, event: number): void {
    const events = this.#events.get(conversation);
    const at = events?.indexOf(event) ?? -1;
    if (events === undefined || at < 0) return;
    if (events.length === 1) {
      this.#events.delete(conversation);
      return;
    }
    events.splice(at, 1);
    if (at === 0 && !this.#claimed.has(conversation)) this.#push({ conversation, event: events[0]! });
  }

  release(conversation: number): void {
    if (!this.#claimed.delete(conversation)) return;
    const oldest = this.#events.get(conversation)?.[0];
    if (oldest !== undefined) this.#push({ conversation, event: oldest });
  }

  #push(head: Head): void {
    const heap = this.#next;
    let at = heap.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (heap[above]!.event <= head.event) break;
      heap[at] = heap[above]!;
      at = above;
    }
    heap[at] = head;
  }

  #pop(): Head | null {
    const heap = this.#next;
    const first = heap[0];
    if (first === undefined) return null;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && heap[below + 1]!.event < heap[below]!.event) below += 1;
      if (heap[below]!.event >= last.event) break;
      heap[at] = heap[below]!;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

type Head = { readonly conversation: number; readonly event: number };
