/** What the page posts: words or a pressed choice, with an id of its own so that sending it again changes nothing. */
export type PostedMessage = {
  readonly messageId: string;
  /** '' for a choice. */
  readonly text: string;
  readonly choice: string | null;
};

const MESSAGE_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** The longest payload any platform carries for a choice (Telegram callback_data). */
const CHOICE_BYTES = 64;

/** Reads a posted body; null when it is not one. Every field is the sender's own claim and is treated so. */
export function readPostedMessage(body: unknown): PostedMessage | null {
  if (typeof body !== 'object' || body === null) return null;
  const { messageId, text, choice } = body as Record<string, unknown>;
  if (typeof messageId !== 'string' || !MESSAGE_ID.test(messageId)) return null;
  if (choice === undefined) {
    return typeof text === 'string' ? { messageId, text: text.toWellFormed(), choice: null } : null;
  }
  if (typeof choice !== 'string' || choice === '' || Buffer.byteLength(choice) > CHOICE_BYTES) return null;
  return text === undefined ? { messageId, text: '', choice: choice.toWellFormed() } : null;
}
