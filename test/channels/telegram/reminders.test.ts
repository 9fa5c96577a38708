import { expect, onTestFinished, test } from 'vitest';
import { assemble } from '../../../src/command/assemble.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { MONDAY_MORNING, shippedKnowledge } from '../../support/conversation.ts';
import {
  connectTo,
  type RememberingIntake,
  rememberingLog,
  standingClock,
} from '../../support/telegram/connected.ts';
import { startTelegram } from '../../support/telegram/server.ts';

const HOUR_MS = 3_600_000;
const knowledge = shippedKnowledge();
const say = (id: string): string => knowledge.words.id.get(id)!;

/** The whole program on a loopback platform, with a clock that is moved by hand. */
async function startProgram() {
  const telegram = await startTelegram();
  const clock = standingClock(MONDAY_MORNING);
  const store = await openSqliteStore({ path: ':memory:' });
  const program = assemble({
    store,
    clock,
    log: rememberingLog(),
    knowledge: () => knowledge,
    channels: (intake) => [
      connectTo(telegram, {
        intake: intake as RememberingIntake,
        clock,
        // The clock stands still: what is of unknown fate would stay so.
        timing: { sendTimeoutMs: 15_000, connectTimeoutMs: 15_000 },
      }).channel,
    ],
  });
  const [channel] = program.channels;
  await channel!.start();
  onTestFinished(async () => {
    await program.stop();
    await channel!.stop();
    await store.close();
    await telegram.close();
  });
  const siti = telegram.participant();
  let heard = 0;
  return {
    siti,
    /** What comes next; what takes no time on the clock may take some on the wire. */
    async hears(count: number): Promise<string> {
      heard += count;
      await siti.hears(heard, 15_000);
      await program.idle();
      return siti.heard().at(-1)!.text;
    },
    presses(label: string): void {
      const message = siti.heard().findLast(({ buttons }) => buttons.flat().includes(label))!;
      siti.presses(message, label);
    },
    /** Time passes, and whatever falls due is done. */
    async waits(milliseconds: number): Promise<void> {
      for (let passed = 0; passed < milliseconds; passed += HOUR_MS) {
        clock.move(HOUR_MS);
        program.wake();
        await program.idle();
      }
    },
  };
}

async function walkToTheProvider(program: Awaited<ReturnType<typeof startProgram>>): Promise<void> {
  program.siti.says('/start');
  await program.hears(2);
  for (const [label, count] of [
    ['Belum ada apa-apa', 1],
    ['Sudah selesai', 1],
    ['Menunya tidak ada', 2],
  ] as const) {
    program.presses(label);
    await program.hears(count);
  }
}

test('a reminder arrives on the morning after with its buttons, and one of them answers it', async () => {
  const program = await startProgram();
  await walkToTheProvider(program);
  program.presses('Ingatkan saya');
  expect(await program.hears(1)).toContain('24 November');
  await program.waits(23 * HOUR_MS);
  expect(program.siti.heard().at(-1)!.text).toContain('24 November');
  await program.waits(HOUR_MS);
  expect(await program.hears(1)).toContain(say('requirement.graded-in-sisnaker.missing'));
  expect(program.siti.heard().at(-1)!.buttons.flat()).toEqual(['Sudah', 'Belum', 'Jangan ingatkan lagi']);
  program.presses('Belum');
  expect(await program.hears(1)).toContain('26 November');
});

test('P03 after STOP none arrives', async () => {
  const program = await startProgram();
  await walkToTheProvider(program);
  program.presses('Ingatkan saya');
  await program.hears(1);
  program.siti.says('STOP');
  expect(await program.hears(1)).toContain(say('dialogue.stop.done').split('\n')[0]);
  await program.waits(72 * HOUR_MS);
  expect(program.siti.heard().at(-1)!.text).toContain(say('dialogue.stop.done').split('\n')[0]);
});
