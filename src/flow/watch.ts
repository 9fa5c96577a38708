import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knowledge } from '../conversation/knowledge.ts';
import type { Issue } from './issue.ts';
import { type FlowSettings, type Loaded, loadFlows } from './load.ts';
import { readFiles, watchedPaths } from './read/files.ts';

/** What happens with edited files. Called one at a time; neither may throw. */
export type FlowWatcher = {
  /** What is told at this moment. */
  current(): Knowledge;
  /** All files passed every check, and what they say differs: the next turn uses this. */
  accept(knowledge: Knowledge): void;
  /** The files as they are cannot be used; the old knowledge stays. Said once for each state of the files. */
  refuse(issues: readonly Issue[]): void;
};

export type FlowWatch = {
  /** Looks no more. Resolves when nothing of it runs any longer. */
  stop(): Promise<void>;
};

/**
 * The files are looked at this often, and taken over once two looks in a row found the same. Looking is a few `stat`
 * calls, and unlike the events of fs.watch it also sees files on network and container mounts, and files that an
 * editor replaces.
 */
const INTERVAL_MS = 500;

/**
 * Takes over edits of the files in `directory` while the program runs: all of them together, only when they pass.
 * Keeps no process alive.
 */
export function watchFlows(
  directory: string,
  settings: FlowSettings,
  watcher: FlowWatcher,
  { intervalMs = INTERVAL_MS }: { readonly intervalMs?: number } = {},
): FlowWatch {
  let stopped = false;
  /** The state of the files that was dealt with last; null until the first look. */
  let settled: string | null = null;
  let previous: string | null = null;

  const look = async (): Promise<void> => {
    const seen = await fingerprint(directory);
    const isQuiet = seen === previous;
    previous = seen;
    if (stopped || !isQuiet || seen === settled) return;
    const loaded = isCurrent(directory, watcher.current()) ? null : load(directory, settings);
    // Learnt now, before the files are taken over, rather than while somebody waits for an answer.
    loaded?.knowledge?.reader.learned();
    // Somebody wrote while the files were read: what was read may be half of it.
    if ((await fingerprint(directory)) !== seen || stopped) return;
    settled = seen;
    if (loaded === null) return;
    if (loaded.knowledge === null) watcher.refuse(loaded.issues);
    else watcher.accept(loaded.knowledge);
  };

  let looking: Promise<void> = Promise.resolve();
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    looking = look().finally(() => {
      isLooking = false;
    });
  }, intervalMs);
  timer.unref();

  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      await looking;
    },
  };
}

/** A mistake of ours in reading or checking must not end a program that has something good to say. */
function load(directory: string, settings: FlowSettings): Loaded {
  try {
    return loadFlows(directory, settings);
  } catch (error) {
    const reason = `cannot be checked: ${error instanceof Error ? error.message : String(error)}`;
    return { knowledge: null, issues: [{ file: directory, line: 1, reason }] };
  }
}

/** Touched or put back as they were: reading the files is cheap, checking them takes the time of many turns. */
function isCurrent(directory: string, current: Knowledge): boolean {
  const { hash, issues } = readFiles(directory);
  return issues.length === 0 && hash === current.flowHash;
}

/** Changes with every write, replacement or removal of a file. */
async function fingerprint(directory: string): Promise<string> {
  const marks = await Promise.all(
    watchedPaths(directory).map(async (path) => {
      try {
        const { mtimeNs, ctimeNs, size, ino } = await stat(join(directory, path), { bigint: true });
        return `${path} ${mtimeNs} ${ctimeNs} ${size} ${ino}`;
      } catch {
        return `${path} missing`;
      }
    }),
  );
  return marks.join('\n');
}
