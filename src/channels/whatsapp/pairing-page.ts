import { randomBytes } from 'node:crypto';
import encodeQR from 'qr';
import type { Clock } from '../../clock.ts';
import type { Pairing, ShowPairing } from './pairing.ts';

/**
 * Where whoever runs Pandu sees how to link the phone: in the terminal, and on a page whose address only the terminal
 * tells. Whoever sees the code can take the account over, so neither is ever logged, and the page shows it for no
 * longer than the platform takes it (faults.md S39).
 */
export type PairingPage = {
  /** Below the address of the web chat; nobody can guess it. */
  readonly path: string;
  readonly show: ShowPairing;
  handle(request: Request): Response;
};

export type PairingPageOptions = {
  readonly clock: Clock;
  /** What is going on, in a sentence. */
  readonly status: () => string;
  readonly write: (lines: string) => void;
  /** Whether what is written is seen on a terminal, which has colours of its own. */
  readonly isTerminal: boolean;
  /** The whole address of the page; null while it is not known. */
  readonly address: () => string | null;
};

const PATH_BYTES = 16;
/** Nothing but the page itself: no script, no style, no picture from elsewhere, and in no frame. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
};
/** The page looks again by itself: a code lives for twenty seconds. */
const LOOK_AGAIN_SECONDS = 4;

export function createPairingPage(options: PairingPageOptions): PairingPage {
  const { clock, status, write, isTerminal, address } = options;
  let current: Pairing | null = null;
  const path = `/whatsapp/${randomBytes(PATH_BYTES).toString('hex')}`;

  function valid(): Pairing | null {
    return current !== null && current.endsAt > clock.now() ? current : null;
  }

  return {
    path,
    show(pairing) {
      current = pairing;
      if (pairing !== null) write(inTerminal(pairing, isTerminal, address()));
    },
    handle(request) {
      if (request.method !== 'GET') return new Response('', { status: 405, headers: { allow: 'GET' } });
      return new Response(pageOf(valid(), status()), { headers: HEADERS });
    },
  };
}

function inTerminal(pairing: Pairing, isTerminal: boolean, address: string | null): string {
  const page = address === null ? '' : `The code is also at ${address} (show it to nobody)\n\n`;
  if (pairing.kind === 'code') {
    return `\nWhatsApp: on the phone open Linked devices, Link a device, Link with phone number, and enter\n\n    ${spaced(pairing.code)}\n\n${page}`;
  }
  const picture = encodeQR(pairing.text, 'ascii', { ecc: 'low', border: 2 });
  return `\nWhatsApp: on the phone open Linked devices, Link a device, and scan\n\n${isTerminal ? coloured(picture) : picture}\n\n${page}`;
}

/** White on black whatever the colours of the terminal are: cameras do not find a picture with light and dark exchanged. */
function coloured(picture: string): string {
  return picture.replace(/^.+$/gm, '\u001b[38;5;231;48;5;16m$&\u001b[0m');
}

/** As the phone shows the places to fill. */
function spaced(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

function pageOf(pairing: Pairing | null, status: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${LOOK_AGAIN_SECONDS}">
<title>Pandu: WhatsApp</title>
</head>
<body>
<h1>WhatsApp</h1>
<p role="status">${escaped(status)}</p>
${pairing === null ? '' : howTo(pairing)}
<p><small>Keep the address of this page to yourself: whoever scans the code has the account.</small></p>
</body>
</html>
`;
}

const SIZED = '<svg width="330" height="330" ';

function howTo(pairing: Pairing): string {
  if (pairing.kind === 'code') {
    return `<p>On the phone: Linked devices, Link a device, Link with phone number. Enter this code:</p>
<h2><strong>${escaped(spaced(pairing.code))}</strong></h2>`;
  }
  const picture = encodeQR(pairing.text, 'svg', { ecc: 'low', border: 4, scale: 1 });
  return `<p>On the phone: Linked devices, Link a device. Scan this:</p>
<div role="img" aria-label="QR code to link the phone">${picture.replace('<svg ', SIZED)}</div>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
