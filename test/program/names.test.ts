// Over 300 lines: one search through file, log and output serves every way in which names could stay behind.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SendError } from '../../src/channels/channel.ts';
import { assemble } from '../../src/command/assemble.ts';
import { createVirtualClock } from '../../src/command/virtual-clock.ts';
import type { Address, ChannelName, Incoming, Outgoing } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { shippedKnowledge } from '../support/conversation.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { Participant, Seen } from '../support/telegram/participant.ts';
import { startTelegram, type TelegramServer } from '../support/telegram/server.ts';

/** Looks for names in the bytes that are left: in every file of DATA_DIR, and in what the program wrote (P04). */

const knowledge = shippedKnowledge();
const { words } = knowledge;
const text = (id: string): string => words.id.get(id)!;
const MINUTE_MS = 60_000;
const NINE = Date.parse('2026-11-23T02:00:00Z'); // 09.00 WIB
/** Typed answers, up to the names question. */
const WALK = (
  [
    ['dashboard', 'nothing'],
    ['training', 'finished'],
    ['rating', 'sisnaker'],
    ['certificates', 'both'],
    ['wallet', 'linked'],
  ] as const
).map(([question, answer]) => text(`question.${question}.answers.${answer}`));
/** Sending and cleaning follow the answer; what becomes of an unknown outcome is asked ten seconds later. */
const PATIENCE_MS = 60_000;

/** Syllables that stand in no file of ours, in no library and by no chance in a page of the file. */
const AT_KEMNAKER = 'Xuzbokrama Tjivqolwanthi S.Pd';
const AT_PRAKERJA = 'XUZBOKRAMA CIVQOLWANTHI';
const BOTH = `di kemnaker ${AT_KEMNAKER} di prakerja ${AT_PRAKERJA}`;
const SYLLABLES = ['xuzbok', 'zbokrama', 'tjivq', 'civqol', 'vqolwa', 'olwanthi'];
const CANARIES = SYLLABLES.flatMap((syllable) =>
  (['utf8', 'utf16le'] as const).map((encoding) => ({
    syllable: `${syllable} (${encoding})`,
    bytes: Buffer.from(syllable, encoding).toString('latin1'),
  })),
);

let directory: string;
let telegram: TelegramServer;
let programs: Program[];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'pandu-names-'));
  telegram = await startTelegram();
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill();
  await telegram.close();
  rmSync(directory, { recursive: true, force: true });
});

const data = (): string => join(directory, 'data');

/** Says everything it can say of itself: names may not be in any of it. */
async function start(): Promise<Program> {
  const program = await startProgram({
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    DATA_DIR: data(),
    LOG_LEVEL: 'debug',
  });
  programs.push(program);
  return program;
}

/** The canaries in these bytes, in any case. Latin 1 keeps every byte apart from its neighbours. */
function canariesAmong(bytes: Buffer): string[] {
  const lower = bytes.toString('latin1').toLowerCase();
  return CANARIES.filter((canary) => lower.includes(canary.bytes)).map(({ syllable }) => syllable);
}

/** Read by another process: closing a file that this one has open would drop the locks it holds on it. */
function canariesLeft(): string[] {
  const files = readdirSync(data(), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const found = files.flatMap(({ parentPath, name }) => {
    const bytes = execFileSync('cat', [join(parentPath, name)], { maxBuffer: 512 * 1024 * 1024 });
    return canariesAmong(bytes).map((syllable) => `${syllable} in ${name}`);
  });
  const output = canariesAmong(Buffer.from(programs.map((program) => program.output()).join('')));
  return [...found, ...output.map((syllable) => `${syllable} in the output`)];
}

async function eventually(what: () => boolean, otherwise: () => string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!what()) {
    if (performance.now() > end) throw new Error(otherwise());
    await wait(25);
  }
}

async function expectNoneLeft(): Promise<void> {
  await eventually(
    () => canariesLeft().length === 0,
    () => `still there: ${canariesLeft().join(', ')}`,
  );
}

/** Waits until the participant has heard a message with these words; only what came after `after` counts. */
async function heard(participant: Participant, part: string, after = 0): Promise<Seen> {
  const found = (): Seen | undefined =>
    participant.heard().find((message) => message.id > after && message.text.includes(part));
  await eventually(
    () => found() !== undefined,
    () =>
      `never heard '${part}'; heard: ${participant
        .heard()
        .map((message) => message.text.slice(0, 80))
        .join(' | ')}`,
  );
  return found()!;
}

