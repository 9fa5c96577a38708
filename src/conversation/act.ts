import type { Position } from '../checklist/position.ts';
import { addDays } from '../language/dates.ts';
import { answerLabel, findQuestion, forget, record } from './answer.ts';
import { conclude, tellRemedy } from './ask.ts';
import { isReadyLabel, ready } from './case-label.ts';
import { closeCase, takeLabel } from './case-talk.ts';
import { hasSeveral, isBeforeAll, isOfFormerCase, startedOver } from './cases.ts';
import { choiceId, type Pick } from './choice.ts';
import {
  caseText,
  type Draft,
  labelOf,
  phrase,
  positionOf,
  say,
  sendBubbles,
  silently,
  update,
  words,
} from './draft.ts';
import type { Control } from './knowledge.ts';
import { CONTROLS } from './knowledge.ts';
import { startNames } from './names.ts';
import { carryOut, lookAgain } from './order.ts';
import { REMIND_DAYS } from './remind-days.ts';
import { askForDay, moveToZone, neverAgain, notYet, remind, remindOn } from './reminders.ts';
import type { Session } from './session.ts';
import { answerTyped } from './take-typed.ts';
import { requirementOf } from './tell.ts';
import { isTyping } from './typed.ts';

/** Does what a choice stands for. `revision` is that of the menu which showed it. */
export function act(draft: Draft, pick: Pick, revision: number): void {
  const { session } = draft;
  if (revision > session.revision || isBeforeAll(session, revision)) return refuse(draft);
  if (isOfFormerCase(session, revision) && !isForAnyCase(session, pick)) return refuse(draft);
  switch (pick.kind) {
    case 'answer':
      return giveAnswer(draft, pick.question, pick.answer, revision);
    case 'control':
      if (!CONTROLS.includes(pick.control as Control)) return refuse(draft);
      return carryOut(draft, { kind: 'control', id: pick.control });
    case 'topic':
      if (labelOf(draft.knowledge, words(draft), pick) === null) return refuse(draft);
      return carryOut(draft, { kind: 'topic', id: pick.topic });
    case 'question':
      if (!positionOf(draft).path.includes(pick.question)) return refuse(draft);
      update(draft, { focus: pick.question, dialogue: null });
      return conclude(draft);
    case 'dialogue':
      return answerDialogue(draft, pick.dialogue, pick.answer, revision);
    case 'act':
      if (labelOf(draft.knowledge, words(draft), pick) === null) return refuse(draft);
      return actOn(draft, pick.action, pick.requirement);
    case 'switch-case':
    case 'close-case':
      return carryOut(draft, { kind: pick.kind, id: pick.case });
  }
}

/** What a button does that was shown while another case was the current one: it never touches what is answered in this. */
const FOR_ANY_CASE: ReadonlySet<string> = new Set([
  ...['menu', 'help', 'human', 'questions', 'language', 'stop', 'resume', 'delete-data'],
  ...['restart-other', 'switch-case', 'close-case'],
]);

function isForAnyCase(session: Session, pick: Pick): boolean {
  if (!hasSeveral(session)) return false;
  if (pick.kind === 'control') return FOR_ANY_CASE.has(pick.control);
  return pick.kind === 'topic' || pick.kind === 'switch-case' || pick.kind === 'close-case';
}

/** A choice that can no longer be meant: the pending question comes again, nothing changes. */
function refuse(draft: Draft): void {
  if (hasSeveral(draft.session)) {
    say(draft, 'say.cases.old-choice', { label: caseText(draft, draft.session) });
    draft.isCaseSaid = true;
    draft.offers.push({ kind: 'control', control: 'switch-case' });
    return conclude(draft, { lead: true });
  }
  say(draft, 'say.old-choice');
  conclude(draft, { lead: true });
}

/**
 * An answer by choice. Pressed late it corrects its own question, if that is still on the path, and says so;
 * pressed twice it changes nothing.
 */
function giveAnswer(draft: Draft, question: string, answer: string, revision: number): void {
  const known = findQuestion(draft, question)?.answers.some(({ id }) => id === answer) ?? false;
  if (!known) return refuse(draft);
  const isCurrent = draft.session.menu.includes(choiceId({ kind: 'answer', question, answer }, revision));
  const given = draft.session.answers[question];
  if (!isCurrent) {
    if (!positionOf(draft).path.includes(question)) return refuse(draft);
    if (given?.answerId === answer) {
      say(draft, 'say.already-noted', { answer: answerLabel(draft, question, answer) });
      return conclude(draft, { lead: true });
    }
  }
  takeAnswers(draft, [{ question, answer }]);
}

/** Writes answers down, says which were understood or corrected, and what they change. */
export function takeAnswers(draft: Draft, given: readonly { question: string; answer: string }[]): void {
  const before = draft.session.answers;
  const positionBefore = draft.session.meanwhile ? positionOf(draft) : null;
  const recorded = given.filter(({ question, answer }) => record(draft, question, answer));
  const corrected = recorded.filter(
    ({ question, answer }) => before[question] !== undefined && before[question].answerId !== answer,
  );
  for (const { question, answer } of corrected) {
    say(draft, 'say.corrected', {
      question: phrase(draft, `question.${question}.short`),
      answer: answerLabel(draft, question, answer),
    });
  }
  const fresh = recorded.filter((answer) => !corrected.includes(answer));
  for (const { question, answer } of fresh) {
    if (given.length > 1 || draft.session.asked !== question) {
      say(draft, 'say.noted', { answer: answerLabel(draft, question, answer) });
    }
    if (findQuestion(draft, question)?.unsure === answer && tellsHow(draft)) {
      say(draft, `question.${question}.find-out`);
    }
  }
  if (draft.session.dialogue?.kind === 'delete-data') say(draft, 'dialogue.delete-data.kept');
  update(draft, { misunderstood: 0, dialogue: null });
  if (positionBefore !== null) tellNewlyMissing(draft, positionBefore);
  conclude(draft);
}

