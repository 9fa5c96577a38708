import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { streamSSE } from 'hono/streaming';
import type { Clock } from '../../clock.ts';
import type { Address, Language } from '../../message.ts';
import type { Intake, Pictures } from '../channel.ts';
import { follow, LINES_AT_ONCE } from './follow.ts';
import { SECURITY_HEADERS } from './headers.ts';
import { readPostedMessage } from './message-body.ts';
import { isOwnPage, isSecure, visitorNetwork } from './origin.ts';
import type { Page } from './page.ts';
import { onPage, pictureOf } from './pictures.ts';
import type { ExtraRoute, PageWords, Transcript } from './ports.ts';
import { createRateLimit } from './rate.ts';
import type { ChatStreams } from './streams.ts';
import { chatOf, newToken, readToken, tokenCookie } from './visitor.ts';

export type RouteOptions = {
  readonly intake: Pick<Intake, 'receive'>;
  readonly transcript: Transcript;
  readonly pictures: Pictures;
  readonly words: (language: Language) => PageWords;
  readonly clock: Clock;
  readonly trustProxy: boolean;
  readonly routes: readonly ExtraRoute[];
  readonly page: Page;
  readonly streams: ChatStreams;
  readonly beatMs: number;
  /** False once the program is about to stop: messages are refused, replies still go out. */
  readonly isListening: () => boolean;
  readonly isHealthy: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
};

/** A message is some words; 10,000 characters of plain text fit. */
const BODY_BYTES = 16 * 1024;
/** 200 messages in a row are a person with a stuck key, and all of them are taken; a flood is slowed down. */
const PER_CHAT = { burst: 300, perSecond: 5, remembered: 10_000 };
/** For everything a page asks of its conversation. Generous: mobile networks put thousands behind one address. */
const PER_NETWORK = { burst: 3000, perSecond: 100, remembered: 10_000 };

/** When a page that was given no stream may ask for one again. */
const STREAM_AGAIN_MS = 5_000;

type Refusal =
  | 'malformed'
  | 'not-json'
  | 'cross-site'
  | 'no-session'
  | 'too-long'
  | 'slow-down'
  | 'unavailable';

