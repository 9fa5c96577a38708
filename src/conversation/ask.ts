import type { AnswerOption, Question, QuestionId } from '../checklist/checklist.ts';
import type { Position, Verdict } from '../checklist/position.ts';
import type { SpokenText } from '../message.ts';
import { answerLabel, findQuestion } from './answer.ts';
import { askClosing, askLabel } from './ask-case.ts';
import { askTyped } from './ask-typed.ts';
import { hasSeveral } from './cases.ts';
import type { Pick } from './choice.ts';
import {
  addParagraph,
  type Draft,
  newBubble,
  ownLabelOf,
  phrase,
  positionOf,
  say,
  sendBubbles,
  update,
} from './draft.ts';
import { numbered as numberedLines } from './fill.ts';
import { REMIND_DAYS } from './remind-days.ts';
import { sayCase } from './say-case.ts';
import type { Dialogue } from './session.ts';
import { sayStillMissing, silentDays } from './still-missing.ts';
import { requirementName, requirementOf, tellVerdict, verdictChoices, verdictKey } from './tell.ts';
import { isTyping } from './typed.ts';

/** What Pandu waits for: a side question, a question of the checklist, or nothing. */
export type Pending =
  | { readonly kind: 'dialogue'; readonly dialogue: Dialogue }
  | { readonly kind: 'question'; readonly question: QuestionId }
  | { readonly kind: 'nothing' };

/** What is pending follows from the session; a contradiction comes before the next question. */
export function pendingOf(draft: Draft, position: Position = positionOf(draft)): Pending {
  const { dialogue, focus, meanwhile } = draft.session;
  if (dialogue !== null) return { kind: 'dialogue', dialogue };
  if (position.contradiction !== null) {
    return { kind: 'dialogue', dialogue: { kind: 'settle', ...position.contradiction } };
  }
  if (focus !== null && findQuestion(draft, focus) !== null) return { kind: 'question', question: focus };
  if (position.next !== null && (position.verdict === null || meanwhile)) {
    return { kind: 'question', question: position.next };
  }
  return { kind: 'nothing' };
}

/**
 * Ends a reply: tells a verdict that is new, then asks what is pending, and gives the menu that belongs to it.
 * A contradiction is first of all asked about, since the verdict rests on it.
 */
export function conclude(draft: Draft, options: { lead?: boolean } = {}): void {
  const position = positionOf(draft);
  const pending = pendingOf(draft, position);
  if (pending.kind === 'dialogue') return askDialogue(draft, pending.dialogue);
  const { verdict } = position;
  const isNew = verdict !== null && verdictKey(verdict) !== draft.session.told;
  if (verdict === null && draft.session.told !== null) update(draft, { told: null, meanwhile: false });
  if (verdict !== null && isNew) {
    newBubble(draft);
    tellVerdict(draft, verdict);
  }
  if (pending.kind === 'question') {
    if (isNew) newBubble(draft);
    else if (options.lead === true) say(draft, 'say.question-again');
    return askQuestion(draft, pending.question);
  }
  if (verdict === null) return sendBubbles(draft, []);
  const tellsRest = !isNew && draft.session.meanwhile;
  if (!isNew) tellAgain(draft, verdict);
  if (tellsRest) tellRest(draft, position, verdict);
  update(draft, { meanwhile: false });
  const canCheck = position.next !== null || (verdict.meanwhile.length > 0 && !tellsRest);
  const { question } = requirementOf(draft, verdict.requirement);
  sendMenu(
    draft,
    verdictChoices(verdict, canCheck, findQuestion(draft, question)?.aid ?? null, hasSeveral(draft.session)),
  );
}

/** A verdict that was told before, in a line. */
function tellAgain(draft: Draft, verdict: Verdict): void {
  sayCase(draft);
  if (verdict.kind === 'finished' || verdict.kind === 'elsewhere') {
    return say(draft, `say.verdict.${verdict.kind}-head`);
  }
  say(draft, 'say.verdict.unchanged', { requirement: requirementName(draft, verdict.requirement) });
}

/** Everything was asked beside a standing verdict: what else is the participant's to do, and how. */
function tellRest(draft: Draft, position: Position, verdict: Verdict): void {
  for (const requirement of verdict.meanwhile) tellRemedy(draft, position, requirement);
}

/** The remedy of a step found missing while another one blocks; once in a reply. */
export function tellRemedy(draft: Draft, position: Position, requirement: string): void {
  const state = position.states.find((candidate) => candidate.requirement === requirement)!;
  const remedy =
    state.telling === null
      ? phrase(draft, `question.${requirementOf(draft, requirement).question}.find-out`)
      : phrase(draft, `verdict.${requirement}.${state.telling}`);
  if (draft.bubbles.some((paragraphs) => paragraphs.includes(remedy))) return;
  say(draft, 'say.verdict.step', { requirement: requirementName(draft, requirement) });
  addParagraph(draft, remedy);
}

