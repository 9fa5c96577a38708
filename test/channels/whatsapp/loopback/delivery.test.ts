import { expect, test } from 'vitest';
import { receiptsOf, refusalsOf } from '../../../support/whatsapp/journal.ts';
import { linkedServer } from './linked.ts';

const linked = linkedServer();

test('a message goes each way through real Signal sessions', async () => {
  const client = await linked.opened();
  const { server } = linked;
  const siti = server.participant({ name: 'Siti' });
  const id = await siti.send('halo');
  expect(await client.message((one) => one.key.id === id)).toMatchObject({
    key: { remoteJid: siti.lid, remoteJidAlt: siti.phone, fromMe: false },
    message: { conversation: 'halo' },
    pushName: 'Siti',
  });
  expect(client.messages[0]?.type).toBe('notify');
  await server.until(() => server.waiting.length === 0, 'a delivery receipt');

  const sent = await client.socket.sendMessage(siti.lid, { text: 'halo juga' });
  const arrived = { id: sent?.key.id, text: 'halo juga', repeated: false, retry: 0 };
  expect(await siti.waitFor(1)).toMatchObject(arrived);
  await server.phone.waitFor((copy) => copy.text === 'halo juga' && copy.chat === siti.lid);
  await client.until(() => client.statusOf(sent?.key.id ?? '') === 3, 'two ticks', 5_000);
  siti.read(sent?.key.id ?? '');
  await client.until(() => client.statusOf(sent?.key.id ?? '') === 4, 'blue ticks', 5_000);
});

test('what was sent while the client was away arrives in order, as append, and leaves the queue', async () => {
  const { server } = linked;
  const people = Array.from({ length: 5 }, () => server.participant());
  for (let round = 1; round <= 4; round += 1) {
    for (const person of people) await person.send(`${round}`);
  }
  expect(people.map(linked.waitingFrom)).toEqual(people.map(() => 4));
  const client = await linked.opened();
  await client.until(() => client.texts.length === 20, 'all messages', 5_000);
  for (const person of people) {
    const own = client.messages.filter(({ message }) => message.key.remoteJid === person.lid);
    expect(own.map(({ message }) => message.message?.conversation)).toEqual(['1', '2', '3', '4']);
    expect(own.map(({ type }) => type)).toEqual(Array(4).fill('append'));
  }
  await server.until(() => server.waiting.length === 0, 'the receipts');
});

test('the server acknowledges what the client sends, or refuses it with a code', async () => {
  const client = await linked.opened();
  const { server } = linked;
  const siti = server.participant();
  await client.socket.sendMessage(siti.lid, { text: 'satu' });
  await siti.waitFor(1);

  server.faults.refusals.set('*', { code: 463, times: 1 });
  await client.socket.sendMessage(siti.lid, { text: 'dua' });
  await client.until(() => client.acks.length === 2, 'the refusal', 5_000);
  await client.socket.sendMessage(siti.lid, { text: 'tiga' });
  await siti.waitFor(2);
  await client.until(() => client.acks.length === 3, 'the last ack', 5_000);
  expect(client.acks.map(({ error }) => error)).toEqual([undefined, '463', undefined]);
  expect(siti.texts).toEqual(['satu', 'tiga']);
});

test('a server that acknowledges nothing, or passes nothing on, can be told apart by what arrived', async () => {
  const client = await linked.opened();
  const { server } = linked;
  const siti = server.participant();
  server.faults.acknowledge = false;
  server.faults.deliveryReceipts = false;
  await client.socket.sendMessage(siti.lid, { text: 'satu' });
  await siti.waitFor(1);
  expect([client.acks.length, server.waiting.length]).toEqual([0, 0]);

  server.faults.heal();
  server.faults.passOn = false;
  await client.socket.sendMessage(siti.lid, { text: 'dua' });
  await client.until(() => client.acks.length === 1, 'the ack', 5_000);
  expect(siti.texts).toEqual(['satu']);
});

test.each([
  ['before-taken', []],
  ['after-taken', ['penting']],
] as const)('a line cut %s as the client sends leaves the participant with %j', async (cut, texts) => {
  const client = await linked.opened();
  const { server } = linked;
  const siti = server.participant();
  server.faults.cutAtMessage = cut;
  const id = `3EB0${cut.toUpperCase()}`;
  await client.socket.sendMessage(siti.lid, { text: 'penting' }, { messageId: id });
  await client.closed();
  expect(siti.texts).toEqual(texts);

  const next = await linked.opened();
  await next.socket.sendMessage(siti.lid, { text: 'penting' }, { messageId: id });
  await siti.waitFor((one) => one.id === id && one.repeated === texts.length > 0);
  expect(siti.texts).toEqual(['penting']);
});

