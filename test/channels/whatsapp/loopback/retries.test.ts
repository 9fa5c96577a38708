import type { proto } from '@whiskeysockets/baileys';
import { expect, test } from 'vitest';
import { linkedServer } from './linked.ts';

const linked = linkedServer();
const STUB = 2;

test('the client asks again for what it could not decrypt, and gets it under the same id', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  await siti.send('satu');
  const id = await siti.send('rusak', { damaged: true });
  const stub = await client.message((one) => one.key.id === id);
  expect(stub.messageStubType).toBe(STUB);
  const again = await client.message((one) => one.message?.conversation === 'rusak');
  expect(again.key.id).toBe(id);
  await linked.server.until(() => linked.server.waiting.length === 0, 'the receipt');
});

test('a request of the client to send again can stay without an answer', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  siti.answersRetries = false;
  const id = await siti.send('rusak', { damaged: true });
  const asked = (): boolean =>
    linked.server.heard.some(
      (one) => one.tag === 'receipt' && one.attrs.type === 'retry' && one.attrs.id === id,
    );
  await linked.server.until(asked, 'the request');
  expect(client.texts).toEqual([]);
});

test('the same bytes again are a stub and then the text again; sealed anew they are a second message', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  await siti.send('halo');
  await client.message((one) => one.message?.conversation === 'halo');
  await client.socket.sendMessage(siti.lid, { text: 'halo juga' });
  await siti.waitFor(1);
  const id = await siti.send('satu');
  await client.message((one) => one.key.id === id);
  siti.sendAgain(id);
  const timesRead = (): number =>
    client.messages.filter(({ message }) => message.key.id === id && message.message?.conversation === 'satu')
      .length;
  await client.until(() => timesRead() === 2, 'the text a second time', 5_000);
  expect(
    client.messages.some(({ message }) => message.key.id === id && message.messageStubType === STUB),
  ).toBe(true);
  await siti.sendReencrypted(id);
  await client.until(() => timesRead() === 3, 'the text a third time', 5_000);
});

test('a phone that was installed anew asks again for what it cannot decrypt', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  await siti.send('halo');
  await client.message((one) => one.message?.conversation === 'halo');
  await client.socket.sendMessage(siti.lid, { text: 'satu' });
  await siti.waitFor(1);
  siti.reinstall({ tellClient: false });
  await client.socket.sendMessage(siti.lid, { text: 'dua' });
  expect((await siti.waitFor(2)).message).toBeNull();
  expect(await siti.waitFor((one) => one.text === 'dua')).toMatchObject({ repeated: false });
  await siti.send('tiga');
  await client.message((one) => one.message?.conversation === 'tiga');
});

test('a client that hears of new keys uses them at once', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  await client.socket.sendMessage(siti.lid, { text: 'satu' });
  await siti.waitFor(1);
  siti.reinstall();
  await linked.server.until(() => linked.server.waiting.length === 0, 'the notification to be taken');
  await client.socket.sendMessage(siti.lid, { text: 'dua' });
  expect(await siti.waitFor(2)).toMatchObject({ text: 'dua' });
});

test('after a restart the client answers a request to send again from getMessage', async () => {
  const first = await linked.opened();
  const siti = linked.server.participant();
  const sent = await first.socket.sendMessage(siti.lid, { text: 'dari arsip' });
  await siti.waitFor(1);
  first.end();
  await first.closed();

  const asked: string[] = [];
  await linked.opened({
    getMessage: async ({ id }): Promise<proto.IMessage> => {
      asked.push(id ?? '');
      return { conversation: 'dari arsip' };
    },
  });
  siti.askRetry(sent?.key.id ?? '');
  expect(await siti.waitFor(2)).toMatchObject({ id: sent?.key.id, text: 'dari arsip', repeated: true });
  expect(asked).toEqual([sent?.key.id]);
});

test("the owner's phone asks again for a copy, and gets it", async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  const sent = await client.socket.sendMessage(siti.lid, { text: 'salinan' });
  const id = sent?.key.id ?? '';
  await linked.server.phone.waitFor((one) => one.id === id);
  linked.server.phone.askRetry(id);
  const again = await linked.server.phone.waitFor((one) => one.id === id && one.repeated);
  expect(again).toMatchObject({ text: 'salinan', chat: siti.lid });
});
