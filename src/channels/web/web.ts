import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Clock } from '../../clock.ts';
import type { Address, Language, Outgoing } from '../../message.ts';
import { type Channel, ChannelUnusable, type Intake, type Pictures, type StatusReport } from '../channel.ts';
import { loadPage } from './page.ts';
import type { ExtraRoute, PageWords, Transcript } from './ports.ts';
import { createRoutes } from './routes.ts';
import { createChatStreams } from './streams.ts';

export type WebOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly intake: Pick<Intake, 'receive'>;
  readonly transcript: Transcript;
  readonly pictures: Pictures;
  readonly words: (language: Language) => PageWords;
  readonly report: StatusReport;
  readonly clock: Clock;
  /** Believe X-Forwarded-* headers: true only behind a proxy of ours that sets them. */
  readonly trustProxy?: boolean;
  readonly routes?: readonly ExtraRoute[];
  /** Silence after which an open stream says that it is alive. */
  readonly beatMs?: number;
  /** Whether messages can be kept, for `/healthz`; true when missing. */
  readonly isHealthy?: () => Promise<boolean>;
  readonly onError?: (error: unknown) => void;
};

const STREAM_LIMITS = {
  /** Browsers open at most six connections to a host, so more streams than this are no honest page. */
  perChat: 12,
  /** Mobile networks put many people behind one address, but no single one may take every place. */
  perNetwork: 2_000,
  inAll: 20_000,
};
/** Below the 60 s after which common proxies close a silent connection. */
const BEAT_MS = 20_000;
/** How long running requests may take to finish when stopping. */
const STOP_MS = 2_000;

/**
 * The web chat: one page, its messages posted, its replies streamed. What is said is durable in the store; this
 * channel keeps nothing but open connections, so a page may come and go, and so may the server.
 */
export function createWebChannel(options: WebOptions): Channel & { readonly url: string } {
  let isListening = true;
  const streams = createChatStreams(STREAM_LIMITS);
  const routes = createRoutes({
    intake: options.intake,
    transcript: options.transcript,
    pictures: options.pictures,
    words: options.words,
    clock: options.clock,
    trustProxy: options.trustProxy ?? false,
    routes: options.routes ?? [],
    page: loadPage(),
    streams,
    beatMs: options.beatMs ?? BEAT_MS,
    isListening: () => isListening,
    isHealthy: options.isHealthy ?? (async () => true),
    onError: options.onError ?? (() => {}),
  });
  const server = createAdaptorServer({
    fetch: routes.fetch,
    createServer,
    // A request is a few hundred bytes; whoever needs longer than this to send one holds a connection for nothing.
    serverOptions: { headersTimeout: 15_000, requestTimeout: 30_000 },
  }) as ReturnType<typeof createServer>;
  let port = options.port;
  const url = (): string =>
    `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;

  return {
    name: 'web',
    // Nothing limits us but our own machine: a send only wakes the pages that are open.
    pace: { perSecond: 10_000, perChatPerSecond: 10_000, concurrency: 256 },
    get url() {
      return url();
    },
    async start() {
      options.report('web', { state: 'starting', reason: `opening ${url()}` });
      await listen();
      port = (server.address() as AddressInfo).port;
      options.report('web', { state: 'on', reason: `open ${url()} in a browser` });
    },
    async send(address: Address, outgoing: Outgoing) {
      if (outgoing.kind === 'delete') {
        streams.announce(address.chat, { event: 'removed', data: { messageId: outgoing.messageId } });
      } else {
        // Waits for the open pages, because the last words after an erasure are gone as soon as they count as sent.
        await streams.notify(address.chat);
      }
      return null;
    },
    typing(address: Address) {
      streams.announce(address.chat, { event: 'typing', data: {} });
    },
    async stopListening() {
      isListening = false;
    },
    async stop() {
      isListening = false;
      streams.closeAll();
      if (!server.listening) return;
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      // A connection whose stream or request ends only now would be kept for the browser's next request.
      const tidying = setInterval(() => server.closeIdleConnections(), 20);
      const impatience = setTimeout(() => server.closeAllConnections(), STOP_MS);
      await closed.promise;
      clearInterval(tidying);
      clearTimeout(impatience);
      options.report('web', { state: 'stopped', reason: 'stopped' });
    },
  };

  async function listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const refuse = (error: NodeJS.ErrnoException): void =>
      reject(new ChannelUnusable(whyNot(error), { cause: error }));
    server.once('error', refuse);
    server.listen(options.port, options.host, () => {
      server.off('error', refuse);
      resolve();
    });
    await promise;
  }

  function whyNot(error: NodeJS.ErrnoException): string {
    const cannot = `Cannot open the web chat at ${url()}`;
    if (error.code === 'EADDRINUSE') {
      return `${cannot}: port ${options.port} is taken by another program. Stop that program, or set PORT to a free port, for example PORT=3100.`;
    }
    if (error.code === 'EACCES') {
      return `${cannot}: this account may not use port ${options.port}. Set PORT to a number above 1023, for example PORT=3000.`;
    }
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
      return `${cannot}: this machine has no address "${options.host}". Set HOST to 127.0.0.1, or to an address of this machine.`;
    }
    return `${cannot}: ${error.message}`;
  }
}
