import type { proto, WASocket } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Card } from '../../message.ts';
import type { Pictures } from '../channel.ts';
import type { Upload } from './media-host.ts';
import { sealImage } from './sealed-image.ts';
import type { WhatsappTiming } from './timing.ts';

/**
 * A message that shows the card above its words. Null when it cannot be drawn or uploaded soon, or `signal` wants it no
 * more: the words say the same, and go alone. Never throws.
 */
export type Pictured = (
  card: Card,
  words: string,
  socket: Pick<WASocket, 'query'>,
  signal: AbortSignal,
) => Promise<proto.IMessage | null>;

export type PicturedOptions = {
  readonly pictures: Pictures;
  readonly upload: Upload;
  readonly timing: Pick<WhatsappTiming, 'pictureMs' | 'pictureRestMs'>;
  readonly clock: Clock;
  readonly log: Log;
};

/** Phones cut longer ones. */
const LONGEST_CAPTION = 1_024;
/** Where a PNG has its width and height. */
const PNG_SIZE_AT = 16;

export function createPictured({ pictures, upload, timing, clock, log }: PicturedOptions): Pictured {
  let restsUntil = 0;

  async function make(
    card: Card,
    caption: string,
    socket: Pick<WASocket, 'query'>,
    signal: AbortSignal,
  ): Promise<proto.IMessage> {
    const { png } = await pictures.draw(card);
    const { bytes, ...keys } = await sealImage(png);
    signal.throwIfAborted();
    const uploaded = await upload(socket, { bytes, ...keys }, signal).catch((error: unknown) => {
      // Where the platform takes no files, not everybody should wait for that.
      restsUntil = performance.now() + timing.pictureRestMs;
      throw error;
    });
    const header = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
    return {
      imageMessage: {
        ...uploaded,
        ...keys,
        mediaKeyTimestamp: Math.floor(clock.now() / 1_000),
        fileLength: png.byteLength,
        mimetype: 'image/png',
        width: header.readUInt32BE(PNG_SIZE_AT),
        height: header.readUInt32BE(PNG_SIZE_AT + 4),
        caption,
      },
    };
  }

  return async (card, words, socket, signal) => {
    if (words.length > LONGEST_CAPTION || signal.aborted || performance.now() < restsUntil) return null;
    const over = Promise.withResolvers<never>();
    const ending = new AbortController();
    const end = (reason: string): void => {
      const error = new Error(reason);
      ending.abort(error);
      over.reject(error);
    };
    const hurry = (): void => end('there is no time for it any more');
    const timer = setTimeout(() => end(`not within ${timing.pictureMs} ms`), timing.pictureMs);
    signal.addEventListener('abort', hurry, { once: true });
    const making = make(card, words, socket, ending.signal);
    try {
      return await Promise.race([making, over.promise]);
    } catch (error) {
      making.catch(() => {});
      log.warn({ error }, 'whatsapp: a picture could not be sent; its words go alone');
      return null;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', hurry);
    }
  };
}
