/** Where the next poll goes on, and when the last update came. */
export type Offset = { readonly next: number; readonly at: number };

/**
 * After a week without updates Telegram counts on from a random number, which may be lower (faults.md F23); asking
 * from the old one would then confirm messages nobody has read. So an offset is trusted for six days.
 */
const TRUSTED_MS = 6 * 24 * 60 * 60 * 1000;

/** Each bot has its own; the number before the colon names it and is no secret. */
export function cursorName(token: string): string {
  return `telegram:${token.split(':')[0]}`;
}

export function writeOffset(offset: Offset): string {
  return `${offset.next} ${offset.at}`;
}

export function readOffset(value: string | null): Offset | null {
  const [, next, at] = /^(\d+) (\d+)$/.exec(value ?? '') ?? [];
  return next === undefined ? null : { next: Number(next), at: Number(at) };
}

/** The offset to ask from; undefined asks for the oldest unconfirmed update. */
export function trustedOffset(offset: Offset | null, now: number): number | undefined {
  return offset === null || now - offset.at > TRUSTED_MS ? undefined : offset.next;
}
