import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { median, print, withFile } from './measure.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const FIRST_REPLY = fileURLToPath(new URL('first-reply.ts', import.meta.url));

/** From the start of a process to the first reply, beside a Node.js that does nothing. */
export async function coldStart(rounds: number): Promise<void> {
  const bare: number[] = [];
  const chat: number[] = [];
  const file: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await time(['-e', 'console.log(0)']));
    chat.push(await time([MAIN, 'chat', '--json']));
    await withFile(async (path) => {
      file.push(await time([FIRST_REPLY, path]));
    });
  }
  print(['from start to first reply', 'ms', 'of bare']);
  print(['  a bare Node.js', median(bare), 1]);
  print(['  pandu chat --json, in memory', median(chat), median(chat) / median(bare)]);
  print(['  engine and a new data file', median(file), median(file) / median(bare)]);
}

/** Milliseconds until the first line on stdout. */
async function time(args: readonly string[]): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const took = performance.now() - begun;
  const gone = once(child, 'close');
  child.stdin.end();
  await gone;
  return took;
}