/** By the shortest way to the button that compares two names, and presses it; again after an answer. */
async function toTheComparison(participant: Participant): Promise<void> {
  participant.says('/start');
  await heard(participant, text('question.dashboard.text').slice(0, 40));
  participant.says('nama saya beda');
  await compares(participant);
}

async function compares(participant: Participant): Promise<void> {
  const last = participant.heard().at(-1)!.id;
  const offer = (): Seen | undefined =>
    participant.heard().findLast(({ buttons }) => buttons.flat().includes(text('choice.compare-names')));
  await eventually(
    () => offer() !== undefined,
    () => 'the comparison was never offered',
  );
  participant.presses(offer()!, text('choice.compare-names'));
  await heard(participant, text('dialogue.names.ask.kemnaker').slice(0, 40), last);
}

async function typesFirst(participant: Participant): Promise<void> {
  const last = participant.heard().at(-1)!.id;
  participant.says(AT_KEMNAKER);
  await heard(participant, text('dialogue.names.ask.prakerja'), last);
  // The test can fail: now it is in the file.
  expect(canariesLeft()).not.toEqual([]);
}

/** What the comparison says, however the two names were typed. */
async function hearsComparison(participant: Participant, after: number): Promise<void> {
  const shown = await heard(participant, text('dialogue.names.differs'), after);
  expect(shown.text).toContain('[Tj]ivqolwanthi');
  expect(shown.text).toContain(text('dialogue.names.detail.academic-title'));
  await hearsVerdict(participant, shown.id);
}

/** Told in full or in short, it comes with its menu. */
async function hearsVerdict(participant: Participant, after: number): Promise<void> {
  await eventually(
    () =>
      participant
        .heard()
        .some(({ id, buttons }) => id > after && buttons.flat().includes(text('choice.done'))),
    () => 'the verdict never came',
  );
}

describe('no byte of a name is left', () => {
  test('P04 after an answer to names that were typed one after the other', async () => {
    const program = await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    await typesFirst(participant);
    const last = participant.says(AT_PRAKERJA).message_id;
    await hearsComparison(participant, last);
    await expectNoneLeft();
    // Nothing comes back with what is written afterwards, nor with the end of the program.
    participant.says('status');
    await heard(participant, text('say.status.title').slice(0, 20));
    await expectNoneLeft();
    expect(await program.stop()).toBe(0);
    expect(canariesLeft()).toEqual([]);
    await start();
    expect(canariesLeft()).toEqual([]);
  });

  test('P04 after an answer to names that were the same', async () => {
    await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    participant.says(AT_PRAKERJA);
    await heard(participant, text('dialogue.names.ask.prakerja'));
    participant.says(AT_PRAKERJA.toLowerCase());
    await heard(participant, text('dialogue.names.same'));
    await expectNoneLeft();
  });

  test('P04 after both names in one message, unasked', async () => {
    await start();
    const participant = telegram.participant();
    participant.says('/start');
    await heard(participant, text('question.dashboard.text').slice(0, 40));
    const last = participant.says(BOTH).message_id;
    await hearsComparison(participant, last);
    await expectNoneLeft();
  });

  test('P04 after both names in the very first message', async () => {
    await start();
    const participant = telegram.participant();
    participant.says(BOTH);
    await heard(participant, text('say.heard-story'));
    await expectNoneLeft();
  });

  test('P04 after the participant gave up', async () => {
    await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    await typesFirst(participant);
    participant.says('batal');
    await heard(participant, text('dialogue.names.kept'));
    await expectNoneLeft();
  });

  test('P04 while others go on talking around them, of any of eight comparisons', async () => {
    await start();
    const all = Array.from({ length: 8 }, () => telegram.participant());
    const noise = telegram.participant();
    await Promise.all(all.map(toTheComparison));
    await Promise.all(all.map(typesFirst));
    await Promise.all(
      all.map((participant) => {
        noise.says('status');
        return hearsComparison(participant, participant.says(AT_PRAKERJA).message_id);
      }),
    );
    await expectNoneLeft();
  });
});

