import './silence.ts';
import {
  type BinaryNode,
  Browsers,
  type ConnectionState,
  DEFAULT_CONNECTION_CONFIG,
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  isJidStatusBroadcast,
  makeWASocket,
  proto,
  type SocketConfig,
  type UserFacingSocketConfig,
  type WASocket,
  type WAVersion,
} from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';
import type { Account } from './account.ts';
import type { Journal } from './journal.ts';
import type { LibraryLog } from './library-log.ts';
import { createMemoryCache } from './memory-cache.ts';
import { codeLifeMs, qrLifeMs, type ShowPairing } from './pairing.ts';
import { catchingRejections } from './rejections.ts';
import type { WhatsappTiming } from './timing.ts';

export type ConnectionOptions = {
  readonly account: Account;
  readonly journal: Journal;
  readonly log: LibraryLog;
  readonly clock: Clock;
  readonly timing: WhatsappTiming;
  /** Null: WhatsApp's own. */
  readonly url: string | null;
  /** Null: the one that the library was released with. */
  readonly version: WAVersion | null;
  /** Digits only: the phone is linked with a code that it asks for, instead of a QR code. */
  readonly pairingNumber: string | null;
  readonly caches: Caches;
  readonly getMessage: SocketConfig['getMessage'];
  readonly on: ConnectionEvents;
};

export type ConnectionEvents = {
  opened(): void;
  pairing: ShowPairing;
  /** The server took a message, or refused it with a code. */
  answered(messageId: string, refusal: string | undefined): void;
  /** Something that is not in the journal: never throws. */
  upsert(messages: readonly proto.IWebMessageInfo[]): void;
  same(lid: string, phone: string): void;
  credentialsChanged(): void;
};

/** One connection from its beginning to its end; there is never a second one beside it. */
export type Connection = {
  readonly socket: WASocket;
  readonly isOpen: () => boolean;
  /** Resolves when it is over, with the code that tells why. */
  readonly ended: Promise<Ended>;
  close(): void;
};
export type Ended = {
  readonly code: number | undefined;
  /** How long it was open; null: it never was. */
  readonly openMs: number | null;
  /** A way to link the phone was shown on it. */
  readonly couldBeLinked: boolean;
};

/** How long the other side may take to say goodbye; the library would wait for half a minute. */
const GOODBYE_MS = 1_000;

export type Caches = Pick<
  SocketConfig,
  'msgRetryCounterCache' | 'userDevicesCache' | 'placeholderResendCache' | 'callOfferCache'
>;

/** To outlive connections: otherwise every reconnect asks everybody everything again. */
export function createCaches(): Caches {
  const minutes = (count: number) => createMemoryCache(count * 60_000);
  return {
    msgRetryCounterCache: minutes(60),
    userDevicesCache: minutes(5),
    placeholderResendCache: minutes(60),
    callOfferCache: minutes(5),
  };
}

export function connect(options: ConnectionOptions): Connection {
  const { account, journal, log, clock, timing, url, version, pairingNumber, caches, getMessage, on } =
    options;
  const config: UserFacingSocketConfig = {
    auth: { creds: account.creds, keys: account.keys },
    logger: log,
    ...(url !== null && { waWebSocketUrl: url }),
    version: version ?? DEFAULT_CONNECTION_CONFIG.version,
    browser: Browsers.ubuntu('Chrome'),
    // Or the phone would ring no more.
    markOnlineOnConnect: false,
    // Nobody's old conversations are fetched; without any of it the library would miss who is who (decision 21).
    syncFullHistory: false,
    shouldSyncHistoryMessage: ({ syncType }) => syncType != null && NEEDED_HISTORY.has(syncType),
    shouldIgnoreJid: (jid) =>
      isJidGroup(jid) === true ||
      isJidBroadcast(jid) === true ||
      isJidStatusBroadcast(jid) === true ||
      isJidNewsletter(jid) === true,
    getMessage,
    ...caches,
    defaultQueryTimeoutMs: timing.queryMs,
    keepAliveIntervalMs: timing.keepAliveMs,
    ...(timing.qrMs !== null && { qrTimeout: timing.qrMs }),
    generateHighQualityLinkPreview: false,
    // What cannot be read is asked for and refused in one breath, so that no refusal meets the message that comes anew.
    retryRequestDelayMs: 0,
    transactionOpts: { maxCommitRetries: 3, delayBetweenTriesMs: 100 },
    makeSignalRepository: journal.makeSignalRepository,
  };
  const socket = catchingRejections(
    () => makeWASocket(config),
    (error) => log.warn({ error }, 'could not answer what arrived'),
  );
  journal.watch(socket.ws);
  const { promise: ended, resolve } = Promise.withResolvers<Ended>();
  let isOpen = false;
  let openedAt: number | null = null;
  let isOver = false;
  let heardAt = performance.now();
  let codesShown = 0;
  let goodbye: ReturnType<typeof setTimeout> | undefined;

  socket.ws.on('message', () => {
    heardAt = performance.now();
  });
  socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => on.answered(attrs.id ?? '', attrs.error));
  socket.ev.on('creds.update', () => on.credentialsChanged());
  socket.ev.on('messages.upsert', ({ messages }) => on.upsert(messages));
  socket.ev.on('lid-mapping.update', ({ lid, pn }) => on.same(lid, pn));
  socket.ev.on('connection.update', follow);

  // A cut cable says nothing, and the library notices after a minute and a half (decision 21).
  const watchdog = setInterval(() => {
    if (performance.now() - heardAt > timing.silenceMs) terminate();
  }, timing.silenceMs / 4);

  function follow({ connection, lastDisconnect, qr }: Partial<ConnectionState>): void {
    if (qr !== undefined) void showPairing(qr);
    if (connection === 'open') {
      isOpen = true;
      openedAt = performance.now();
      on.pairing(null);
      on.opened();
    }
    if (connection === 'close') {
      isOpen = false;
      isOver = true;
      clearInterval(watchdog);
      clearTimeout(goodbye);
      on.pairing(null);
      resolve({
        code: codeOf(lastDisconnect?.error),
        openMs: openedAt === null ? null : performance.now() - openedAt,
        couldBeLinked: codesShown > 0,
      });
    }
  }

  async function showPairing(qr: string): Promise<void> {
    const endsAt = clock.now() + qrLifeMs(codesShown, timing.qrMs);
    codesShown += 1;
    if (pairingNumber === null) return on.pairing({ kind: 'qr', text: qr, endsAt });
    if (codesShown > 1) return;
    try {
      const code = await socket.requestPairingCode(pairingNumber);
      if (!isOver) on.pairing({ kind: 'code', code, endsAt: clock.now() + codeLifeMs(timing.qrMs) });
    } catch {
      // The connection has just ended; the next one asks again.
    }
  }

  function terminate(): void {
    (socket.ws as unknown as { socket: { terminate(): void } | null }).socket?.terminate();
  }

  return {
    socket,
    isOpen: () => isOpen,
    ended,
    close() {
      clearInterval(watchdog);
      goodbye = setTimeout(terminate, GOODBYE_MS);
      void socket.end(undefined);
    },
  };
}

const { HistorySyncType } = proto.HistorySync;
const NEEDED_HISTORY: ReadonlySet<number> = new Set([
  HistorySyncType.INITIAL_BOOTSTRAP,
  HistorySyncType.PUSH_NAME,
]);

/** The library's errors carry the code as an HTTP status. */
function codeOf(error: unknown): number | undefined {
  const { output } = (error ?? {}) as { readonly output?: { readonly statusCode?: unknown } };
  return typeof output?.statusCode === 'number' ? output.statusCode : undefined;
}
