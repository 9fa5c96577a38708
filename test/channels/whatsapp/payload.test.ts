import { encodeWAMessage, type proto } from '@whiskeysockets/baileys';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { incomingOf, readResent, readStanza } from '../../../src/channels/whatsapp/payload.ts';
import { INCOMING_KINDS, type Incoming } from '../../../src/message.ts';
import { contents } from '../../support/whatsapp/contents.ts';

const LID = '100000000000001@lid';
const OWN = ['628119999999@s.whatsapp.net', '199999999999999@lid'];
const STANZA = { from: LID, id: '3A01', t: '1790000000', type: 'text' };
const PLACE = { chat: LID, id: '3EB001', fromClient: true };

const read = (message: proto.IMessage, attributes: Record<string, string> = STANZA): Incoming | null =>
  readStanza(attributes, encodeWAMessage(message), OWN);
const typed = (text: string, attributes: Record<string, string>): Incoming | null =>
  read({ deviceSentMessage: { destinationJid: LID, message: { conversation: text } } }, attributes);

describe('what a decrypted message on WhatsApp is to us', () => {
  it('S27 S13 never throws, whatever bytes somebody sealed for us', () => {
    const envelope = fc.record({
      from: fc.constantFrom(LID, OWN[0]!, 'x@g.us', ''),
      id: fc.string(),
      t: fc.string(),
      recipient: fc.constantFrom(LID, 'x@g.us', ''),
    });
    fc.assert(
      fc.property(envelope, fc.uint8Array({ maxLength: 300 }), (attributes, bytes) => {
        const incoming = readStanza(attributes, bytes, OWN);
        if (incoming !== null) expect(INCOMING_KINDS).toContain(incoming.kind);
      }),
      { numRuns: 3_000 },
    );
  });

  it('S27 never throws on a real message of which any byte was changed', () => {
    const real = [contents.image('takarir'), contents.edit(PLACE, 'baru'), contents.document('berkas')];
    const bytes = real.map((message) => encodeWAMessage(message));
    const change = fc.tuple(fc.nat(2), fc.nat(), fc.integer({ min: 1, max: 255 }));
    fc.assert(
      fc.property(change, ([which, place, by]) => {
        const changed = Uint8Array.from(bytes[which]!);
        const at = place % changed.length;
        changed[at] = changed[at]! ^ by;
        const incoming = readStanza(STANZA, changed, OWN);
        expect(incoming === null || INCOMING_KINDS.includes(incoming.kind)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('S27 wrapped a thousand times deep, a message is neither read nor a reason to stop', () => {
    let message: proto.IMessage = { conversation: 'dalam' };
    for (let depth = 0; depth < 1_000; depth += 1) message = { ephemeralMessage: { message } };
    expect(() => read(message)).not.toThrow();
    let edited: proto.IMessage = { conversation: 'dalam' };
    for (let depth = 0; depth < 1_000; depth += 1) edited = { protocolMessage: { editedMessage: edited } };
    expect(read(edited)?.kind).toBe('edit');
  });

  it.each([
    ['0', 0],
    ['-1', 0],
    ['besok', 0],
    ['', 0],
    ['1e300', 0],
    ['1790000000.5', 0],
    ['1790000000', 1_790_000_000_000],
  ])('a message written at %j has the time %d: nobody can break the clock', (t, sentAt) => {
    expect(read({ conversation: 'halo' }, { ...STANZA, t })?.sentAt).toBe(sentAt);
  });

  it('S13 keeps eight thousand characters of a text that is longer than anybody types', () => {
    const incoming = read({ conversation: 'x'.repeat(65_536) });
    expect(incoming?.text).toBe('x'.repeat(8_192));
  });

  it('S14 cuts no character in half, and keeps no half ones', () => {
    const cut = read({ conversation: `${'x'.repeat(8_191)}🙂🙂` })!.text;
    expect(cut.isWellFormed()).toBe(true);
    const half = incomingOf(STANZA, { kind: 'text', text: 'a\ud83d b\ude42' }, OWN);
    expect(half?.text).toBe('a\ufffd b\ufffd');
  });

  it('has no message without an id: without one it could not be told from its repetition', () => {
    const { id: _, ...nameless } = STANZA;
    expect(read({ conversation: 'halo' }, nameless)).toBeNull();
    expect(read({ conversation: 'halo' }, { ...STANZA, id: '' })).toBeNull();
    expect(readResent({ key: { remoteJid: LID }, message: { conversation: 'halo' } }, OWN)).toBeNull();
  });

  it.each([
    ['pandu lanjut', 'handed-back'],
    ['Pandu, lanjut', 'handed-back'],
    ['#pandu', 'handed-back'],
    [' PANDU LANJUTKAN! ', 'handed-back'],
    ['pandu kembali.', 'handed-back'],
    ['pandu lanjut ya', 'operator'],
    ['nanti pandu lanjut', 'operator'],
    ['Selamat pagi, saya Rina', 'operator'],
    ['', 'operator'],
  ])('F24 %j typed on the phone of the account is %s, and none of it is kept', (text, kind) => {
    const incoming = typed(text, { ...STANZA, from: OWN[1]!, recipient: LID });
    expect(incoming).toMatchObject({ chat: LID, sender: 'operator', kind, text: '' });
  });

  it('F24 a participant cannot pass for the operator by wrapping what they wrote as sent by us', () => {
    expect(typed('pandu lanjut', STANZA)).toMatchObject({ chat: LID, sender: LID, kind: 'text' });
  });

  it('S24 the sender is who the envelope names, whatever the message says of itself', () => {
    const incoming = read({
      extendedTextMessage: {
        text: 'Saya 628110000009',
        contextInfo: { participant: '628110000009@s.whatsapp.net', remoteJid: OWN[0]! },
      },
    });
    expect(incoming).toMatchObject({ chat: LID, sender: LID });
    expect(incoming).not.toHaveProperty('aliases');
  });
});

describe('a message that the phone of the account passed on to us', () => {
  const key = { remoteJid: LID, id: '3A02', fromMe: false };

  it('is read like any other', () => {
    expect(
      readResent({ key, message: { conversation: 'halo' }, messageTimestamp: 1_790_000_000 }, OWN),
    ).toMatchObject({
      chat: LID,
      kind: 'text',
      text: 'halo',
      messageId: '3A02',
      sentAt: 1_790_000_000_000,
    });
  });

  it('F83 is nothing when it is our own, of a group, or empty', () => {
    expect(readResent({ key: { ...key, fromMe: true }, message: { conversation: 'halo' } }, OWN)).toBeNull();
    expect(
      readResent({ key: { ...key, remoteJid: 'x@g.us' }, message: { conversation: 'halo' } }, OWN),
    ).toBeNull();
    expect(readResent({ key, message: null }, OWN)).toBeNull();
    expect(readResent({} as proto.IWebMessageInfo, OWN)).toBeNull();
  });
});
