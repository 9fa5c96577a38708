import type { Aid, Requirement, RequirementId } from '../checklist/checklist.ts';
import { lookupOf } from '../checklist/lookup.ts';
import type { Position, Verdict } from '../checklist/position.ts';
import { type Answers, factValue } from '../checklist/walk.ts';
import { addDays, hoursAheadOfWib, wallClock, type Zone } from '../language/dates.ts';
import type { SpokenText } from '../message.ts';
import type { Pick } from './choice.ts';
import { addParagraph, caseText, type Draft, newBubble, phrase, positionOf, say, update } from './draft.ts';
import { join } from './fill.ts';
import { nextOpening } from './hours.ts';
import { shownState, wantedRequirements } from './path.ts';
import { sayCase } from './say-case.ts';
import { showCard, showVerdict } from './show-card.ts';
import { zoneOf } from './zone.ts';

/** What a verdict is known by: told in full once, and shortly after that. */
export function verdictKey(verdict: Verdict): string {
  return `${verdict.kind}/${verdict.requirement}/${verdict.telling}`;
}

/** The verdict in full: what blocks, whose turn, what to do, what else, and where that is written. */
export function tellVerdict(draft: Draft, verdict: Verdict): void {
  showVerdict(draft, positionOf(draft));
  sayCase(draft);
  addParagraph(draft, verdictHead(draft, verdict, draft.session.answers));
  if (verdict.kind !== 'finished' && verdict.kind !== 'elsewhere')
    say(draft, `say.verdict.turn.${verdict.owner}`);
  addParagraph(draft, verdictBody(draft, verdict));
  if (verdict.owner === 'call-centre') sayHours(draft);
  if (verdict.meanwhile.length > 0)
    say(draft, 'say.verdict.meanwhile', { steps: namesOf(draft, verdict.meanwhile) });
  if (verdict.also.length > 0) say(draft, 'say.verdict.also', { steps: namesOf(draft, verdict.also) });
  saySource(draft, requirementOf(draft, verdict.requirement).source);
  const key = verdictKey(verdict);
  const { standing } = draft.session;
  update(draft, {
    told: key,
    standing: standing?.verdict === key ? standing : { verdict: key, since: draft.at },
  });
}

/** Which step holds it up, in a line. `answers`: those of the case that stands there. */
export function verdictHead(draft: Draft, verdict: Verdict, answers: Answers): SpokenText {
  if (verdict.kind === 'elsewhere' || verdict.kind === 'finished')
    return phrase(draft, `say.verdict.${verdict.kind}-head`);
  const requirement = requirementName(draft, verdict.requirement);
  if (verdict.kind === 'find-out') return phrase(draft, 'say.verdict.find-out-head', { requirement });
  const wanted = wantedRequirements(draft, answers);
  const number = wanted.findIndex(({ id }) => id === verdict.requirement) + 1;
  return phrase(draft, 'say.verdict.head', { number, count: wanted.length, requirement });
}

/** What to do about it. */
function verdictBody(draft: Draft, verdict: Verdict): SpokenText {
  if (verdict.kind === 'find-out') return phrase(draft, `question.${verdict.telling}.find-out`);
  if (verdict.kind === 'finished') return phrase(draft, 'verdict.finished.finished');
  const values =
    verdict.from === null || verdict.until === null
      ? {}
      : {
          from: day(draft, verdict.from),
          report: day(
            draft,
            addDays(verdict.from, Number(factValue(draft.knowledge.checklist.facts, 'report.days'))),
          ),
          until: day(draft, verdict.until),
        };
  return phrase(draft, `verdict.${verdict.requirement}.${verdict.telling}`, values);
}

/** What can be pressed under a verdict. */
export function verdictChoices(
  verdict: Verdict,
  canCheck: boolean,
  aid: Aid | null,
  isOneOfSeveral: boolean,
): Pick[] {
  const act = (action: 'done' | 'remind' | 'check-meanwhile' | Aid): Pick => ({
    kind: 'act',
    action,
    requirement: verdict.requirement,
  });
  const control = (id: string): Pick => ({ kind: 'control', control: id });
  const picks: Pick[] = [];
  if (verdict.kind === 'blocked' || verdict.kind === 'find-out') picks.push(act('done'));
  if (verdict.owner === 'provider') picks.push(control('letter'));
  if (verdict.owner === 'call-centre') picks.push(control('mail'), control('call'));
  if (aid !== null) picks.push(act(aid));
  if (canCheck) picks.push(act('check-meanwhile'));
  if (verdict.kind === 'waiting' || verdict.owner === 'provider') picks.push(act('remind'));
  picks.push(control('status'));
  if (verdict.kind !== 'finished') picks.push(control('why'));
  if (verdict.kind === 'elsewhere') picks.push(control('correct'));
  if (verdict.kind === 'finished') picks.push(control('restart-other'));
  if (verdict.kind === 'finished' && isOneOfSeveral) picks.push(control('close-case'));
  picks.push(control('human'));
  return picks;
}

