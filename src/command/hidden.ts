import { hideSecrets } from '../language/secrets.ts';
import type { HiddenIncoming, Incoming } from '../message.ts';

/** Secrets are replaced before anything is stored (faults.md S02). */
export function hidden(incoming: Incoming): HiddenIncoming {
  return { ...incoming, ...hideSecrets(incoming.text) };
}
