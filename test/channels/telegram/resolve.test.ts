import { expect, test } from 'vitest';
import { addressOf, type Connected, connect, connectTo, saying } from '../../support/telegram/connected.ts';
import type { Fault } from '../../support/telegram/faults.ts';
import type { Participant } from '../../support/telegram/participant.ts';

const REPLY = saying('Sertifikat sudah ada?', [
  ['q:1', 'Sudah'],
  ['q:2', 'Belum'],
]);

async function talking(): Promise<Connected & { siti: Participant; known: string[] }> {
  const connected = await connect();
  const siti = connected.telegram.participant();
  siti.says('halo');
  await connected.channel.start();
  await expect.poll(() => connected.intake.received.length).toBe(1);
  const first = await connected.channel.send(addressOf(siti), saying('Selamat datang'), 1);
  return { ...connected, siti, known: [`m${siti.messages()[0]!.id}`, first!] };
}

async function losesAnswer(
  { telegram, channel, siti }: Connected & { siti: Participant },
  fault: Fault,
): Promise<void> {
  telegram.faults.next('sendMessage', fault);
  await expect(channel.send(addressOf(siti), REPLY, 1)).rejects.toMatchObject({ failure: 'unknown' });
}

test.each(['drop-after', 'html502-after'] as const)(
  'F11 F57 a message whose answer was lost (%s) is found and not sent again',
  async (fault) => {
    const talk = await talking();
    await losesAnswer(talk, fault);
    const arrived = talk.siti.heard().at(-1)!;
    expect(await talk.channel.resolve!(addressOf(talk.siti), REPLY, talk.known)).toBe(String(arrived.id));
    expect(talk.siti.heard().at(-1)).toEqual({ ...arrived, edited: false });
  },
);

test.each(['drop', 'html502'] as const)(
  'F10 F57 a message that never arrived (%s) is known not to have',
  async (fault) => {
    const talk = await talking();
    await losesAnswer(talk, fault);
    expect(await talk.channel.resolve!(addressOf(talk.siti), REPLY, talk.known)).toBeNull();
    expect(talk.siti.heard()).toHaveLength(1);
  },
);

test('F57 it is found among the messages of others, none of which is touched', async () => {
  const talk = await talking();
  const { telegram, channel, intake, siti } = talk;
  const others = Array.from({ length: 5 }, () => telegram.participant());
  for (const other of others) other.says('halo');
  await expect.poll(() => intake.received.length).toBe(6);
  const before = Promise.all(others.slice(0, 2).map((other) => channel.send(addressOf(other), REPLY, 1)));
  await before;
  await losesAnswer(talk, 'drop-after');
  await Promise.all(others.slice(2).map((other) => channel.send(addressOf(other), REPLY, 1)));
  siti.says('bagaimana?');
  expect(await channel.resolve!(addressOf(siti), REPLY, talk.known)).toBe(String(siti.heard().at(-1)!.id));
  expect(others.every((other) => other.heard().every(({ edited }) => !edited))).toBe(true);
  expect(siti.messages().at(-1)).toMatchObject({ text: 'bagaimana?', edited: false });
});

test('F57 when the answers of many chats were lost at once, each finds its own', async () => {
  const { telegram, channel, intake } = await connect();
  const people = Array.from({ length: 12 }, () => telegram.participant());
  for (const person of people) person.says('halo');
  await channel.start();
  await expect.poll(() => intake.received.length).toBe(12);
  let sends = 0;
  telegram.faults.when('sendMessage', () => (sends++ % 3 === 0 ? 'drop' : 'drop-after'));
  await Promise.all(people.map((person) => channel.send(addressOf(person), REPLY, 1).catch(() => {})));
  telegram.faults.heal();
  for (const person of people) {
    const found = await channel.resolve!(addressOf(person), REPLY, [`m${person.messages()[0]!.id}`]);
    expect(found).toBe(person.heard().length === 0 ? null : String(person.heard()[0]!.id));
  }
  expect(people.flatMap((person) => person.heard()).every(({ edited }) => !edited)).toBe(true);
});

test('F57 the same words said before are not taken for the lost ones', async () => {
  const talk = await talking();
  const earlier = await talk.channel.send(addressOf(talk.siti), REPLY, 1);
  await losesAnswer(talk, 'drop');
  expect(await talk.channel.resolve!(addressOf(talk.siti), REPLY, [...talk.known, earlier!])).toBeNull();
});

test('F57 what was deleted from the chat meanwhile counts as not arrived', async () => {
  const talk = await talking();
  await losesAnswer(talk, 'drop-after');
  talk.siti.deletes(talk.siti.heard().at(-1)!.id);
  expect(await talk.channel.resolve!(addressOf(talk.siti), REPLY, talk.known)).toBeNull();
});

