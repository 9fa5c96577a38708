import type { Position } from '../../src/checklist/position.ts';
import type { Effect, Step } from '../../src/conversation/session.ts';
import type { Decide } from '../../src/turn/turn.ts';
import { counted, say } from '../store/samples.ts';

export function nowhere(): Position {
  return { states: [], verdict: null, next: null, contradiction: null, path: [] };
}

/**
 * A conversation small enough to know by heart: it counts what it hears in `order` and repeats it with the number.
 * "racun" throws, "racun mati" throws even for the apology that follows, "rusak" decides what cannot be written,
 * "ingat 50" arms a reminder 50 ms after the message.
 */
export const smallTalk: Decide = (session, event) => {
  const heard = (session?.order ?? 0) + 1;
  if (event.kind === 'failed') {
    if (session?.told === 'mati') throw new TypeError('even the apology fails');
    return answer(heard - 1, [{ kind: 'send', outgoing: say('maaf') }]);
  }
  if (event.kind === 'reminder') return answer(heard, [{ kind: 'send', outgoing: say(`${heard} ingat`) }]);
  const { text } = event.message;
  if (text.startsWith('racun')) throw new TypeError(`cannot read ${text}`);
  const effects: Effect[] = [{ kind: 'send', outgoing: say(`${heard} ${text}`) }];
  const inMs = /^ingat (\d+)$/.exec(text)?.[1];
  if (inMs !== undefined) {
    const reminder = { requirement: 'r', dueAt: event.at + Number(inMs), armedBy: 1 };
    effects.push({ kind: 'remind', reminder });
  }
  if (text === 'mati') return answer(heard, effects, { told: 'mati' });
  if (text === 'rusak') {
    effects.push({ kind: 'remind', reminder: { requirement: 'r', dueAt: Number.NaN, armedBy: 1 } });
  }
  return answer(heard, effects);
};

function answer(heard: number, effects: readonly Effect[], more: { told?: string } = {}): Step {
  return { session: { ...counted(heard), ...more }, effects, position: nowhere(), asking: null };
}
