import { describe, expect, it } from 'vitest';
import { type Linked, startLinked } from '../../support/linked.ts';
import type { Participant } from '../../support/whatsapp/participant.ts';
import { interference, settled } from '../../support/whatsapp-store.ts';

const NOTICE = 'bukan akun resmi pemerintah';

/** Whoever wrote once was answered once: with the notice and the first question. */
function expectAnsweredOnce(...people: readonly Participant[]): void {
  for (const { texts } of people) {
    expect(texts.filter((text) => text.includes(NOTICE))).toHaveLength(1);
    expect(texts).toHaveLength(2);
  }
}

/** What the platform was told about a message: receipts by type, and refusals by code. */
function toldAbout({ server }: Linked, id: string): (string | undefined)[] {
  const told = server.heard.filter(
    ({ tag, attrs }) => attrs.id === id && (tag === 'receipt' || tag === 'ack'),
  );
  return told.map(({ tag, attrs }) =>
    tag === 'receipt' ? (attrs.type ?? 'delivered') : `ack ${attrs.error}`,
  );
}

async function known(linked: Linked): Promise<Participant> {
  const participant = linked.server.participant();
  await participant.send('halo');
  await participant.waitFor(2);
  await settled(linked);
  return participant;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a message on WhatsApp is kept before the platform hears that it arrived', () => {
  it('F04 keys and message are one commit: when it fails nothing is confirmed, and it is answered once after the retry', async () => {
    const disk = interference();
    const linked = await startLinked({ around: disk.around });
    const participant = linked.server.participant();
    const failed: string[][] = [];
    let toldMeanwhile: unknown;
    disk.commit = (change, write) => {
      if (change.incoming.length === 0 || failed.length === 2) return write();
      failed.push(change.put.map(({ kind }) => kind));
      toldMeanwhile = toldAbout(linked, change.incoming[0]!.messageId);
      throw new Error('a fault of the disk');
    };
    const id = await participant.send('halo');
    await participant.waitFor(2);
    await settled(linked);
    expect(failed).toHaveLength(2);
    for (const kinds of failed) expect(kinds).toContain('session');
    expect(toldMeanwhile).toEqual([]);
    expect(toldAbout(linked, id)[0]).toMatch(/delivered|inactive/);
    expectAnsweredOnce(participant);
  });

  it('F04 a start between the failed commit and the next try reads the message anew: its keys were not used up', async () => {
    const disk = interference();
    const linked = await startLinked({ around: disk.around });
    const participant = await known(linked);
    const tried = Promise.withResolvers<string>();
    disk.commit = (change, write) => {
      if (change.incoming.length === 0) return write();
      tried.resolve(change.incoming[0]!.messageId);
      return new Promise(() => {});
    };
    const id = await participant.send('STATUS');
    expect(await tried.promise).toBe(id);
    linked.server.disconnect('terminate');
    disk.commit = null;
    await linked.restart();
    await participant.waitFor(4);
    await settled(linked);
    expect(toldAbout(linked, id)).not.toContain('retry');
    expect(participant.texts).toHaveLength(4);
  });

  it('F05 a line that is cut after the commit and before the receipt brings the message again, and it is answered once', async () => {
    const disk = interference();
    const linked = await startLinked({ around: disk.around });
    const participant = await known(linked);
    const newcomer = linked.server.participant();
    let cuts = 0;
    disk.commit = async (change, write) => {
      const added = await write();
      if (change.incoming.length > 0 && cuts < 2) {
        cuts += 1;
        linked.server.disconnect('terminate');
      }
      return added;
    };
    await participant.send('STATUS');
    await participant.waitFor(4);
    await settled(linked);
    await newcomer.send('halo');
    await newcomer.waitFor(2);
    await settled(linked);
    expect(cuts).toBe(2);
    expect(participant.texts).toHaveLength(4);
    expectAnsweredOnce(newcomer);
  });

  it('F05 a message that was kept, but not confirmed before Pandu ended, is answered after the next start', async () => {
    const disk = interference();
    const linked = await startLinked({ around: disk.around });
    const participant = await known(linked);
    const kept = Promise.withResolvers<void>();
    disk.commit = async (change, write) => {
      const added = await write();
      if (change.incoming.length === 0) return added;
      kept.resolve();
      return new Promise(() => {});
    };
    await participant.send('STATUS');
    await kept.promise;
    linked.server.disconnect('terminate');
    disk.commit = null;
    await linked.restart();
    await participant.waitFor(4);
    await participant.send('BANTUAN');
    await participant.waitFor(5);
    await settled(linked);
    expect(participant.texts).toHaveLength(5);
  });

  it.each(['before', 'after'] as const)(
    'F06 F07 a line cut %s a message was written loses none of several',
    async (when) => {
      const linked = await startLinked();
      const people = Array.from({ length: 4 }, () => linked.server.participant());
      linked.server.faults.cutAtDelivery = { when, skip: 2 };
      for (const participant of people) await participant.send('halo');
      for (const participant of people) await participant.waitFor(2, 10_000);
      await settled(linked);
      expectAnsweredOnce(...people);
    },
  );

  it('F36 while the disk is full nothing is confirmed, whoever writes, and all is answered once there is room', async () => {
    const disk = interference();
    const linked = await startLinked({ around: disk.around });
    const { server } = linked;
    const participant = await known(linked);
    const newcomer = server.participant();
    disk.full = true;
    const ids = [await participant.send('STATUS'), await newcomer.send('halo')];
    await server.until(() => linked.status()?.state === 'waiting', 'the trouble to be reported');
    // Far longer than the library's own patience, which is three tries within a fifth of a second.
    await pause(800);
    for (const id of ids) expect(toldAbout(linked, id)).toEqual([]);
    expect(server.waiting.map(({ attrs }) => attrs.id)).toEqual(expect.arrayContaining(ids));
    disk.full = false;
    await newcomer.waitFor(2, 10_000);
    await participant.waitFor(4, 10_000);
    await settled(linked);
    expect(linked.status()?.state).toBe('on');
    expectAnsweredOnce(newcomer);
    expect(participant.texts).toHaveLength(4);
  });

  it('F36 F16 a stop while the disk is full ends, and what could not be kept is answered after the next start', async () => {
    const disk = interference();
    const linked = await startLinked({ around: disk.around });
    const newcomer = linked.server.participant();
    disk.full = true;
    const id = await newcomer.send('halo');
    await linked.server.until(() => linked.status()?.state === 'waiting', 'the trouble to be reported');
    await linked.stop();
    expect(toldAbout(linked, id)).toEqual([]);
    disk.full = false;
    await linked.restart();
    await newcomer.waitFor(2);
    await settled(linked);
    expectAnsweredOnce(newcomer);
  });
});
