import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatOf, isPhone, personOf } from '../../../src/channels/whatsapp/chats.ts';

const PHONE = '628110000001@s.whatsapp.net';
const LID = '100000000000001@lid';
const OWN = ['628119999999@s.whatsapp.net', '199999999999999@lid'];

describe('whose chat something on WhatsApp belongs to', () => {
  it.each([
    ['a group', { from: '120363000000000001@g.us', participant: LID }],
    ['a status', { from: 'status@broadcast', participant: LID }],
    ['a broadcast list', { from: '1234@broadcast', participant: LID }],
    ['a newsletter', { from: '120363000000000002@newsletter' }],
    ['the server', { from: 's.whatsapp.net' }],
    ['the platform itself', { from: '@s.whatsapp.net' }],
    ["Meta's assistant", { from: '718584497008509@bot' }],
    ['a call', { from: '1@call' }],
    ['something without a sender', {}],
    ['something that is no address', { from: 'bukan alamat' }],
    ['letters for a number', { from: 'abc@lid' }],
    ['another device of the account, about the account', { from: OWN[1]!, category: 'peer' }],
    ['notes to oneself', { from: OWN[1]!, recipient: OWN[0]! }],
    ["what the account's phone wrote in a group", { from: OWN[1]!, recipient: '120363000000000001@g.us' }],
    ["what the account's phone wrote to nobody that is named", { from: OWN[0]! }],
  ])('F83 %s is nobody we answer', (_, attributes) => {
    expect(chatOf(attributes as Record<string, string>, OWN)).toBeNull();
  });

  it('F83 nothing but a person alone is ever a chat, whatever the platform invents', () => {
    const jid = fc.oneof(
      fc.string(),
      fc
        .tuple(
          fc.string(),
          fc.constantFrom('g.us', 'broadcast', 'newsletter', 'lid', 's.whatsapp.net', 'bot', 'hosted'),
        )
        .map((parts) => parts.join('@')),
    );
    const attributes = fc.dictionary(
      fc.constantFrom(
        'from',
        'participant',
        'recipient',
        'sender_pn',
        'sender_lid',
        'category',
        'recipient_lid',
      ),
      jid,
    );
    fc.assert(
      fc.property(attributes, (given) => {
        const chat = chatOf(given, OWN);
        if (chat === null) return;
        for (const name of [chat.name, ...chat.aliases]) expect(name).toMatch(/^\d+@(lid|s\.whatsapp\.net)$/);
        expect(OWN).not.toContain(chat.name);
        expect(chat.aliases).not.toContain(chat.name);
      }),
      { numRuns: 2_000 },
    );
  });

  it('F73 gives the other name of whoever writes, by whichever name it comes', () => {
    expect(chatOf({ from: LID, sender_pn: PHONE }, OWN)).toEqual({
      name: LID,
      aliases: [PHONE],
      isOurs: false,
    });
    expect(chatOf({ from: PHONE, sender_lid: LID }, OWN)).toEqual({
      name: PHONE,
      aliases: [LID],
      isOurs: false,
    });
    expect(chatOf({ from: LID }, OWN)).toEqual({ name: LID, aliases: [], isOurs: false });
  });

  it("F73 leaves out the device: a participant's tablet is no other participant", () => {
    expect(personOf('628110000001:12@s.whatsapp.net')).toBe(PHONE);
    expect(personOf('100000000000001:3@lid')).toBe(LID);
    const given = { from: '100000000000001:3@lid', sender_pn: '628110000001:3@s.whatsapp.net' };
    expect(chatOf(given, OWN)).toEqual({ name: LID, aliases: [PHONE], isOurs: false });
  });

  it('F71 a phone is told from the devices that are linked to it', () => {
    for (const jid of [PHONE, LID, '628110000001:0@s.whatsapp.net']) expect(isPhone(jid), jid).toBe(true);
    const others = ['628110000001:12@s.whatsapp.net', '100000000000001:3@lid', '120363000000000001@g.us', ''];
    for (const jid of others) expect(isPhone(jid), jid).toBe(false);
  });

  it('F24 what the account wrote itself belongs to the chat it was written in', () => {
    const given = { from: OWN[1]!, recipient: LID, peer_recipient_pn: PHONE, sender_pn: OWN[0]! };
    expect(chatOf(given, OWN)).toEqual({ name: LID, aliases: [PHONE], isOurs: true });
  });

  it('S24 a name that the account has itself is never taken for the other name of a participant', () => {
    expect(chatOf({ from: LID, sender_pn: OWN[0]! }, OWN)?.aliases).toEqual([]);
  });
});
