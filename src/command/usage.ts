/** The command was called in a way it does not know. The message says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
