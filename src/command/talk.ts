import { createTerminalChannel, type Said } from '../channels/terminal.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import type { Step } from '../conversation/session.ts';
import { verdictKey } from '../conversation/tell.ts';
import type { Log } from '../log.ts';
import type { Language, Saying } from '../message.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { assemble } from './assemble.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Where the participant stands after the last turn. */
export type Standing = {
  readonly asking: string | null;
  readonly verdict: string | null;
  readonly requirement: string | null;
  readonly owner: string | null;
  readonly meanwhile: readonly string[];
};

/** One conversation at a keyboard through the parts that run in production, with its own memory and its own time. */
export type Talk = {
  /** Says something, several things at once if there are several, and gives what Pandu answers. */
  say(...said: readonly Said[]): Promise<readonly Saying[]>;
  /** Lets time pass; reminders that fall due speak one after the other. */
  advance(ms: number): Promise<readonly Saying[]>;
  readonly standing: Standing;
  now(): number;
  close(): Promise<void>;
};

export type TalkOptions = {
  readonly knowledge: () => Knowledge;
  readonly language: Language | null;
  /** When it takes place, epoch milliseconds; null for now. */
  readonly startAt: number | null;
  readonly log: Log;
};

/** A wish that came with no message: what a channel sends when somebody opens it for the first time. */
export const OPENING: Said = { kind: 'text', text: '/start', choice: null, messageId: null };

const NOWHERE: Standing = { asking: null, verdict: null, requirement: null, owner: null, meanwhile: [] };
/** Reminders that one wait can set off; more would be reminders that arm themselves for the same moment. */
const MOST_REMINDERS = 1_000;

export async function openTalk(options: TalkOptions): Promise<Talk> {
  const clock = createVirtualClock(options.startAt);
  const store = await openSqliteStore({ path: ':memory:' });
  let said: Saying[] = [];
  let standing = NOWHERE;
  const terminal: { channel?: ReturnType<typeof createTerminalChannel> } = {};
  const road = assemble({
    store,
    clock,
    log: options.log,
    knowledge: options.knowledge,
    channels: (intake) => {
      terminal.channel = createTerminalChannel({
        intake,
        clock,
        language: options.language,
        show: (saying) => said.push(saying),
      });
      return [terminal.channel];
    },
    onStep: (step) => {
      standing = standingOf(step);
    },
  });

  async function takeReplies(): Promise<readonly Saying[]> {
    await road.idle();
    const replies = said;
    said = [];
    return replies;
  }

  return {
    async say(...all) {
      await terminal.channel!.hear(all);
      return takeReplies();
    },
    async advance(ms) {
      const end = clock.now() + ms;
      const replies: Saying[] = [];
      for (let count = 0; count < MOST_REMINDERS; count += 1) {
        const dueAt = await store.nextReminderAt(clock.now());
        if (dueAt === null || dueAt > end) break;
        clock.moveTo(dueAt);
        road.wake();
        replies.push(...(await takeReplies()));
      }
      clock.moveTo(end);
      road.wake();
      replies.push(...(await takeReplies()));
      return replies;
    },
    get standing() {
      return standing;
    },
    now: () => clock.now(),
    async close() {
      await road.stop();
      await store.close();
    },
  };
}

/** A verdict stands from the reply that told it. */
function standingOf({ session, position, asking, effects }: Step): Standing {
  if (effects.some(({ kind }) => kind === 'erase')) return NOWHERE;
  const { verdict: reached } = position;
  const verdict = reached !== null && verdictKey(reached) === session.told ? reached : null;
  return {
    asking,
    verdict: verdict?.kind ?? null,
    requirement: verdict?.requirement ?? null,
    owner: verdict?.owner ?? null,
    meanwhile: verdict?.meanwhile ?? [],
  };
}
