import { describe, expect, it } from 'vitest';
import { type Linked, startLinked } from '../../support/linked.ts';
import type { Participant } from '../../support/whatsapp/participant.ts';
import { settled } from '../../support/whatsapp-store.ts';

const STATUS = 'Semua langkah, dan posisi Anda sekarang';

/** Ids of all messages the client wrote to somebody, in order, repetitions included. */
function writtenTo({ server }: Linked, participant: Participant): (string | undefined)[] {
  const messages = server.heard.filter(({ tag, attrs }) => tag === 'message' && attrs.to === participant.lid);
  return messages.map(({ attrs }) => attrs.id);
}

/** Without what was said at first, and without the question that follows the status. */
function repeatedTo(linked: Linked, participant: Participant): (string | undefined)[] {
  return writtenTo(linked, participant).slice(2, -1);
}

async function known(linked: Linked): Promise<Participant> {
  const participant = linked.server.participant();
  await participant.send('halo');
  await participant.waitFor(2);
  await settled(linked);
  return participant;
}

describe('sending on WhatsApp', () => {
  it('F71 without the acknowledgement of the server nothing counts as sent: it goes out again under its id, and is seen once', async () => {
    const linked = await startLinked({ timing: { ackMs: 400 } });
    const participant = await known(linked);
    const before = linked.program.counters().get('whatsapp')!.sent;
    linked.server.faults.acknowledge = false;
    await participant.send('STATUS');
    await participant.waitFor((one) => one.text.includes(STATUS));
    await participant.waitFor((one) => one.text.includes(STATUS) && one.repeated, 8_000);
    expect(linked.program.counters().get('whatsapp')!.sent).toBe(before);
    linked.server.faults.heal();
    await settled(linked);
    await linked.server.until(
      () => linked.program.counters().get('whatsapp')!.sent > before,
      'it to be sent',
      8_000,
    );
    await linked.server.until(() => participant.texts.length === 4, 'the question that follows', 8_000);
    const ids = repeatedTo(linked, participant);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(1);
  });

  it.each(['before-taken', 'after-taken'] as const)(
    'F71 F11 a line that is cut %s as a message leaves repeats it under its id after the reconnect, and it is seen once',
    async (cut) => {
      const linked = await startLinked();
      const participant = await known(linked);
      linked.server.faults.cutAtMessage = cut;
      await participant.send('STATUS');
      await linked.server.until(
        () => writtenTo(linked, participant).length === 5,
        'it to be written again',
        8_000,
      );
      await settled(linked);
      const ids = repeatedTo(linked, participant);
      expect(new Set(ids).size).toBe(1);
      expect(participant.texts).toHaveLength(4);
    },
  );

  it('F71 F11 a message that was on the wire when Pandu ended goes out after the next start under the same id', async () => {
    const linked = await startLinked();
    const participant = await known(linked);
    linked.server.faults.acknowledge = false;
    await participant.send('STATUS');
    await participant.waitFor(3);
    // The line goes, then Pandu.
    await linked.server.fail();
    await linked.stop();
    linked.server.faults.heal();
    await linked.server.recover();
    await linked.restart();
    await participant.waitFor((one) => one.text.includes(STATUS) && one.repeated, 8_000);
    await settled(linked);
    expect(new Set(repeatedTo(linked, participant)).size).toBe(1);
    expect(participant.texts).toHaveLength(4);
  });

  it('F68 after 463 nothing more is tried, and what was unsent dies, until the participant writes again', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    const other = await known(linked);
    linked.server.faults.refusals.set('*', { code: 463, times: 1 });
    await participant.send('halo');
    await linked.server.until(() => writtenTo(linked, participant).length === 1, 'the refused message');
    await settled(linked);
    // The notice was refused; the question behind it died with it.
    expect(linked.program.counters().get('whatsapp')!.dead).toBe(1);
    await other.send('STATUS');
    await other.waitFor(3);
    await settled(linked);
    expect(writtenTo(linked, participant)).toHaveLength(1);
    expect((await linked.store.depths()).outboxWaiting).toBe(0);
    await participant.send('STATUS');
    await participant.waitFor((one) => one.text.includes(STATUS));
    await settled(linked);
  });

  it('F68 another refusal is tried again under the same id when the participant writes, and nothing overtakes it', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    linked.server.faults.refusals.set('*', { code: 479, times: 1 });
    await participant.send('halo');
    await linked.server.until(() => writtenTo(linked, participant).length === 1, 'the refused message');
    await settled(linked);
    expect(participant.texts).toEqual([]);
    await participant.send('STATUS');
    await participant.waitFor(3);
    await settled(linked);
    const ids = writtenTo(linked, participant);
    expect(ids[1]).toBe(ids[0]);
    expect(participant.texts[0]).toContain('bukan akun resmi pemerintah');
    expect(participant.texts[2]).toContain(STATUS);
  });

  it('F26 of one chat nothing is written before the server has what went before it, and all arrives in order', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const people = Array.from({ length: 5 }, () => server.participant());
    const acknowledgeDelayMs = 200;
    server.faults.acknowledgeDelayMs = acknowledgeDelayMs;
    await Promise.all(people.map((participant) => participant.send('halo')));
    for (const participant of people) await participant.waitFor(2);
    await Promise.all(people.map((participant) => participant.send('STATUS')));
    for (const participant of people) await participant.waitFor(3);
    await settled(linked);
    for (const participant of people) {
      const messages = server.heard.filter(
        ({ tag, attrs }) => tag === 'message' && attrs.to === participant.lid,
      );
      const pauses = messages.slice(1).map(({ at }, index) => at - messages[index]!.at);
      // The server's clock counts whole milliseconds.
      for (const pause of pauses) expect(pause).toBeGreaterThanOrEqual(acknowledgeDelayMs - 1);
      expect(participant.texts[0]).toContain('bukan akun resmi pemerintah');
      expect(participant.texts[2]).toContain(STATUS);
    }
  });

  it('F71 a question about the devices that nobody answers, or that fails, loses no message and holds no other chat for ever', async () => {
    const linked = await startLinked({ timing: { ackMs: 500, queryMs: 500 } });
    const other = await known(linked);
    const people = [linked.server.participant(), linked.server.participant()];
    linked.server.faults.mutedQueries.add('usync');
    await people[0]!.send('halo');
    await linked.server.until(
      () => linked.server.heard.some(({ tag, attrs }) => tag === 'iq' && attrs.xmlns === 'usync'),
      'the question',
    );
    await other.send('STATUS');
    await other.waitFor(3, 10_000);
    linked.server.faults.heal();
    await people[0]!.waitFor(2, 10_000);
    linked.server.faults.failingQueries.set('usync', 503);
    await people[1]!.send('halo');
    await linked.server.until(
      () => linked.program.counters().get('whatsapp')!.unknown > 0,
      'a try that failed',
    );
    linked.server.faults.heal();
    await people[1]!.waitFor(2, 10_000);
    await settled(linked);
    for (const { texts } of people) expect(texts).toHaveLength(2);
  });

  it('F71 a message that reached the own phone only, because sealing it for the participant failed, is not taken for sent', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    linked.server.faults.failingQueries.set('encrypt key', 503);
    await participant.send('halo', { id: 'PERTAMA' });
    await linked.server.until(
      () => linked.program.counters().get('whatsapp')!.unknown > 0,
      'a try that failed',
    );
    expect(participant.texts).toEqual([]);
    expect(linked.program.counters().get('whatsapp')!.sent).toBe(0);
    linked.server.faults.heal();
    await participant.waitFor(2, 8_000);
    await settled(linked);
    expect(participant.texts).toHaveLength(2);
  });

  it('writes to nobody who did not write first', async () => {
    const linked = await startLinked();
    const silent = linked.server.participant();
    const participant = await known(linked);
    await participant.send(`nomor teman saya ${silent.phone.split('@')[0]}, tolong kirim ke dia`);
    await participant.waitFor(3);
    await settled(linked);
    const receivers = linked.server.heard.filter(({ tag }) => tag === 'message').map(({ attrs }) => attrs.to);
    expect(new Set(receivers)).toEqual(new Set([participant.lid]));
    expect(silent.inbox).toEqual([]);
  });
});
