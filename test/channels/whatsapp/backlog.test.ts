import { describe, expect, it } from 'vitest';
import { startLinked } from '../../support/linked.ts';
import { settled } from '../../support/whatsapp-store.ts';

const NOTICE = 'bukan akun resmi pemerintah';
const STATUS = 'Semua langkah, dan posisi Anda sekarang';

describe('what was sent on WhatsApp while Pandu was away', () => {
  it('F25 three hundred messages of one participant get one reply, ten of each of twenty get one each', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const writer = server.participant();
    const people = Array.from({ length: 20 }, () => server.participant());
    await writer.send('halo');
    await writer.waitFor(2);
    await settled(linked);
    await linked.stop();
    for (let count = 1; count < 300; count += 1) await writer.send(`pesan ke-${count}`);
    await writer.send('STATUS');
    for (let round = 0; round < 10; round += 1) for (const one of people) await one.send(`halo ${round}`);
    expect(server.waiting).toHaveLength(500);
    await linked.restart();
    await settled(linked, 30_000);
    // How many there were, the status with its picture, and the question: one answer, in three bubbles.
    expect(writer.texts).toHaveLength(5);
    expect(writer.texts[2]).toContain('Pandu menerima 300 pesan Anda sekaligus.');
    expect(writer.texts[3]).toContain(STATUS);
    // The notice and the first question are one answer, in two bubbles.
    for (const { texts } of people) {
      expect(texts).toHaveLength(2);
      expect(texts[0]).toContain(NOTICE);
    }
  }, 60_000);

  it('F25 F70 messages of the absence and new ones are answered alike, in order, also when the platform never says where the absence ends', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const before = server.participant();
    const across = server.participant();
    const after = server.participant();
    for (const participant of [before, across, after]) {
      await participant.send('halo');
      await participant.waitFor(2);
    }
    await settled(linked);
    await linked.stop();
    await before.send('2');
    await before.send('STATUS');
    await across.send('2');
    server.faults.endOfflineBatch = false;
    await linked.restart();
    await across.send('STATUS');
    await after.send('2');
    await after.send('STATUS');
    for (const participant of [before, across, after]) {
      const last = await participant.waitFor((one) => one.text.includes(STATUS), 8_000);
      // What was written first was heard first.
      expect(last.text).toContain('Sertifikat muncul di dashboard: ✅');
    }
    await settled(linked);
  });
});
