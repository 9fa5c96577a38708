import { onTestFinished } from 'vitest';
import { createPictures } from '../../../src/card/pictures.ts';
import type { ChannelStatus, Intake } from '../../../src/channels/channel.ts';
import {
  createTelegramChannel,
  type TelegramChannel,
  type TelegramOptions,
} from '../../../src/channels/telegram/telegram.ts';
import { type Clock, systemClock } from '../../../src/clock.ts';
import type { Log } from '../../../src/log.ts';
import type { Choice, Incoming, Saying, SpokenText } from '../../../src/message.ts';
import { type TelegramOptions as ServerOptions, startTelegram, type TelegramServer } from './server.ts';

/** An intake that keeps what it was given, and can fail like a full disk. */
export type RememberingIntake = Intake & {
  readonly received: Incoming[];
  readonly cursors: Map<string, string>;
  /** The next calls fail this often. */
  failing: number;
};

export function textsIn(intake: Pick<RememberingIntake, 'received'>): string[] {
  return intake.received.map(({ text }) => text);
}

export function rememberingIntake(): RememberingIntake {
  const received: Incoming[] = [];
  const cursors = new Map<string, string>();
  return {
    received,
    cursors,
    failing: 0,
    async receive(incoming, cursor) {
      if (this.failing > 0) {
        this.failing -= 1;
        throw new Error('database or disk is full');
      }
      received.push(...incoming);
      if (cursor !== undefined) cursors.set(cursor.name, cursor.value);
    },
    cursor: async (name) => cursors.get(name) ?? null,
  };
}

/** Lines as they would be written, to look for what must not be in them. */
export function rememberingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string): void => {
    lines.push(
      `${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? everythingIn(value) : value))}`,
    );
  };
  return { lines, debug: write, info: write, warn: write, error: write };
}

/** All that an error carries, causes and hidden properties included. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return String(JSON.stringify(error));
  const own = Object.getOwnPropertyNames(error).map((name) => {
    const value: unknown = Reflect.get(error, name);
    return `${name}: ${value instanceof Error ? everythingIn(value) : JSON.stringify(value)}`;
  });
  return `${error.name} ${own.join(' ')}`;
}

export const QUICK = {
  pollSeconds: 5,
  pollMarginMs: 500,
  sendTimeoutMs: 400,
  connectTimeoutMs: 300,
  retryFirstMs: 10,
  retryMostMs: 80,
  conflictFirstMs: 30,
  stopMs: 200,
};

/** Nothing is drawn before somebody is shown a picture. */
export const PICTURES = createPictures();

export const COMMANDS = {
  id: [{ command: 'mulai', description: 'Mulai dari awal' }],
  en: [{ command: 'mulai', description: 'Start over' }],
};

export type Connected = {
  readonly telegram: TelegramServer;
  readonly channel: TelegramChannel;
  readonly intake: RememberingIntake;
  readonly statuses: ChannelStatus[];
  readonly log: ReturnType<typeof rememberingLog>;
};

/** A loopback platform and a channel that knows it, not started yet; both end with the test. */
export async function connect(
  options: Partial<TelegramOptions> & { clock?: Clock; server?: ServerOptions } = {},
): Promise<Connected> {
  const { server, ...given } = options;
  const telegram = await startTelegram(server);
  const connected = connectTo(telegram, given);
  onTestFinished(async () => {
    await connected.channel.stop();
    await telegram.close();
  });
  return connected;
}

/** One more channel on the same platform; the caller stops it. */
export function connectTo(telegram: TelegramServer, options: Partial<TelegramOptions> = {}): Connected {
  const intake = (options.intake as RememberingIntake | undefined) ?? rememberingIntake();
  const statuses: ChannelStatus[] = [];
  const log = rememberingLog();
  const channel = createTelegramChannel({
    token: telegram.token,
    apiRoot: telegram.root,
    webhook: null,
    commands: COMMANDS,
    clock: systemClock,
    report: (_, status) => statuses.push(status),
    log,
    pictures: PICTURES,
    ...options,
    intake,
    timing: { ...QUICK, ...options.timing },
  });
  return { telegram, channel, intake, statuses, log };
}

export function saying(text: string, choices: readonly [id: string, label: string][] = []): Saying {
  return {
    kind: 'say',
    text: text as SpokenText,
    choices: choices.map(([id, label]): Choice => ({ id, label: label as SpokenText })),
    menu: null,
    priority: 'reply',
  };
}

export function addressOf(participant: { readonly chat: string }): { channel: 'telegram'; chat: string } {
  return { channel: 'telegram', chat: participant.chat };
}

/** A clock that stands still until it is moved. */
export function standingClock(at = Date.UTC(2026, 10, 2, 3)): Clock & { move(ms: number): void } {
  let now = at;
  return {
    now: () => now,
    move(ms) {
      now += ms;
    },
  };
}
