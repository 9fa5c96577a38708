import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUnreadable } from '../../../src/channels/whatsapp/unreadable.ts';
import type { Incoming } from '../../../src/message.ts';

const WAIT_MS = 1_000;

function message(messageId: string, chat = '1@lid'): Incoming {
  const words = { kind: 'unreadable', text: '', choice: null, language: null, sentAt: 0 } as const;
  return { channel: 'whatsapp', chat, sender: chat, messageId, ...words };
}

function waiting() {
  const told: string[] = [];
  const unreadable = createUnreadable(WAIT_MS, ({ chat, messageId }) => told.push(`${chat} ${messageId}`));
  return { told, unreadable };
}

describe('messages on WhatsApp that could not be read', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('F74 one that came again before the library told of it is not asked for', () => {
    const { told, unreadable } = waiting();
    unreadable.readAfterAll(message('A'));
    unreadable.note(message('A'));
    vi.advanceTimersByTime(WAIT_MS * 2);
    expect(told).toEqual([]);
  });

  it('F74 one that came after all, or was told of twice, is asked for never, or once', () => {
    const { told, unreadable } = waiting();
    for (const id of ['A', 'B', 'B']) unreadable.note(message(id));
    unreadable.readAfterAll(message('A'));
    vi.advanceTimersByTime(WAIT_MS * 2);
    expect(told).toEqual(['1@lid unreadable.B']);
  });

  it('F18 the same id in another chat is another message', () => {
    const { told, unreadable } = waiting();
    unreadable.note(message('A', '1@lid'));
    unreadable.note(message('A', '2@lid'));
    unreadable.readAfterAll(message('A', '1@lid'));
    vi.advanceTimersByTime(WAIT_MS * 2);
    expect(told).toEqual(['2@lid unreadable.A']);
  });

  it('F86 a platform that sends ten thousand of them is asked about a thousand', () => {
    const { told, unreadable } = waiting();
    for (let index = 0; index < 10_000; index += 1) unreadable.note(message(`${index}`));
    vi.advanceTimersByTime(WAIT_MS * 2);
    expect(told).toHaveLength(1_000);
  });

  it('F16 after a stop nobody is asked any more', () => {
    const { told, unreadable } = waiting();
    unreadable.note(message('A'));
    unreadable.stop();
    vi.advanceTimersByTime(WAIT_MS * 2);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
