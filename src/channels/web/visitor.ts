import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, so that nobody can guess their way into another conversation. */
const TOKEN_BYTES = 32;
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;
/** As long as answers are kept after the last contact; each visit begins it anew. */
const COOKIE_DAYS = 180;

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** The chat id of a visitor. A hash, so that what is stored opens nobody's conversation. */
export function chatOf(token: string): string {
  return createHash('sha256').update(`pandu web chat ${token}`).digest('base64url');
}

/** The `__Host-` prefix makes browsers refuse a cookie planted by a neighbouring subdomain; it needs TLS. */
function cookieName(secure: boolean): string {
  return secure ? '__Host-pandu' : 'pandu';
}

export function readToken(cookieHeader: string | null, secure: boolean): string | null {
  for (const part of (cookieHeader ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === cookieName(secure) && value !== undefined && TOKEN_SHAPE.test(value)) return value;
  }
  return null;
}

export function tokenCookie(token: string, secure: boolean): string {
  const maxAgeSeconds = COOKIE_DAYS * 86_400;
  const attributes = `Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `${cookieName(secure)}=${token}; ${attributes}`;
}
