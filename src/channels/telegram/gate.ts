import type { Clock } from '../../clock.ts';
import type { SendError } from '../channel.ts';

/**
 * Telegram's "too many requests" can answer any call and then holds for the whole bot (faults.md F52),
 * so every call tells this gate, and every call that can wait asks it first.
 */
export type Gate = {
  /** How long the bot must still be quiet; 0 when it need not. */
  waitMs(): number;
  note(error: SendError): void;
};

export function createGate(clock: Clock): Gate {
  let quietUntil = 0;
  return {
    waitMs: () => Math.max(0, quietUntil - clock.now()),
    note(error) {
      if (error.failure !== 'throttled') return;
      quietUntil = Math.max(quietUntil, clock.now() + (error.retryAfterMs ?? 0));
    },
  };
}
