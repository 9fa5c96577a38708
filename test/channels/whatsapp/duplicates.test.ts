import { describe, expect, it } from 'vitest';
import { startLinked } from '../../support/linked.ts';
import { settled } from '../../support/whatsapp-store.ts';

const STATUS = 'Semua langkah, dan posisi Anda sekarang';
const NOTICE = 'bukan akun resmi pemerintah';

describe('the same message on WhatsApp more than once', () => {
  it('F17 sealed anew, with the same bytes in a running chat, or with those that began it: each is answered once', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const anew = server.participant();
    const sameBytes = server.participant();
    const firstBytes = server.participant();
    for (const participant of [anew, sameBytes, firstBytes]) {
      const id = await participant.send('halo');
      // The session is answered now, so that what follows is `msg`; `firstBytes` repeats the `pkmsg` that began it.
      await participant.waitFor(2);
      if (participant === firstBytes) participant.sendAgain(id);
    }
    const ids = [await anew.send('STATUS'), await sameBytes.send('STATUS')];
    await anew.waitFor(4);
    await sameBytes.waitFor(4);
    await anew.sendReencrypted(ids[0]!);
    await anew.sendReencrypted(ids[0]!);
    sameBytes.sendAgain(ids[1]!);
    await settled(linked);
    // Longer than the wait after which the sentence for what cannot be read is said.
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const participant of [anew, sameBytes, firstBytes]) await participant.send('terima kasih');
    await anew.waitFor(5);
    await sameBytes.waitFor(5);
    await firstBytes.waitFor(3);
    await settled(linked);
    for (const participant of [anew, sameBytes]) {
      expect(participant.texts.filter((text) => text.includes(STATUS))).toHaveLength(1);
      expect(participant.texts).toHaveLength(5);
    }
    expect(firstBytes.texts).toHaveLength(3);
  });

  it('F17 a message that comes again after a restart, or by the other name of its sender, is answered once', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    await participant.send('halo', { id: '3A0000000000000001', as: 'phone' });
    await participant.waitFor(2);
    await settled(linked);
    await linked.stop();
    await participant.send('halo', { id: '3A0000000000000001', as: 'lid' });
    await linked.restart();
    await participant.send('STATUS', { as: 'lid' });
    await participant.waitFor(4);
    await settled(linked);
    expect(participant.texts).toHaveLength(4);
    expect(participant.texts[2]).toContain(STATUS);
  });

  it('F18 the same id in two chats is two messages, and in one chat it is one, whatever it says', async () => {
    const linked = await startLinked();
    const people = [linked.server.participant(), linked.server.participant()];
    for (const participant of people) await participant.send('halo', { id: 'SAMA' });
    for (const participant of people) await participant.waitFor(2);
    await people[0]!.send('STATUS', { id: 'SAMA' });
    await people[0]!.send('BANTUAN', { id: 'LAIN' });
    await people[0]!.waitFor(3);
    await settled(linked);
    for (const { texts } of people) expect(texts[0]).toContain(NOTICE);
    expect(people.map(({ texts }) => texts.length)).toEqual([3, 2]);
    expect(people[0]!.texts[2]).not.toContain(STATUS);
  });

  it('F05 what is delivered again after a crash is confirmed: it is kept, and nobody is asked for it', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    const id = await participant.send('2');
    await participant.waitFor(3);
    await settled(linked);
    await linked.restart();
    participant.sendAgain(id);
    await settled(linked);
    const asked = server.heard.filter(({ attrs }) => attrs.id === id && attrs.type === 'retry');
    const refused = server.heard.filter(({ attrs }) => attrs.id === id && attrs.error !== undefined);
    expect([asked, refused]).toEqual([[], []]);
    // The session of both sides is the one they had.
    await participant.send('STATUS');
    await participant.waitFor(5);
    await settled(linked);
    expect(participant.texts).toHaveLength(5);
    expect(participant.inbox.filter(({ message }) => message === null)).toEqual([]);
  });

  it('F22 an older message that a phone sends late, on request, is answered late and once, and undoes nothing', async () => {
    const linked = await startLinked({ timing: { unreadableMs: 10_000 } });
    const { server } = linked;
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    // The phone is away when it is asked, and sends the older one only after the newer one was answered.
    participant.answersRetries = false;
    const id = await participant.send('BANTUAN', { damaged: true });
    await server.until(
      () =>
        server.heard.some(({ tag, attrs }) => tag === 'receipt' && attrs.type === 'retry' && attrs.id === id),
      'the request to send it again',
    );
    await participant.send('2');
    await participant.waitFor(3);
    participant.answersRetries = true;
    await participant.sendReencrypted(id);
    await participant.waitFor(4);
    await participant.send('STATUS');
    await participant.waitFor(6);
    await settled(linked);
    expect(participant.texts).toHaveLength(6);
    expect(participant.texts[3]).toContain('Pandu membantu mencari langkah');
    // "2" is still the answer: "Sertifikat saja" makes the certificate of the dashboard a step that is done.
    expect(participant.texts[4]).toContain('Sertifikat muncul di dashboard: ✅');
  });
});
