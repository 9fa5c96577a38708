import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { sizeOfCard } from '../../../src/card/draw.ts';
import { contentOf } from '../../../src/channels/whatsapp/content.ts';
import { createUpload } from '../../../src/channels/whatsapp/media-host.ts';
import { sealImage } from '../../../src/channels/whatsapp/sealed-image.ts';
import { allStatuses } from '../../support/cards.ts';
import { shippedKnowledge } from '../../support/conversation.ts';
import { type Linked, startLinked } from '../../support/linked.ts';
import { readPng } from '../../support/png.ts';
import type { Received } from '../../support/whatsapp/mailbox.ts';
import { openImage } from '../../support/whatsapp/media.ts';
import type { Participant } from '../../support/whatsapp/participant.ts';
import { stanza } from '../../support/whatsapp/stanza.ts';
import { settled } from '../../support/whatsapp-store.ts';

const STATUS = 'Semua langkah, dan posisi Anda sekarang';
/** Far below what the stock waits are, and long enough for a busy machine. */
const SOON_MS = 5_000;

/** Somebody who was greeted and asked the first question. */
async function known(linked: Linked): Promise<Participant> {
  const participant = linked.server.participant();
  await participant.send('halo');
  await participant.waitFor(2);
  await settled(linked);
  return participant;
}

async function askStatus(participant: Participant): Promise<Received> {
  await participant.send('STATUS');
  return participant.waitFor((one) => one.text.includes(STATUS), 15_000);
}

function isImage({ message }: Received): boolean {
  return message?.imageMessage != null;
}

/** What the library would leave in the folder for temporary files. */
function temporaryFiles(): string[] {
  return readdirSync(tmpdir()).filter((name) => /^image3EB0|-enc$|-original$/.test(name));
}

describe('a picture on WhatsApp', () => {
  it('arrives with its words below it, opens on the phone, and is asked for nowhere but at the named host', async () => {
    const linked = await startLinked();
    const participant = await known(linked);
    const before = temporaryFiles();
    const shown = await askStatus(participant);
    const image = shown.message!.imageMessage!;
    const png = readPng(await openImage(image));
    expect(image).toMatchObject({ mimetype: 'image/png', width: png.width, height: png.height });
    expect(png.width).toBe(720);
    expect(image.caption).toContain(STATUS);
    await settled(linked);
    expect(participant.texts).toHaveLength(4);
    expect(linked.server.uploads).toHaveLength(1);
    // The own phone shows the same.
    const copy = await linked.server.phone.waitFor(({ id }) => id === shown.id);
    expect(copy.message!.imageMessage!.caption).toBe(image.caption);
    expect(temporaryFiles()).toEqual(before);
  });

  it('has a key of its own each time, of which no log tells', async () => {
    const linked = await startLinked();
    const keys: string[] = [];
    for (const participant of [await known(linked), await known(linked)]) {
      const { message } = await askStatus(participant);
      keys.push(Buffer.from(message!.imageMessage!.mediaKey!).toString('base64'));
    }
    expect(new Set(keys).size).toBe(2);
    expect(linked.server.uploads).toHaveLength(2);
    // One question about hosts is enough.
    const questions = linked.server.heard.filter(({ attrs }) => attrs.xmlns === 'w:m');
    expect(questions).toHaveLength(1);
    for (const key of keys) expect(linked.log.lines.join()).not.toContain(key);
  });

  it('P04 shows nothing that a participant wrote or is called', async () => {
    const linked = await startLinked();
    const [one, other] = [
      linked.server.participant({ name: 'Siti Rahayu' }),
      linked.server.participant({ name: 'Budi' }),
    ];
    const pictures: Buffer[] = [];
    for (const [participant, words] of [
      [one, 'halo saya Siti dari Garut'],
      [other, 'halo'],
    ] as const) {
      await participant.send(words);
      await participant.waitFor(2);
      const { message } = await askStatus(participant);
      pictures.push(await openImage(message!.imageMessage!));
    }
    expect(pictures[0]!.equals(pictures[1]!)).toBe(true);
  });

  it('goes with all words that stand below a picture', () => {
    const knowledge = shippedKnowledge();
    for (const language of ['id', 'en'] as const) {
      const words = (): { one: string; several: string } => ({
        one: knowledge.words[language].get('page.whatsapp.menu.one')!,
        several: knowledge.words[language].get('page.whatsapp.menu.several')!,
      });
      const captions = allStatuses(knowledge, language)
        .filter(({ picture }) => picture !== undefined)
        .map((saying) => contentOf(saying, words).extendedTextMessage!.text!.length);
      expect(captions.length).toBeGreaterThan(100);
      expect(Math.max(...captions)).toBeLessThanOrEqual(1_024);
    }
  });

  it('F72 is given as its words alone to a phone that asks again after a restart', async () => {
    const linked = await startLinked();
    const participant = await known(linked);
    const shown = await askStatus(participant);
    await settled(linked);
    await linked.restart();
    participant.askRetry(shown.id);
    const again = await participant.waitFor(({ repeated }) => repeated);
    expect(again).toMatchObject({ id: shown.id, text: shown.text });
    expect(isImage(again)).toBe(false);
    expect(linked.server.uploads).toHaveLength(1);
  });
});

