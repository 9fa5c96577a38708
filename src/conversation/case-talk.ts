import type { Position, Verdict } from '../checklist/position.ts';
import { walk } from '../checklist/walk.ts';
import type { SpokenText } from '../message.ts';
import { conclude, sendMenu } from './ask.ts';
import { areAlike, type CaseLabel, type ReadyLabel, ready } from './case-label.ts';
import { casesOf, closed, hasSeveral, MOST_CASES, opened, switchedTo } from './cases.ts';
import type { Pick } from './choice.ts';
import { addParagraph, caseText, type Draft, phrase, say, update, words } from './draft.ts';
import { join } from './fill.ts';
import type { CaseState, Dialogue } from './session.ts';
import { verdictHead } from './tell.ts';

const control = (id: string): Pick => ({ kind: 'control', control: id });

/**
 * "Pelatihan lain", "untuk suami saya": a case of its own beside the present one, once both can be told apart.
 * @param named whom it is for, when the order says so
 */
export function openCase(draft: Draft, named: ReadyLabel | null): void {
  const { session } = draft;
  const label = named === null ? null : ready(named);
  const known = label === null ? undefined : casesOf(session).find((one) => isCalled(draft, one, label));
  if (known !== undefined) return switchCase(draft, known.caseId);
  // Nothing was answered yet, so nothing can get mixed up.
  if (!hasSeveral(session) && Object.keys(session.answers).length === 0) {
    update(draft, { label, dialogue: null });
    say(draft, 'dialogue.new-case.first');
    return conclude(draft);
  }
  if (casesOf(session).length >= MOST_CASES) {
    say(draft, 'say.cases.full', { count: MOST_CASES });
    return offerClosing(draft);
  }
  askLabels(draft, label);
}

function isCalled(draft: Draft, one: CaseState, label: CaseLabel): boolean {
  return one.label !== null && areAlike(words(draft), one.label, label);
}

/** First what the new case is called, then, when there was but one, what the present one is called. */
function askLabels(draft: Draft, label: CaseLabel | null): void {
  if (label === null || draft.session.label === null) {
    update(draft, { dialogue: { kind: 'new-case', label } });
    return conclude(draft);
  }
  draft.session = opened(draft.session, label);
  say(draft, 'dialogue.new-case.done', { label: caseText(draft, draft.session) });
  draft.isCaseSaid = true;
  conclude(draft);
}

/** A label that was chosen or typed while one is asked for. */
export function takeLabel(draft: Draft, dialogue: NewCase, label: CaseLabel): void {
  const isTaken =
    casesOf(draft.session).some((one) => isCalled(draft, one, label)) ||
    (dialogue.label !== null && areAlike(words(draft), dialogue.label, label));
  if (isTaken) {
    say(draft, 'dialogue.new-case.taken');
    return conclude(draft);
  }
  if (dialogue.label === null) return askLabels(draft, label);
  update(draft, { label });
  askLabels(draft, dialogue.label);
}

export type NewCase = Extract<Dialogue, { kind: 'new-case' }>;

/** Goes on with another case, and says so. */
export function switchCase(draft: Draft, caseId: number): void {
  const switched = switchedTo(draft.session, caseId);
  // It is the one that is talked about already; or it was closed since.
  if (switched === null && caseId !== draft.session.caseId) return listCases(draft);
  draft.session = switched ?? { ...draft.session, dialogue: null };
  saySwitched(draft);
  conclude(draft, { lead: true });
}

/**
 * Goes on with the case that armed a reminder, and says so.
 * @returns false when it is the current one, or gone: nothing has happened
 */
export function switchToArmed(draft: Draft, armedBy: number): boolean {
  const armed = draft.session.others.find(({ firstRevision }) => firstRevision === armedBy);
  const switched = armed === undefined ? null : switchedTo(draft.session, armed.caseId);
  if (switched === null) return false;
  draft.session = switched;
  saySwitched(draft);
  return true;
}

