import { afterEach, beforeEach, expect, test } from 'vitest';
import { pinRoot } from '../../../support/whatsapp/root-pin.ts';
import { startWhatsappServer, type WhatsappServer } from '../../../support/whatsapp/server.ts';
import {
  connectStock,
  createMemoryLogin,
  type MemoryLogin,
  type StockClient,
} from '../../../support/whatsapp/stock-client.ts';

let server: WhatsappServer;
let login: MemoryLogin;
beforeEach(async () => {
  server = await startWhatsappServer();
  server.trust();
  login = createMemoryLogin();
});
afterEach(() => server.close());

async function showingQr(): Promise<{ client: StockClient; qr: string }> {
  const client = connectStock(server.url, login);
  return { client, qr: await client.until(() => client.qr, 'a QR code', 5_000) };
}

test('a stock socket pairs by QR code, is told to restart, and logs in', async () => {
  const { client, qr } = await showingQr();
  expect(qr).toMatch(/^https:\/\/wa\.me\/settings\/linked_devices#2@/);
  await server.scan(qr);
  expect(await client.closed()).toBe(515);
  expect(login.creds.me?.id).toBe('628119999999:1@s.whatsapp.net');
  expect(login.creds.registered).toBe(false);

  const next = connectStock(server.url, login);
  await next.opened();
  expect(server.preKeysLeft).toBe(812);
  expect([server.connections, server.logins, server.online]).toEqual([2, 1, true]);
  next.end();
});

test('a stock socket pairs by the code that its owner types on the phone', async () => {
  const { client } = await showingQr();
  const code = await client.socket.requestPairingCode('628119999999');
  await server.enterCode(code);
  expect(await client.closed()).toBe(515);
  expect(login.creds.registered).toBe(true);
  const next = connectStock(server.url, login);
  await next.opened();
  next.end();
});

test('a wrong code links nothing, and the right one still does', async () => {
  const { client } = await showingQr();
  const code = await client.socket.requestPairingCode('628119999999', 'ABCD1234');
  await expect(server.enterCode('ABCD1235')).rejects.toThrow('not the one that the client shows');
  expect(server.linked).toBe(false);
  await server.enterCode(code);
  expect(await client.closed()).toBe(515);
});

test('a restart while a pairing code is shown leaves a login that is refused', async () => {
  const { client } = await showingQr();
  await client.socket.requestPairingCode('628119999999');
  expect(login.creds.me?.id).toBe('628119999999@s.whatsapp.net');
  server.disconnect('terminate');
  await client.closed();
  expect(await connectStock(server.url, login).closed()).toBe(401);
  expect(login.creds.account).toBeUndefined();
});

test.each([
  ['cut-at-success', 428, false, undefined],
  ['cut-before-sign', 428, false, 401],
  ['cut-without-restart', 428, true, 'open'],
] as const)('pairing with %s closes with %i, and then links: %j', async (fault, code, linked, next) => {
  server.faults.pairing = fault;
  const { client, qr } = await showingQr();
  await server.scan(qr).catch(() => undefined);
  expect(await client.closed()).toBe(code);
  expect(server.linked).toBe(linked);
  if (next === undefined) {
    expect(login.creds.me).toBeUndefined();
    return;
  }
  const again = connectStock(server.url, login);
  if (next === 'open') await again.opened();
  else expect(await again.closed()).toBe(next);
  again.end();
});

test('a QR code that nobody scans runs out', async () => {
  const client = connectStock(server.url, login, { qrTimeout: 10 });
  expect(await client.closed()).toBe(408);
  expect(client.states.filter((state) => state.qr !== undefined)).toHaveLength(6);
});

test('a device that was removed on the phone can be linked again as another one', async () => {
  const { qr } = await showingQr();
  await server.scan(qr);
  const client = connectStock(server.url, login);
  await client.opened();
  server.unlink();
  expect(await client.closed()).toBe(401);
  expect(await connectStock(server.url, login).closed()).toBe(401);

  login = createMemoryLogin();
  const second = await showingQr();
  await server.scan(second.qr);
  expect(login.creds.me?.id).toBe('628119999999:2@s.whatsapp.net');
  const siti = server.participant();
  await siti.send('halo lagi');
  const next = connectStock(server.url, login);
  await next.message((one) => one.message?.conversation === 'halo lagi');
  next.end();
});

// Curve.verify of rc14 drops the answer of libsignal, so that every signature counts as right. When this fails, the
// pinned root is looked at again, and trust() in these tests is no longer for nothing.
test('a stock socket of this version takes a certificate that its root has not signed', async () => {
  pinRoot(new Uint8Array(32));
  const { qr } = await showingQr();
  await server.scan(qr);
  expect(server.linked).toBe(true);
});