test('F11 after a restart the message is found below the first one the new process sent', async () => {
  const talk = await talking();
  await losesAnswer(talk, 'drop-after');
  const lost = talk.siti.heard().at(-1)!;
  await talk.channel.stop();
  const others = Array.from({ length: 4 }, () => talk.telegram.participant());
  for (const other of others) other.says('halo');
  const next = connectTo(talk.telegram, { intake: talk.intake });
  await next.channel.start();
  await expect.poll(() => talk.intake.received.length).toBeGreaterThanOrEqual(5);
  await next.channel.send(addressOf(others[0]!), REPLY, 1);
  expect(await next.channel.resolve!(addressOf(talk.siti), REPLY, talk.known)).toBe(String(lost.id));
  expect(talk.siti.heard().at(-1)).toEqual(lost);
  expect(others[0]!.heard()[0]!.edited).toBe(false);
  await next.channel.stop();
});

test('F11 after a restart the found message of one chat does not hide the younger one of another', async () => {
  const talk = await talking();
  const budi = talk.telegram.participant();
  budi.says('halo');
  await losesAnswer(talk, 'drop-after');
  await losesAnswer({ ...talk, siti: budi }, 'drop-after');
  const next = connectTo(talk.telegram);
  const other = talk.telegram.participant();
  other.says('halo');
  await next.channel.send(addressOf(other), REPLY, 1);
  for (const [person, known] of [
    [talk.siti, talk.known],
    [budi, [`m${budi.messages()[0]!.id}`]],
  ] as const) {
    const found = await next.channel.resolve!(addressOf(person), REPLY, known);
    expect(found).toBe(String(person.heard().at(-1)!.id));
  }
  await next.channel.stop();
});

test('F10 after a restart a message that never arrived is known not to have, once the new process has sent anything', async () => {
  const talk = await talking();
  await losesAnswer(talk, 'drop');
  await talk.channel.stop();
  const next = connectTo(talk.telegram, { intake: talk.intake });
  expect(await next.channel.resolve!(addressOf(talk.siti), REPLY, talk.known)).toBe('unclear');
  const other = talk.telegram.participant();
  other.says('halo');
  await next.channel.send(addressOf(other), REPLY, 1);
  expect(await next.channel.resolve!(addressOf(talk.siti), REPLY, talk.known)).toBeNull();
  await next.channel.stop();
});

test('F57 with nothing known about the chat nothing is asked and nothing concluded', async () => {
  const talk = await talking();
  await losesAnswer(talk, 'drop-after');
  await talk.channel.stop();
  const next = connectTo(talk.telegram);
  expect(await next.channel.resolve!(addressOf(talk.siti), REPLY, [])).toBe('unclear');
  expect(talk.telegram.calls('editMessageText')).toEqual([]);
  await next.channel.stop();
});

test.each([
  [{ error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 4 } }, 'throttled'],
  [{ error_code: 403, description: 'Forbidden: bot was blocked by the user' }, 'blocked'],
  [{ error_code: 401, description: 'Unauthorized' }, 'unauthorised'],
  ['drop', 'unknown'],
] as const)('F57 a question that ends in %j is no answer', async (fault, failure) => {
  const talk = await talking();
  await losesAnswer(talk, 'drop-after');
  talk.telegram.faults.next('editMessageText', fault);
  await expect(talk.channel.resolve!(addressOf(talk.siti), REPLY, talk.known)).rejects.toMatchObject({
    failure,
  });
});

test('F12 of a message in parts only what is missing is sent after the lost part was found', async () => {
  const talk = await talking();
  const long = saying(`${'a'.repeat(4000)}\n\n${'b'.repeat(4000)}\n\n${'c'.repeat(200)}`, [['ya', 'Ya']]);
  let sends = 0;
  talk.telegram.faults.when('sendMessage', () => (++sends === 2 ? 'drop-after' : null));
  await expect(talk.channel.send(addressOf(talk.siti), long, 1)).rejects.toMatchObject({
    failure: 'unknown',
  });
  expect(await talk.channel.resolve!(addressOf(talk.siti), long, talk.known)).toBeNull();
  await talk.channel.send(addressOf(talk.siti), long, 1);
  expect(
    talk.siti
      .heard()
      .slice(1)
      .map(({ text, buttons }) => [text[0], buttons.flat()]),
  ).toEqual([
    ['a', []],
    ['b', []],
    ['c', ['Ya']],
  ]);
});

test('F12 which part of a message was lost by an earlier process cannot be told', async () => {
  const talk = await talking();
  const long = saying(`${'a'.repeat(4000)}\n\n${'b'.repeat(4000)}`);
  await talk.channel.stop();
  const next = connectTo(talk.telegram);
  expect(await next.channel.resolve!(addressOf(talk.siti), long, talk.known)).toBe('unclear');
  expect(talk.telegram.calls('editMessageText')).toEqual([]);
  await next.channel.stop();
});

test('a deletion of unknown fate is simply done again', async () => {
  const talk = await talking();
  expect(
    await talk.channel.resolve!(addressOf(talk.siti), { kind: 'delete', messageId: 'm1' }, talk.known),
  ).toBeNull();
});
