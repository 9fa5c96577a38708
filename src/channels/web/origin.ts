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

/**
 * The network a visitor comes from, for limits: their address, or the first half of it in IPv6, where one household has
 * the other half to itself. The last forwarded one is the only one our own proxy vouches for.
 */
export function visitorNetwork(headers: Headers, socketAddress: string, trustProxy: boolean): string {
  const address = (trustProxy ? lastOf(headers.get('x-forwarded-for')) : null) ?? socketAddress;
  // IPv4, also with a port, or written as IPv6 (`::ffff:192.0.2.7`).
  const [ipv4] = /\d+(?:\.\d+){3}/.exec(address) ?? [];
  if (ipv4 !== undefined || !address.includes(':')) return ipv4 ?? address;
  const [head = '', tail] = address.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  const groups = [...first, ...(tail === undefined ? [] : zeros), ...last];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}

function lastOf(list: string | null): string | null {
  return list?.split(',').at(-1)?.trim() || null;
}
