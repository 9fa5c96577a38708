import { describe, expect, it } from 'vitest';
import { type Linked, startLinked } from '../../support/linked.ts';

const WAIT = { timeout: 10_000, interval: 10 };

/** What a chat saw, in order: somebody typing, and messages. */
function seenIn({ server }: Linked, lid: string): { readonly what: string; readonly at: number }[] {
  return server.heard
    .filter(({ tag, attrs }) => attrs.to === lid && (tag === 'message' || tag === 'chatstate'))
    .map(({ tag, inside, at }) => ({ what: tag === 'message' ? 'message' : inside[0]!, at }));
}

describe('typing', () => {
  it('is seen before each message, for as long as the settings say', async () => {
    const linked = await startLinked({
      timing: { typingLeastMs: 300, typingPerCharacterMs: 0, typingMostMs: 300 },
    });
    const participant = linked.server.participant();
    await participant.send('halo');
    await participant.waitFor(1);
    expect(participant.activity).toBe('composing');
    await participant.waitFor(2);
    const seen = seenIn(linked, participant.lid);
    expect(seen[0]!.what).toBe('composing');
    const messages = seen.flatMap(({ what }, index) => (what === 'message' ? [index] : []));
    expect(messages).toHaveLength(2);
    for (const index of messages) {
      expect(seen[index - 1]!.what).toBe('composing');
      // 300 ms, a fifth more or less, and what the encryption takes.
      expect(seen[index]!.at - seen[index - 1]!.at).toBeGreaterThanOrEqual(230);
      expect(seen[index]!.at - seen[index - 1]!.at).toBeLessThan(5_000);
    }
  });

  it('takes longer for longer messages, up to a limit', async () => {
    const linked = await startLinked({
      timing: { typingLeastMs: 10, typingPerCharacterMs: 1, typingMostMs: 400 },
    });
    const participant = linked.server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    const seen = seenIn(linked, participant.lid);
    for (const [index, { what, at }] of seen.entries()) {
      if (what !== 'message') continue;
      expect(at - seen[index - 1]!.at).toBeGreaterThanOrEqual(100);
      expect(at - seen[index - 1]!.at).toBeLessThan(5_000);
    }
  });

  it('that is turned off is never seen, and messages leave at once', async () => {
    const linked = await startLinked({ timing: { typingLeastMs: 0, typingMostMs: 60_000 } });
    const participant = linked.server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    expect(seenIn(linked, participant.lid).map(({ what }) => what)).toEqual(['message', 'message']);
    expect(linked.server.heard.filter(({ tag }) => tag === 'chatstate')).toEqual([]);
    expect(participant.activity).toBeNull();
  });

  it('F16 holds up no stop: what is to be sent is sent at once', async () => {
    const linked = await startLinked({
      timing: { typingLeastMs: 15_000, typingPerCharacterMs: 0, typingMostMs: 15_000 },
    });
    const participants = Array.from({ length: 3 }, () => linked.server.participant());
    await Promise.all(participants.map((participant) => participant.send('halo')));
    await expect.poll(() => participants.every(({ activity }) => activity === 'composing'), WAIT).toBe(true);
    await expect.poll(async () => (await linked.store.depths()).inboxWaiting, WAIT).toBe(0);
    const begun = performance.now();
    await linked.stop();
    expect(performance.now() - begun).toBeLessThan(5_000);
    for (const { texts } of participants) expect(texts).toHaveLength(2);
  });
});

describe('the pace', () => {
  it('of all messages together is never above what is set', async () => {
    const linked = await startLinked({ pace: { perSecond: 8, perChatPerSecond: 1_000 } });
    const participants = Array.from({ length: 15 }, () => linked.server.participant());
    await Promise.all(participants.map((participant) => participant.send('halo')));
    await Promise.all(participants.map((participant) => participant.waitFor(2, 15_000)));
    const at = linked.server.heard.filter(({ tag }) => tag === 'message').map((one) => one.at);
    expect(at).toHaveLength(30);
    // A second may begin with a burst of a second's worth; and a little for the clock of the server.
    for (const first of at) {
      const within = at.filter((one) => one >= first && one < first + 1_000).length;
      expect(within).toBeLessThanOrEqual(2 * 8 + 6);
    }
    expect(at.at(-1)! - at[0]!).toBeGreaterThanOrEqual((30 - 8 - 2) * 125);
  });

  it('in one chat is never above what is set, while others are not held up by it', async () => {
    const linked = await startLinked({ pace: { perSecond: 1_000, perChatPerSecond: 1 / 20 } });
    const { server } = linked;
    const [busy, other] = [server.participant(), server.participant()];
    await busy.send('halo');
    await busy.waitFor(1);
    await other.send('halo');
    await other.waitFor(1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    // A burst of one, and then one in twenty seconds.
    expect([busy.texts.length, other.texts.length]).toEqual([1, 1]);
    expect((await linked.store.depths()).outboxWaiting).toBe(2);
  });
});
