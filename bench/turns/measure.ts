import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Runs `work` with the path of a data file of its own, in a folder that is gone afterwards. */
export async function withFile<Result>(work: (path: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'pandu-bench-'));
  try {
    return await work(join(folder, 'pandu.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function bytesOf(path: string): number {
  return statSync(path).size;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor((sorted.length * percent) / 100), sorted.length - 1)] ?? Number.NaN;
}

/** How late a timer of one millisecond comes while `work` runs, in milliseconds. */
export async function stalls<Result>(
  work: () => Promise<Result>,
): Promise<{ result: Result; p99: number; max: number }> {
  const watch = monitorEventLoopDelay({ resolution: 1 });
  watch.enable();
  const result = await work();
  watch.disable();
  return { result, p99: watch.percentile(99) / 1e6, max: watch.max / 1e6 };
}

export function print(cells: readonly (string | number)[]): void {
  const [first, ...rest] = cells;
  const numbers = rest.map((cell) => (typeof cell === 'number' ? written(cell) : cell).padStart(11));
  process.stdout.write(`${String(first).padEnd(52)}${numbers.join('')}\n`);
}

function written(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