/** Somebody who does not know is told how to find out, unless the verdict is about to tell just that. */
function tellsHow(draft: Draft): boolean {
  const { verdict } = positionOf(draft);
  return verdict === null || (draft.session.meanwhile && verdict.kind !== 'find-out');
}

/** While one step blocks and the others are checked, another one that turns out to be missing is explained at once. */
function tellNewlyMissing(draft: Draft, before: Position): void {
  const position = positionOf(draft);
  if (position.verdict === null) return;
  for (const [place, { requirement, state }] of position.states.entries()) {
    const isNew = state === 'unmet' && before.states[place]?.state !== 'unmet';
    if (isNew && requirement !== position.verdict.requirement) tellRemedy(draft, position, requirement);
  }
}

function answerDialogue(draft: Draft, kind: string, answer: string, revision: number): void {
  const { dialogue } = draft.session;
  if (dialogue === null || dialogue.kind !== kind || revision !== draft.session.revision)
    return refuse(draft);
  if (dialogue.kind === 'new-case' && isReadyLabel(answer)) return takeLabel(draft, dialogue, ready(answer));
  if (isTyping(dialogue)) return answerTyped(draft, dialogue, answer);
  update(draft, { dialogue: null });
  if (dialogue.kind === 'settle') {
    update(draft, { settled: [...draft.session.settled, dialogue.requirement] });
    if (answer === 'suggested') forget(draft, dialogue.said);
    say(draft, 'dialogue.settle.done');
    return conclude(draft);
  }
  if (dialogue.kind === 'remind-day') {
    const chosen = REMIND_DAYS.find((offered) => offered.answer === answer);
    if (chosen === undefined) return neverAgain(draft);
    return remindOn(draft, dialogue.requirement, addDays(draft.at, chosen.days));
  }
  if (answer === 'yes' && dialogue.kind === 'close-case') return closeCase(draft, dialogue.case);
  if (answer !== 'yes' || dialogue.kind === 'names' || dialogue.kind === 'new-case') {
    say(draft, `dialogue.${kind}.kept`);
    return conclude(draft, { lead: true });
  }
  say(draft, `dialogue.${kind}.done`);
  if (dialogue.kind === 'delete-data') {
    draft.effects.push({ kind: 'erase' });
    return sendBubbles(draft, []);
  }
  // Reminders of other cases stay; those of this one find another start and are silent.
  if (!hasSeveral(draft.session)) draft.effects.push({ kind: 'forget-reminders' });
  draft.session = startedOver(draft.session);
  conclude(draft);
}

function actOn(draft: Draft, action: Extract<Pick, { kind: 'act' }>['action'], requirement: string): void {
  const { verdict } = positionOf(draft);
  const stands = verdict?.requirement === requirement;
  switch (action) {
    case 'done': {
      if (!stands || verdict.kind === 'waiting') return refuse(draft);
      const { done, question } = requirementOf(draft, requirement);
      if (verdict.kind === 'blocked' && done === null) say(draft, 'say.acknowledged');
      if (verdict.kind !== 'blocked' || done === null) return lookAgain(draft, requirement);
      say(draft, 'say.done');
      silently(draft, (silent) => takeAnswers(silent, [{ question, answer: done }]));
      return conclude(draft);
    }
    case 'check-meanwhile':
      update(draft, { meanwhile: true });
      return conclude(draft);
    case 'check-step':
      return checkStep(draft, requirement);
    case 'compare-names':
      return startNames(draft);
    case 'remind':
      return stands ? remind(draft, requirement) : refuse(draft);
    case 'other-day':
      return stands ? askForDay(draft, requirement) : refuse(draft);
    case 'in-wita':
      return moveToZone(draft, requirement, 'WITA');
    case 'in-wit':
      return moveToZone(draft, requirement, 'WIT');
    case 'changed':
      update(draft, { dialogue: null });
      return stands ? lookAgain(draft, requirement) : refuse(draft);
    case 'unchanged':
      return stands ? notYet(draft, requirement) : refuse(draft);
    case 'never':
      return neverAgain(draft);
  }
}

/** From the answer to a topic into the checklist, at the step the topic is about. */
function checkStep(draft: Draft, requirement: string): void {
  const topic = draft.knowledge.topics.find(
    ({ requirement: about, sets }) => about === requirement && sets !== null,
  );
  if (topic?.sets != null) record(draft, topic.sets.question, topic.sets.answer);
  const { states, verdict } = positionOf(draft);
  const isMet = states.some(
    (candidate) => candidate.requirement === requirement && candidate.state === 'met',
  );
  const focus = topic?.sets == null && !isMet ? requirementOf(draft, requirement).question : null;
  update(draft, { meanwhile: verdict !== null, focus: focus ?? draft.session.focus });
  conclude(draft);
}