test('a message whose line was cut before it was written arrives at the next login', async () => {
  const client = await linked.opened();
  const { server } = linked;
  const siti = server.participant();
  server.faults.cutAtDelivery = { when: 'before', skip: 1 };
  await siti.send('satu');
  await client.message((one) => one.message?.conversation === 'satu');
  await siti.send('dua');
  await client.closed();
  const next = await linked.opened();
  await next.message((one) => one.message?.conversation === 'dua');
});

// Whether the stock socket shows it at all depends on how far it had got: it may have used the key, and lose it.
test('a message whose line was cut after it was written is offered again at the next login', async () => {
  const client = await linked.opened();
  const { server } = linked;
  const siti = server.participant();
  server.faults.cutAtDelivery = { when: 'after', skip: 0 };
  const id = await siti.send('satu');
  await client.closed();
  expect(linked.waitingFrom(siti)).toBe(1);
  await linked.opened();
  await server.until(() => server.waiting.length === 0, 'an answer');
  expect(server.heard.some((one) => one.attrs.id === id && one.connection === server.connections)).toBe(true);
});

test('a receipt that the server does not keep brings the same message again', async () => {
  const { server } = linked;
  const first = await linked.opened();
  const siti = server.participant();
  server.faults.forgetReceipted = false;
  server.faults.forgetRefused = false;
  const id = await siti.send('halo');
  await first.message((one) => one.key.id === id);
  await server.until(() => receiptsOf(server.heard, id).length > 0, 'a receipt');
  server.disconnect('close');
  await first.closed();
  server.faults.heal();
  expect(linked.waitingFrom(siti)).toBe(1);
  // The same bytes of a first message: the client finds the key used and refuses, and the message is gone.
  await linked.opened();
  await server.until(() => server.waiting.length === 0, 'the refusal');
  expect(receiptsOf(server.heard, id)).toEqual(['inactive']);
  expect(refusalsOf(server.heard, id)).toEqual(['487']);
});

test('queries can be muted, made to fail and delayed by name', async () => {
  const client = await linked.opened({ defaultQueryTimeoutMs: 300 });
  const { server } = linked;
  const siti = server.participant({ phone: '6281277770001' });
  server.faults.mutedQueries.add('usync');
  expect(await client.socket.onWhatsApp('6281277770001')).toBeUndefined();
  server.faults.heal();
  const both = await client.socket.onWhatsApp('6281277770001', '6281277770002');
  expect(both).toEqual([{ jid: siti.phone, exists: true }]);
  server.faults.notOnWhatsapp.add('6281277770001');
  expect(await client.socket.onWhatsApp('6281277770001')).toEqual([]);

  server.faults.failingQueries.set('encrypt key', 503);
  await expect(client.socket.sendMessage(siti.lid, { text: 'halo' })).rejects.toThrow('made to fail');
  server.faults.heal();
  server.faults.queryDelayMs = 50;
  const before = performance.now();
  await client.socket.sendMessage(siti.lid, { text: 'halo' });
  expect(performance.now() - before).toBeGreaterThan(45);
});

test('without the end of the offline batch the client holds back what came', async () => {
  const { server } = linked;
  const siti = server.participant();
  await siti.send('tertahan');
  server.faults.endOfflineBatch = false;
  const client = await linked.opened();
  await server.until(() => server.waiting.length === 0, 'the receipt');
  expect(client.texts).toEqual([]);
  client.socket.ev.flush();
  await client.message((one) => one.message?.conversation === 'tertahan');
});

test('what the client does in a chat is seen by the participant', async () => {
  const client = await linked.opened();
  const siti = linked.server.participant();
  await client.socket.sendPresenceUpdate('composing', siti.lid);
  await linked.server.until(() => siti.activity === 'composing', 'typing');
  await client.socket.sendPresenceUpdate('paused', siti.lid);
  await linked.server.until(() => siti.activity === 'paused', 'no typing');
  const id = await siti.send('dibaca?');
  const message = await client.message((one) => one.key.id === id);
  await client.socket.readMessages([message.key]);
  await linked.server.until(() => receiptsOf(linked.server.heard, id).includes('read'), 'a read receipt');
});
