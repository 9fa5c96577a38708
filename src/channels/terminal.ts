import type { Clock } from '../clock.ts';
import type { Address, Incoming, IncomingKind, Language, Saying } from '../message.ts';
import type { Channel, Intake } from './channel.ts';

/** What somebody at the keyboard does. */
export type Said = {
  readonly kind: Exclude<IncomingKind, 'left' | 'returned'>;
  readonly text: string;
  readonly choice: string | null;
  /** Given again, the message is the same one again; null for a new one. */
  readonly messageId: string | null;
};

/** What can be sent that is neither words nor a choice. */
export const WORDLESS_KINDS = [
  'voice',
  'sticker',
  'photo',
  'video',
  'document',
  'location',
  'contact',
  'poll',
  'edit',
  'other',
] as const satisfies readonly IncomingKind[];

export type TerminalOptions = {
  readonly intake: Pick<Intake, 'receive'>;
  readonly clock: Clock;
  readonly language: Language | null;
  readonly show: (saying: Saying) => void;
};

const ADDRESS: Address = { channel: 'terminal', chat: 'terminal' };

/** One conversation at a keyboard: the same road as every other channel, without a network. */
export function createTerminalChannel(options: TerminalOptions): Channel & {
  /** Hands over what was said, all of it at once. Resolves when it is stored. */
  hear(said: readonly Said[]): Promise<void>;
} {
  let count = 0;
  return {
    name: 'terminal',
    // Nobody can be flooded but the person who asked, and where time stands still no pace ever recovers.
    pace: { perSecond: 1_000_000_000, perChatPerSecond: 1_000_000_000, concurrency: 1 },
    start: async () => {},
    stopListening: async () => {},
    stop: async () => {},
    async send(_, outgoing) {
      // What was typed into a terminal cannot be taken back from it.
      if (outgoing.kind === 'say') options.show(outgoing);
      return null;
    },
    async hear(said) {
      await options.intake.receive(
        said.map(({ kind, text, choice, messageId }): Incoming => {
          count += 1;
          return {
            ...ADDRESS,
            sender: 'participant',
            messageId: messageId === null ? `line-${count}` : `own-${messageId}`,
            kind,
            text,
            choice,
            language: options.language,
            sentAt: options.clock.now(),
          };
        }),
      );
    },
  };
}
