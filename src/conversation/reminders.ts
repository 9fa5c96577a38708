import type { RequirementId } from '../checklist/checklist.ts';
import { factValue } from '../checklist/walk.ts';
import {
  addDays,
  DAY_MS,
  dayNumber,
  HOUR_MS,
  nextMorning,
  startOfDay,
  type Zone,
} from '../language/dates.ts';
import { possibleDays } from '../language/read-day.ts';
import { addWorkingDays } from '../language/working-days.ts';
import { conclude, pendingOf, sendMenu } from './ask.ts';
import type { Pick } from './choice.ts';
import { type Draft, positionOf, say, update } from './draft.ts';
import { day } from './tell.ts';
import { zoneOf } from './zone.ts';

/**
 * When Pandu asks by itself whether a step has changed. It was wished for, once; after that it asks again by itself, more
 * and more seldom and only a few times, until somebody answers something else than "belum".
 */

/** Days between one asking and the next: from H+1, the source's own rhythm (clause 2), to a week. */
const GAPS_DAYS = [2, 4, 7];
/** Longer than any wait the source or the operator speaks of; by then the answers are too old to build on. */
const FURTHEST_DAYS = 60;

/** The first morning of the day after that of `at`. */
export function tomorrowMorning(draft: Draft): number {
  const zone = zoneOf(draft.session);
  return nextMorning(startOfDay(draft.at, zone) + DAY_MS, zone);
}

/** "Ingatkan saya": tomorrow, unless another day is named. The zone is asked for once, in passing. */
export function remind(draft: Draft, requirement: RequirementId, days: readonly number[] = []): void {
  // Whoever asks to be reminded wants to hear from us again, STOP or not.
  if (draft.session.stopped !== 'no') say(draft, 'say.resumed');
  update(draft, { stopped: 'no' });
  if (days.length > 1) {
    say(draft, 'dialogue.remind-day.which');
    return askForDay(draft, requirement);
  }
  remindOn(draft, requirement, days[0] ?? draft.at);
}

/** Wished for in words: about the step that the question for a day is about, or the verdict that stands. */
export function remindAsTold(draft: Draft, days: readonly number[] = []): void {
  const { dialogue } = draft.session;
  const { verdict } = positionOf(draft);
  if (
    (dialogue?.kind === 'remind-day' || dialogue?.kind === 'changed') &&
    dialogue.requirement === verdict?.requirement
  )
    return remind(draft, dialogue.requirement, days);
  update(draft, { dialogue: null });
  if (verdict !== null && verdict.kind !== 'finished' && verdict.kind !== 'elsewhere')
    return remind(draft, verdict.requirement, days);
  say(draft, 'say.remind.nothing');
  conclude(draft, { lead: true });
}

/** The days a message names, starts of days in epoch milliseconds, when it may be about the day of a reminder. */
export function daysToRemind(draft: Draft, text: string): readonly number[] {
  const zone = zoneOf(draft.session);
  const days = possibleDays(text, draft.at, zone, 'ahead').map(({ startsAt }) => startsAt);
  // "Jumat" on a Friday is the next one: today nothing will have changed.
  const later = days.filter((startsAt) => startsAt > startOfDay(draft.at, zone));
  return later.length > 0 ? later : days;
}

/** @param dayAt any moment of the day it shall be; today is tomorrow, when something may have changed */
export function remindOn(draft: Draft, requirement: RequirementId, dayAt: number): void {
  const dueAt = Math.max(
    nextMorning(startOfDay(dayAt, zoneOf(draft.session)), zoneOf(draft.session)),
    tomorrowMorning(draft),
  );
  if (dueAt > addDays(draft.at, FURTHEST_DAYS)) {
    say(draft, 'dialogue.remind-day.too-far');
    return askForDay(draft, requirement);
  }
  update(draft, { dialogue: null });
  arm(draft, requirement, { times: 0, saidAt: draft.at, dueAt });
  tellWhen(draft, requirement, dueAt);
}

function tellWhen(draft: Draft, requirement: RequirementId, dueAt: number): void {
  const zone = zoneOf(draft.session);
  say(draft, 'say.remind.set', { date: day(draft, dueAt), zone });
  const isAsking = draft.session.zone === undefined && draft.session.isZoneAsked !== true;
  if (isAsking) say(draft, 'say.remind.zone');
  update(draft, { isZoneAsked: true });
  if (pendingOf(draft).kind !== 'nothing') return conclude(draft, { lead: true });
  const act = (action: Extract<Pick, { kind: 'act' }>['action']): Pick => ({
    kind: 'act',
    action,
    requirement,
  });
  sendMenu(draft, [
    ...(isAsking ? [act('in-wita'), act('in-wit')] : []),
    act('other-day'),
    act('never'),
    ...(positionOf(draft).verdict?.kind === 'blocked' ? [act('done')] : []),
    { kind: 'control', control: 'status' },
  ]);
}

