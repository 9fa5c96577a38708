import { describe, expect, it } from 'vitest';
import { shippedKnowledge } from '../../support/conversation.ts';
import { startLinked } from '../../support/linked.ts';
import type { Participant } from '../../support/whatsapp/participant.ts';
import { settled, traces } from '../../support/whatsapp-store.ts';

const hereAgain = shippedKnowledge().words.id.get('say.here-again')!;

/** What Pandu said, and not the person at the phone. */
const said = ({ inbox }: Participant): string[] =>
  inbox.filter(({ typedByOwner }) => !typedByOwner).map(({ text }) => text);

describe('a person who writes on the phone of the account', () => {
  it('F24 makes Pandu silent until the chat is handed back, is never answered, and none of the words are kept', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    await server.phone.type(participant, 'Selamat pagi Bu, saya Rina Operatora');
    await settled(linked);
    await participant.send('pagi bu, saya sudah lulus');
    await participant.send('STATUS');
    await settled(linked);
    expect(said(participant)).toHaveLength(2);
    await server.phone.type(participant, 'pandu lanjut');
    await participant.waitFor((one) => one.text.includes(hereAgain));
    await participant.send('STATUS');
    await participant.waitFor((one) => one.text.includes('Semua langkah'));
    await settled(linked);
    expect(said(participant)).toHaveLength(5);
    expect(traces(linked)).not.toContain('Operatora');
  });

  it('F24 its own answers, which every linked device of the account gets, make Pandu neither silent nor talk to itself', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const participant = server.participant();
    await participant.send('halo');
    await participant.waitFor(2);
    await server.phone.waitFor(2);
    await settled(linked);
    await participant.send('STATUS');
    await participant.waitFor(4);
    await settled(linked);
    expect(said(participant)).toHaveLength(4);
  });

  it('F24 P01 nothing is kept of somebody who only the person at the phone wrote to, and a later answer greets them', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const friend = server.participant();
    const participant = server.participant();
    await server.phone.type(friend, 'Bu, jadi ke pasar?');
    await server.phone.type(friend, 'pandu lanjut');
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    expect(said(friend)).toEqual([]);
    expect((await linked.store.depths()).conversations).toBe(1);
    expect(traces(linked)).not.toContain(friend.phone.split('@')[0]);
    await friend.send('halo');
    await friend.waitFor((one) => one.text.includes('bukan akun resmi pemerintah'));
  });
});
