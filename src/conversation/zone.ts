import type { Zone } from '../language/dates.ts';
import { readZone } from '../language/read-zone.ts';
import type { HiddenIncoming } from '../message.ts';
import { type Draft, update } from './draft.ts';
import type { Session } from './session.ts';

/** The zone whose clocks this participant goes by. */
export function zoneOf({ zone }: Session): Zone {
  return zone ?? 'WIB';
}

/** Whoever mentions where they are need not be asked; nothing is said about it. */
export function hearZone(draft: Draft, { kind, text }: HiddenIncoming): void {
  if (kind !== 'text') return;
  const zone = readZone(draft.knowledge.places, text);
  if (zone !== null && zone !== zoneOf(draft.session)) update(draft, { zone });
}
