import { describe, expect, it } from 'vitest';
import { startLinked } from '../../support/linked.ts';
import { settled } from '../../support/whatsapp-store.ts';

describe('a recipient on WhatsApp who asks for a message again', () => {
  it('F72 gets it under its id, also after a restart, when the library has forgotten it', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    await linked.restart();
    const [notice, question] = participant.inbox;
    for (const sent of [question!, notice!]) {
      const before = participant.inbox.length;
      participant.askRetry(sent.id);
      const again = await participant.waitFor(before + 1);
      expect(again).toMatchObject({ id: sent.id, text: sent.text, repeated: true });
    }
    expect(participant.texts).toHaveLength(2);
  });

  it('F72 gets it as well when the request waited while Pandu was down, and comes before the connection is open', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    await linked.stop();
    const [, question] = participant.inbox;
    participant.askRetry(question!.id);
    // The server delivers what waited while the library still asks it this and that.
    linked.server.faults.queryDelayMs = 300;
    await linked.restart();
    linked.server.faults.heal();
    const again = await participant.waitFor(3);
    expect(again).toMatchObject({ id: question!.id, text: question!.text, repeated: true });
  });

  it('F72 P04 gets nothing of what was erased, nothing of what another chat was told, and nothing for an id that is not ours', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const erased = server.participant();
    const curious = server.participant();
    const other = server.participant();
    for (const participant of [erased, curious, other]) {
      await participant.send('halo');
      await participant.waitFor(2);
    }
    await erased.send('HAPUS DATA');
    await erased.waitFor(3);
    await erased.send('1');
    await erased.waitFor(4);
    await settled(linked);
    await linked.restart();
    const counts = [erased, curious, other].map(({ inbox }) => inbox.length);
    for (const { id } of [...erased.inbox]) erased.askRetry(id, 1);
    for (const { id } of [...other.inbox]) curious.askRetry(id, 1);
    curious.askRetry('3EB0AAAAAAAAAAAAAAAAAA', 1);
    await settled(linked);
    await other.send('STATUS');
    await other.waitFor((one) => one.text.includes('Semua langkah'));
    await settled(linked);
    expect([erased, curious].map(({ inbox }) => inbox.length)).toEqual(counts.slice(0, 2));
  });

  it('F71 F72 a phone that was set up anew without a word gets what it could not open, and is seen to have it once', async () => {
    const linked = await startLinked();
    const participant = linked.server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    participant.reinstall({ tellClient: false });
    await participant.send('STATUS');
    await participant.waitFor((one) => one.text.includes('Semua langkah'));
    await settled(linked);
    expect(participant.texts).toHaveLength(4);
  });
});
