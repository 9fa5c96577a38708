import { expect, test } from 'vitest';
import type { Ending } from '../../../support/whatsapp/disconnect.ts';
import { linkedServer } from './linked.ts';

const linked = linkedServer();

test.each<[Ending, number]>([
  ['close', 428],
  ['terminate', 428],
  ['stream-end', 428],
  [{ streamError: 515 }, 515],
  [{ streamError: 401 }, 401],
  [{ streamError: 403 }, 403],
  [{ streamError: 405 }, 405],
  [{ streamError: 411 }, 411],
  [{ streamError: 500 }, 500],
  [{ streamError: 503 }, 503],
  [{ conflict: 'replaced' }, 440],
  [{ conflict: 'device_removed' }, 401],
])('a connection that ends with %j closes with %i', async (ending, code) => {
  const client = await linked.opened();
  linked.server.disconnect(ending);
  expect(await client.closed()).toBe(code);
});

test.each([401, 403, 405, 411, 500, 503])('a login refused with %i closes with it', async (reason) => {
  linked.server.faults.loginFailure = reason;
  const client = linked.connect();
  expect(await client.closed()).toBe(reason);
  linked.server.faults.heal();
  await linked.opened();
});

test('the next logins can be refused one by one', async () => {
  linked.server.faults.nextLoginFailures.push(503, 500);
  expect(await linked.connect().closed()).toBe(503);
  expect(await linked.connect().closed()).toBe(500);
  await linked.opened();
});

test('a second login with the same keys replaces the first', async () => {
  const first = await linked.opened();
  await linked.opened();
  expect(await first.closed()).toBe(440);
});

test('a server that cannot be reached closes with 408, and one that came back can be used', async () => {
  const client = await linked.opened();
  await linked.server.fail();
  expect(await client.closed()).toBe(428);
  expect(await linked.connect().closed()).toBe(408);
  await linked.server.recover();
  await linked.opened();
});

test('a half-open connection answers nothing, and the next login gets what waited', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  await client.socket.sendMessage(siti.lid, { text: 'halo' });
  await siti.waitFor(1);
  await linked.server.until(() => linked.server.waiting.length === 0, 'the delivery receipt to be taken');
  linked.server.freeze();
  await siti.send('masih di sana?');
  const sent = await client.socket.sendMessage(siti.lid, { text: 'ya' }).then(
    () => 'written',
    () => 'failed',
  );
  expect(sent).toBe('written');
  expect(client.texts).toEqual([]);
  expect(linked.waitingFrom(siti)).toBe(1);
  expect(client.closedWith).toBeUndefined();

  // What a watchdog must do: an ordinary close waits half a minute for the other side.
  (client.socket.ws as unknown as { socket: { terminate(): void } }).socket.terminate();
  expect(await client.closed()).toBe(428);
  const next = await linked.opened();
  await next.message((one) => one.message?.conversation === 'masih di sana?');
});
