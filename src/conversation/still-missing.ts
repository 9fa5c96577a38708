import type { RequirementId } from '../checklist/checklist.ts';
import { factValue } from '../checklist/walk.ts';
import { dayNumber } from '../language/dates.ts';
import { workingDaysBetween } from '../language/working-days.ts';
import { type Draft, phrase, positionOf, say } from './draft.ts';
import { hasLetter } from './letter.ts';
import { day, verdictKey } from './tell.ts';
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

/** Working days for which a provider that must act has not, once they are more than the operator gives it; null before. */
export function silentDays(draft: Draft): number | null {
  const { verdict } = positionOf(draft);
  const { standing } = draft.session;
  if (verdict?.owner !== 'provider' || standing?.verdict !== verdictKey(verdict)) return null;
  if (!hasLetter(draft, 'prakerja', verdict)) return null;
  const { calendar, checklist } = draft.knowledge;
  const days = workingDaysBetween(calendar, standing.since, draft.at, zoneOf(draft.session));
  return days >= Number(factValue(checklist.facts, 'provider.silent-working-days')) ? days : null;
}
