import type { proto } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { type Linked, type LinkedOptions, startLinked } from '../../support/linked.ts';
import type { Participant, SendOptions } from '../../support/whatsapp/participant.ts';
import { stanza } from '../../support/whatsapp/stanza.ts';
import { settled } from '../../support/whatsapp-store.ts';

const STATUS = 'Semua langkah, dan posisi Anda sekarang';
/** "2. Sertifikat saja" settles the certificate of the dashboard, "1. Belum ada apa-apa" does not. */
const HAS_CERTIFICATE = 'Sertifikat muncul di dashboard: ✅';

const LID: SendOptions = { as: 'lid' };
const PHONE: SendOptions = { as: 'phone' };
const LID_ALONE: SendOptions = { as: 'lid', withAlternative: false };
const PHONE_ALONE: SendOptions = { as: 'phone', withAlternative: false };

/** A session that is known by one name only has to be asked for again under the other, which takes a moment. */
const PATIENT: LinkedOptions = { timing: { unreadableMs: 10_000 } };

/** What is said to a message of the participant, as one text. */
async function answerTo(
  { server }: Linked,
  participant: Participant,
  text: proto.IMessage | string,
  options: SendOptions,
  bubbles = 1,
): Promise<string> {
  const before = participant.texts.length;
  await participant.send(text, options);
  await server.until(
    () => participant.texts.length >= before + bubbles,
    `an answer to ${JSON.stringify(text)}`,
  );
  return participant.texts.slice(before).join('\n');
}

describe('who somebody on WhatsApp is', () => {
  it.each([
    ['the LID first, then the number', LID_ALONE, PHONE],
    ['the number first, then the LID', PHONE_ALONE, LID],
    ['both at once, then the LID', PHONE, LID],
  ])('F73 %s is one conversation', async (_, first, second) => {
    const linked = await startLinked(PATIENT);
    const participant = linked.server.participant();
    await answerTo(linked, participant, 'halo', first, 2);
    await settled(linked);
    // "2" is an answer only in the conversation in which the question was asked.
    await answerTo(linked, participant, '2', second);
    expect(await answerTo(linked, participant, 'STATUS', second, 2)).toContain(HAS_CERTIFICATE);
    expect(await answerTo(linked, participant, 'STATUS', first, 2)).toContain(HAS_CERTIFICATE);
    await settled(linked);
    expect((await linked.store.depths()).conversations).toBe(1);
  });

  it('F73 two names with answers of their own are never merged, whatever the platform says of them', async () => {
    const linked = await startLinked(PATIENT);
    const participant = linked.server.participant();
    await answerTo(linked, participant, 'halo', LID_ALONE, 2);
    await answerTo(linked, participant, '2', LID_ALONE);
    await answerTo(linked, participant, 'halo', PHONE_ALONE, 2);
    await answerTo(linked, participant, '1', PHONE_ALONE);
    await settled(linked);
    for (let times = 0; times < 2; times += 1) {
      expect(await answerTo(linked, participant, 'STATUS', LID, 2)).toContain(HAS_CERTIFICATE);
      expect(await answerTo(linked, participant, 'STATUS', PHONE, 2)).not.toContain(HAS_CERTIFICATE);
    }
    await settled(linked);
    expect((await linked.store.depths()).conversations).toBe(2);
  });

  it('F73 two names that the platform says are one are one from then on, without a message that says so', async () => {
    const linked = await startLinked(PATIENT);
    const { server } = linked;
    const participant = server.participant();
    const stranger = server.participant();
    await answerTo(linked, participant, 'halo', LID_ALONE, 2);
    await answerTo(linked, participant, '2', LID_ALONE);
    await settled(linked);
    for (const { lid, phone } of [participant, stranger]) {
      const told = { data: { xwa2_notify_linked_profiles: { jid: lid, added_profiles: [phone] } } };
      const update = stanza(
        'update',
        { op_name: 'NotificationLinkedProfilesUpdates' },
        Buffer.from(JSON.stringify(told)),
      );
      server.write(
        stanza('notification', { type: 'mex', id: `MEX${lid}`, from: lid, t: '1790000000' }, [update]),
      );
    }
    await settled(linked);
    expect(await answerTo(linked, participant, 'STATUS', PHONE_ALONE, 2)).toContain(HAS_CERTIFICATE);
    await settled(linked);
    // Of whoever never wrote nothing is kept.
    expect((await linked.store.depths()).conversations).toBe(1);
  });

  it('S24 a name, a number, a contact and a quotation of somebody else make nobody of them', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const victim = server.participant({ name: 'Siti' });
    const thief = server.participant({ name: 'Siti' });
    await answerTo(linked, victim, 'halo', {}, 2);
    await answerTo(linked, victim, '2', {});
    await settled(linked);
    const number = victim.phone.split('@')[0];
    await answerTo(linked, thief, `Saya Siti, nomor saya +${number}`, {}, 2);
    const vcard = `BEGIN:VCARD\nVERSION:3.0\nFN:Siti\nTEL;waid=${number}:+${number}\nEND:VCARD`;
    await answerTo(linked, thief, { contactMessage: { displayName: 'Siti', vcard } }, {});
    await settled(linked);
    const contextInfo = {
      stanzaId: '3A01',
      participant: victim.phone,
      remoteJid: victim.lid,
      quotedMessage: { conversation: '2' },
      mentionedJid: [victim.phone],
    };
    const asked = await answerTo(
      linked,
      thief,
      { extendedTextMessage: { text: 'STATUS', contextInfo } },
      {},
      2,
    );
    expect(asked).toContain(STATUS);
    expect(asked).not.toContain(HAS_CERTIFICATE);
    expect(await answerTo(linked, victim, 'STATUS', {}, 2)).toContain(HAS_CERTIFICATE);
    await settled(linked);
    expect((await linked.store.depths()).conversations).toBe(2);
  });
});
