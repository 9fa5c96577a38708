/** All in milliseconds. */
export type WhatsappTiming = {
  /** A send that the server has not acknowledged by then is of unknown fate, and goes out again under the same id. */
  readonly ackMs: number;
  /** A send waits so long for a connection before it is put off. */
  readonly notConnectedMs: number;
  /** The library asks the server for a sign of life this often. */
  readonly keepAliveMs: number;
  /** Nothing at all arrived for so long: the connection is dead, whatever the system says of it (decision 21). */
  readonly silenceMs: number;
  readonly queryMs: number;
  /** How long each QR code is shown; null: as long as the platform takes it. */
  readonly qrMs: number | null;
  /** A start waits this long for the platform to say anything at all. */
  readonly firstContactMs: number;
  readonly retryFirstMs: number;
  /** The longest pause; a connection that was open for as long was a good one, and pauses begin anew after it. */
  readonly retryMostMs: number;
  /** How long somebody "types" before a message leaves; 0 turns the wait off. */
  readonly typingLeastMs: number;
  readonly typingPerCharacterMs: number;
  readonly typingMostMs: number;
  /** A picture that is not drawn and uploaded by then is left out, and its words go alone. */
  readonly pictureMs: number;
  /** After a failed upload, words go alone for so long. */
  readonly pictureRestMs: number;
  /** What could not be decrypted by then is answered with the wish to send it again (faults.md F74). */
  readonly unreadableMs: number;
  /** No message of the time without a connection came for so long: those were all (faults.md F25). */
  readonly catchUpQuietMs: number;
  /** Answers are held back for so long at most while such messages come. */
  readonly catchUpMostMs: number;
};

export const WHATSAPP_TIMING: WhatsappTiming = {
  ackMs: 20_000,
  notConnectedMs: 60_000,
  keepAliveMs: 20_000,
  silenceMs: 35_000,
  queryMs: 15_000,
  qrMs: null,
  firstContactMs: 10_000,
  retryFirstMs: 1_000,
  retryMostMs: 60_000,
  typingLeastMs: 800,
  typingPerCharacterMs: 12,
  typingMostMs: 4_000,
  pictureMs: 8_000,
  pictureRestMs: 30_000,
  unreadableMs: 120_000,
  catchUpQuietMs: 500,
  catchUpMostMs: 5_000,
};

/** Doubles with every failure, with jitter, so that not everybody who was cut off comes back in the same moment. */
export function backOffMs(failures: number, firstMs: number, mostMs: number): number {
  const longest = Math.min(firstMs * 2 ** Math.min(failures - 1, 20), mostMs);
  return longest / 2 + Math.random() * (longest / 2);
}

/** The pause before each new connection. */
export type Pauses = {
  /**
   * @param isAskedFor the platform wants a new connection, and nothing is wrong
   * @param openMs how long the last one was open; null: it never was
   */
  nextMs(isAskedFor: boolean, openMs: number | null): number;
};

export function createPauses({ retryFirstMs, retryMostMs }: WhatsappTiming): Pauses {
  let failures = 0;
  let wasAskedFor = false;
  return {
    nextMs(isAskedFor, openMs) {
      const wasGood = (openMs ?? 0) >= retryMostMs;
      failures = wasGood ? 1 : failures + 1;
      // A platform that wants one new connection after the other is in trouble like any other.
      const atOnce = isAskedFor && (wasGood || !wasAskedFor);
      wasAskedFor = isAskedFor;
      return atOnce ? 0 : backOffMs(failures, retryFirstMs, retryMostMs);
    },
  };
}
