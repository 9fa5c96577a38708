import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAccount } from './account.ts';
import { createFaults, type Fault, type Faults, refusalOf } from './faults.ts';
import { createGroup, type Group } from './group.ts';
import { METHODS, type Platform } from './methods.ts';
import { createParticipant, type Participant, type ParticipantOptions } from './participant.ts';
import { ApiError, type Params } from './protocol.ts';
import { readParams } from './request-body.ts';
import { createUpdateQueue, type UpdateQueue } from './update-queue.ts';
import { createWebhook, type Webhook, type WebhookPatience } from './webhook.ts';

export type TelegramOptions = {
  readonly token?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly firstMessageId?: number;
  readonly webhookPatience?: WebhookPatience;
  /** Epoch milliseconds for the dates in messages. */
  readonly now?: () => number;
};

export type ApiCall = { readonly method: string; readonly params: Params };

/** Telegram as one bot sees it, on a port of this machine; any process may talk to it. */
export type TelegramServer = {
  /** For `TELEGRAM_API_ROOT`. */
  readonly root: string;
  readonly token: string;
  readonly faults: Faults;
  readonly queue: UpdateQueue;
  readonly webhook: Webhook;
  /** Command menus by language, '' for everybody else. */
  readonly commands: ReadonlyMap<string, readonly unknown[]>;
  /** Calls that arrived so far, failed ones too. */
  calls(method?: string): readonly ApiCall[];
  participant(options?: ParticipantOptions): Participant;
  /** A group with topics in which the bot is an administrator. */
  group(): Group;
  /** From now on the token is refused, as after it was revoked. */
  revokeToken(): void;
  close(): Promise<void>;
};

export async function startTelegram(options: TelegramOptions = {}): Promise<TelegramServer> {
  const token = options.token ?? '123456789:AAloopback-token-loopback-token-abc';
  const now = options.now ?? Date.now;
  const bot = {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: 'Pandu',
    username: 'pandu_test_bot',
  };
  const queue = createUpdateQueue();
  const webhook = createWebhook(queue, options.webhookPatience ?? { firstMs: 20, mostMs: 500 });
  const platform: Platform = {
    account: createAccount(bot, options.firstMessageId ?? 1),
    queue,
    webhook,
    now,
  };
  const hanging = new Set<ServerResponse>();
  const faults = createFaults(() => {
    for (const response of hanging) response.destroy();
    hanging.clear();
  });
  const calls: ApiCall[] = [];
  let revoked = false;
  let participants = 0;
  let groups = 0;

  const server = createServer((request, response) => {
    response.on('error', () => {});
    handle(request, response).catch((error: unknown) => {
      if (error instanceof ApiError) refuse(response, error);
      else response.destroy();
    });
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(options.port ?? 0, '127.0.0.1', listening.resolve);
  await listening.promise;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, givenToken, method] = /^\/bot([^/]+)\/(\w+)$/.exec(decodeURIComponent(url.pathname)) ?? [];
    const params = await readParams(request, url.searchParams);
    if (givenToken === undefined || method === undefined || !/^\d+:/.test(givenToken)) {
      throw new ApiError(404, 'Not Found');
    }
    if (revoked || givenToken !== token) throw new ApiError(401, 'Unauthorized');
    calls.push({ method, params });
    const act = METHODS[method];
    if (act === undefined) throw new ApiError(404, 'Not Found: method not found');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const process = async (): Promise<unknown> => act(platform, params, gone.signal);
    const fault = faults.take(method, params);
    if (fault === null) answer(response, await process());
    else await fail(fault, response, process);
  }

  async function fail(
    fault: Fault,
    response: ServerResponse,
    process: () => Promise<unknown>,
  ): Promise<void> {
    const refusal = refusalOf(fault);
    if (refusal !== null) throw refusal;
    if (fault === 'hang') {
      hanging.add(response);
      return;
    }
    if (typeof fault === 'object' && 'lateMs' in fault) {
      await wait(fault.lateMs, undefined, { ref: false });
      answer(response, await process());
      return;
    }
    if (fault === 'drop-after' || fault === 'html502-after') await process();
    if (fault === 'html502' || fault === 'html502-after') {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>');
      return;
    }
    response.destroy();
  }

  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    faults,
    queue,
    webhook,
    commands: platform.account.commands,
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    participant(given = {}) {
      participants += 1;
      return createParticipant(platform, 700_000_000 + participants, given);
    },
    group() {
      groups += 1;
      return createGroup(platform, -1_001_700_000_000 - groups);
    },
    revokeToken() {
      revoked = true;
    },
    async close() {
      webhook.stop();
      faults.heal();
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
}

function answer(response: ServerResponse, result: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: true, result }));
}

function refuse(response: ServerResponse, error: ApiError): void {
  response.writeHead(error.code, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      ok: false,
      error_code: error.code,
      description: error.message,
      ...(error.parameters === undefined ? {} : { parameters: error.parameters }),
    }),
  );
}
