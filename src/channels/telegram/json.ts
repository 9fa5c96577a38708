/** What is taken from an update, of which nothing is believed before it is looked at. */

export type Json = Readonly<Record<string, unknown>>;

/** Telegram may cut nothing in half, but a forged update may: what is stored must be whole characters. */
export function wordsOf(message: Json): string {
  const words = message.text ?? message.caption;
  return typeof words === 'string' ? words.toWellFormed() : '';
}

/** `/start@pandu_bot` is `/start`; Telegram adds the name when a command is picked from another chat. */
export function withoutBotName(text: string): string {
  return text.trimStart().replace(/^(\/\w+)@\w+/, '$1');
}

export function secondsOf(value: unknown): number {
  return (asInteger(value) ?? 0) * 1000;
}

export function asInteger(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

export function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
