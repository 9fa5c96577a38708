import {
  type AuthenticationState,
  type BaileysEventMap,
  type BinaryNode,
  BufferJSON,
  type ConnectionState,
  initAuthCreds,
  makeWASocket,
  type proto,
  type UserFacingSocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import { type Changes, createChanges } from './changes.ts';
import { createMemoryKeys, type MemoryKeys } from './memory-keys.ts';
import { WAIT_MS } from './participant.ts';
import { SILENT } from './silent.ts';

/** A login in memory. A copy of it is what a process would find that was killed and started again. */
export type MemoryLogin = Omit<AuthenticationState, 'keys'> & {
  readonly keys: MemoryKeys;
  copy(): MemoryLogin;
};

export function createMemoryLogin(
  creds = initAuthCreds(),
  kept: Map<string, unknown> = new Map(),
): MemoryLogin {
  const keys = createMemoryKeys(kept);
  const state = { creds, keys };
  const throughJson = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value, BufferJSON.replacer), BufferJSON.reviver);
  return {
    ...state,
    copy: () => createMemoryLogin(throughJson(state.creds), new Map(throughJson([...kept]))),
  };
}

/** A stock socket and everything it said. */
export type StockClient = {
  readonly socket: WASocket;
  readonly login: MemoryLogin;
  readonly messages: readonly { readonly type: 'append' | 'notify'; readonly message: WAMessage }[];
  readonly updates: BaileysEventMap['messages.update'];
  readonly states: readonly Partial<ConnectionState>[];
  /** What the server said of each message the client sent; the error is undefined when it took it. */
  readonly acks: readonly { readonly id: string | undefined; readonly error: string | undefined }[];
  /** The furthest state of a message the client sent: 2 taken, 3 delivered, 4 read; 0 is refused. */
  statusOf(id: string): number | undefined;
  /** The status code with which it closed. */
  readonly closedWith: number | undefined;
  readonly qr: string | undefined;
  readonly texts: readonly string[];
  until: Changes['until'];
  opened(): Promise<void>;
  closed(timeoutMs?: number): Promise<number>;
  /** The first message that fits. */
  message(look: (message: WAMessage) => boolean, timeoutMs?: number): Promise<WAMessage>;
  end(): void;
};

/** Connects a stock socket to a loopback server. */
export function connectStock(
  url: string,
  login: MemoryLogin,
  config: Partial<UserFacingSocketConfig> = {},
): StockClient {
  const changes = createChanges();
  const messages: { type: 'append' | 'notify'; message: WAMessage }[] = [];
  const updates: BaileysEventMap['messages.update'] = [];
  const states: Partial<ConnectionState>[] = [];
  const socket = makeWASocket({
    auth: login,
    waWebSocketUrl: url,
    logger: SILENT,
    retryRequestDelayMs: 5,
    // Otherwise the first login holds every message back until a history comes that never does.
    shouldSyncHistoryMessage: () => false,
    ...config,
  });
  const acks: { id: string | undefined; error: string | undefined }[] = [];
  socket.ws.on('CB:ack,class:message', ({ attrs }: BinaryNode) => {
    acks.push({ id: attrs.id, error: attrs.error });
    changes.changed();
  });
  socket.ev.process((events) => {
    if (events['creds.update']) Object.assign(login.creds, events['creds.update']);
    const update = events['connection.update'];
    if (update) states.push(update);
    const arrived = events['messages.upsert'];
    if (arrived) messages.push(...arrived.messages.map((message) => ({ type: arrived.type, message })));
    if (events['messages.update']) updates.push(...events['messages.update']);
    changes.changed();
  });
  const closed = (): number | undefined => {
    const last = states.find((state) => state.connection === 'close');
    if (last === undefined) return undefined;
    const error = last.lastDisconnect?.error as { output?: { statusCode?: number } } | undefined;
    return error?.output?.statusCode ?? 0;
  };

  return {
    socket,
    login,
    messages,
    updates,
    states,
    acks,
    statusOf(id) {
      // An update may be folded into the message itself while events are held back.
      const told = [
        ...messages.filter(({ message }) => message.key.id === id).map(({ message }) => message.status),
        ...updates.filter(({ key }) => key.id === id).map(({ update }) => update.status),
      ];
      return told.reduce<number | undefined>(
        (most, one) => (one == null ? most : Math.max(most ?? 0, one)),
        undefined,
      );
    },
    get closedWith() {
      return closed();
    },
    get qr() {
      return states.findLast((state) => state.qr !== undefined)?.qr;
    },
    get texts() {
      return messages
        .filter(({ message }) => !message.key.fromMe)
        .map(({ message }) => plainText(message.message));
    },
    until: changes.until,
    async opened() {
      await changes.until(
        () => states.some((state) => state.connection === 'open'),
        'an open connection',
        WAIT_MS,
      );
    },
    closed: (timeoutMs = WAIT_MS) => changes.until(closed, 'the connection to close', timeoutMs),
    async message(look, timeoutMs = WAIT_MS) {
      const found = await changes.until(
        () => messages.find((one) => look(one.message)),
        'a message',
        timeoutMs,
      );
      return found.message;
    },
    end() {
      void socket.end(undefined);
    },
  };
}

/** Pairs by QR code and logs in. */
export async function linkStock(
  server: { readonly url: string; scan(qr: string): Promise<void> },
  config: Partial<UserFacingSocketConfig> = {},
): Promise<StockClient> {
  const login = createMemoryLogin();
  const pairing = connectStock(server.url, login, config);
  await server.scan(await pairing.until(() => pairing.qr, 'a QR code', WAIT_MS));
  await pairing.closed();
  const client = connectStock(server.url, login, config);
  await client.opened();
  return client;
}

function plainText(message: proto.IMessage | null | undefined): string {
  return message?.conversation ?? message?.extendedTextMessage?.text ?? '';
}
