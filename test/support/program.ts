import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The program as `npm start` runs it, in a process of its own. */
export type Program = {
  /** Address of the web chat. */
  readonly url: string;
  /** From the start of the process until it said that it runs. */
  readonly startMs: number;
  readonly pid: number;
  /** Everything it wrote to stdout and stderr so far. */
  output(): string;
  /** SIGKILL: no chance to tidy up. */
  kill(): Promise<void>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
  readonly ended: Promise<number | null>;
};

const START_LIMIT_MS = 30_000;

/** Starts it and waits until it runs. Rejects with its output when it ends before that. */
export async function startProgram(settings: Readonly<Record<string, string>>): Promise<Program> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', OPERATOR_NAME: 'Relawan Uji', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const running = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      output += chunk;
      if (output.includes('Pandu is running.') && output.includes('Stop with')) running.resolve();
    });
  }
  const late = setTimeout(
    () => running.reject(new Error(`did not start in time:\n${output}`)),
    START_LIMIT_MS,
  );
  ended.then((code) => running.reject(new Error(`ended with ${code} before it ran:\n${output}`)));
  try {
    await running.promise;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(late);
  }
  return {
    url: /web chat\s+on\s+open (http:\S+)/.exec(output)?.[1] ?? '',
    startMs: performance.now() - begun,
    pid: child.pid!,
    output: () => output,
    kill: () => end(child, 'SIGKILL', ended).then(() => undefined),
    stop: () => end(child, 'SIGTERM', ended),
    ended,
  };
}

function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  ended: Promise<number | null>,
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return ended;
}
