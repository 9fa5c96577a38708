import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Intake } from '../channel.ts';
import type { MessageIds } from './message-ids.ts';
import { readUpdate } from './payload.ts';

/** Hands updates to the intake; resolves when they are stored. */
export type Receive = (
  updates: readonly unknown[],
  cursor?: { name: string; value: string },
) => Promise<void>;

export type ReceiveOptions = {
  readonly intake: Pick<Intake, 'receive'>;
  readonly ids: MessageIds;
  readonly clock: Clock;
  readonly log: Log;
  /** Stops the little clock on a pressed button. */
  readonly answerPress: (callbackId: string) => void;
  /** The group in which people of ours answer, null when there is none. */
  readonly desk: string | null;
};

/** The same road for polled updates and for those of the webhook. */
export function createReceive({ intake, ids, clock, log, answerPress, desk }: ReceiveOptions): Receive {
  return async (updates, cursor) => {
    const read = updates.map((update) => readUpdate(update, clock.now(), desk)).filter((one) => one !== null);
    if (read.length < updates.length)
      log.debug({ updates: updates.length - read.length }, 'telegram: ignored');
    for (const { messageId, callbackId } of read) {
      if (messageId !== null) ids.note(messageId);
      // At once: the participant sees the button wait, and an answer after the turn may come too late (faults.md F63).
      if (callbackId !== null) answerPress(callbackId);
    }
    await intake.receive(
      read.map(({ incoming }) => incoming),
      cursor,
    );
  };
}
