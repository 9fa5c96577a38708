import type { SettingName } from '../config.ts';

/** Kinds of values that several settings have. */

export type Read = (name: SettingName) => string;
/** `fault` goes on after the setting's name, and never repeats a secret. */
export type Refuse = (name: SettingName, fault: string) => void;

/** An http(s) address without a slash at the end; plain http only to this very machine. Null when it was refused. */
export function readRoot(name: SettingName, text: string, refuse: Refuse): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    refuse(name, 'must be an address that begins with https://');
    return null;
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    refuse(name, 'must be a plain address, without user name, password, ? or #');
    return null;
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    refuse(name, 'must begin with https://, since plain http is only accepted to this machine itself');
    return null;
  }
  return url.href.replace(/\/+$/, '');
}

export function readSwitch(name: SettingName, read: Read, refuse: Refuse): boolean {
  const text = read(name).toLowerCase();
  if (['on', 'true', '1'].includes(text)) return true;
  if (!['', 'off', 'false', '0'].includes(text)) refuse(name, `must be on or off, not ${shown(text)}`);
  return false;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** What was found, unless it could be a secret that landed in the wrong line. */
export function shown(value: string): string {
  return /^[\w.-]{1,16}$/.test(value) ? value : 'what is there';
}

/** 32 bytes, as 64 hex digits or in base64; null when it is neither. */
export function readKey(text: string): Uint8Array | null {
  // A part of the 64 digits could pass for base64.
  if (/^[0-9a-f]+$/i.test(text)) return text.length === 64 ? Buffer.from(text, 'hex') : null;
  return /^(?:[A-Za-z0-9+/]{43}|[\w-]{43})=?$/.test(text) ? Buffer.from(text, 'base64') : null;
}
