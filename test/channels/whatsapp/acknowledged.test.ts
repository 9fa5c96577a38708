import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SendError } from '../../../src/channels/channel.ts';
import { createMessageIds } from '../../../src/channels/whatsapp/message-ids.ts';
import { createOutbound, type Line } from '../../../src/channels/whatsapp/outbound.ts';
import { WHATSAPP_TIMING } from '../../../src/channels/whatsapp/timing.ts';
import type { Saying, SpokenText } from '../../../src/message.ts';

const ADDRESS = { channel: 'whatsapp', chat: '1@lid' } as const;
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
            sendPresenceUpdate: async (state) => void typed.push(state),
          },
        }
      : null;
  const outbound = createOutbound({
    line,
    menuWords: () => ({ one: '', several: '' }),
    timing: WHATSAPP_TIMING,
  });
  return {
    outbound,
    written,
    typed,
    close: () => {
      isOpen = false;
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

describe('when a message counts as sent on WhatsApp', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const { ackMs, typingMostMs } = WHATSAPP_TIMING;
  const typing = (): Promise<unknown> => vi.advanceTimersByTimeAsync(typingMostMs * 2);

  it('F71 not when the server is silent for too long, nor by an acknowledgement of another message', async () => {
    const { outbound, send } = sending();
    const fate = send(1);
    await typing();
    outbound.answered(messageIds.idOf(2), undefined);
    await vi.advanceTimersByTimeAsync(ackMs - typingMostMs * 2);
    expect(fate.now).toBe('on the way');
    await vi.advanceTimersByTimeAsync(typingMostMs * 2);
    expect(fate.now).toBe('unknown');
  });

  it('F71 not when it could not be encrypted for the phone, though the server took what was left of it', async () => {
    const sender = sending(async () => sender.failEncryption());
    const fate = sender.send(1);
    await typing();
    sender.outbound.answered(messageIds.idOf(1), undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect(fate.now).toBe('unknown');
  });

  it('F71 not when the library fails, or the line ends, whatever was written: nobody knows', async () => {
    const failing = sending(() => Promise.reject(new Error('Connection Closed')));
    const cut = sending();
    const fates = [failing.send(1), cut.send(1)];
    await typing();
    cut.outbound.cutOff();
    await vi.advanceTimersByTimeAsync(0);
    expect(fates.map(({ now }) => now)).toEqual(['unknown', 'unknown']);
  });

  it('F69 without a connection nothing is written, also when it ends while somebody types', async () => {
    const { written, close, send } = sending();
    const during = send(1);
    close();
    const after = send(2);
    await typing();
    expect([during.now, after.now]).toEqual(['throttled', 'throttled']);
    expect(written).toEqual([]);
  });

  it('F68 not when it is refused: 463 is for this chat and final, other codes are tried again, and no code is logged that is none', async () => {
    const { outbound, send } = sending();
    const fates = [send(1), send(2), send(3)];
    await typing();
    outbound.answered(messageIds.idOf(1), '463');
    outbound.answered(messageIds.idOf(2), '479');
    outbound.answered(messageIds.idOf(3), '628110000001');
    await vi.advanceTimersByTimeAsync(0);
    expect(fates.map(({ now }) => now)).toEqual(['blocked', 'refused', 'refused']);
    const refused = outbound.send(ADDRESS, saying('halo'), 4);
    const message = refused.catch((error: Error) => error.message);
    await typing();
    outbound.answered(messageIds.idOf(4), '628110000001');
    expect(await message).not.toContain('628110000001');
  });

  it('when the server says so; until then somebody is seen typing, longer for a longer text, and never long', async () => {
    const { outbound, written, typed, send } = sending();
    const short = send(1, 'ya');
    const long = send(2, 'x'.repeat(5_000));
    await vi.advanceTimersByTimeAsync(1_200);
    expect(written).toEqual([messageIds.idOf(1)]);
    await vi.advanceTimersByTimeAsync(typingMostMs * 1.2);
    expect(written).toEqual([1, 2].map((id) => messageIds.idOf(id)));
    for (const id of [1, 2]) outbound.answered(messageIds.idOf(id), undefined);
    await vi.advanceTimersByTimeAsync(0);
    expect([short.now, long.now]).toEqual([1, 2].map((id) => `sent ${messageIds.idOf(id)}`));
    expect(typed).toEqual(['composing', 'composing']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('F16 at a stop messages leave at once', async () => {
    const { outbound, written, send } = sending();
    send(1, 'x'.repeat(5_000));
    outbound.hurry();
    await vi.advanceTimersByTimeAsync(0);
    send(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(written).toHaveLength(2);
  });

  it('what a participant wrote cannot be deleted here, and nothing is sent for it', async () => {
    const { outbound, written } = sending();
    expect(await outbound.send(ADDRESS, { kind: 'delete', messageId: '3A01' }, 1)).toBeNull();
    expect(written).toEqual([]);
  });
});