/** The whole path, each step with its state, its owner and since when. */
export function tellStatus(draft: Draft, position: Position): void {
  newBubble(draft);
  sayCase(draft);
  say(draft, 'say.status.title');
  const { answers, others } = draft.session;
  const lines = wantedRequirements(draft, answers).map((requirement, index) =>
    statusLine(draft, position, requirement, index + 1),
  );
  addParagraph(draft, join(lines, '\n'));
  showCard(draft, position);
  if (Object.keys(answers).length === 0) say(draft, 'say.status.none');
  if (others.length === 0) return;
  const cases = join(
    others.map((other) => caseText(draft, other)),
    ', ',
  );
  say(draft, 'say.cases.others', { cases });
}

function statusLine(draft: Draft, position: Position, requirement: Requirement, number: number): SpokenText {
  const state = position.states.find((candidate) => candidate.requirement === requirement.id)!;
  const shown = shownState(state, position.verdict);
  const parts = [
    phrase(draft, 'say.status.line', {
      state: phrase(draft, `say.status.state.${shown}`),
      number,
      requirement: requirementName(draft, requirement.id),
    }),
  ];
  const isElsewhere = requirement.whenUnmet === 'elsewhere';
  if ((shown === 'unmet' && !isElsewhere) || shown === 'waiting') {
    const owner =
      position.verdict?.requirement === requirement.id ? position.verdict.owner : requirement.owner;
    parts.push(phrase(draft, 'say.status.owner', { owner: phrase(draft, `say.owner.${owner}`) }));
  }
  const since = shown === 'waiting' ? (position.verdict?.from ?? state.since) : state.since;
  // Since when a step is met or missing nobody knows; what is known is when the participant told us.
  const dated = shown === 'waiting' ? 'say.status.since' : 'say.status.noted';
  if (since !== null) parts.push(phrase(draft, dated, { date: day(draft, since) }));
  return join(parts, ' ');
}

export function requirementOf(draft: Draft, id: RequirementId): Requirement {
  return lookupOf(draft.knowledge.checklist).requirement.get(id)!.requirement;
}

export function requirementName(draft: Draft, id: RequirementId): SpokenText {
  return phrase(draft, `requirement.${id}.name`);
}

function namesOf(draft: Draft, ids: readonly RequirementId[]): SpokenText {
  return join(
    ids.map((id) => requirementName(draft, id)),
    ', ',
  );
}

/** A day as people say it: "Selasa, 24 November". */
export function day(draft: Draft, at: number): SpokenText {
  const wall = wallClock(at, zoneOf(draft.session));
  return phrase(draft, 'date.day', {
    weekday: phrase(draft, `date.weekday.${wall.weekday}`),
    day: wall.day,
    month: phrase(draft, `date.month.${wall.month}`),
  });
}

/** Whether the call centre is open at this moment, or when it opens next (source clause 5), by the participant's clock too. */
export function sayHours(draft: Draft): void {
  const { checklist, calendar } = draft.knowledge;
  const opening = nextOpening(checklist.facts, calendar, draft.at);
  if (opening === null) return sayOpen(draft);
  const when = moment(draft, opening.opensAt);
  if (opening.holidays.length === 0) return say(draft, 'say.hours.closed', { when });
  const holidays = opening.holidays.map((holiday) => holiday[draft.session.language]).join(', ');
  say(draft, opening.isToday ? 'say.hours.holiday' : 'say.hours.holiday-next', { holidays, when });
}

function sayOpen(draft: Draft): void {
  say(draft, 'say.hours.open');
  const zone = zoneOf(draft.session);
  if (zone === 'WIB') return;
  const { facts } = draft.knowledge.checklist;
  const [opens, closes] = ['call-centre.opens', 'call-centre.closes'].map((fact) => {
    const [hours, minutes] = factValue(facts, fact).split('.');
    const there = (Number(hours) + hoursAheadOfWib(zone)) % 24;
    return `${String(there).padStart(2, '0')}.${minutes}`;
  });
  say(draft, 'say.hours.here', { opens: opens!, closes: closes!, zone });
}

/** A moment as people say it, in WIB, and what clocks show where the participant is. */
export function moment(draft: Draft, at: number): SpokenText {
  const zone = zoneOf(draft.session);
  const values = { day: day(draft, at), time: clock(at, 'WIB') };
  if (zone === 'WIB') return phrase(draft, 'date.at', values);
  return phrase(draft, 'date.at-here', { ...values, here: clock(at, zone), zone });
}

function clock(at: number, zone: Zone): string {
  const { hour, minute } = wallClock(at, zone);
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join('.');
}

/** Where this is written, and when that was last confirmed. */
export function saySource(draft: Draft, clauses: readonly string[]): void {
  const fact = draft.knowledge.checklist.facts.find(({ id }) => id === 'source.article')!;
  const date = monthOf(draft, fact.confirmed);
  say(draft, 'say.source', { source: fact.value, clauses: clauses.join(', '), date });
}

/** The month of a date such as `2021-03-17`: "Maret 2021". */
export function monthOf(draft: Draft, date: string): SpokenText {
  const [year, month] = date.split('-').map(Number) as [number, number];
  return phrase(draft, 'date.month-year', { month: phrase(draft, `date.month.${month}`), year });
}
