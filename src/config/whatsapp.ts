import { isLoopback, type Read, type Refuse, readSwitch, shown } from './values.ts';

export type WhatsappConfig = {
  /** Digits only, with the country's code; null: the account is linked with a QR code. */
  readonly pairingNumber: string | null;
  /** Null: WhatsApp's own server. */
  readonly url: string | null;
  /** Null: the version that the library was released with. */
  readonly version: readonly [number, number, number] | null;
  readonly perMinute: number;
  readonly perChatPerMinute: number;
  /** Whether somebody is seen typing before a message leaves. */
  readonly typing: boolean;
};

/** Null while WhatsApp is off. */
export function readWhatsapp(read: Read, refuse: Refuse, warnings: string[]): WhatsappConfig | null {
  const isOn = readSwitch('WHATSAPP', read, refuse);
  const pairingNumber = read('WHATSAPP_PAIRING_NUMBER').replace(/^\+|[\s-]/g, '');
  if (pairingNumber !== '' && !/^[1-9]\d{7,14}$/.test(pairingNumber)) {
    refuse(
      'WHATSAPP_PAIRING_NUMBER',
      'must be the whole number of the phone with the code of the country and without a leading 0',
    );
  }
  const url = readSocketUrl(read('WHATSAPP_WS_URL'), refuse);
  const version = readVersion(read('WHATSAPP_VERSION'), refuse);
  const perMinute = readRate('WHATSAPP_PER_MINUTE', 60, read, refuse);
  const perChatPerMinute = readRate('WHATSAPP_PER_CHAT_PER_MINUTE', 20, read, refuse);
  const typing = read('WHATSAPP_TYPING') === '' || readSwitch('WHATSAPP_TYPING', read, refuse);
  if (!isOn && pairingNumber !== '') {
    warnings.push('WHATSAPP_PAIRING_NUMBER is set, but WhatsApp stays off: WHATSAPP=on is missing.');
  }
  if (!isOn) return null;
  return { pairingNumber: pairingNumber || null, url, version, perMinute, perChatPerMinute, typing };
}

function readSocketUrl(text: string, refuse: Refuse): string | null {
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'wss:' && url.protocol !== 'ws:')) {
    refuse('WHATSAPP_WS_URL', 'must be an address that begins with wss://');
    return null;
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    refuse('WHATSAPP_WS_URL', 'must be an address without user name, password and #');
  } else if (url.protocol === 'ws:' && !isLoopback(url.hostname)) {
    refuse(
      'WHATSAPP_WS_URL',
      'must begin with wss://, since plain ws is only accepted to this machine itself',
    );
  }
  return url.href;
}

function readVersion(text: string, refuse: Refuse): readonly [number, number, number] | null {
  if (text === '') return null;
  const [, major, minor, patch] = /^(\d{1,4})\.(\d{1,6})\.(\d{1,12})$/.exec(text) ?? [];
  if (patch === undefined) {
    refuse('WHATSAPP_VERSION', `must be three numbers with dots between them, not ${shown(text)}`);
    return null;
  }
  return [Number(major), Number(minor), Number(patch)];
}

function readRate(
  name: 'WHATSAPP_PER_MINUTE' | 'WHATSAPP_PER_CHAT_PER_MINUTE',
  usual: number,
  read: Read,
  refuse: Refuse,
): number {
  const text = read(name);
  if (text === '') return usual;
  const rate = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (rate < 1) refuse(name, `must be a whole number of messages from 1 upwards, not ${shown(text)}`);
  return Math.max(rate, 1);
}
