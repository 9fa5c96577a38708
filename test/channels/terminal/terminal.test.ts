import { describe, expect, it } from 'vitest';
import { createTerminalChannel, type Said } from '../../../src/channels/terminal.ts';
import type { Incoming, Saying, SpokenText } from '../../../src/message.ts';

function open(language: 'id' | 'en' | null = null) {
  const received: (readonly Incoming[])[] = [];
  const shown: Saying[] = [];
  const channel = createTerminalChannel({
    intake: { receive: async (incoming) => void received.push(incoming) },
    clock: { now: () => 1_000 },
    language,
    show: (saying) => shown.push(saying),
  });
  return { channel, received, shown };
}

const words = (text: string, messageId: string | null = null): Said => ({
  kind: 'text',
  text,
  choice: null,
  messageId,
});

describe('the terminal', () => {
  it('F17 gives every line an id of its own, and a repeated message the same one', async () => {
    const { channel, received } = open();
    await channel.hear([words('a'), words('a')]);
    await channel.hear([words('b', 'line-1'), words('b', 'line-1')]);
    const ids = received.flat().map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(3);
    expect(ids[2]).toBe(ids[3]);
  });

  it('hands over what was said at once, as it was said', async () => {
    const { channel, received } = open('en');
    await channel.hear([words(' halo '), { kind: 'choice', text: '', choice: 'a:b:c:1', messageId: null }]);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject([
      { channel: 'terminal', kind: 'text', text: ' halo ', choice: null, language: 'en', sentAt: 1_000 },
      { channel: 'terminal', kind: 'choice', text: '', choice: 'a:b:c:1', language: 'en', sentAt: 1_000 },
    ]);
  });

  it('shows what Pandu says, and cannot take back what was typed', async () => {
    const { channel, shown } = open();
    const saying: Saying = {
      kind: 'say',
      text: 'halo' as SpokenText,
      choices: [],
      menu: null,
      priority: 'reply',
    };
    const address = { channel: 'terminal', chat: 'terminal' } as const;
    expect(await channel.send(address, saying, 1)).toBeNull();
    expect(await channel.send(address, { kind: 'delete', messageId: 'line-1' }, 1)).toBeNull();
    expect(shown).toEqual([saying]);
  });
});