/** Some answers nobody can have before the question is asked once more. */
export function offeredAnswers(draft: Draft, { id, answers }: Question): readonly AnswerOption[] {
  const isAgain = draft.session.focus === id;
  return answers.filter(({ onlyAgain }) => isAgain || !onlyAgain);
}

export function askQuestion(draft: Draft, id: QuestionId): void {
  const question = findQuestion(draft, id)!;
  say(draft, `question.${id}.text`);
  const picks = offeredAnswers(draft, question).map(
    (option): Pick => ({ kind: 'answer', question: id, answer: option.id }),
  );
  const { aid, about } = question;
  if (aid !== null) picks.push({ kind: 'act', action: aid, requirement: about[0]! });
  sendMenu(draft, picks);
  update(draft, { asked: id });
}

/** Who was misunderstood twice gets the choices numbered as well, unless they always come so. */
export function sendMenu(draft: Draft, picks: readonly Pick[]): void {
  const channel = draft.channel ?? draft.session.consent?.channel;
  if (draft.session.misunderstood >= 2 && channel !== 'whatsapp') addParagraph(draft, numbered(draft, picks));
  sendBubbles(draft, picks);
}

/** "1. Sudah" on a line each, for channels or eyes that see no buttons. */
function numbered(draft: Draft, picks: readonly Pick[]): SpokenText {
  const labels = picks.flatMap((pick) => ownLabelOf(draft, pick) ?? []);
  return phrase(draft, 'say.choose-number', { choices: numberedLines(labels) });
}

function askDialogue(draft: Draft, dialogue: Dialogue): void {
  update(draft, { dialogue });
  if (dialogue.kind === 'settle') return askSettle(draft, dialogue);
  if (dialogue.kind === 'new-case') return sendMenu(draft, askLabel(draft, dialogue));
  if (dialogue.kind === 'close-case') return sendMenu(draft, askClosing(draft, dialogue));
  if (dialogue.kind === 'changed') {
    sayCase(draft);
    sayStillMissing(draft, dialogue.requirement);
    const actions = (['changed', 'unchanged', 'never'] as const).map(
      (action): Pick => ({ kind: 'act', action, requirement: dialogue.requirement }),
    );
    const silent = silentDays(draft);
    if (silent === null) return sendMenu(draft, actions);
    say(draft, 'say.remind.provider-silent', { days: silent });
    return sendMenu(draft, [
      ...actions,
      { kind: 'control', control: 'mail' },
      { kind: 'control', control: 'call' },
    ]);
  }
  if (dialogue.kind === 'remind-day') {
    say(draft, 'dialogue.remind-day.text');
    return sendMenu(
      draft,
      [...REMIND_DAYS.map(({ answer }) => answer), 'no'].map(
        (answer): Pick => ({ kind: 'dialogue', dialogue: 'remind-day', answer }),
      ),
    );
  }
  if (dialogue.kind === 'names') {
    say(draft, `dialogue.names.ask.${dialogue.kemnaker === null ? 'kemnaker' : 'prakerja'}`);
    return sendMenu(draft, [{ kind: 'dialogue', dialogue: 'names', answer: 'no' }]);
  }
  if (dialogue.kind === 'restart') sayCase(draft);
  if (isTyping(dialogue)) return sendMenu(draft, askTyped(draft, dialogue));
  say(draft, `dialogue.${dialogue.kind}.text`);
  if (dialogue.kind === 'delete-data' && hasSeveral(draft.session)) say(draft, 'say.cases.all-go');
  sendMenu(draft, [
    { kind: 'dialogue', dialogue: dialogue.kind, answer: 'yes' },
    { kind: 'dialogue', dialogue: dialogue.kind, answer: 'no' },
    // Whoever starts over for somebody else need not lose anything.
    ...(dialogue.kind === 'restart' ? [{ kind: 'control', control: 'restart-other' } as const] : []),
  ]);
}

/** The label of a choice of the last menu, typed instead of pressed. */
export function menuLabel(draft: Draft, pick: Pick): SpokenText | null {
  const { dialogue } = draft.session;
  if (pick.kind !== 'dialogue' || dialogue?.kind !== 'settle') return ownLabelOf(draft, pick);
  const question = pick.answer === 'said' ? dialogue.said : dialogue.suggested;
  const answer = draft.session.answers[question];
  return answer === undefined ? null : answerLabel(draft, question, answer.answerId);
}

/** The choices are the two statements themselves, in the participant's own answers. */
function askSettle(draft: Draft, dialogue: Extract<Dialogue, { kind: 'settle' }>): void {
  const label = (question: QuestionId): SpokenText =>
    answerLabel(draft, question, draft.session.answers[question]!.answerId);
  const said: Pick = { kind: 'dialogue', dialogue: 'settle', answer: 'said' };
  const suggested: Pick = { kind: 'dialogue', dialogue: 'settle', answer: 'suggested' };
  say(draft, 'dialogue.settle.text', { first: label(dialogue.said), second: label(dialogue.suggested) });
  sendBubbles(
    draft,
    [said, suggested],
    'reply',
    new Map([
      [said, label(dialogue.said)],
      [suggested, label(dialogue.suggested)],
    ]),
  );
}
