import { describe, expect, it } from 'vitest';
import { shippedKnowledge } from '../../support/conversation.ts';
import { startLinked } from '../../support/linked.ts';
import { settled } from '../../support/whatsapp-store.ts';

const askAgain = shippedKnowledge().words.id.get('say.cannot-read.unreadable')!;
const STATUS = 'Semua langkah, dan posisi Anda sekarang';
const asked = (texts: readonly string[]): number => texts.filter((text) => text.includes(askAgain)).length;

describe('a message on WhatsApp that cannot be decrypted', () => {
  it('F74 is asked for, answered once when it comes, and of what does not come the participant is told, once', async () => {
    const linked = await startLinked({ timing: { unreadableMs: 700 } });
    const { server } = linked;
    const lucky = server.participant();
    const silent = server.participant();
    for (const participant of [lucky, silent]) {
      await participant.send('halo');
      await participant.waitFor(2);
    }
    await settled(linked);
    // Its answer has no picture to be drawn, which would take some of that time.
    await lucky.send('BANTUAN', { damaged: true });
    silent.answersRetries = false;
    const id = await silent.send('STATUS', { damaged: true });
    await lucky.waitFor(3);
    expect(lucky.texts[2]).toContain('Pandu membantu mencari langkah');
    // Not at once: most come within the time.
    expect(silent.texts).toHaveLength(2);
    await silent.waitFor((one) => one.text.includes(askAgain));
    silent.sendAgain(id);
    await new Promise((resolve) => setTimeout(resolve, 900));
    await settled(linked);
    expect(asked(silent.texts)).toBe(1);
    // It comes after all, much later: it is the message itself, and no repetition.
    silent.answersRetries = true;
    silent.sendAgain(id);
    await silent.waitFor((one) => one.text.includes(STATUS));
    await settled(linked);
    await new Promise((resolve) => setTimeout(resolve, 900));
    await settled(linked);
    expect([lucky, silent].map(({ texts }) => asked(texts))).toEqual([0, 1]);
    expect([lucky, silent].map(({ texts }) => texts.length)).toEqual([3, 5]);
  });

  it('F74 that the phone of the account passes on is answered like any other, once', async () => {
    // The library waits two seconds before it asks the phone.
    const linked = await startLinked({ timing: { unreadableMs: 3_000 } });
    const { server } = linked;
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    const id = participant.sendUnavailable();
    await server.phone.waitFor(
      (one) => one.message?.protocolMessage?.peerDataOperationRequestMessage != null,
    );
    await server.phone.tellMissing({ chat: participant.lid, id, text: 'STATUS', at: Date.now() });
    await participant.waitFor(4);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await settled(linked);
    expect(participant.texts).toHaveLength(4);
    expect(participant.texts[2]).toContain(STATUS);
  });

  it('a picture to be seen once, of which only the phone may know, is answered as a picture', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    participant.sendUnavailable('view_once');
    await participant.waitFor(3);
    await settled(linked);
    expect(participant.texts[2]).toContain(shippedKnowledge().words.id.get('say.cannot-read.photo')!);
  });
});