function saySwitched(draft: Draft): void {
  if (!hasSeveral(draft.session)) return;
  say(draft, 'say.cases.switched', { label: caseText(draft, draft.session) });
  draft.isCaseSaid = true;
}

/** "Ganti kasus": each case in a line, as a choice. */
export function listCases(draft: Draft): void {
  const { session } = draft;
  update(draft, { dialogue: null });
  if (!hasSeveral(session)) {
    say(draft, 'say.cases.only-one');
    return sendMenu(draft, [control('restart-other'), control('menu')]);
  }
  const cases = casesOf(session);
  say(draft, 'say.cases.title');
  addParagraph(
    draft,
    join(
      cases.map((one) => lineOf(draft, one)),
      '\n',
    ),
  );
  const picks = cases.map(({ caseId }): Pick => ({ kind: 'switch-case', case: caseId }));
  sendMenu(draft, [...picks, control('restart-other'), control('close-case')]);
}

function lineOf(draft: Draft, one: CaseState): SpokenText {
  const isCurrent = one.caseId === draft.session.caseId;
  const values = { label: caseText(draft, one), state: stateOf(draft, one) };
  return phrase(draft, isCurrent ? 'say.cases.current' : 'say.cases.line', values);
}

/** Where a case stands: the head of its verdict, or the question that comes next. */
function stateOf(draft: Draft, one: CaseState): SpokenText {
  const { verdict, next } = positionIn(draft, one);
  if (verdict !== null) return verdictHead(draft, verdict, one.answers);
  const question = next ?? draft.knowledge.checklist.questions[0]!.id;
  return phrase(draft, 'say.cases.asking', { question: phrase(draft, `question.${question}.short`) });
}

function positionIn({ knowledge, at }: Draft, { answers, settled }: CaseState): Position {
  return walk(knowledge.checklist, answers, at, settled);
}

/** The verdict at which a case stands, parked or not. */
export function verdictOf(draft: Draft, one: CaseState): Verdict | null {
  return positionIn(draft, one).verdict;
}

/** "Tutup kasus": asks which one. */
export function chooseToClose(draft: Draft): void {
  update(draft, { dialogue: null });
  if (!hasSeveral(draft.session)) {
    say(draft, 'say.cases.last');
    return sendMenu(draft, [control('restart'), control('menu')]);
  }
  say(draft, 'say.cases.which-to-close');
  offerClosing(draft);
}

/** What is finished first. */
function offerClosing(draft: Draft): void {
  const isFinished = (one: CaseState): boolean => verdictOf(draft, one)?.kind === 'finished';
  const cases = casesOf(draft.session).toSorted((a, b) => Number(isFinished(b)) - Number(isFinished(a)));
  addParagraph(
    draft,
    join(
      cases.map((one) => lineOf(draft, one)),
      '\n',
    ),
  );
  const picks = cases.map(({ caseId }): Pick => ({ kind: 'close-case', case: caseId }));
  sendMenu(draft, [...picks, control('menu')]);
}

/** Asks before a case goes; the only one there is can be started anew instead. */
export function askToClose(draft: Draft, caseId: number): void {
  const isThere = casesOf(draft.session).some((one) => one.caseId === caseId);
  if (!isThere || !hasSeveral(draft.session)) return chooseToClose(draft);
  update(draft, { dialogue: { kind: 'close-case', case: caseId } });
  conclude(draft);
}

/** Its answers go; its reminders find it gone and stay silent. */
export function closeCase(draft: Draft, caseId: number): void {
  const label = labelOfCase(draft, caseId);
  if (label === null || !hasSeveral(draft.session)) return conclude(draft, { lead: true });
  const isCurrent = draft.session.caseId === caseId;
  draft.session = closed(draft.session, caseId);
  say(draft, 'dialogue.close-case.done', { label });
  if (isCurrent) saySwitched(draft);
  conclude(draft, { lead: true });
}

export function labelOfCase(draft: Draft, caseId: number): SpokenText | null {
  const found = casesOf(draft.session).find((one) => one.caseId === caseId);
  return found === undefined ? null : caseText(draft, found);
}
