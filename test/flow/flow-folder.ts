import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BASE = join(import.meta.dirname, 'base');
export const BROKEN = join(import.meta.dirname, 'broken');

/** A copy of the small valid base in a folder called `flows`, removed when the test is over. */
export class FlowFolder implements Disposable {
  readonly #root = mkdtempSync(join(tmpdir(), 'pandu-flows-'));
  readonly path = join(this.#root, 'flows');

  constructor(base = BASE) {
    cpSync(base, this.path, { recursive: true });
  }

  /** Lays the files of a fixture over the copy; `removed.txt` names files to take away. */
  overlay(fixture: string): this {
    const notFlows = ['expected.txt', 'removed.txt'];
    cpSync(fixture, this.path, {
      recursive: true,
      filter: (source) => !notFlows.some((name) => source.endsWith(name)),
    });
    const removed = join(fixture, 'removed.txt');
    if (existsSync(removed)) {
      for (const path of readFileSync(removed, 'utf8').trim().split('\n')) rmSync(join(this.path, path));
    }
    return this;
  }

  [Symbol.dispose](): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
