import type { Transcript, TranscriptLine } from '../../../src/channels/web/ports.ts';
import type { Address, Card, Incoming } from '../../../src/message.ts';

export type Reply = {
  text: string;
  choices?: readonly { id: string; label: string }[];
  picture?: Card;
};

/** The far side of the web chat's ports: keeps lines in memory, each message once, as a store would. */
export class Conversations {
  readonly received: Incoming[] = [];
  /** Set to make every receive fail, as a full disk does. */
  failure: Error | null = null;
  #lines = new Map<string, TranscriptLine[]>();
  #nextId = 1;

  async receive(incoming: readonly Incoming[]): Promise<void> {
    if (this.failure) throw this.failure;
    for (const message of incoming) {
      const known = this.received.some(
        ({ chat, sender, messageId }) =>
          chat === message.chat && sender === message.sender && messageId === message.messageId,
      );
      if (known) continue;
      this.received.push(message);
      const text = this.#labelOf(message) ?? message.text;
      this.#add(message, { from: 'participant', text, choices: [], kind: message.kind });
    }
  }

  reply(address: Address, { text, choices = [], ...more }: Reply): void {
    this.#add({ ...address, messageId: null }, { from: 'pandu', text, choices, kind: 'say', ...more });
  }

  erase(address: Address): void {
    this.#lines.delete(address.chat);
  }

  readonly transcript: Transcript = {
    read: async ({ chat }, afterId, limit) =>
      (this.#lines.get(chat) ?? []).filter(({ id }) => id > afterId).slice(0, limit),
  };

  #labelOf({ chat, choice }: Incoming): string | null {
    const choices = (this.#lines.get(chat) ?? []).flatMap((line) => line.choices);
    return choices.findLast(({ id }) => id === choice)?.label ?? null;
  }

  #add(
    { chat, messageId }: { chat: string; messageId: string | null },
    line: Pick<TranscriptLine, 'from' | 'text' | 'choices' | 'kind' | 'picture'>,
  ): void {
    const lines = this.#lines.get(chat) ?? [];
    lines.push({ ...line, id: this.#nextId++, at: Date.now(), messageId });
    this.#lines.set(chat, lines);
  }
}
