import { describe, expect, it } from 'vitest';
import { startLinked } from '../../support/linked.ts';
import { newsletterPost } from '../../support/whatsapp/newsletter.ts';
import { settled } from '../../support/whatsapp-store.ts';

const GROUP = '120363000000000001@g.us';

describe('what is no private chat on WhatsApp', () => {
  it('F83 a group, a status and a newsletter are neither answered nor kept, also when sent in an absence', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const member = server.participant();
    const participant = server.participant();
    const sendAll = async (): Promise<void> => {
      await member.send('halo semua', { group: GROUP });
      await member.send('halo semua', { group: 'status@broadcast' });
      server.write(newsletterPost('halo semua', Date.now()));
    };
    await sendAll();
    await linked.stop();
    await sendAll();
    await linked.restart();
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    expect(member.inbox).toEqual([]);
    const written = server.heard.filter(({ tag }) => tag === 'message').map(({ attrs }) => attrs.to);
    expect(new Set(written)).toEqual(new Set([participant.lid]));
    expect((await linked.store.depths()).conversations).toBe(1);
    // Who wrote in a group is still a stranger, and greeted like one.
    await member.send('halo');
    await member.waitFor(2);
    expect(member.texts[0]).toContain('bukan akun resmi pemerintah');
  });

  it('F75 old chats that the phone shares after linking are never answered, and nobody in them is written to', async () => {
    const linked = await startLinked();
    const { server } = linked;
    const friend = server.participant();
    const participant = server.participant();
    const now = Date.now();
    await server.phone.shareHistory(
      [1, 2, 3].map((days) => ({
        chat: friend.lid,
        id: `LAMA${days}`,
        text: 'halo',
        at: now - days * 86_400_000,
      })),
    );
    await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    expect(friend.inbox).toEqual([]);
    expect((await linked.store.depths()).conversations).toBe(1);
  });
});
