import { Api } from 'grammy';
import { Pool } from 'undici';
import type { TelegramTiming } from './timing.ts';

/** grammY's typed calls over a pool of kept-alive connections: its own client opens one per call or is far slower. */
export type TelegramApi = {
  /** For everything but the long poll. */
  readonly calls: Api;
  /** For the long poll alone: its own connection and its own patience. */
  readonly polls: Api;
  close(): Promise<void>;
};

/** Room for typing notices and button answers beside the sends. */
const SPARE_CONNECTIONS = 16;
/** The next reply to somebody who thinks for a while need not pay for a new connection to another continent. */
const KEEP_ALIVE_MS = 20_000;

export function createApi(
  token: string,
  apiRoot: string,
  timing: TelegramTiming,
  concurrency: number,
): TelegramApi {
  const root = apiRoot.replace(/\/+$/, '');
  const { origin } = new URL(root);
  const options = {
    connect: { timeout: timing.connectTimeoutMs },
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Over HTTP/2 all requests share a connection, and giving one up leaves it open: a dead one would be used again.
    allowH2: false,
  };
  const callPool = new Pool(origin, { ...options, connections: concurrency + SPARE_CONNECTIONS });
  const pollPool = new Pool(origin, { ...options, connections: 1 });
  const clientOver = (pool: Pool, timeoutMs: number): Api =>
    new Api(token, { apiRoot: root, timeoutSeconds: timeoutMs / 1000, fetch: fetchOver(pool, origin) });

  return {
    calls: clientOver(callPool, timing.sendTimeoutMs),
    polls: clientOver(pollPool, timing.pollSeconds * 1000 + timing.pollMarginMs),
    async close() {
      const impatience = setTimeout(() => {
        void callPool.destroy();
        void pollPool.destroy();
      }, timing.stopMs);
      await Promise.allSettled([callPool.close(), pollPool.close()]);
      clearTimeout(impatience);
    },
  };
}

/** Node's own signal does all that grammY asks of one; only its declared type is another package's. */
export function grammySignal(signal: AbortSignal): GrammySignal {
  return signal as unknown as GrammySignal;
}
type GrammySignal = NonNullable<Parameters<Api['getMe']>[0]>;

type GrammyFetch = NonNullable<NonNullable<ConstructorParameters<typeof Api>[1]>['fetch']>;
type Init = {
  readonly headers: Readonly<Record<string, string>>;
  /** A stream when a file is in it. */
  readonly body: string | AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
};

/** What grammY needs of `fetch`: an address, a body and its type, a signal; and of the answer nothing but `json()`. */
function fetchOver(pool: Pool, origin: string): GrammyFetch {
  const fetch = async (
    url: string,
    { headers, body, signal }: Init,
  ): Promise<{ json(): Promise<unknown> }> => {
    // grammY brings an AbortSignal of its own making, which undici does not take for one.
    const abort = new AbortController();
    if (signal.aborted) abort.abort();
    signal.addEventListener('abort', () => abort.abort());
    const answer = await pool.request({
      path: url.slice(origin.length),
      method: 'POST',
      headers: { 'content-type': headers['content-type']! },
      // Whole before it leaves, so that Telegram is told how long it is.
      body: typeof body === 'string' ? body : await whole(body),
      signal: abort.signal,
    });
    return { json: () => answer.body.json() };
  };
  return fetch as unknown as GrammyFetch;
}

async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
