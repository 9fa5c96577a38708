import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAW, violations } from './support/import-law.ts';

function sources(): { path: string; text: string }[] {
  return readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function violationsOf(path: string, text: string): string[] {
  return violations([{ path, text }]);
}

describe('the law of imports', () => {
  it('is kept by every file of src/', () => {
    // As one text, so that a failure shows every line of it.
    expect(violations(sources()).join('\n')).toBe('');
  });

  it('has a house for every file, and a file for every house', () => {
    const paths = sources().map(({ path }) => path.slice('src/'.length));
    const empty = Object.keys(LAW).filter(
      (house) => !paths.some((path) => path.startsWith(`${house}/`) || path === `${house}.ts`),
    );
    expect(empty).toEqual([]);
  });
});

describe('the law of imports catches', () => {
  const planted: readonly [path: string, text: string, reason: RegExp][] = [
    // Houses that must not know each other.
    ['language/reader.ts', `import { walk } from '../checklist/walk.ts';`, /imports checklist\/walk/],
    ['language/reader.ts', `import { INCOMING_KINDS } from '../message.ts';`, /imports message/],
    [
      'checklist/walk.ts',
      `import type { Session } from '../conversation/session.ts';`,
      /conversation\/session/,
    ],
    ['conversation/step.ts', `import type { Store } from '../store/store.ts';`, /types of store\/store/],
    ['conversation/step.ts', `import type { Channel } from '../channels/channel.ts';`, /channels\/channel/],
    ['conversation/step.ts', `import { takeTurn } from '../turn/turn.ts';`, /turn\/turn/],
    ['conversation/step.ts', `import type { Log } from '../log.ts';`, /types of log/],
    ['flow/load.ts', `import { step } from '../conversation/step.ts';`, /imports conversation\/step/],
    [
      'store/sqlite.ts',
      `import { begin } from '../conversation/session.ts';`,
      /imports conversation\/session/,
    ],
    [
      'store/sqlite.ts',
      `import { type Session } from '../conversation/session.ts';`,
      /imports conversation\/session/,
    ],
    ['store/sqlite.ts', `import { takeTurn } from '../turn/turn.ts';`, /turn\/turn/],
    ['turn/turn.ts', `import { sender } from '../delivery/sender.ts';`, /delivery\/sender/],
    ['turn/turn.ts', `import { SendError } from '../channels/channel.ts';`, /channels\/channel/],
    ['delivery/sender.ts', `import { step } from '../conversation/step.ts';`, /conversation\/step/],
    [
      'delivery/sender.ts',
      `import { telegram } from '../channels/telegram/channel.ts';`,
      /channels\/telegram/,
    ],
    ['delivery/sender.ts', `import { readFileSync } from 'node:fs';`, /node:fs/],
    ['channels/telegram/poll.ts', `import { page } from '../web/page.ts';`, /channels\/web/],
    ['channels/web/server.ts', `import { terminal } from '../terminal.ts';`, /channels\/terminal/],
    ['channels/web/server.ts', `import type { Store } from '../../store/store.ts';`, /store\/store/],
    ['channels/web/server.ts', `import { Bot } from 'grammy';`, /imports grammy/],
    ['channels/telegram/poll.ts', `import { Hono } from 'hono';`, /imports hono/],
    ['channels/telegram/poll.ts', `import { run } from 'grammy-evil';`, /imports grammy-evil/],
    ['turn/turn.ts', `import { readConfig } from '../config.ts';`, /imports config/],
    ['delivery/sender.ts', `import { createLog } from '../log.ts';`, /imports log/],
    ['turn/turn.ts', `import { systemClock } from '../clock.ts';`, /imports clock/],
    ['turn/turn.ts', `import { chat } from '../command/chat.ts';`, /command\/chat/],
    ['command/chat.ts', `import { main } from '../main.ts';`, /imports main/],
    ['main.ts', `import { step } from './conversation/step.ts';`, /conversation\/step/],
    // Ways of importing.
    ['delivery/sender.ts', `export * from '../turn/turn.ts';`, /turn\/turn/],
    ['delivery/sender.ts', `export { take } from '../turn/turn.ts';`, /turn\/turn/],
    ['delivery/sender.ts', `import '../turn/turn.ts';`, /turn\/turn/],
    ['delivery/sender.ts', `const turn = await import('../turn/turn.ts');`, /turn\/turn/],
    ['delivery/sender.ts', 'const turn = await import(name);', /a computed name/],
    ['delivery/sender.ts', `type T = import('../turn/turn.ts').T;`, /turn\/turn/],
    ['delivery/sender.ts', `import * as turn from '../turn/turn.ts';`, /turn\/turn/],
    ['delivery/sender.ts', `import {\n  take, // the oldest\n} from '../turn/turn.ts';`, /turn\/turn/],
    ['delivery/sender.ts', `import take, { type Turn } from "../turn/turn.ts";`, /turn\/turn/],
    ['delivery/sender.ts', `import type { Turn } from '../turn/turn';`, /without its extension/],
    ['delivery/sender.ts', `/* why */ import x from '../turn/turn.ts'; // because`, /turn\/turn/],
    // What a pure house cannot know.
    ['language/reader.ts', `import { z } from 'zod';`, /pure house and imports zod/],
    [
      'conversation/step.ts',
      `import type { Buffer } from 'node:buffer';`,
      /pure house and imports types of node:buffer/,
    ],
    ['conversation/step.ts', 'const at = Date.now();', /reads the clock/],
    ['conversation/step.ts', 'const at = new Date();', /reads the clock/],
    ['conversation/step.ts', 'const at = +new Date;', /reads the clock/],
    ['conversation/step.ts', 'const at = Date();', /reads the clock/],
    ['conversation/step.ts', 'const hour = new Date(at).getHours();', /time zone/],
    ['conversation/step.ts', 'const day = at.toLocaleDateString();', /language or time zone/],
    ['checklist/walk.ts', 'const first = Math.random() < 0.5;', /takes a chance/],
    ['checklist/walk.ts', 'const id = crypto.randomUUID();', /takes a chance/],
    ['language/lexicon.ts', `const home = process.cwd();`, /looks at where it runs/],
    ['language/lexicon.ts', 'const all = globalThis;', /looks at where it runs/],
    ['conversation/step.ts', 'setTimeout(remind, 1000);', /uses a timer/],
    ['conversation/step.ts', 'const started = performance.now();', /uses a timer/],
    ['conversation/step.ts', `await fetch('https://prakerja.go.id');`, /reaches outside/],
    ['conversation/step.ts', 'const said = `at $'.concat('{Date.now()}`;'), /reads the clock/],
    // The rest of the house rules.
    ['turn/turn.ts', 'const level = process.env.LOG_LEVEL;', /reads the environment/],
    ['main.ts', 'const level = process.env.LOG_LEVEL;', /reads the environment/],
    ['conversation/tell.ts', `const text = 'Halo!' as SpokenText;`, /spoken text/],
    ['channels/web/page.ts', `const text = <SpokenText>'Halo!';`, /spoken text/],
    ['conversation/index.ts', '', /index file/],
    ['turn/utils/retry.ts', '', /folder called utils/],
    ['store/types/row.d.ts', '', /folder called types/],
    ['whatsapp/socket.ts', '', /belongs to no house/],
    ['messages.ts', '', /belongs to no house/],
    ['turn/turn.ts', 'const a = 1;\n'.repeat(301), /more than 300 lines/],
  ];
  for (const [path, text, reason] of planted) {
    it(`${path}: ${text.slice(0, 60).replaceAll('\n', ' ') || 'its very name'}`, () => {
      expect(violationsOf(`src/${path}`, text)).toEqual([expect.stringMatching(reason)]);
    });
  }

  it('files that import each other in a ring', () => {
    const files = [
      { path: 'src/turn/a.ts', text: `import { b } from './b.ts';` },
      { path: 'src/turn/b.ts', text: `import { c } from './c.ts';` },
      { path: 'src/turn/c.ts', text: `import { a } from './a.ts';` },
    ];
    expect(violations(files)).toEqual([
      'src/turn/a.ts: imports itself through src/turn/b.ts → src/turn/c.ts → src/turn/a.ts',
    ]);
  });
});

describe('the law of imports leaves alone', () => {
  const lawful: readonly [path: string, text: string][] = [
    ['conversation/step.ts', `// Date.now() would be a second opinion; import '../store/store.ts' too`],
    ['conversation/step.ts', '/** process.env, setTimeout, Math.random: none of them here */'],
    ['conversation/step.ts', `const id = 'process.text'; const other = "Date.now";`],
    ['conversation/step.ts', 'const wall = new Date(at + offset).getUTCHours();'],
    [
      'conversation/step.ts',
      `import { walk } from '../checklist/walk.ts';\nimport type { Saying } from '../message.ts';`,
    ],
    ['language/lexicon.ts', 'type Candidate = Date | Update; const candidate = update(1);'],
    [
      'store/sqlite.ts',
      `import type { Session } from '../conversation/session.ts';\nimport { DatabaseSync } from 'node:sqlite';`,
    ],
    ['store/sqlite.ts', 'const outgoing = JSON.parse(row) as Outgoing;'],
    [
      'delivery/sender.ts',
      `import { SendError } from '../channels/channel.ts';\nimport type { Log } from '../log.ts';`,
    ],
    ['turn/turn.ts', `/* A state machine: its states take a page. */\n${'const a = 1;\n'.repeat(301)}`],
    ['turn/a.ts', `const link = 'https://example.org'; // import '../delivery/sender.ts'`],
  ];
  for (const [path, text] of lawful) {
    it(`${path}: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => {
      expect(violationsOf(`src/${path}`, text)).toEqual([]);
    });
  }
});
