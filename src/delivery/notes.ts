import type { Log } from '../log.ts';
import type { ChannelName } from '../message.ts';

/** Writes outcomes down, and does not forget one because the disk is full for a moment. */
export type Notes = {
  /** Resolves when `write` succeeded, or was abandoned. */
  note(write: () => Promise<void>): Promise<void>;
  abandon(): void;
};

const AGAIN_MS = 500;

export function createNotes(channel: ChannelName, log: Log): Notes {
  let abandoned = false;
  return {
    async note(write) {
      while (!abandoned) {
        try {
          return await write();
        } catch (error) {
          log.error({ channel, error }, 'delivery: cannot write down an outcome; trying again');
          await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
        }
      }
    },
    abandon() {
      abandoned = true;
    },
  };
}
