import type { RequirementId } from '../checklist/checklist.ts';
import { daytimeOf, isDaytime, nextMorning } from '../language/dates.ts';
import type { Saying } from '../message.ts';
import { conclude, pendingOf } from './ask.ts';
import { switchToArmed, verdictOf } from './case-talk.ts';
import { casesOf } from './cases.ts';
import { post } from './desk.ts';
import { type Draft, positionOf, say, update } from './draft.ts';
import { FORGET_NAMES, forgetWords, letGoOfNames } from './names.ts';
import { forgetOperator, pauseEnd } from './pause.ts';
import { armNext, tomorrowMorning, wasRemindedToday } from './reminders.ts';
import { lookAtRequest } from './request.ts';
import {
  type CaseState,
  type Event,
  OUTAGE,
  REQUEST,
  type Reminder,
  type Step,
  UNDELIVERED,
} from './session.ts';
import { verdictKey } from './tell.ts';
import { isTyping, withoutTyped } from './typed.ts';
import { zoneOf } from './zone.ts';

/** A reminder speaks only when the participant has not moved on and still waits for the same thing. */
export function comeBack(draft: Draft, { reminder }: Extract<Event, { kind: 'reminder' }>): void {
  const { session } = draft;
  if (reminder.requirement === UNDELIVERED) return post(draft, 'page.desk.undelivered');
  if (reminder.requirement === REQUEST) {
    lookAtRequest(draft);
    return sendAsReminder(draft);
  }
  if (reminder.requirement === FORGET_NAMES) {
    if (session.dialogue?.kind === 'names') letGoOfNames(draft, session.dialogue);
    else if (isTyping(session.dialogue) && session.dialogue.typed !== null)
      update(draft, { dialogue: withoutTyped(session.dialogue) });
    // What could not be sent till now goes too; what was written since is something else.
    else forgetWords(draft, draft.at);
    return;
  }
  if (session.stopped !== 'no') return;
  // A person is writing to them; and after a night's restart everything overdue comes at once: nobody is woken for it.
  const zone = zoneOf(session);
  const mayAt = pauseEnd(draft) ?? draft.at;
  const dueAt = isDaytime(mayAt, zone) ? mayAt : nextMorning(mayAt, zone);
  const putOff = (until: number): void =>
    void draft.effects.push({ kind: 'remind', reminder: { ...reminder, dueAt: until } });
  if (dueAt > draft.at) return putOff(dueAt);
  const wasToday = wasRemindedToday(draft);
  if (reminder.requirement === OUTAGE) {
    if (!wasToday) comeBackLate(draft);
  } else {
    const armed = stillWanting(draft, reminder);
    if (armed === null) return;
    if (wasToday) return putOff(tomorrowMorning(draft));
    askWhetherChanged(draft, armed, reminder.requirement);
  }
  sendAsReminder(draft);
  if (!draft.effects.some(({ kind }) => kind === 'send')) return;
  update(draft, { remindedAt: draft.at });
  // Reminders say by themselves that it is Pandu.
  forgetOperator(draft);
}

/** The case that armed it, if the step is still unmet there, and neither answered nor refused since. */
function stillWanting(draft: Draft, { requirement, armedBy }: Reminder): CaseState | null {
  const armed = casesOf(draft.session).find(({ firstRevision }) => firstRevision === armedBy);
  if (armed === undefined || verdictOf(draft, armed)?.requirement !== requirement) return null;
  const { reminding } = armed;
  const isWanted =
    reminding === undefined || (reminding.requirement === requirement && reminding.nextAt !== null);
  return isWanted ? armed : null;
}

/** Whoever was in the middle of something may have written in vain. */
function comeBackLate(draft: Draft): void {
  if (pendingOf(draft).kind === 'nothing') return;
  say(draft, 'say.outage');
  conclude(draft, { lead: true });
}

/** About another case Pandu first goes over to that one, and says so. */
function askWhetherChanged(draft: Draft, armed: CaseState, requirement: RequirementId): void {
  const isOther = switchToArmed(draft, armed.firstRevision);
  const isSame = verdictKey(positionOf(draft).verdict!) === draft.session.told;
  armNext(draft, requirement);
  update(draft, { dialogue: isSame ? { kind: 'changed', requirement } : null });
  if (isOther) draft.offers.push({ kind: 'control', control: 'switch-case' });
  conclude(draft);
}

/** Nobody waits for it, so it gives way to replies, and is said by day. */
function sendAsReminder(draft: Draft): void {
  const within = daytimeOf(draft.at, zoneOf(draft.session));
  draft.effects.splice(0, Infinity, ...draft.effects.map((effect) => asReminder(effect, within)));
}

function asReminder<E extends Step['effects'][number]>(effect: E, within: NonNullable<Saying['within']>): E {
  if (effect.kind !== 'send' || effect.outgoing.kind !== 'say') return effect;
  return { ...effect, outgoing: { ...effect.outgoing, priority: 'reminder', within } };
}
