import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  type BinaryNode,
  downloadContentFromMessage,
  getMediaKeys,
  MEDIA_PATH_MAP,
  type proto,
} from '@whiskeysockets/baileys';
import type { Changes } from './changes.ts';
import type { Faults } from './faults.ts';
import { stanza } from './stanza.ts';

/** A file that the client gave to the server, sealed. */
export type Upload = { readonly path: string; readonly bytes: Buffer };

/** Where files of messages are kept, at the port of the server. */
export type Media = {
  readonly uploads: readonly Upload[];
  /** Where files go, and the word with which they are taken. */
  answerHosts(): BinaryNode[];
  handle(request: IncomingMessage, response: ServerResponse): void;
};

const KEPT_AT = '/v/t62.7118-24/';

export function createMedia(faults: Faults, changes: Changes, host: () => string): Media {
  const word = randomBytes(24).toString('base64url');
  const uploads: Upload[] = [];

  async function take(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    const token = createHash('sha256').update(bytes).digest('base64url');
    const isWhole =
      url.pathname === `${MEDIA_PATH_MAP.image}/${token}` && url.searchParams.get('token') === token;
    if (url.searchParams.get('auth') !== word) return end(response, 401);
    if (!isWhole) return end(response, 400);
    const path = `${KEPT_AT}${token}.enc`;
    uploads.push({ path, bytes });
    changes.changed();
    if (faults.muteUploads) return;
    if (faults.failingUploads !== null) return end(response, faults.failingUploads);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: `http://${host()}${path}`, direct_path: path }));
  }

  return {
    uploads,
    answerHosts: () => [
      stanza(
        'media_conn',
        { auth: word, ttl: '300', auth_ttl: '21600', max_buckets: '12' },
        (faults.mediaHosts ?? [host()]).map((hostname) =>
          stanza('host', { hostname, maxContentLengthBytes: '104857600' }),
        ),
      ),
    ],
    handle(request, response) {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      if (request.method === 'POST') {
        take(url, request, response).catch(() => response.destroy());
        return;
      }
      const kept = uploads.find(({ path }) => path === url.pathname);
      if (kept === undefined) return end(response, 404);
      response.end(kept.bytes);
    },
  };
}

function end(response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
}

/**
 * What a phone shows for a picture: downloaded, held against all that the message says of it, and opened by the stock
 * library. @throws {Error} when anything of it is not as the message says
 */
export async function openImage(image: proto.Message.IImageMessage): Promise<Buffer> {
  const { url, directPath, mediaKey } = image;
  if (url == null || mediaKey == null || directPath !== new URL(url).pathname)
    throw new Error('no such file');
  const sealed = Buffer.from(await (await fetch(url)).arrayBuffer());
  const { iv, macKey } = await getMediaKeys(mediaKey, 'image');
  const mac = createHmac('sha256', macKey!).update(iv).update(sealed.subarray(0, -10)).digest();
  expectSame('MAC', mac.subarray(0, 10), sealed.subarray(-10));
  expectSame('hash of what was sealed', sha256(sealed), image.fileEncSha256);
  // By its whole address: the path alone would be asked for over TLS, at WhatsApp.
  const opened = await buffer(await downloadContentFromMessage({ mediaKey, url }, 'image'));
  expectSame('hash', sha256(opened), image.fileSha256);
  if (Number(image.fileLength) !== opened.length) throw new Error(`${opened.length} bytes`);
  return opened;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function expectSame(what: string, found: Buffer, told: Uint8Array | null | undefined): void {
  if (told == null || !found.equals(told)) throw new Error(`another ${what}`);
}