export function createRoutes(options: RouteOptions): Hono {
  const { trustProxy, transcript, pictures, streams, page } = options;
  const perChat = createRateLimit(PER_CHAT);
  const perNetwork = createRateLimit(PER_NETWORK);
  const app = new Hono();

  for (const { path, handle } of options.routes) app.all(path, (context) => handle(context.req.raw));

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of SECURITY_HEADERS) context.res.headers.set(name, value);
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
  });

  app.get('/healthz', async (context) =>
    (await options.isHealthy()) ? context.text('ok') : context.text('the store does not answer', 503),
  );

  app.get('/', (context) => {
    // What a browser is set to is nobody's wish, and the page must be in the language of what is said in it.
    const language = context.req.query('lang') === 'en' ? 'en' : 'id';
    const secure = isSecure(context.req.raw.headers, trustProxy);
    const token = readToken(context.req.header('cookie') ?? null, secure) ?? newToken();
    context.header('set-cookie', tokenCookie(token, secure));
    context.header('vary', 'cookie');
    return context.html(page.html(language, options.words(language)));
  });

  for (const [path, file] of page.files) {
    app.get(path, (context) => {
      context.header('etag', file.etag);
      context.header('cache-control', 'no-cache');
      if (context.req.header('if-none-match') === file.etag) return context.body(null, 304);
      return context.body(file.body, 200, { 'content-type': file.type });
    });
  }

  app.use('/chat/*', async (context, next) => {
    if (!isOwnPage(context.req.raw.headers, trustProxy)) return refuse(context, 403, 'cross-site');
    return next();
  });

  app.post(
    '/chat/messages',
    bodyLimit({ maxSize: BODY_BYTES, onError: (context) => refuse(context, 413, 'too-long') }),
    async (context) => {
      const address = addressOf(context);
      if (address === null) return refuse(context, 401, 'no-session');
      // A form on another site can post anything but this type without asking first.
      if (!/^application\/json\b/i.test(context.req.header('content-type') ?? '')) {
        return refuse(context, 415, 'not-json');
      }
      const now = options.clock.now();
      const waitMs = Math.max(perChat.waitMs(address.chat, now), perNetwork.waitMs(networkOf(context), now));
      if (waitMs > 0) return slowDown(context, waitMs);
      const posted = readPostedMessage(await context.req.json().catch(() => null));
      if (posted === null) return refuse(context, 400, 'malformed');
      // The page keeps it and posts it again, to the next start of this program.
      if (!options.isListening()) return unavailable(context);
      try {
        await options.intake.receive([
          {
            ...address,
            sender: address.chat,
            messageId: posted.messageId,
            kind: posted.choice === null ? 'text' : 'choice',
            text: posted.text,
            choice: posted.choice,
            language: null,
            sentAt: now,
          },
        ]);
      } catch (error) {
        options.onError(error);
        return unavailable(context);
      }
      void streams.notify(address.chat);
      return context.json({ kind: 'stored' });
    },
  );

  app.get('/chat/lines', async (context) => {
    const address = addressOf(context);
    if (address === null) return refuse(context, 401, 'no-session');
    const waitMs = perNetwork.waitMs(networkOf(context), options.clock.now());
    if (waitMs > 0) return slowDown(context, waitMs);
    const lines = await transcript.read(address, lineId(context.req.query('after')), LINES_AT_ONCE);
    return context.json({
      lines: lines.map((line) => onPage(line, pictures)),
      more: lines.length === LINES_AT_ONCE,
    });
  });

  app.get('/chat/pictures/:line', async (context) => {
    const address = addressOf(context);
    if (address === null) return refuse(context, 401, 'no-session');
    const waitMs = perNetwork.waitMs(networkOf(context), options.clock.now());
    if (waitMs > 0) return slowDown(context, waitMs);
    const card = await pictureOf(address, lineId(context.req.param('line')), transcript);
    if (card === null) return context.notFound();
    const { png } = await pictures.draw(card);
    return context.body(Uint8Array.from(png), 200, { 'content-type': 'image/png' });
  });

  app.get('/chat/stream', (context) => {
    const address = addressOf(context);
    if (address === null) return refuse(context, 401, 'no-session');
    const network = networkOf(context);
    const waitMs = perNetwork.waitMs(network, options.clock.now());
    if (waitMs > 0) return slowDown(context, waitMs);
    const stream = streams.open(address.chat, network);
    if (stream === null) return slowDown(context, STREAM_AGAIN_MS);
    const afterId = lineId(context.req.header('last-event-id') ?? context.req.query('after'));
    // Proxies that collect answers before passing them on would hold every reply back.
    context.header('x-accel-buffering', 'no');
    return streamSSE(context, async (events) => {
      events.onAbort(() => stream.close());
      try {
        await follow(
          stream,
          transcript,
          address,
          afterId,
          options.beatMs,
          (line) => onPage(line, pictures),
          (event) => events.writeSSE(event),
        );
      } catch (error) {
        options.onError(error);
      } finally {
        stream.close();
      }
    });
  });

  app.notFound((context) => context.json({ kind: 'not-found' }, 404));
  app.onError((error, context) => {
    options.onError(error);
    return refuse(context, 503, 'unavailable');
  });

  function addressOf(context: Context): Address | null {
    const secure = isSecure(context.req.raw.headers, trustProxy);
    const token = readToken(context.req.header('cookie') ?? null, secure);
    return token === null ? null : { channel: 'web', chat: chatOf(token) };
  }

  function networkOf(context: Context): string {
    return visitorNetwork(context.req.raw.headers, getConnInfo(context).remote.address ?? '', trustProxy);
  }

  return app;
}

function refuse(context: Context, status: 400 | 401 | 403 | 413 | 415 | 429 | 503, kind: Refusal): Response {
  return context.json({ kind }, status);
}

function slowDown(context: Context, waitMs: number): Response {
  context.header('retry-after', String(Math.ceil(waitMs / 1000)));
  return refuse(context, 429, 'slow-down');
}

function unavailable(context: Context): Response {
  context.header('retry-after', '5');
  return refuse(context, 503, 'unavailable');
}

function lineId(text: string | undefined): number {
  const id = Number(text ?? 0);
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}
