/**
 * What to do when a connection ends; the codes are Baileys' (`lastDisconnect.error.output.statusCode`), what to do is
 * decision 21 and faults.md F65–F69.
 *
 * - `at-once`: the platform wants a new connection; nothing is wrong.
 * - `later`: with a growing pause.
 * - `stop`: going on would do harm, or never help; a person has to see to it, and Pandu looks again at the next start.
 * - `pair-again`: the account is no longer ours: its keys go, and a new QR code is shown.
 */
export type Ending = {
  readonly next: 'at-once' | 'later' | 'stop' | 'pair-again';
  readonly reason: string;
};

/**
 * @param isPaired whether a phone had linked us: without, a refusal is only the end of one try to pair
 * @param couldBeLinked whether a code to link the phone had been shown
 */
export function endingOf(code: number | undefined, isPaired: boolean, couldBeLinked: boolean): Ending {
  if (!isPaired && (code === 401 || (code === 408 && couldBeLinked))) {
    return { next: 'later', reason: 'not linked in time: a new code follows' };
  }
  return (
    ENDINGS[code ?? 0] ?? {
      next: 'later',
      reason: `WhatsApp ended the connection (code ${code ?? 'unknown'})`,
    }
  );
}

const ENDINGS: Readonly<Record<number, Ending>> = {
  515: { next: 'at-once', reason: 'WhatsApp asked for a new connection' },
  428: { next: 'later', reason: 'the connection was closed' },
  408: { next: 'later', reason: 'WhatsApp cannot be reached or does not answer' },
  411: { next: 'later', reason: 'WhatsApp refuses linked devices for this account just now' },
  500: { next: 'later', reason: 'WhatsApp has a fault of its own, or sent something unknown' },
  503: { next: 'later', reason: 'WhatsApp is not available just now' },
  440: {
    next: 'stop',
    reason:
      'another program uses this linked device. Find it and stop it, then start Pandu again; two of them would only throw each other out',
  },
  401: {
    next: 'pair-again',
    reason: 'the phone logged this device out. Link it again with the new code',
  },
  403: {
    next: 'stop',
    reason:
      'WhatsApp has blocked this number. Open WhatsApp on its phone and see what it says; nothing is tried until Pandu is started again',
  },
  405: {
    next: 'stop',
    reason:
      'WhatsApp no longer accepts this version. Set WHATSAPP_VERSION to a newer one or update Pandu, then start it again',
  },
};
