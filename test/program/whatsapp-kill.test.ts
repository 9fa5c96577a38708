import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { shippedKnowledge } from '../support/conversation.ts';
import { expectHandledOnce } from '../support/handled-once.ts';
import { LONG_WALK } from '../support/long-walk.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { Participant } from '../support/whatsapp/participant.ts';
import { startWhatsappServer, type WhatsappServer } from '../support/whatsapp/server.ts';

const KILLS = 30;
const PARTICIPANTS = 12;
const PATIENCE_MS = 60_000;

const { words } = shippedKnowledge();
const text = (id: string): string => words.id.get(id)!;

type Walker = {
  readonly participant: Participant;
  readonly shouts: boolean;
  /** How much was heard before they spoke last. */
  heard: number;
  /** What they chose last in this round. */
  chosen: string | null;
  answers: number;
  rounds: number;
  sent: number;
};

test(`F04 F05 F06 F09 F10 F11 F17 F69 F71 on WhatsApp nothing is lost, handled twice or seen twice over ${KILLS} SIGKILLs under load`, {
  timeout: 400_000,
}, async () => {
  const server = await startWhatsappServer();
  const directory = mkdtempSync(join(tmpdir(), 'pandu-whatsapp-kill-'));
  const settings = {
    ...server.environment,
    // The stock program; only this process takes the loopback server for WhatsApp.
    NODE_OPTIONS: `--import=${resolve('test/support/whatsapp/trust.ts')}`,
    WHATSAPP: 'on',
    WHATSAPP_PAIRING_NUMBER: '+62 811-999-9999',
    WHATSAPP_WS_URL: server.url,
    WHATSAPP_PER_MINUTE: '60000',
    WHATSAPP_PER_CHAT_PER_MINUTE: '60000',
    WHATSAPP_TYPING: 'off',
    DATA_DIR: directory,
  };
  let program: Program | null = null;
  try {
    program = await startProgram(settings);
    await link(server, program);
    let killing = true;
    const walkers = Array.from(
      { length: PARTICIPANTS },
      (_, index): Walker => ({
        participant: server.participant(),
        shouts: index % 2 === 0,
        heard: 0,
        chosen: null,
        answers: 0,
        rounds: 0,
        sent: 0,
      }),
    );
    const walks = Promise.all(walkers.map((walker) => walk(walker, () => killing)));
    for (let kill = 0; kill < KILLS; kill += 1) {
      await server.until(() => server.online, 'the program to be connected', 30_000);
      // In the middle of traffic both ways, whatever the machine does besides: decrypting, deciding, committing,
      // encrypting, sending.
      const stanzas = server.heard.length + 10 + ((kill * 37) % 90);
      await server.until(() => server.heard.length >= stanzas, 'traffic', 30_000);
      await wait((kill * 7) % 20);
      await program.kill();
      program = await startProgram(settings);
      killedAt = performance.now();
    }
    killing = false;
    const last = program;
    await walks.catch((error: Error) => {
      throw new Error(`${error.message}\n${stateOf(server, last)}`, { cause: error });
    });
    // A phone tells that it got the last words; so late a stop may leave that to the next start.
    await server.until(() => server.waiting.length === 0, 'everything to be confirmed', 30_000);
    expect(await program.stop()).toBe(0);
    expect(server.waiting).toEqual([]);

    const database = new DatabaseSync(join(directory, 'pandu.db'), { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    let copies = 0;
    for (const walker of walkers) {
      const { participant } = walker;
      const conversation = expectHandledOnce(
        database,
        { channel: 'whatsapp', chat: participant.lid },
        walker,
      );
      const said = database
        .prepare(
          "SELECT state, platform_id, body ->> 'text' AS text FROM outbox WHERE conversation = ? ORDER BY id",
        )
        .all(conversation) as { state: number; platform_id: string; text: string }[];
      expect(new Set(said.map(({ state }) => state))).toEqual(new Set([3]));
      // What was said is what is seen: all of it, in its order, once, and readable.
      const seen = participant.inbox.filter(({ repeated }) => !repeated);
      expect(seen.map(({ id }) => id)).toEqual(said.map((one) => one.platform_id));
      expect(participant.inbox.filter(({ message }) => message === null)).toEqual([]);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
      copies += participant.inbox.length - seen.length;
    }
    database.close();
    const messages = walkers.reduce((sum, { sent }) => sum + sent, 0);
    console.log(
      `${KILLS} kills, ${messages} messages of participants, ${copies} copies under the same id that nobody sees`,
    );
  } finally {
    await program?.kill();
    await server.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

/** What there is to go by when somebody waits in vain. */
function stateOf(server: WhatsappServer, program: Program): string {
  const waiting = server.waiting.map(({ tag, attrs }) => `${tag} ${attrs.from} ${attrs.id} ${attrs.type}`);
  const heard = server.heard.slice(-15).map(({ tag, attrs }) => `${tag} ${JSON.stringify(attrs)}`);
  return [
    `connected: ${server.online}; stanzas that wait: ${waiting.join(', ') || 'none'}`,
    `the last stanzas of the program:\n${heard.join('\n')}`,
    `what it printed:\n${program.output().slice(-1_500)}`,
  ].join('\n');
}

/** By the code on the terminal, as whoever runs Pandu would. */
async function link(server: WhatsappServer, program: Program): Promise<void> {
  const code = await server.until(
    () => /^ +([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(program.output())?.[1],
    'a pairing code on the terminal',
    10_000,
  );
  await server.enterCode(code.replace('-', ''));
  await server.until(() => server.online, 'the program to be linked', 10_000);
}

/** Walks to the verdict again and again while the killing goes on, and once more after it. */
async function walk(walker: Walker, isGoingOn: () => boolean): Promise<void> {
  await says(walker, 'halo');
  for (;;) {
    const isLast = !isGoingOn();
    for (const [question, answer] of LONG_WALK) {
      await picks(walker, text(`question.${question}.answers.${answer}`));
      walker.answers += 1;
    }
    // The picture comes first and has no menu: the reply is over with its words.
    for (const last = walker.chosen!; offers(await heard(walker, hasMenu), last); ) await says(walker, last);
    walker.rounds += 1;
    walker.chosen = null;
    if (isLast) return;
    await says(walker, 'ulang dari awal');
    await picks(walker, text('dialogue.restart.yes'));
  }
}

/** What is said from now on is an answer to this. */
async function says(walker: Walker, words: string): Promise<void> {
  walker.heard = walker.participant.texts.length;
  walker.sent += 1;
  await walker.participant.send(words);
}

/**
 * Chooses from the menu as soon as it is there; half of them in other words than it has. Where what they chose before is
 * asked once more they choose it again: an answer that comes before Pandu knows that its question arrived, because it was
 * killed in between, may be meant for something else, and Pandu asks rather than guesses.
 */
async function picks(walker: Walker, label: string): Promise<void> {
  const before = walker.chosen;
  for (;;) {
    const said = await heard(walker, (one) => offers(one, label) || (before !== null && offers(one, before)));
    const isAsked = offers(said, label);
    const chosen = isAsked ? label : before!;
    await says(walker, walker.shouts ? chosen.toUpperCase() : chosen);
    if (isAsked) break;
  }
  walker.chosen = label;
}

function hasMenu(said: string): boolean {
  return /^1\. /m.test(said);
}

function offers(said: string, label: string): boolean {
  return new RegExp(`^\\d+\\. ${escaped(label)}$`, 'm').test(said);
}

function escaped(label: string): string {
  return label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Late is what does not come although the program is left alone. */
let killedAt = 0;

async function heard(walker: Walker, fits: (said: string) => boolean): Promise<string> {
  const begun = performance.now();
  for (;;) {
    const { texts } = walker.participant;
    const found = texts.slice(walker.heard).find(fits);
    if (found !== undefined) return found;
    if (performance.now() > Math.max(begun, killedAt) + PATIENCE_MS) {
      throw new Error(
        `${walker.participant.lid}, who chose ${walker.chosen}, waits since: ${texts.at(-1)?.slice(0, 200)}`,
      );
    }
    await wait(10);
  }
}
