import type { BinaryNode, WASocket } from '@whiskeysockets/baileys';
import { getBinaryNodeChild, getBinaryNodeChildren, MEDIA_PATH_MAP } from '@whiskeysockets/baileys';
import type { SealedImage } from './sealed-image.ts';

/** Where phones find what was uploaded. */
export type Uploaded = { readonly url: string; readonly directPath: string };

/**
 * Gives a sealed picture to the platform, at the first of its hosts that takes it.
 * @throws {Error} when none does, or when `signal` ends it; it tells neither addresses nor keys
 */
export type Upload = (
  socket: Pick<WASocket, 'query'>,
  image: SealedImage,
  signal: AbortSignal,
) => Promise<Uploaded>;

/** Whom the platform lets us give files to, and with which word. */
type MediaHosts = { readonly hosts: readonly string[]; readonly auth: string; readonly endsAt: number };

const MOST_HOSTS = 2;
const ORIGIN = 'https://web.whatsapp.com';

/**
 * The library has an upload of its own: it reads from a temporary file, follows the platform to any host, and remembers a
 * question about hosts that failed until the connection ends.
 * @param url of the platform's socket, null for WhatsApp's own
 */
export function createUpload(url: string | null): Upload {
  const addressOf = url !== null && isOnThisMachine(url) ? addressOnThisMachine : addressAtWhatsapp;
  let known: { readonly socket: unknown; readonly media: MediaHosts } | null = null;

  async function mediaHosts(socket: Pick<WASocket, 'query'>): Promise<MediaHosts> {
    if (known?.socket === socket && performance.now() < known.media.endsAt) return known.media;
    known = null;
    const media = readMediaHosts((await socket.query(questionForHosts())) as BinaryNode | undefined);
    known = { socket, media };
    return media;
  }

  return async (socket, image, signal) => {
    const { hosts, auth } = await mediaHosts(socket);
    const token = Buffer.from(image.fileEncSha256).toString('base64url');
    const query = new URLSearchParams({ auth, token });
    const addresses = hosts.flatMap((host) => addressOf(host) ?? []).slice(0, MOST_HOSTS);
    let failure = new Error('WhatsApp named no host of its own for files');
    for (const address of addresses) {
      signal.throwIfAborted();
      try {
        return await post(`${address}${MEDIA_PATH_MAP.image}/${token}?${query}`, image.bytes, signal);
      } catch (error) {
        failure = new Error('WhatsApp did not take a file', { cause: error });
      }
    }
    // Its word may have run out before its time.
    known = null;
    throw failure;
  };
}

/** A new one each time: the library writes its number on it. */
function questionForHosts(): BinaryNode {
  return {
    tag: 'iq',
    attrs: { type: 'set', xmlns: 'w:m', to: 's.whatsapp.net' },
    content: [{ tag: 'media_conn', attrs: {} }],
  };
}

function readMediaHosts(answer: BinaryNode | undefined): MediaHosts {
  const media = getBinaryNodeChild(answer, 'media_conn');
  const { auth, ttl } = media?.attrs ?? {};
  if (auth === undefined) throw new Error('WhatsApp did not tell where files go');
  const hosts = getBinaryNodeChildren(media, 'host').flatMap(({ attrs }) => attrs.hostname ?? []);
  return { hosts, auth, endsAt: performance.now() + (Number(ttl) || 0) * 1_000 };
}

function addressAtWhatsapp(host: string): string | null {
  return /^([a-z\d-]+\.)+whatsapp\.net$/i.test(host) ? `https://${host}` : null;
}

function addressOnThisMachine(host: string): string | null {
  return /^127\.0\.0\.1:\d+$/.test(host) ? `http://${host}` : null;
}

function isOnThisMachine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'ws:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

async function post(address: string, bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<Uploaded> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', origin: ORIGIN },
    body: bytes,
    // Another host is none that was checked.
    redirect: 'error',
    signal,
  });
  const answer = (await response.json().catch(() => null)) as Record<string, unknown> | null;
  const { url, direct_path: directPath } = answer ?? {};
  if (!response.ok || typeof url !== 'string' || typeof directPath !== 'string')
    throw new Error(`a host for files answered ${response.status}`);
  return { url, directPath };
}