describe('a kill', () => {
  test('P04 between the names: the first one is gone when it is opened a quarter of an hour later', async () => {
    const program = await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    await typesFirst(participant);
    await program.kill();
    expect(canariesLeft()).not.toEqual([]);
    const here = await openHere(Date.now() + 16 * MINUTE_MS);
    await here.idle();
    expect(canariesLeft()).toEqual([]);
    expect(here.sent).toEqual([]);
    await here.close();
    expect(canariesLeft()).toEqual([]);
  });

  test('P04 between the names: opened in time the comparison goes on, and then they are gone', async () => {
    const program = await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    await typesFirst(participant);
    await program.kill();
    await start();
    expect(canariesLeft()).not.toEqual([]);
    const last = participant.says(AT_PRAKERJA).message_id;
    await hearsComparison(participant, last);
    await expectNoneLeft();
  });

  test('P04 F02 right after the second name was received: the comparison comes after the start, and then they are gone', async () => {
    const program = await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    await typesFirst(participant);
    // The answer cannot leave.
    const before = telegram.calls('sendMessage').length;
    telegram.faults.when('sendMessage', () => 'hang');
    const last = participant.says(AT_PRAKERJA).message_id;
    await eventually(
      () => telegram.calls('sendMessage').length > before,
      () => 'the answer was never tried',
    );
    await program.kill();
    telegram.faults.heal();
    expect(canariesLeft()).not.toEqual([]);
    await start();
    await hearsComparison(participant, last);
    await expectNoneLeft();
  });

  test('F10 P04 between the comparison and the verdict: the comparison stays on the screen, the verdict comes behind it', async () => {
    const program = await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    await typesFirst(participant);
    let sent = 0;
    telegram.faults.when('sendMessage', () => {
      sent += 1;
      return sent > 1 ? 'hang' : null;
    });
    const last = participant.says(AT_PRAKERJA).message_id;
    await eventually(
      () => sent > 1,
      () => 'the verdict was never tried',
    );
    await program.kill();
    telegram.faults.heal();
    await start();
    await hearsVerdict(participant, last);
    await expectNoneLeft();
    const shown = participant.heard().find(({ id }) => id > last);
    expect(shown).toMatchObject({ text: expect.stringContaining('[Tj]ivqolwanthi'), edited: false });
  });

  test('P04 F02 F08 in any moment after the second name was sent: the comparison comes, and then no byte is left', {
    timeout: 300_000,
  }, async () => {
    let program = await start();
    const participant = telegram.participant();
    await toTheComparison(participant);
    for (const [round, delayMs] of [0, 6, 14, 30].entries()) {
      if (round > 0) await compares(participant);
      await typesFirst(participant);
      const last = participant.says(AT_PRAKERJA).message_id;
      await wait(delayMs);
      await program.kill();
      program = await start();
      await hearsComparison(participant, last);
      await expectNoneLeft();
    }
  });
});

