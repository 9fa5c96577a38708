import { GrammyError, HttpError } from 'grammy';
import { SendError, type SendFailure } from '../channel.ts';

/**
 * One sentence for every way a call to the Bot API can fail (faults.md F52–F59, §4).
 *
 * grammY's own errors never leave this file: they carry what was being sent, and the address with the token in it.
 */
export function toSendError(error: unknown, token: string): SendError {
  if (error instanceof SendError) return error;
  if (error instanceof GrammyError && Number.isInteger(error.error_code)) return refusal(error, token);
  const inner = error instanceof HttpError ? error.error : error;
  const cause = traceOf(inner, token);
  return happenedBeforeSending(inner)
    ? new SendError('unreachable', `Cannot connect to Telegram (${cause.message})`, { cause })
    : new SendError('unknown', `No usable answer from Telegram (${cause.message})`, { cause });
}

/** Whether Telegram refused because a webhook is set, or because another program polls. */
export function isWebhookConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409 && /webhook/i.test(error.description);
}
export function isPollConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409 && !isWebhookConflict(error);
}

/** What Telegram answers to an edit of a message that already reads like that (faults.md F55). */
export function isNotModified(error: unknown): boolean {
  return error instanceof GrammyError && /message is not modified/i.test(error.description);
}

/** The token of the bot, and anything that looks like one, made unreadable (faults.md S31). */
export function withoutToken(text: string, token: string): string {
  return text.replaceAll(token, '[token]').replace(/\d+(?::|%3A)[\w-]{30,}/gi, '[token]');
}

/** Without a time from Telegram, this is what a short ban usually takes. */
const USUAL_RETRY_AFTER_MS = 5_000;

/** These tell that the person is gone; every other 403 is passing, and nobody may be lost over it (faults.md F54). */
const GONE = /bot was blocked by the user|user is deactivated|bot was kicked/i;
/** The account was deleted, or the token belongs to another bot that never met this person. */
const NO_SUCH_CHAT = /chat not found|peer_id_invalid|user not found/i;

function refusal(error: GrammyError, token: string): SendError {
  const description = withoutToken(error.description, token).slice(0, 200);
  const message = `Telegram refused ${error.method}: ${error.error_code} ${description}`;
  const failure = refusalKind(error.error_code, description);
  if (failure !== 'throttled') return new SendError(failure, message);
  const seconds = error.parameters.retry_after;
  return new SendError(failure, message, {
    retryAfterMs: seconds === undefined ? USUAL_RETRY_AFTER_MS : seconds * 1000,
  });
}

function refusalKind(code: number, description: string): SendFailure {
  if (code === 429) return 'throttled';
  // 404 without words about a chat is the answer to a token that is no token.
  if (code === 401 || code === 404) return 'unauthorised';
  if (code === 403) return GONE.test(description) ? 'blocked' : 'refused';
  if (code >= 500) return 'unknown';
  if (code === 409 || NO_SUCH_CHAT.test(description)) return 'refused';
  return 'invalid';
}

const CODES_BEFORE_SENDING: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** True only when it is certain: a connection that breaks later (ECONNRESET) may have carried the message. */
function happenedBeforeSending(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // One error for each address that was tried.
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every(happenedBeforeSending);
  const { code, syscall } = error as NodeJS.ErrnoException;
  return CODES_BEFORE_SENDING.has(code ?? '') || syscall === 'connect' || syscall === 'getaddrinfo';
}

/** A new error with a name and a code: messages of others can quote an address or a body. */
function traceOf(error: unknown, token: string): Error {
  if (error instanceof SyntaxError) return new Error('the answer was no JSON');
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code !== '') return new Error(withoutToken(code, token));
  if (error instanceof Error && /timed out/.test(error.message)) return new Error('timed out');
  return new Error(error instanceof Error ? error.name : 'unknown error');
}
