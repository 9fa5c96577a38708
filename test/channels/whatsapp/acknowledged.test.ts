import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { SendError } from '../../../src/channels/channel.ts';
import { createMessageIds } from '../../../src/channels/whatsapp/message-ids.ts';
import { createOutbound, type Line } from '../../../src/channels/whatsapp/outbound.ts';
import { WHATSAPP_TIMING, type WhatsappTiming } from '../../../src/channels/whatsapp/timing.ts';
import type { Saying, SpokenText } from '../../../src/message.ts';

const ADDRESS = { channel: 'whatsapp', chat: '1@lid' } as const;
const TIMING: WhatsappTiming = {
  ...WHATSAPP_TIMING,
  ackMs: 200,
  notConnectedMs: 100,
  typingLeastMs: 5,
  typingPerCharacterMs: 0.1,
  typingMostMs: 100,
};
const messageIds = createMessageIds(new Uint8Array(32));

function saying(text: string): Saying {
  return { kind: 'say', text: text as SpokenText, choices: [], menu: null, priority: 'reply' };
}

function sending(relay: () => Promise<unknown> = async () => {}) {
  const written: string[] = [];
  const typed: string[] = [];
  let isOpen = true;
  let failedEncryptions = 0;
  const line = (): Line | null =>
    isOpen
      ? {
          messageIds,
          failedEncryptions: () => failedEncryptions,
          socket: {
            relayMessage: async (_, __, { messageId }) => {
              written.push(messageId!);
              await relay();
              return messageId!;
            },
            query: async () => undefined,
            sendPresenceUpdate: async (state) => void typed.push(state),
          },
        }
      : null;
  const outbound = createOutbound({
    line,
    menuWords: () => ({ one: '', several: '' }),
    pictured: async () => null,
    timing: TIMING,
  });
  return {
    outbound,
    written,
    typed,
    close: () => {
      isOpen = false;
    },
    open: () => {
      isOpen = true;
      outbound.connected();
    },
    failEncryption: () => {
      failedEncryptions += 1;
    },
    /** What became of a send, as soon as it is known. */
    send(id: number, text = 'halo') {
      const fate = { now: 'on the way' };
      outbound.send(ADDRESS, saying(text), id).then(
        (platformId) => {
          fate.now = `sent ${platformId}`;
        },
        (error: SendError) => {
          fate.now = error.failure;
        },
      );
      return fate;
    },
  };
}

/** Until something is so; it is soon, or never. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { interval: 5, timeout: 2_000 });

describe('when a message counts as sent on WhatsApp', () => {
  it('F71 not when the server is silent for too long, nor by an acknowledgement of another message', async () => {
    const { outbound, written, send } = sending();
    const fate = send(1);
    await soon(() => expect(written).toHaveLength(1));
    outbound.answered(messageIds.idOf(2), undefined);
    await wait(TIMING.ackMs / 2);
    expect(fate.now).toBe('on the way');
    await soon(() => expect(fate.now).toBe('unknown'));
  });

  it('F71 not when it could not be encrypted for the phone, though the server took what was left of it', async () => {
    const sender = sending(async () => sender.failEncryption());
    const fate = sender.send(1);
    await soon(() => expect(sender.written).toHaveLength(1));
    sender.outbound.answered(messageIds.idOf(1), undefined);
    await soon(() => expect(fate.now).toBe('unknown'));
  });

  it('F71 not when the library fails, or the line ends, whatever was written: nobody knows', async () => {
    const failing = sending(() => Promise.reject(new Error('Connection Closed')));
    const cut = sending();
    const fates = [failing.send(1), cut.send(1)];
    await soon(() => expect(cut.written).toHaveLength(1));
    cut.outbound.cutOff();
    await soon(() => expect(fates.map(({ now }) => now)).toEqual(['unknown', 'unknown']));
  });

  it('F69 without a connection nothing is written, also when it ends while somebody types', async () => {
    const { written, close, send } = sending();
    const during = send(1);
    close();
    const after = send(2);
    await soon(() => expect([during.now, after.now]).toEqual(['throttled', 'throttled']));
    expect(written).toEqual([]);
  });

  it('F69 what waits for a connection leaves with it, and at a stop is put off at once', async () => {
    const { outbound, written, close, open, send } = sending();
    close();
    const waiting = send(1);
    await wait(TIMING.notConnectedMs / 4);
    expect(waiting.now).toBe('on the way');
    open();
    await soon(() => expect(written).toEqual([messageIds.idOf(1)]));
    close();
    const late = send(2);
    outbound.hurry();
    await new Promise((resolve) => setImmediate(resolve));
    expect(late.now).toBe('throttled');
    expect(written).toHaveLength(1);
  });

  it('F68 not when it is refused: 463 is final for this chat, other codes are tried again, what is no code is not logged', async () => {
    const { outbound, written, send } = sending();
    const fates = [send(1), send(2)];
    const message = outbound.send(ADDRESS, saying('halo'), 3).catch((error: Error) => error.message);
    await soon(() => expect(written).toHaveLength(3));
    outbound.answered(messageIds.idOf(1), '463');
    outbound.answered(messageIds.idOf(2), '479');
    outbound.answered(messageIds.idOf(3), '628110000001');
    await soon(() => expect(fates.map(({ now }) => now)).toEqual(['blocked', 'refused']));
    expect(await message).toBe('WhatsApp refused the message (no code)');
  });

  it('when the server says so; until then somebody is seen typing, longer for a longer text, and never long', async () => {
    const { outbound, written, typed, send } = sending();
    const long = send(2, 'x'.repeat(500_000));
    const short = send(1, 'ya');
    await soon(() => expect(written).toEqual([1, 2].map((id) => messageIds.idOf(id))));
    expect([short.now, long.now]).toEqual(['on the way', 'on the way']);
    for (const id of [1, 2]) outbound.answered(messageIds.idOf(id), undefined);
    await soon(() =>
      expect([short.now, long.now]).toEqual([1, 2].map((id) => `sent ${messageIds.idOf(id)}`)),
    );
    expect(typed).toEqual(['composing', 'composing']);
  });

  it('F16 at a stop messages leave at once', async () => {
    const { outbound, written, send } = sending();
    send(1, 'x'.repeat(500_000));
    outbound.hurry();
    send(2, 'x'.repeat(500_000));
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toHaveLength(2);
  });

  it('what a participant wrote cannot be deleted here, and nothing is sent for it', async () => {
    const { outbound, written } = sending();
    expect(await outbound.send(ADDRESS, { kind: 'delete', messageId: '3A01' }, 1)).toBeNull();
    expect(written).toEqual([]);
  });
});
