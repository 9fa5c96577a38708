/**
 * Whether a request may come from our own page. Browsers say so in `Sec-Fetch-Site`, or, where they do not send
 * it (plain HTTP on a local network, old phones), in `Origin`. A client that sends neither is no browser and has
 * no cookie of somebody else to misuse.
 */
export function isOwnPage(headers: Headers, trustProxy: boolean): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  if (origin === null) return true;
  const host = (trustProxy ? headers.get('x-forwarded-host') : null) ?? headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Whether the visitor's own connection is encrypted, as the proxy in front of us tells. */
export function isSecure(headers: Headers, trustProxy: boolean): boolean {
  return trustProxy && lastOf(headers.get('x-forwarded-proto')) === 'https';
}

/** The visitor's network address; the last forwarded one is the only one our own proxy vouches for. */
export function visitorAddress(headers: Headers, socketAddress: string, trustProxy: boolean): string {
  return (trustProxy ? lastOf(headers.get('x-forwarded-for')) : null) ?? socketAddress;
}

function lastOf(list: string | null): string | null {
  return list?.split(',').at(-1)?.trim() || null;
}
