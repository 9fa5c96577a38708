import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, type Params, type TelegramUpdate } from './protocol.ts';
import type { UpdateQueue } from './update-queue.ts';

export type WebhookPatience = { readonly firstMs: number; readonly mostMs: number };

/**
 * Delivers updates to the bot's own address. One chat at a time waits for its 2xx; anything else is repeated with a
 * delay that doubles, or after the `Retry-After` it was given, as far as `patience` goes.
 */
export type Webhook = {
  set(params: Params): void;
  remove(): void;
  info(): Params;
  readonly active: boolean;
  /** How often an update was posted, and what came back. */
  readonly deliveries: readonly {
    readonly updateId: number;
    readonly status: number;
    readonly body: string;
  }[];
  stop(): void;
};

export function createWebhook(queue: UpdateQueue, patience: WebhookPatience): Webhook {
  const deliveries: { updateId: number; status: number; body: string }[] = [];
  const busyChats = new Set<number>();
  let hook: { url: string; secret: string | null; stopped: AbortController } | null = null;
  let lastError: string | null = null;
  queue.onAdded(() => pump());

  function pump(): void {
    if (hook === null) return;
    const first = new Map<number, TelegramUpdate>();
    for (const update of queue.pending()) {
      const chat = chatOf(update);
      if (!first.has(chat)) first.set(chat, update);
    }
    for (const [chat, update] of first) {
      if (!busyChats.has(chat)) void deliver(chat, update, hook);
    }
  }

  async function deliver(
    chat: number,
    update: TelegramUpdate,
    target: NonNullable<typeof hook>,
  ): Promise<void> {
    busyChats.add(chat);
    let delayMs = patience.firstMs;
    try {
      while (!(await post(update, target))) {
        await wait(delayMs, undefined, { signal: target.stopped.signal });
        delayMs = Math.min(delayMs * 2, patience.mostMs);
      }
      queue.confirm(update.update_id);
    } catch {
      // The webhook was removed while we waited; the update stays pending.
    } finally {
      busyChats.delete(chat);
    }
    pump();
  }

  async function post(update: TelegramUpdate, target: NonNullable<typeof hook>): Promise<boolean> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (target.secret !== null) headers['x-telegram-bot-api-secret-token'] = target.secret;
    try {
      const signal = AbortSignal.any([target.stopped.signal, AbortSignal.timeout(60_000)]);
      const answer = await fetch(target.url, {
        method: 'POST',
        headers,
        body: JSON.stringify(update),
        signal,
      });
      deliveries.push({ updateId: update.update_id, status: answer.status, body: await answer.text() });
      lastError = answer.ok ? null : `Wrong response from the webhook: ${answer.status}`;
      return answer.ok;
    } catch (error) {
      if (target.stopped.signal.aborted) throw error;
      lastError = 'Connection refused';
      return false;
    }
  }

  function remove(): void {
    hook?.stopped.abort();
    hook = null;
  }

  return {
    deliveries,
    get active() {
      return hook !== null;
    },
    set(params) {
      const url = String(params.url ?? '');
      remove();
      if (params.drop_pending_updates === true) queue.forgetPending();
      queue.allow(params.allowed_updates);
      if (url === '') return;
      if (!/^https:|^http:\/\/127\.0\.0\.1[:/]/.test(url)) {
        throw new ApiError(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
      }
      const secret = params.secret_token;
      if (typeof secret === 'string' && !/^[\w-]{1,256}$/.test(secret)) {
        throw new ApiError(400, 'Bad Request: secret token contains unallowed characters');
      }
      hook = { url, secret: typeof secret === 'string' ? secret : null, stopped: new AbortController() };
      pump();
    },
    remove,
    info: () => ({
      url: hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: queue.pending().length,
      ...(lastError === null ? {} : { last_error_message: lastError }),
    }),
    stop: remove,
  };
}

function chatOf(update: TelegramUpdate): number {
  const content = Object.values(update).find((value) => typeof value === 'object') as
    | { chat?: { id: number }; from?: { id: number }; message?: { chat: { id: number } } }
    | undefined;
  return content?.chat?.id ?? content?.message?.chat.id ?? content?.from?.id ?? 0;
}
