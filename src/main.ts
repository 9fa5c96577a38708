#!/usr/bin/env node
/** The command line: finds the command and hands it its words. Each command is a file in command/, loaded only when asked for. */

const COMMANDS: Readonly<Record<string, { load: () => Promise<Command>; help: string }>> = {
  start: {
    load: () => import('./command/start.ts'),
    help: 'run everything that is configured: web chat, Telegram with a token',
  },
  chat: {
    load: () => import('./command/chat.ts'),
    help: 'talk in the terminal [--lang id|en] [--at ISO-TIME] [--save NAME] [--json]',
  },
  understand: {
    load: () => import('./command/understand.ts'),
    help: 'what Pandu makes of each line it reads: --json [--asking QUESTION-ID]',
  },
  names: {
    load: () => import('./command/names.ts'),
    help: 'compare the names of the two accounts [--json] [--lang id|en]',
  },
  check: { load: () => import('./command/check.ts'), help: 'check every file in flows/ [--at ISO-TIME]' },
  draw: {
    load: () => import('./command/draw.ts'),
    help: 'print the checklist as an SVG picture [--lang id|en]',
  },
};

/** Names of errors whose message is a sentence for the operator. */
const PLAIN_ERRORS: readonly string[] = [
  'ConfigError',
  'DataKeyUnusable',
  'StoreUnusable',
  'ChannelUnusable',
  'UsageError',
];

/** Resolves to the exit code. */
type Command = { run(words: readonly string[]): Promise<number> };

async function main([name, ...words]: readonly string[]): Promise<number> {
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  if (command === undefined) {
    const lines = Object.entries(COMMANDS).map(([id, { help }]) => `  ${id.padEnd(10)} ${help}`);
    process.stderr.write(`Usage: npm run --silent pandu -- COMMAND\n${lines.join('\n')}\n`);
    return name === undefined || name === 'help' || name === '--help' ? 0 : 2;
  }
  const { run } = await command.load();
  return run(words);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // What an operator can mend is said in a sentence; anything else is a fault of ours and keeps its trace.
  const isPlain = error instanceof Error && PLAIN_ERRORS.includes(error.name);
  process.stderr.write(`${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
