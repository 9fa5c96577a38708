import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The program as `npm start` runs it, with its data in `dataDir`. */
export async function startProgram(dataDir: string, port = 0): Promise<Program> {
  const child = spawn(process.execPath, ['src/main.ts', 'start'], {
    env: { DATA_DIR: dataDir, PORT: String(port), OPERATOR_NAME: 'Relawan Uji', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url !== undefined) return programOf(child, url);
  }
  throw new Error(`Pandu did not start:\n${errors.join('\n')}`);
}

export type Program = {
  readonly url: string;
  readonly port: number;
  /** Resolves to the exit code. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
};

function programOf(child: ChildProcess, url: string): Program {
  const exited = once(child, 'exit');
  return {
    url,
    port: Number(new URL(url).port),
    async end(signal) {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}
