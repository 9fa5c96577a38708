import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '../../log.ts';
import type { Receive } from './receive.ts';

export type WebhookHandler = (request: Request) => Promise<Response>;

/** Far above any update in a private chat. */
const BODY_LIMIT_BYTES = 1024 * 1024;
const RETRY_AFTER_SECONDS = '5';

/**
 * Answers Telegram's webhook (faults.md S23). Who cannot name the secret is turned away before a byte of the body is
 * read. 200 means stored; the body stays empty, for a reply in it would bring no message id back (faults.md F64).
 */
export function createWebhookHandler(
  secret: string,
  receive: Receive,
  stopping: AbortSignal,
  log: Log,
): WebhookHandler {
  const expected = digest(secret);
  return async (request) => {
    const given = digest(request.headers.get('x-telegram-bot-api-secret-token') ?? '');
    if (!timingSafeEqual(given, expected)) return empty(401);
    if (request.method !== 'POST') return empty(405, { allow: 'POST' });
    const body = await readBody(request);
    if (body === null) return empty(413);
    const update = parse(body);
    if (update === null) return empty(400);
    // Telegram sends it again, to the next start of this program.
    if (stopping.aborted) return empty(503, { 'retry-after': RETRY_AFTER_SECONDS });
    try {
      await receive([update]);
    } catch (error) {
      log.error({ error }, 'telegram: cannot store what arrived; Telegram will send it again');
      return empty(503, { 'retry-after': RETRY_AFTER_SECONDS });
    }
    return empty(200);
  };
}

/** Of equal length whatever was given, so that the comparison takes equal time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Null when it is too long; what a header claims about its length is not believed. */
async function readBody(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > BODY_LIMIT_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): object | null {
  try {
    const update: unknown = JSON.parse(body);
    const isUpdate = typeof update === 'object' && update !== null && 'update_id' in update;
    return isUpdate && typeof update.update_id === 'number' ? update : null;
  } catch {
    return null;
  }
}

function empty(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers });
}
