import { createServer as createTcpServer } from 'node:net';
import { GrammyError, HttpError } from 'grammy';
import { describe, expect, test } from 'vitest';
import { SendError } from '../../../src/channels/channel.ts';
import { toSendError } from '../../../src/channels/telegram/failure.ts';
import { createTelegramChannel } from '../../../src/channels/telegram/telegram.ts';
import { systemClock } from '../../../src/clock.ts';
import {
  addressOf,
  COMMANDS,
  connect,
  everythingIn,
  PICTURES,
  QUICK,
  rememberingIntake,
  rememberingLog,
  saying,
} from '../../support/telegram/connected.ts';
import type { Fault } from '../../support/telegram/faults.ts';

const refusal = (error_code: number, description: string, parameters?: Record<string, unknown>): Fault =>
  parameters === undefined ? { error_code, description } : { error_code, description, parameters };

test.each<[string, Fault, string]>([
  ['F52 429', refusal(429, 'Too Many Requests: retry after 3', { retry_after: 3 }), 'throttled'],
  ['F53 403 of somebody who blocked us', refusal(403, 'Forbidden: bot was blocked by the user'), 'blocked'],
  ['F53 403 of a deleted account', refusal(403, 'Forbidden: user is deactivated'), 'blocked'],
  ['F54 403 that passes', refusal(403, "Forbidden: bot can't send messages to the user"), 'refused'],
  [
    'F54 403 before they wrote',
    refusal(403, "Forbidden: bot can't initiate conversation with a user"),
    'refused',
  ],
  ['F54 403 in words of tomorrow', refusal(403, 'Forbidden: the moon is full'), 'refused'],
  ['400 of an unknown chat', refusal(400, 'Bad Request: chat not found'), 'refused'],
  ['F55 400 of a message of ours', refusal(400, 'Bad Request: BUTTON_DATA_INVALID'), 'invalid'],
  [
    'F56 400 that cannot parse',
    refusal(400, "Bad Request: can't parse entities: unsupported start tag"),
    'invalid',
  ],
  [
    '400 that moves a group, which no private chat does',
    refusal(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -1001 }),
    'invalid',
  ],
  ['F61 401', refusal(401, 'Unauthorized'), 'unauthorised'],
  ['F61 404', refusal(404, 'Not Found'), 'unauthorised'],
  ['409', refusal(409, 'Conflict'), 'refused'],
  ['F57 500', refusal(500, 'Internal Server Error'), 'unknown'],
  ['F57 502 as a page', 'html502', 'unknown'],
  ['F57 502 as a page after it was sent', 'html502-after', 'unknown'],
  ['F57 a connection cut before', 'drop', 'unknown'],
  ['F57 a connection cut after', 'drop-after', 'unknown'],
  ['F59 silence', 'hang', 'unknown'],
])('%s (%j) is called "%s"', async (_, fault, failure) => {
  const { telegram, channel } = await connect();
  const siti = telegram.participant();
  siti.says('halo');
  telegram.faults.next('sendMessage', fault);
  const error = await channel
    .send(addressOf(siti), saying('rahasia keluarga'), 1)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SendError);
  expect(error).toMatchObject({ failure, retryAfterMs: failure === 'throttled' ? 3_000 : null });
  expect(everythingIn(error)).not.toContain('rahasia keluarga');
  expect(everythingIn(error)).not.toContain(telegram.token.split(':')[1]);
});

test('F59 silence is given up after the time that was set, and the connection is not used again', async () => {
  const { telegram, channel } = await connect();
  const siti = telegram.participant();
  siti.says('halo');
  telegram.faults.next('sendMessage', 'hang');
  const asked = performance.now();
  await expect(channel.send(addressOf(siti), saying('a'), 1)).rejects.toMatchObject({ failure: 'unknown' });
  const tookMs = performance.now() - asked;
  expect(tookMs).toBeGreaterThan(QUICK.sendTimeoutMs - 50);
  expect(tookMs).toBeLessThan(QUICK.sendTimeoutMs + 1_000);
  await channel.send(addressOf(siti), saying('b'), 1);
  expect(siti.heard().map(({ text }) => text)).toEqual(['b']);
});

