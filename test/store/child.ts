import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type Child = {
  /** The next line it printed, null when it has ended. */
  line(): Promise<string | null>;
  /** All lines it has printed and nobody has taken. */
  rest(): string[];
  /** As the power cut does it; resolves when the process is gone and its output is read. */
  kill(): Promise<void>;
  end(): Promise<void>;
};

/** Starts one of the parts of store-child.ts; `fileBlocks` limits how large a file it may write (512 bytes each). */
export async function startChild(
  part: 'hold' | 'fill' | 'talk' | 'parts' | 'erase' | 'account',
  path: string,
  options: { readonly fileBlocks?: number } = {},
): Promise<Child> {
  const script = fileURLToPath(new URL('store-child.ts', import.meta.url));
  const limit = options.fileBlocks === undefined ? '' : `ulimit -f ${options.fileBlocks}; `;
  const process_ = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, script, part, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = readLines(process_);
  const gone = once(process_, 'close');
  return {
    line: lines.next,
    rest: lines.rest,
    kill: async () => {
      process_.kill('SIGKILL');
      await gone;
    },
    end: async () => {
      process_.stdin!.end();
      await gone;
    },
  };
}

function readLines(child: ChildProcess): { next(): Promise<string | null>; rest(): string[] } {
  const lines: string[] = [];
  let pending = '';
  let isOver = false;
  let waiting: (() => void) | null = null;
  child.stdout!.setEncoding('utf8');
  child.stdout!.on('data', (text: string) => {
    const parts = (pending + text).split('\n');
    pending = parts.pop()!;
    lines.push(...parts);
    waiting?.();
  });
  child.on('close', () => {
    isOver = true;
    waiting?.();
  });
  return {
    async next() {
      while (lines.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
      return lines.shift() ?? null;
    },
    rest: () => lines.splice(0),
  };
}
