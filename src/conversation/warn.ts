import { DAY_MS } from '../language/dates.ts';
import type { HiddenIncoming } from '../message.ts';
import { type Draft, newBubble, say, send, update } from './draft.ts';

/**
 * The participant sent something secret: it was hidden before it was stored. Warns once per kind and day, before
 * anything else is said, and asks the platform to remove the message itself (faults.md S07).
 */
export function warnAboutSecrets(draft: Draft, message: HiddenIncoming): void {
  if (message.hidden.length === 0) return;
  send(draft, { kind: 'delete', messageId: message.messageId });
  for (const kind of message.hidden) {
    const last = draft.session.warned[kind];
    if (last !== undefined && draft.at - last < DAY_MS) continue;
    say(draft, `say.secret.${kind}`);
    newBubble(draft);
    update(draft, { warned: { ...draft.session.warned, [kind]: draft.at } });
  }
}
