import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Address, Language } from '../../message.ts';
import type { Channel, ChannelStatus, Intake, Pace, Pictures, StatusReport } from '../channel.ts';
import { createApi, grammySignal } from './api.ts';
import { createDesk, type DeskSettings } from './desk.ts';
import { toSendError, withoutToken } from './failure.ts';
import { createGate } from './gate.ts';
import { createMessageIds } from './message-ids.ts';
import { NotStored } from './not-stored.ts';
import { UPDATE_KINDS } from './payload.ts';
import { poll } from './poller.ts';
import { createReceive } from './receive.ts';
import { createOutbound } from './send.ts';
import { backOffMs, TELEGRAM_TIMING, type TelegramTiming } from './timing.ts';
import { type Trouble, troubleOf } from './trouble.ts';
import { createTyping } from './typing.ts';
import { createWebhookHandler, type WebhookHandler } from './webhook.ts';

export type Command = { readonly command: string; readonly description: string };

export type TelegramOptions = {
  readonly token: string;
  readonly apiRoot: string;
  /** Null: updates are fetched by long polling. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly intake: Intake;
  readonly pictures: Pictures;
  readonly report: StatusReport;
  /** The command menu in each language; Indonesian is also shown to speakers of every other language but English. */
  readonly commands: Readonly<Record<Language, readonly Command[]>>;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: nobody of ours answers. */
  readonly desk?: DeskSettings | null;
  readonly pace?: Partial<Pace>;
  readonly timing?: Partial<TelegramTiming>;
};

export type TelegramChannel = Channel & {
  /** To be mounted at the path of the webhook's address; null when updates are polled. */
  readonly webhookHandler: WebhookHandler | null;
  /** The group in which people of ours answer, a channel of its own with the same account; null when there is none. */
  readonly desk: Channel | null;
};

/**
 * Telegram names no fixed limits for replies; its 429 is the limit, and it is obeyed (https://grammy.dev/advanced/flood.html).
 * These keep one bot from being the loudest: about one message per second and chat in the long run, and a rate for
 * unasked messages below the thirty per second at which bulk sending is cut off.
 */
const PACE: Pace = { perSecond: 200, perChatPerSecond: 1, unaskedPerSecond: 25, concurrency: 64 };

/**
 * Telegram, private chats only. `start` resolves after the first contact or the first failure, whichever comes first;
 * the status says which, and the channel keeps trying.
 */
export function createTelegramChannel(options: TelegramOptions): TelegramChannel {
  const { token, apiRoot, webhook, intake, clock, log } = options;
  const timing = { ...TELEGRAM_TIMING, ...options.timing };
  const pace = { ...PACE, ...options.pace };
  const api = createApi(token, apiRoot, timing, pace.concurrency);
  const gate = createGate(clock);
  const ids = createMessageIds();
  const outbound = createOutbound({ api: api.calls, token, gate, ids, pictures: options.pictures, log });
  const stopping = new AbortController();
  const firstContact = Promise.withResolvers<void>();
  let reading: Promise<void> = Promise.resolve();
  let lastStatus = '';
  let botName = 'the bot';

  const receive = createReceive({
    intake,
    ids,
    clock,
    log,
    desk: options.desk?.group ?? null,
    answerPress: (id) => attempt('answerCallbackQuery', api.calls.answerCallbackQuery(id)),
  });

  function report(status: ChannelStatus): void {
    if (status.state !== 'starting') firstContact.resolve();
    const line = `${status.state} ${status.reason}`;
    if (line === lastStatus) return;
    lastStatus = line;
    options.report('telegram', { ...status, reason: withoutToken(status.reason, token) });
  }

  /** For calls that may fail without harm. */
  function attempt(method: string, call: Promise<unknown>): void {
    call.catch((error: unknown) => {
      const failure = toSendError(error, token);
      gate.note(failure);
      log.debug({ method, failure: failure.failure }, 'telegram: not done');
    });
  }

  async function greet(signal: AbortSignal): Promise<void> {
    const me = await api.calls.getMe(grammySignal(signal));
    botName = `@${me.username}`;
    attempt('setMyCommands', api.calls.setMyCommands(options.commands.id));
    attempt('setMyCommands', api.calls.setMyCommands(options.commands.en, { language_code: 'en' }));
  }

  function assess(error: unknown): Trouble {
    if (error instanceof NotStored) log.error({ error: error.cause }, 'telegram: the store failed');
    return troubleOf(error, token, apiRoot, timing);
  }

  const onTrouble = (trouble: Trouble): void => {
    report({ state: trouble.isFinal ? 'stopped' : 'waiting', reason: trouble.reason });
  };

  function pollUpdates(): Promise<void> {
    const open = async (signal: AbortSignal): Promise<void> => {
      await greet(signal);
      // What waits at Telegram stays there and is fetched: nobody's message is dropped.
      await api.calls.deleteWebhook({ drop_pending_updates: false }, grammySignal(signal));
    };
    const onPolling = (): void => report({ state: 'on', reason: `fetching the messages of ${botName}` });
    return poll(
      {
        api: api.polls,
        token,
        intake,
        receive,
        open,
        troubleOf: assess,
        onPolling,
        onTrouble,
        clock,
        timing,
      },
      stopping.signal,
    );
  }

  async function awaitUpdates(url: string, secret: string): Promise<void> {
    for (let failures = 1; !stopping.signal.aborted; failures += 1) {
      try {
        await greet(stopping.signal);
        await api.calls.setWebhook(
          url,
          { secret_token: secret, allowed_updates: UPDATE_KINDS },
          grammySignal(stopping.signal),
        );
        return report({ state: 'on', reason: `${botName} sends messages to the webhook` });
      } catch (error) {
        if (stopping.signal.aborted) return;
        const trouble = assess(error);
        onTrouble(trouble);
        if (trouble.isFinal) return;
        const waitMs = Math.max(
          trouble.retryAfterMs,
          backOffMs(failures, timing.retryFirstMs, timing.retryMostMs),
        );
        await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
  }

  async function stopListening(): Promise<void> {
    stopping.abort();
    firstContact.resolve();
    await reading;
  }

  const { desk } = options;
  return {
    name: 'telegram',
    pace,
    desk: desk == null ? null : createDesk({ ...desk, api: api.calls, token, clock, report: options.report }),
    webhookHandler:
      webhook === null ? null : createWebhookHandler(webhook.secret, receive, stopping.signal, log),
    start() {
      report({ state: 'starting', reason: `connecting to Telegram at ${apiRoot}` });
      reading = webhook === null ? pollUpdates() : awaitUpdates(webhook.url, webhook.secret);
      return firstContact.promise;
    },
    send: outbound.send,
    resolve: outbound.resolve,
    typing: createTyping({
      clock,
      gate,
      everyMs: timing.typingEveryMs,
      show: (address: Address) => attempt('sendChatAction', api.calls.sendChatAction(address.chat, 'typing')),
    }),
    stopListening,
    async stop() {
      await stopListening();
      await api.close();
      report({ state: 'stopped', reason: 'stopped' });
    },
  };
}