describe('without its picture, the words go alone', () => {
  async function expectWords(linked: Linked, participant: Participant): Promise<void> {
    const begun = performance.now();
    const shown = await askStatus(participant);
    expect(performance.now() - begun).toBeLessThan(SOON_MS);
    expect(isImage(shown)).toBe(false);
    await settled(linked);
    expect(participant.texts).toHaveLength(4);
    expect(linked.status()?.state).toBe('on');
  }

  it('when it cannot be drawn', async () => {
    const linked = await startLinked({
      pictures: { draw: () => Promise.reject(new Error('no engine')), sizeOf: sizeOfCard },
    });
    await expectWords(linked, await known(linked));
    expect(linked.log.lines.join()).toContain('no engine');
    expect(linked.server.uploads).toEqual([]);
  });

  it('when drawing takes for ever', async () => {
    const linked = await startLinked({
      pictures: { draw: () => new Promise(() => {}), sizeOf: sizeOfCard },
      timing: { pictureMs: 300 },
    });
    await expectWords(linked, await known(linked));
  });

  it.each([403, 500, 507])(
    'when the upload is answered %i, and no picture is tried in the time after',
    async (status) => {
      const linked = await startLinked();
      linked.server.faults.failingUploads = status;
      await expectWords(linked, await known(linked));
      expect(linked.log.lines.join()).toContain('its words go alone');
      const tried = linked.server.uploads.length;
      expect(tried).toBe(1);
      linked.server.faults.heal();
      await expectWords(linked, await known(linked));
      expect(linked.server.uploads).toHaveLength(tried);
    },
  );

  it('when the upload is never answered', async () => {
    const linked = await startLinked({ timing: { pictureMs: 1_500 } });
    linked.server.faults.muteUploads = true;
    await expectWords(linked, await known(linked));
  });

  it('when nobody tells where files go', async () => {
    const linked = await startLinked({ timing: { pictureMs: 500 } });
    linked.server.faults.mutedQueries.add('w:m media_conn');
    await expectWords(linked, await known(linked));
  });

  it('when the question where files go is refused, and with the next picture it is asked again', async () => {
    const linked = await startLinked({ timing: { pictureRestMs: 0 } });
    linked.server.faults.failingQueries.set('w:m media_conn', 503);
    await expectWords(linked, await known(linked));
    linked.server.faults.heal();
    expect(isImage(await askStatus(await known(linked)))).toBe(true);
  });

  it('when the program is stopped while it is being uploaded, without holding that up', async () => {
    const linked = await startLinked();
    const participant = await known(linked);
    linked.server.faults.muteUploads = true;
    await participant.send('STATUS');
    await linked.server.until(() => linked.server.uploads.length === 1, 'the upload');
    const begun = performance.now();
    await linked.stop();
    expect(performance.now() - begun).toBeLessThan(SOON_MS);
    const shown = await participant.waitFor((one) => one.text.includes(STATUS));
    expect(isImage(shown)).toBe(false);
  });
});

describe('files go to hosts of WhatsApp alone', () => {
  it.each([
    'evil.example',
    'mmg.whatsapp.net.evil.example',
    'whatsapp.net@evil.example',
    '127.0.0.1:1/x',
    '',
  ])('and not to %j', async (host) => {
    const image = await sealImage(new Uint8Array(8));
    const answer = stanza('iq', {}, [
      stanza('media_conn', { auth: 'word', ttl: '300' }, [stanza('host', { hostname: host })]),
    ]);
    for (const url of [null, 'ws://127.0.0.1:1/ws/chat', 'wss://127.0.0.1/ws/chat']) {
      const upload = createUpload(url);
      const uploading = upload({ query: async () => answer }, image, AbortSignal.timeout(2_000));
      await expect(uploading).rejects.toThrow('named no host of its own');
    }
  });

  it('and on this machine only when the platform itself is', async () => {
    const image = await sealImage(new Uint8Array(8));
    const linked = await startLinked({ link: 'not' });
    const host = new URL(linked.server.url).host;
    const answer = stanza('iq', {}, [
      stanza('media_conn', { auth: 'word', ttl: '300' }, [stanza('host', { hostname: host })]),
    ]);
    for (const url of [null, 'wss://127.0.0.1/ws/chat', 'ws://web.whatsapp.net/ws/chat'])
      await expect(
        createUpload(url)({ query: async () => answer }, image, AbortSignal.timeout(2_000)),
      ).rejects.toThrow('named no host of its own');
    // Refused for the word, by the server itself.
    await expect(
      createUpload(linked.server.url)({ query: async () => answer }, image, AbortSignal.timeout(2_000)),
    ).rejects.toThrow('did not take a file');
  });
});