describe('F58 without a connection nothing was sent', () => {
  async function failureAt(apiRoot: string): Promise<unknown> {
    const channel = createTelegramChannel({
      token: '123456789:AAloopback-token-loopback-token-abc',
      apiRoot,
      webhook: null,
      intake: rememberingIntake(),
      report: () => {},
      commands: COMMANDS,
      pictures: PICTURES,
      clock: systemClock,
      log: rememberingLog(),
      timing: QUICK,
    });
    const error = await channel
      .send({ channel: 'telegram', chat: '1' }, saying('a'), 1)
      .catch((thrown: unknown) => thrown);
    await channel.stop();
    return error;
  }

  test('a port where nobody listens', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    expect(await failureAt(`http://127.0.0.1:${port}`)).toMatchObject({ failure: 'unreachable' });
  });

  test('a name nobody knows', async () => {
    expect(await failureAt('http://no-such-host.invalid')).toMatchObject({ failure: 'unreachable' });
  });

  test('a server that speaks no HTTP may have taken it all the same', async () => {
    const server = createTcpServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.9\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await failureAt(`http://127.0.0.1:${port}`)).toMatchObject({ failure: 'unknown' });
    await new Promise((resolve) => server.close(resolve));
  });
});

test.each<[string, unknown, string]>([
  [
    'several refused addresses',
    Object.assign(new AggregateError([connectError('ECONNREFUSED'), connectError('ENETUNREACH')])),
    'unreachable',
  ],
  [
    'one of several addresses unclear',
    new AggregateError([connectError('ECONNREFUSED'), new Error('?')]),
    'unknown',
  ],
  ['no address at all', new AggregateError([]), 'unknown'],
  [
    'a connection that took too long',
    Object.assign(new Error('Connect Timeout Error'), { code: 'UND_ERR_CONNECT_TIMEOUT' }),
    'unreachable',
  ],
  [
    'a certificate nobody trusts',
    Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    'unreachable',
  ],
  [
    'a route lost while reading',
    Object.assign(new Error('read EHOSTUNREACH'), { code: 'EHOSTUNREACH', syscall: 'read' }),
    'unknown',
  ],
  [
    'a reset connection',
    Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
    'unknown',
  ],
  ['something that is no error', 'oops', 'unknown'],
])('F58 F57 %s', (_, inner, failure) => {
  expect(toSendError(new HttpError('Network request failed', inner), 'token').failure).toBe(failure);
  expect(toSendError(inner, 'token').failure).toBe(failure);
});

function connectError(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code, syscall: 'connect' });
}

test('an answer that is JSON but not of the Bot API tells nothing about the message', () => {
  const odd = new GrammyError('failed', { ok: false } as never, 'sendMessage', { text: 'rahasia' });
  const error = toSendError(odd, 'token');
  expect(error.failure).toBe('unknown');
  expect(everythingIn(error)).not.toContain('rahasia');
});

test('S31 the token is in no error, no status and no log line, whatever goes wrong', async () => {
  const { telegram, channel, statuses, log, intake } = await connect({ timing: { pollSeconds: 0.2 } });
  const secret = telegram.token.split(':')[1]!;
  const siti = telegram.participant();
  siti.says('halo');
  const leaky = refusal(
    400,
    `Bad Request: cannot reach https://api.telegram.org/bot${telegram.token}/sendMessage`,
  );
  const errors: unknown[] = [];
  const faults: Fault[] = [
    leaky,
    refusal(500, telegram.token),
    'html502',
    'drop',
    'hang',
    refusal(429, telegram.token, { retry_after: 0 }),
  ];
  for (const fault of faults) {
    telegram.faults.next('sendMessage', fault);
    await channel.send(addressOf(siti), saying('kata'), 1).catch((error: unknown) => errors.push(error));
  }
  expect(errors).toHaveLength(faults.length);
  for (const fault of faults) telegram.faults.next('getMe', fault);
  for (const fault of faults) telegram.faults.next('deleteWebhook', fault);
  for (const fault of faults) telegram.faults.next('setMyCommands', fault);
  for (const fault of faults) telegram.faults.next('getUpdates', fault);
  intake.failing = 1;
  await channel.start();
  await expect.poll(() => intake.received.length, { timeout: 15_000 }).toBe(1);
  const written = [...errors.map(everythingIn), ...statuses.map(({ reason }) => reason), ...log.lines].join(
    '\n',
  );
  expect(written).toContain('[token]');
  expect(written).not.toContain(secret);
});
