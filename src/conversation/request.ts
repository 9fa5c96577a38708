import { factValue } from '../checklist/walk.ts';
import { isDaytime, nextMorning } from '../language/dates.ts';
import { conclude } from './ask.ts';
import { atDesk, post, postRequest, summaryOf } from './desk.ts';
import { type Draft, say, update } from './draft.ts';
import { afterOfficeHours, nextOfficeHour, type Office } from './office.ts';
import { endPause, pauseAfter, pauseEnd, sayHereAgain } from './pause.ts';
import { type Closing, type OpenRequest, REQUEST, type RequestSummary } from './session.ts';
import { moment, sayHours } from './tell.ts';
import { zoneOf } from './zone.ts';

/**
 * "Bicara dengan orang" where people of ours answer. Until one of them does, Pandu goes on answering; what happens then
 * is in takeover.ts, the same as when a person writes from the phone.
 */
export function askForPerson(draft: Draft): void {
  const { request } = draft.session;
  if (request === undefined) openRequest(draft);
  else if (request.takenAt === null)
    say(draft, 'say.request.still', { when: moment(draft, request.openedAt) });
  else {
    say(draft, 'say.request.again');
    post(draft, 'page.desk.asked-again');
  }
  if (request === undefined || request.takenAt === null) sayWait(draft);
  if (request === undefined) say(draft, 'say.request.seen');
  draft.offers.push({ kind: 'control', control: 'cancel-request' });
  conclude(draft, { lead: true });
}

function openRequest(draft: Draft): void {
  const request = { openedAt: draft.at, takenAt: null, operatorAt: null, escalatedAt: null };
  const summary = summaryOf(draft);
  change(draft, request, summary);
  postRequest(draft, summary);
  say(draft, 'say.request.noted');
}

/** When somebody is there, and until when the participant is told that nobody was. */
function sayWait(draft: Draft): void {
  const until = moment(draft, giveUpAt(draft, draft.session.request!.openedAt));
  const opens = nextOfficeHour(officeOf(draft), draft.at);
  if (opens === null) say(draft, 'say.request.wait.open', { until });
  else say(draft, 'say.request.wait.closed', { when: moment(draft, opens), until });
}

/** The participant needs nobody any more. */
export function cancelRequest(draft: Draft): void {
  say(draft, draft.session.request === undefined ? 'say.request.none' : 'say.request.cancelled');
  closeRequest(draft, 'cancelled');
  conclude(draft, { lead: true });
}

export function closeRequest(draft: Draft, why: Closing): void {
  const { request, ...session } = draft.session;
  if (request === undefined) return;
  draft.session = session;
  draft.effects.push({ kind: 'request', request: { ...request, state: 'closed', summary: null } });
  post(draft, `page.desk.closed.${why}`, {}, { topic: 'closes' });
}

/** A person of ours answered, from the desk or from the phone: the pause that began is the request's as well. */
export function attend(draft: Draft): void {
  const { request, operatorAt } = draft.session;
  if (request === undefined || operatorAt === undefined) return;
  change(draft, { ...request, takenAt: request.takenAt ?? operatorAt, operatorAt });
}

/** Its time has come: the desk is reminded, then the participant is told that nobody could answer; or a pause is over. */
export function lookAtRequest(draft: Draft): void {
  const { request } = draft.session;
  if (request === undefined) return;
  const dueAt = lookAgainAt(draft, request);
  // After a restart everything overdue comes at once: nobody is woken for it, and nobody reminded when they are not there.
  const mayAt = isForDesk(request) ? nextOfficeHour(officeOf(draft), draft.at) : byDay(draft, draft.at);
  const at = Math.max(dueAt, mayAt ?? draft.at);
  if (at > draft.at) return arm(draft, at);
  if (isForDesk(request)) {
    post(draft, 'page.desk.waiting', { when: moment(atDesk(draft), request.openedAt) });
    return change(draft, { ...request, escalatedAt: draft.at });
  }
  if (request.takenAt === null) giveUp(draft, request);
  else endForgotten(draft);
}

/** Whether the next to be told something are those who answer. */
function isForDesk({ takenAt, escalatedAt }: OpenRequest): boolean {
  return takenAt === null && escalatedAt === null;
}

/** Who took a chat and wrote no more: it is Pandu's again, and nobody is left alone in it (faults.md F80). */
function endForgotten(draft: Draft): void {
  closeRequest(draft, 'forgotten');
  if (draft.session.operatorAt === undefined) return;
  endPause(draft);
  sayHereAgain(draft);
  conclude(draft, { lead: true });
}

/** The pause ran out before its timer spoke, and somebody writes: the request has ended with it. */
export function closeForgotten(draft: Draft): void {
  const { request, operatorAt } = draft.session;
  const isOver = operatorAt !== undefined && operatorAt > 0 && pauseEnd(draft) === null;
  if (request !== undefined && request.takenAt !== null && isOver) closeRequest(draft, 'forgotten');
}

function giveUp(draft: Draft, { openedAt }: OpenRequest): void {
  closeRequest(draft, 'given-up');
  say(draft, 'say.request.given-up', { when: moment(draft, openedAt) });
  sayHours(draft);
  conclude(draft, { lead: true });
}

/** Whatever forgot all reminders meant those of the checklist: whoever waits for a person still does. */
export function keepTimer(draft: Draft): void {
  const { request } = draft.session;
  const isForgotten = draft.effects.some(({ kind }) => kind === 'forget-reminders');
  if (request !== undefined && isForgotten) arm(draft, lookAgainAt(draft, request));
}

function change(draft: Draft, request: OpenRequest, summary: RequestSummary | null = null): void {
  update(draft, { request });
  const state = request.takenAt === null ? 'open' : 'taken';
  draft.effects.push({ kind: 'request', request: { ...request, state, summary } });
  arm(draft, lookAgainAt(draft, request));
}

function arm(draft: Draft, dueAt: number): void {
  const reminder = { requirement: REQUEST, dueAt, armedBy: 0 };
  draft.effects.push({ kind: 'remind', reminder });
}

/** When the request is looked at next. Who is told something then is told by day. */
function lookAgainAt(draft: Draft, request: OpenRequest): number {
  const { openedAt, takenAt, operatorAt, escalatedAt } = request;
  const { facts } = draft.knowledge.checklist;
  if (takenAt !== null) return byDay(draft, pauseAfter(facts, operatorAt ?? takenAt));
  if (escalatedAt === null) return escalateAt(draft, openedAt);
  // Whoever was reminded late has as long as anybody else to answer.
  return byDay(draft, Math.max(giveUpAt(draft, openedAt), escalateAt(draft, escalatedAt)));
}

function escalateAt(draft: Draft, since: number): number {
  return afterHours(draft, since, 'operator.escalate-hours');
}

function giveUpAt(draft: Draft, openedAt: number): number {
  return afterHours(draft, openedAt, 'operator.give-up-hours');
}

function afterHours(draft: Draft, since: number, fact: string): number {
  const office = officeOf(draft);
  return afterOfficeHours(office, since, Number(factValue(office.facts, fact)));
}

function officeOf({ knowledge }: Draft): Office {
  return { facts: knowledge.checklist.facts, calendar: knowledge.calendar };
}

function byDay({ session }: Draft, at: number): number {
  const zone = zoneOf(session);
  return isDaytime(at, zone) ? at : nextMorning(at, zone);
}
