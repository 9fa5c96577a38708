/** Where a delivery is cut: before the client could read it, or just after it was written. */
export type CutAtDelivery = { readonly when: 'before' | 'after'; readonly skip: number };
/** Where the line is cut when the client sends a message: before the server took it, or taken but not acknowledged. */
export type CutAtMessage = 'before-taken' | 'after-taken';
/**
 * How far pairing gets:
 * - `cut-at-success`: the phone said yes, the line is cut before the client hears it;
 * - `cut-before-sign`: the client heard it and keeps it, the server never gets its signature, so the login is refused;
 * - `cut-without-restart`: everything is done, but the line is cut instead of the restart.
 */
export type PairingFault = 'cut-at-success' | 'cut-before-sign' | 'cut-without-restart';
export type Refusal = { readonly code: number; times: number };

/** What goes wrong. A test sets these; `heal` makes everything work again. */
export type Faults = {
  /** Queries that are never answered, by name (see queries.ts: 'usync', 'encrypt key', 'ping' …); '*' is all. */
  readonly mutedQueries: Set<string>;
  /** Queries that are answered with an error code, by name. */
  readonly failingQueries: Map<string, number>;
  queryDelayMs: number;
  /** The reason with which every login is refused, for example 503. */
  loginFailure: number | null;
  /** Reasons with which the next logins are refused, one each. */
  readonly nextLoginFailures: number[];
  pairing: PairingFault | null;
  /** False: what the client sends is taken and passed on, but never acknowledged. */
  acknowledge: boolean;
  acknowledgeDelayMs: number;
  /** Messages to these users (a LID's digits, a phone number, or '*') are refused with a code, this many times. */
  readonly refusals: Map<string, Refusal>;
  /** False: what the client sends is acknowledged but reaches nobody. */
  passOn: boolean;
  /** False: participants get messages, but nobody tells the client so. */
  deliveryReceipts: boolean;
  cutAtMessage: CutAtMessage | null;
  cutAtDelivery: CutAtDelivery | null;
  deliveryDelayMs: number;
  /** False: after the offline messages the server does not say that these were all. */
  endOfflineBatch: boolean;
  /** False: a delivery receipt does not take a stanza out of the queue; it comes again at the next login. */
  forgetReceipted: boolean;
  /** False: a refusal by the client does not take a stanza out of the queue either. */
  forgetRefused: boolean;
  /** Phone numbers that are not on WhatsApp. */
  readonly notOnWhatsapp: Set<string>;
  /** The status with which files are refused once they are there. */
  failingUploads: number | null;
  /** True: files are taken, but nobody says so. */
  muteUploads: boolean;
  /** Where files go, instead of to this server. */
  mediaHosts: readonly string[] | null;
  heal(): void;
};

export function createFaults(): Faults {
  const healthy = {
    queryDelayMs: 0,
    loginFailure: null,
    pairing: null,
    acknowledge: true,
    acknowledgeDelayMs: 0,
    passOn: true,
    deliveryReceipts: true,
    cutAtMessage: null,
    cutAtDelivery: null,
    deliveryDelayMs: 0,
    endOfflineBatch: true,
    forgetReceipted: true,
    forgetRefused: true,
    failingUploads: null,
    muteUploads: false,
    mediaHosts: null,
  };
  const faults: Faults = {
    ...healthy,
    mutedQueries: new Set(),
    failingQueries: new Map(),
    nextLoginFailures: [],
    refusals: new Map(),
    notOnWhatsapp: new Set(),
    heal() {
      Object.assign(faults, healthy);
      faults.mutedQueries.clear();
      faults.failingQueries.clear();
      faults.nextLoginFailures.length = 0;
      faults.refusals.clear();
      faults.notOnWhatsapp.clear();
    },
  };
  return faults;
}

/** The reason with which a login, or a connection that wants to be paired, is refused now, if it is. */
export function takeLoginFailure(faults: Faults): number | null {
  return faults.nextLoginFailures.shift() ?? faults.loginFailure;
}

/** The code with which a message to one of `users` is refused now, if it is. */
export function takeRefusal(faults: Faults, users: readonly string[]): number | null {
  for (const user of [...users, '*']) {
    const refusal = faults.refusals.get(user);
    if (refusal === undefined || refusal.times <= 0) continue;
    refusal.times -= 1;
    return refusal.code;
  }
  return null;
}