/** "Hari lain": the next words are read as a day. */
export function askForDay(draft: Draft, requirement: RequirementId): void {
  update(draft, { dialogue: { kind: 'remind-day', requirement } });
  conclude(draft);
}

/** "Saya di WITA": the clock changes, the day does not. */
export function moveToZone(draft: Draft, requirement: RequirementId, zone: Zone): void {
  const armed = draft.session.reminding;
  const before = zoneOf(draft.session);
  update(draft, { zone });
  if (armed?.requirement !== requirement || armed.nextAt === null) {
    say(draft, 'say.zone.noted', { zone });
    return conclude(draft, { lead: true });
  }
  remindOn(draft, requirement, startOfDayIn(armed.nextAt, before, zone));
}

/** The day that `at` is on in one zone, as it begins in another. */
function startOfDayIn(at: number, from: Zone, to: Zone): number {
  const start = startOfDay(at, from) + 12 * HOUR_MS;
  return startOfDay(start, to);
}

/** A reminder was said: the next one, as long as there shall be one. @returns whether this was the last */
export function armNext(draft: Draft, requirement: RequirementId): boolean {
  const { facts } = draft.knowledge.checklist;
  const { reminding } = draft.session;
  const known = reminding?.requirement === requirement ? reminding : { times: 0, saidAt: draft.at };
  const times = known.times + 1;
  const { saidAt } = known;
  const isLast = times >= Number(factValue(facts, 'remind.most'));
  const gapDays = GAPS_DAYS[Math.min(times, GAPS_DAYS.length) - 1]!;
  const zone = zoneOf(draft.session);
  const { verdict } = positionOf(draft);
  const someDay = addDays(draft.at, gapDays);
  // Whoever has to act does so on working days; what comes by itself may come on any.
  const isSomebodys = verdict !== null && verdict.owner !== 'nobody';
  const dayAt = isSomebodys ? addWorkingDays(draft.knowledge.calendar, someDay, 0, zone) : someDay;
  const later = nextMorning(startOfDay(dayAt, zone), zone);
  // The end of a wait is the day on which there is something new to say.
  const until = verdict?.until == null ? later : nextMorning(startOfDay(verdict.until, zone), zone);
  const dueAt = until > draft.at && until < later ? until : later;
  if (isLast) update(draft, { reminding: { requirement, times, saidAt, nextAt: null } });
  else arm(draft, requirement, { times, saidAt, dueAt });
  return isLast;
}

type Next = { readonly times: number; readonly saidAt: number; readonly dueAt: number };

function arm(draft: Draft, requirement: RequirementId, { times, saidAt, dueAt }: Next): void {
  update(draft, { reminding: { requirement, times, saidAt, nextAt: dueAt } });
  draft.effects.push({
    kind: 'remind',
    reminder: { requirement, dueAt, armedBy: draft.session.firstRevision, onceSaid: true },
  });
}

/** "Belum": nothing changed, nobody is to blame. */
export function notYet(draft: Draft, requirement: RequirementId): void {
  update(draft, { dialogue: null });
  const { reminding } = draft.session;
  const nextAt = reminding?.requirement === requirement ? reminding.nextAt : null;
  if (reminding !== undefined) update(draft, { reminding: { ...reminding, saidAt: draft.at } });
  if (nextAt === null || nextAt <= draft.at) {
    say(draft, 'say.unchanged');
    return conclude(draft);
  }
  say(draft, 'say.remind.unchanged', { date: day(draft, nextAt) });
  sendMenu(draft, [
    { kind: 'act', action: 'other-day', requirement },
    { kind: 'act', action: 'never', requirement },
    { kind: 'control', control: 'status' },
    { kind: 'control', control: 'human' },
  ]);
}

/** "Jangan ingatkan lagi". */
export function neverAgain(draft: Draft): void {
  const { reminding } = draft.session;
  if (reminding !== undefined) update(draft, { reminding: { ...reminding, nextAt: null } });
  update(draft, { dialogue: null });
  say(draft, 'say.remind.forgotten');
  conclude(draft, { lead: true });
}

/** What was to come unasked was withdrawn before it was sent. */
export function neverCame(draft: Draft): void {
  const { remindedAt: _, ...session } = draft.session;
  draft.session = session;
}

/** Whether something came unasked on this day already: once a day is enough. */
export function wasRemindedToday(draft: Draft): boolean {
  const { remindedAt } = draft.session;
  return (
    remindedAt !== undefined &&
    dayNumber(remindedAt, zoneOf(draft.session)) === dayNumber(draft.at, zoneOf(draft.session))
  );
}
