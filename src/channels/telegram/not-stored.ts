/** The store failed, not Telegram: nothing is confirmed and nothing is lost. */
export class NotStored extends Error {
  override readonly name = 'NotStored';
}
