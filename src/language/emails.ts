import type { Span } from './passwords.ts';

/** Longest local part and domain that mail allows; a search never goes further. */
const MOST_BEFORE = 64;
const MOST_BEHIND = 255;
const LOCAL_PART = /[\p{L}\d.!#$%&'*+/=?^_`{|}~-]+$/u;
const DOMAIN = /^[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/u;
/** Addresses that Pandu itself tells, or an authority publishes. */
const PUBLIC = /(?:^|[@.])(?:[a-z0-9-]+\.)*go\.id$|^(?:cs@ovo\.id|help@dana\.id|customerservice@gojek\.com)$/;

/** The e-mail addresses of a folded text, but for those of offices. */
export function findEmails(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const local = LOCAL_PART.exec(text.slice(Math.max(0, at - MOST_BEFORE), at))?.[0];
    const domain = DOMAIN.exec(text.slice(at + 1, at + 1 + MOST_BEHIND))?.[0];
    if (local === undefined || domain === undefined || PUBLIC.test(`${local}@${domain}`)) continue;
    spans.push({ start: at - local.length, end: at + 1 + domain.length });
  }
  return spans;
}