describe('a comparison that was begun and left', () => {
  /** In front of the second name, a minute after the beginning. */
  async function left(here: Here): Promise<number> {
    for (const said of ['halo', ...WALK]) await here.says(said);
    const begun = NINE;
    await here.says(text('choice.compare-names'));
    await here.moveTo(begun + MINUTE_MS);
    await here.says(AT_KEMNAKER);
    expect(here.sent.at(-1)).toBe(text('dialogue.names.ask.prakerja'));
    return begun;
  }

  test('P04 keeps the first name for a quarter of an hour, and not a moment longer', async () => {
    const here = await openHere(NINE);
    const begun = await left(here);
    await here.moveTo(begun + 14 * MINUTE_MS);
    expect(canariesLeft()).not.toEqual([]);
    await here.moveTo(begun + 15 * MINUTE_MS - 1);
    expect(canariesLeft()).not.toEqual([]);
    const said = here.sent.length;
    await here.moveTo(begun + 15 * MINUTE_MS);
    expect(canariesLeft()).toEqual([]);
    expect(here.sent).toHaveLength(said);
    await here.close();
    expect(canariesLeft()).toEqual([]);
  });

  test('P04 keeps it no longer at night or after STOP', async () => {
    const here = await openHere(NINE + 14 * 60 * MINUTE_MS);
    for (const said of ['halo', ...WALK, 'stop', text('choice.compare-names'), AT_KEMNAKER])
      await here.says(said);
    expect(canariesLeft()).not.toEqual([]);
    await here.moveTo(NINE + 14 * 60 * MINUTE_MS + 15 * MINUTE_MS);
    expect(canariesLeft()).toEqual([]);
    await here.close();
  });

  test('P04 keeps it no longer when it is opened again in between', async () => {
    const here = await openHere(NINE);
    const begun = await left(here);
    await here.close();
    expect(canariesLeft()).not.toEqual([]);
    const again = await openHere(begun + 14 * MINUTE_MS);
    await again.idle();
    expect(canariesLeft()).not.toEqual([]);
    await again.moveTo(begun + 15 * MINUTE_MS);
    expect(canariesLeft()).toEqual([]);
    await again.close();
  });

  test('P04 what cannot be sent is not kept longer either, and the verdict behind it still arrives', async () => {
    let isThrottled = false;
    const here = await openHere(NINE, async () => {
      if (!isThrottled) return null;
      throw new SendError('throttled', 'Too Many Requests', { retryAfterMs: 60 * MINUTE_MS });
    });
    const begun = await left(here);
    isThrottled = true;
    await here.says(AT_PRAKERJA);
    expect(canariesLeft()).not.toEqual([]);
    await here.moveTo(begun + 15 * MINUTE_MS);
    expect(canariesLeft()).toEqual([]);
    isThrottled = false;
    const said = here.sent.length;
    await here.moveTo(begun + 90 * MINUTE_MS);
    expect(here.sent.slice(said).join('\n')).toContain('Samakan nama di akun Kemnaker');
    await here.close();
    expect(canariesLeft()).toEqual([]);
  });

  test('P04 nor what is being tried again at the very end of the quarter of an hour', async () => {
    let isDown = false;
    const here = await openHere(NINE, async () => {
      if (isDown) throw new SendError('unreachable', 'no connection');
      return null;
    });
    const begun = await left(here);
    isDown = true;
    await here.says(AT_PRAKERJA);
    await here.moveTo(begun + 15 * MINUTE_MS);
    await here.close();
    expect(canariesLeft()).toEqual([]);
  });

  test('P04 nor when both names came unasked in one message', async () => {
    const here = await openHere(NINE, async () => {
      throw new SendError('unreachable', 'no connection');
    });
    await here.says('halo');
    await here.says(BOTH);
    await here.moveTo(NINE + 16 * MINUTE_MS);
    await here.close();
    expect(canariesLeft()).toEqual([]);
  });

  test('P04 nor when Pandu was blocked before it could ask for the second name', async () => {
    let isBlocked = false;
    const here = await openHere(NINE, async () => {
      if (isBlocked) throw new SendError('blocked', 'bot was blocked by the user');
      return null;
    });
    for (const said of ['halo', ...WALK, text('choice.compare-names')]) await here.says(said);
    isBlocked = true;
    await here.says(AT_KEMNAKER);
    await here.moveTo(NINE + 16 * MINUTE_MS);
    await here.close();
    expect(canariesLeft()).toEqual([]);
  });
});

type Here = {
  readonly sent: readonly string[];
  /** What arrives, handled and answered. */
  says(words: string): Promise<void>;
  moveTo(at: number): Promise<void>;
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** The same road on the same file, in this process and with a clock that is moved by hand. */
async function openHere(at: number, send: () => Promise<null> = async () => null): Promise<Here> {
  const clock = createVirtualClock(at);
  const store = await openSqliteStore({ path: join(data(), 'pandu.db') });
  const sent: string[] = [];
  let last = 0;
  const road = assemble({
    store,
    clock,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    knowledge: () => knowledge,
    channels: () => [
      {
        name: 'telegram' as ChannelName,
        pace: { perSecond: 1_000, perChatPerSecond: 1_000, concurrency: 8 },
        start: async () => {},
        stopListening: async () => {},
        stop: async () => {},
        send: async (_address: Address, outgoing: Outgoing) => {
          await send();
          if (outgoing.kind === 'say') sent.push(outgoing.text);
          return null;
        },
      },
    ],
  });
  return {
    sent,
    async says(said) {
      last += 1;
      await road.intake.receive([
        { ...WRITTEN, messageId: `here ${last}`, text: said, sentAt: clock.now() } satisfies Incoming,
      ]);
      await road.idle();
    },
    async moveTo(moment) {
      clock.moveTo(moment);
      road.wake();
      await road.idle();
    },
    idle: () => road.idle(),
    async close() {
      await road.stop();
      await store.close();
    },
  };
}

const WRITTEN = {
  channel: 'telegram',
  chat: '700',
  sender: '700',
  kind: 'text',
  choice: null,
  language: null,
} as const;
