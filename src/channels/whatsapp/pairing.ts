/** How the account can be linked just now; null when there is nothing to do. */
export type Pairing =
  | { readonly kind: 'qr'; readonly text: string; readonly endsAt: number }
  | { readonly kind: 'code'; readonly code: string; readonly endsAt: number };

/** Shown on the terminal and on the page; never in a log (faults.md S39). */
export type ShowPairing = (pairing: Pairing | null) => void;

/** What to do, as the state of the channel. */
export const PAIRING_REASONS = {
  qr: 'not linked yet: scan the QR code with the phone (Linked devices)',
  code: 'not linked yet: enter the pairing code on the phone (Linked devices, with phone number)',
} as const;

/** The platform's own: the first QR code lives a minute, each of the next five for twenty seconds (decision 21). */
const FIRST_QR_MS = 60_000;
const NEXT_QR_MS = 20_000;
const NEXT_QRS = 5;

/** @param givenMs instead of the platform's time (WhatsappTiming.qrMs) */
export function qrLifeMs(shownBefore: number, givenMs: number | null): number {
  return givenMs ?? (shownBefore === 0 ? FIRST_QR_MS : NEXT_QR_MS);
}

/** A pairing code is good for as long as all the QR codes of its connection would have been. */
export function codeLifeMs(givenMs: number | null): number {
  return qrLifeMs(0, givenMs) + NEXT_QRS * qrLifeMs(1, givenMs);
}
