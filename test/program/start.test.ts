import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allPaths, type PathPosition, verdictName } from '../../src/checklist/paths.ts';
import { shippedKnowledge } from '../support/conversation.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { Participant, Seen } from '../support/telegram/participant.ts';
import { startTelegram, type TelegramServer } from '../support/telegram/server.ts';

const { words } = shippedKnowledge();
const label = (question: string, answer: string): string =>
  words.id.get(`question.${question}.answers.${answer}`)!;

let directory: string;
let programs: Program[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pandu-'));
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill();
  rmSync(directory, { recursive: true, force: true });
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<Program> {
  const program = await startProgram({ DATA_DIR: join(directory, 'data'), ...settings });
  programs.push(program);
  return program;
}

describe('with no settings at all', () => {
  test('it says once what is on, what is off and how to turn it on, and the web chat answers within five seconds', async () => {
    const begun = performance.now();
    const program = await start();
    const page = await fetch(program.url);
    expect(page.status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(program.output()).toMatch(/web chat\s+on/);
    expect(program.output()).toMatch(/Telegram\s+off\s+set TELEGRAM_BOT_TOKEN/);
    expect(program.output().match(/Pandu is running\./g)).toHaveLength(1);
    expect(await program.stop()).toBe(0);
  });

  test('S45 its data are for its own user alone', async () => {
    const program = await start();
    await program.stop();
    const data = join(directory, 'data');
    expect(statSync(data).mode & 0o077).toBe(0);
    for (const name of readdirSync(data)) expect(statSync(join(data, name)).mode & 0o077).toBe(0);
  });

  test('F39 a second one on the same data ends with a plain sentence, and the first goes on', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(/ended with 1/);
    const second = spawnSync(process.execPath, ['src/main.ts', 'start'], {
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(directory, 'data') },
      encoding: 'utf8',
    });
    expect(second.stderr).not.toMatch(/\bat .*:\d+:\d+/);
    expect((await fetch(first.url)).status).toBe(200);
  });

  test('a taken port is told in a plain sentence', async () => {
    const first = await start();
    const port = new URL(first.url).port;
    const second = spawnSync(process.execPath, ['src/main.ts', 'start'], {
      env: { PATH: process.env.PATH, PORT: port, DATA_DIR: join(directory, 'other') },
      encoding: 'utf8',
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(port);
    expect(second.stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test('it ends with a plain sentence when the thread of its store has ended', async () => {
    const endThread = join(directory, 'end-thread.mjs');
    writeFileSync(
      endThread,
      `import { isMainThread } from 'node:worker_threads';
       if (!isMainThread) setTimeout(() => process.exit(), 1_500);`,
    );
    const program = await start({ NODE_OPTIONS: `--import=${endThread}` });
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    let health = 200;
    while (health === 200) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      health = await fetch(`${program.url}/healthz`).then(
        ({ status }) => status,
        () => 0,
      );
    }
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain('Start Pandu again.');
    expect(program.output()).not.toMatch(/\n\s+at /);
  });

  test('it refuses to run on a broken flows/ and names file and line', () => {
    const flows = join(directory, 'flows');
    cpSync('flows', flows, { recursive: true });
    writeFileSync(
      join(flows, 'checklist.yaml'),
      readFileSync('flows/checklist.yaml', 'utf8').replace('owner: provider', 'owner: nobody-knows'),
    );
    const result = spawnSync(process.execPath, ['src/main.ts', 'start'], {
      env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: join(directory, 'data'), FLOWS_DIR: flows },
      encoding: 'utf8',
    });
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/flows\/checklist\.yaml:\d+: /);
  });
});

describe('F76 flows edited while it runs', () => {
  test('are taken over together when they pass, else the old ones stay and the log says why', async () => {
    const flows = join(directory, 'flows');
    cpSync('flows', flows, { recursive: true });
    const program = await start({ FLOWS_DIR: flows, LOG_LEVEL: 'info' });
    const file = join(flows, 'id', 'messages.yaml');
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, original.replace('  text: |-', '  text: [broken'));
    await until(() => program.output().includes('the old ones stay'));
    expect(program.output()).toMatch(/messages\.yaml:\d+/);
    writeFileSync(file, original.replace('saya Pandu', 'aku Pandu'));
    await until(() => program.output().includes('are used from now on'));
    expect(await program.stop()).toBe(0);
  });
});

/**
 * For each verdict the first way that leads to it by the questions alone. A wish that nobody is asked for, and answers
 * that are offered only when their question is asked once more, are on nobody's first way.
 */
function firstWays(): ReadonlyMap<string, PathPosition> {
  const { checklist } = shippedKnowledge();
  const unoffered = new Set(
    checklist.questions.flatMap(({ id, answers }) =>
      answers.flatMap((answer) => (answer.onlyAgain ? `${id} ${answer.id}` : [])),
    ),
  );
  const ways = new Map<string, PathPosition>();
  for (const path of allPaths(checklist, Date.now())) {
    const { position, steps, wished, askedBeforeVerdict } = path;
    if (position.verdict === null || steps.length !== askedBeforeVerdict || wished > 0) continue;
    if (steps.some(({ question, answer }) => unoffered.has(`${question} ${answer}`))) continue;
    const name = verdictName(position.verdict);
    if (!ways.has(name)) ways.set(name, path);
  }
  return ways;
}

/** The beginning of what tells this verdict, up to the first value that is filled in. */
function remedyOf({ position: { verdict } }: PathPosition): string {
  const { kind, requirement, telling } = verdict!;
  const told = { 'find-out': `question.${telling}.find-out`, finished: 'verdict.finished.finished' };
  const id = kind === 'find-out' || kind === 'finished' ? told[kind] : `verdict.${requirement}.${telling}`;
  return words.id.get(id)!.split('{')[0]!.trim().slice(0, 60);
}

describe('on Telegram', () => {
  let telegram: TelegramServer;
  beforeEach(async () => {
    telegram = await startTelegram();
  });
  afterEach(async () => {
    await telegram.close();
  });
  const settings = (): Record<string, string> => ({
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
  });

  test('it walks a participant to each verdict', { timeout: 60_000 }, async () => {
    const program = await start(settings());
    const ways = [...firstWays()];
    expect(ways.length).toBeGreaterThanOrEqual(20);
    expect(ways.length).toBeLessThanOrEqual(40);
    await Promise.all(
      ways.map(async ([name, way]) => {
        const participant = telegram.participant();
        participant.says('/start');
        let last = 0;
        for (const { question, answer } of way.steps) {
          const button = label(question, answer);
          const asked = await heard(
            participant,
            ({ id, buttons }) => id > last && buttons.flat().includes(button),
            `${name}: ${button}`,
          );
          last = asked.id;
          participant.presses(asked, button);
        }
        const remedy = remedyOf(way);
        await heard(participant, ({ id, text }) => id > last && text.includes(remedy), `${name}: ${remedy}`);
        expect(participant.heard()[0]!.text).toBe(words.id.get('notice.text')!.replace(/\s+$/, ''));
      }),
    );
    expect(telegram.commands.get('')).toHaveLength(11);
    expect(telegram.commands.get('en')).toHaveLength(11);
    expect(await program.stop()).toBe(0);
    expect(program.output()).not.toContain(telegram.token);
  });

  /** The newest message that is looked for, when it is there. */
  async function heard(
    participant: Participant,
    isIt: (message: Seen) => boolean,
    name: string,
  ): Promise<Seen> {
    for (;;) {
      const found = participant.heard().findLast(isIt);
      if (found !== undefined) return found;
      const { length } = participant.heard();
      await participant.hears(length + 1, 15_000).catch(() => {
        const texts = participant.heard().map(({ text, buttons }) => `${text} ${JSON.stringify(buttons)}`);
        throw new Error(`never heard ${name}, but:\n${texts.join('\n')}`);
      });
    }
  }

  test('trouble with Telegram is a warning, its end and a planned stop are said at info', async () => {
    telegram.faults.next('getMe', 'drop');
    const program = await start({ ...settings(), LOG_LEVEL: 'info' });
    const told = (): string[] =>
      [...program.output().matchAll(/"level":"(\w+)".*"channel":"telegram","state":"(\w+)"/g)].map(
        ([, level, state]) => `${level} ${state}`,
      );
    await until(() => told().length === 2);
    expect(await program.stop()).toBe(0);
    expect(told()).toEqual(['warn waiting', 'info on', 'info stopped']);
  });

  test('a refused token is a warning', async () => {
    telegram.faults.when('getMe', () => ({ error_code: 401, description: 'Unauthorized' }));
    const program = await start(settings());
    await until(() => /"level":"warn".*"state":"stopped"/.test(program.output()));
    expect(await program.stop()).toBe(0);
  });

  test('F16 SIGTERM under load answers all that was received before it exits with 0, and leaves the rest for the restart', async () => {
    let program = await start(settings());
    const participants = Array.from({ length: 40 }, () => telegram.participant());
    // The second message of an answer waits for the first, so both are open when the signal comes.
    telegram.faults.when('sendMessage', () => ({ lateMs: 150 }));
    for (const participant of participants) participant.says('halo');
    await until(() => telegram.calls('sendMessage').length > 0);
    expect(await program.stop()).toBe(0);
    const received = new Set(receivedChats());
    expect(received.size).toBeGreaterThan(0);
    for (const { chat, heard } of participants) expect(heard()).toHaveLength(received.has(chat) ? 2 : 0);
    program = await start(settings());
    for (const participant of participants) await participant.hears(2, 15_000);
    expect(await program.stop()).toBe(0);
    for (const participant of participants) expect(participant.heard()).toHaveLength(2);
  });

  /** Chats whose message is in the data file: what Telegram was, or could have been, told that we have. */
  function receivedChats(): string[] {
    const database = new DatabaseSync(join(directory, 'data', 'pandu.db'), { readOnly: true });
    const rows = database
      .prepare('SELECT chat FROM conversation WHERE id IN (SELECT conversation FROM inbox)')
      .all() as { chat: string }[];
    database.close();
    return rows.map(({ chat }) => chat);
  }
});

test('`check` prints nothing on stdout for the flows that are shipped, and `draw` an SVG', () => {
  expect(
    execFileSync(process.execPath, ['src/main.ts', 'check'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ).toBe('');
  expect(execFileSync(process.execPath, ['src/main.ts', 'draw'], { encoding: 'utf8' })).toMatch(
    /^<svg[\s\S]*<\/svg>\s*$/,
  );
});

test.each([['--x'], ['--lang'], ['--lang', 'xx'], ['x']])(
  '`draw %s %s` is refused in one plain sentence',
  (...words) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, ['src/main.ts', 'draw', ...words], {
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('--lang');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  },
);

async function until(holds: () => boolean, withinMs = 10_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`did not happen within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
