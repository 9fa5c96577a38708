import { isPollConflict, isWebhookConflict, toSendError } from './failure.ts';
import { NotStored } from './not-stored.ts';
import type { TelegramTiming } from './timing.ts';

/** Why messages cannot be taken right now, in a sentence for the person who runs Pandu. */
export type Trouble = {
  readonly reason: string;
  /** Trying again cannot help. */
  readonly isFinal: boolean;
  /** What Telegram asked for; 0 when it named no time. */
  readonly retryAfterMs: number;
  readonly firstWaitMs: number;
};

export function troubleOf(error: unknown, token: string, apiRoot: string, timing: TelegramTiming): Trouble {
  const passing = { isFinal: false, retryAfterMs: 0, firstWaitMs: timing.retryFirstMs };
  if (error instanceof NotStored) {
    return { ...passing, reason: `${error.message}; Telegram keeps it and sends it again.` };
  }
  if (isPollConflict(error)) {
    return {
      ...passing,
      firstWaitMs: timing.conflictFirstMs,
      reason:
        'Another program is fetching messages with the same bot token. Stop it, or give one of the two a bot of its own.',
    };
  }
  if (isWebhookConflict(error)) {
    return {
      ...passing,
      reason: 'Another program set a webhook for this bot; removing it to fetch messages here.',
    };
  }
  const failure = toSendError(error, token);
  if (failure.failure === 'unauthorised') {
    return {
      ...passing,
      isFinal: true,
      reason:
        'Telegram does not accept TELEGRAM_BOT_TOKEN. Get the current token from @BotFather, set it and start again.',
    };
  }
  if (failure.failure === 'throttled') {
    return { ...passing, retryAfterMs: failure.retryAfterMs ?? 0, reason: 'Telegram asked for a pause.' };
  }
  if (failure.failure === 'unreachable' || failure.failure === 'unknown') {
    return { ...passing, reason: `Cannot reach Telegram at ${apiRoot}: ${failure.message}. Trying again.` };
  }
  return { ...passing, reason: `${failure.message}. Trying again.` };
}
