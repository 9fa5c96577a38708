import type { RequirementId } from '../checklist/checklist.ts';
import { dayNumber } from '../language/dates.ts';
import { type Draft, phrase, say } from './draft.ts';
import { day } from './tell.ts';
import { zoneOf } from './zone.ts';

/** "Kemarin penilaian lembaga di Sisnaker belum ada. Sudah berubah?" Counted from when they last said so. */
export function sayStillMissing(draft: Draft, requirement: RequirementId): void {
  const { reminding } = draft.session;
  const zone = zoneOf(draft.session);
  const missing = phrase(draft, `requirement.${requirement}.missing`);
  const saidAt = reminding?.requirement === requirement ? reminding.saidAt : draft.at;
  const days = dayNumber(draft.at, zone) - dayNumber(saidAt, zone);
  // Asked again by somebody who wrote: no greeting, and nothing of the last time.
  if (draft.channel !== null) return say(draft, 'say.remind.ask.now', { missing });
  if (days === 1) say(draft, 'say.remind.ask.yesterday', { missing });
  else say(draft, 'say.remind.ask.since', { missing, date: day(draft, saidAt) });
  if (reminding?.requirement === requirement && reminding.nextAt === null) say(draft, 'say.remind.last');
}
