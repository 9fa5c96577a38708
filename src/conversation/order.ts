import type { QuestionId, RequirementId } from '../checklist/checklist.ts';
import type { Language } from '../message.ts';
import { answerLabel, takeBackNewest } from './answer.ts';
import { conclude, pendingOf } from './ask.ts';
import { askToClose, chooseToClose, listCases, openCase, switchCase } from './case-talk.ts';
import { hasSeveral } from './cases.ts';
import type { Pick } from './choice.ts';
import { type Draft, phrase, positionOf, say, sendBubbles, update } from './draft.ts';
import type { Control, MatterId } from './knowledge.ts';
import { questionsBehind, questionToLookAt } from './look-at.ts';
import { startNames } from './names.ts';
import { sayProgramme } from './programme.ts';
import { neverAgain, remindAsTold } from './reminders.ts';
import { askForPerson, cancelRequest, closeRequest } from './request.ts';
import type { Order } from './session.ts';
import { giveCall, giveMail, startLetter } from './take-typed.ts';
import { requirementName, requirementOf, sayHours, saySource, tellStatus, verdictKey } from './tell.ts';

/** Carries out what a participant may want at any time; afterwards the pending question comes again. */
export function carryOut(draft: Draft, order: Order): void {
  if (order.kind === 'switch-case') return switchCase(draft, order.id);
  if (order.kind === 'close-case') return askToClose(draft, order.id);
  if (order.kind === 'topic') return answerTopic(draft, order.id);
  if (order.kind === 'matter') return tellMatter(draft, order.id);
  if (order.id === 'restart-other') return openCase(draft, order.label ?? null);
  CONTROLS[order.id as keyof typeof CONTROLS]?.(draft);
}

const CONTROLS: Readonly<Record<Exclude<Control, 'restart-other'>, (draft: Draft) => void>> = {
  'start-checklist': (draft) => {
    update(draft, { dialogue: null, told: null });
    conclude(draft);
  },
  'compare-names': startNames,
  letter: startLetter,
  mail: giveMail,
  call: giveCall,
  repeat: (draft) => {
    update(draft, { told: null });
    conclude(draft);
  },
  status: (draft) => {
    tellStatus(draft, positionOf(draft));
    conclude(draft, { lead: true });
  },
  menu: (draft) => {
    say(draft, 'say.menu');
    offer(draft, [
      'start-checklist',
      'status',
      'questions',
      'correct',
      'restart',
      'restart-other',
      ...(hasSeveral(draft.session) ? (['switch-case'] as const) : []),
      'language',
      'human',
      'help',
    ]);
  },
  questions: (draft) => {
    say(draft, 'say.questions');
    const picks = draft.knowledge.topics.map(({ id }): Pick => ({ kind: 'topic', topic: id }));
    sendBubbles(draft, picks);
  },
  help: (draft) => {
    say(draft, 'say.help');
    conclude(draft, { lead: true });
  },
  back: (draft) => {
    const pending = pendingOf(draft);
    const { answers, focus, meanwhile } = draft.session;
    // Out of a side question, a correction or a check beside the verdict: nothing that was answered is touched.
    const isAside =
      (pending.kind === 'dialogue' && pending.dialogue.kind !== 'settle') ||
      (pending.kind === 'question' && (meanwhile || (focus !== null && answers[focus] !== undefined)));
    update(draft, { dialogue: null, meanwhile: false, focus: null });
    if (isAside) return conclude(draft, { lead: true });
    const question = takeBackNewest(draft);
    if (question === null) say(draft, 'say.back.start');
    else say(draft, 'say.back.done', { question: questionName(draft, question) });
    update(draft, { focus: question });
    conclude(draft);
  },
  correct: (draft) => {
    const { path } = positionOf(draft);
    const answered = path.filter((id) => draft.session.answers[id] !== undefined);
    if (answered.length === 0) {
      say(draft, 'dialogue.correct.nothing');
      return conclude(draft);
    }
    say(draft, 'dialogue.correct.text');
    sendBubbles(
      draft,
      answered.map((question): Pick => ({ kind: 'question', question })),
    );
  },
  restart: (draft) => open(draft, 'restart'),
  'switch-case': listCases,
  'close-case': chooseToClose,
  'delete-data': (draft) => open(draft, 'delete-data'),
  stop: (draft) => {
    update(draft, { stopped: 'yes', dialogue: null });
    closeRequest(draft, 'stop');
    draft.effects.push({ kind: 'forget-reminders' }, { kind: 'withdraw-unsent' });
    say(draft, 'dialogue.stop.done');
    sendBubbles(draft, []);
  },
  resume: (draft) => {
    if (draft.session.stopped !== 'no') say(draft, 'say.resumed');
    update(draft, { stopped: 'no', told: null });
    conclude(draft);
  },
  language: (draft) => speak(draft, draft.session.language === 'id' ? 'en' : 'id'),
  'language-id': (draft) => speak(draft, 'id'),
  'language-en': (draft) => speak(draft, 'en'),
  human: (draft) => {
    if (draft.knowledge.hasOperators) return askForPerson(draft);
    say(draft, 'say.human');
    sayHours(draft);
    conclude(draft, { lead: true });
  },
  remind: (draft) => remindAsTold(draft),
  'no-reminders': neverAgain,
  'cancel-request': cancelRequest,
  why: (draft) => {
    tellWhy(draft);
    conclude(draft, { lead: true });
  },
  official: (draft) => {
    say(draft, 'say.official');
    conclude(draft, { lead: true });
  },
  weary: (draft) => {
    say(draft, 'say.weary');
    conclude(draft, { lead: true });
  },
  greeting: (draft) => {
    say(draft, 'say.greeting');
    conclude(draft, { lead: true });
  },
  thanks: (draft) => {
    say(draft, 'say.thanks');
    conclude(draft, { lead: true });
  },
  done: (draft) => {
    const { verdict } = positionOf(draft);
    if (verdict !== null && (verdict.kind === 'blocked' || verdict.kind === 'find-out')) {
      if (verdict.kind === 'blocked') say(draft, 'say.acknowledged');
      return lookAgain(draft, verdict.requirement);
    }
    conclude(draft, { lead: true });
  },
};

/** What is not Pandu's, with where to go. Who is in despair is not asked the next question in the same breath. */
function tellMatter(draft: Draft, matter: MatterId): void {
  say(draft, `matter.${matter}`);
  if (matter === 'registration') sayProgramme(draft);
  if (matter === 'distress') return offer(draft, ['start-checklist']);
  conclude(draft, { lead: true });
}

function offer(draft: Draft, controls: readonly Control[]): void {
  sendBubbles(
    draft,
    controls.map((control): Pick => ({ kind: 'control', control })),
  );
}

function open(draft: Draft, kind: 'restart' | 'delete-data'): void {
  update(draft, { dialogue: { kind } });
  conclude(draft);
}

function speak(draft: Draft, language: Language): void {
  update(draft, { language, told: null });
  say(draft, 'say.language.changed');
  // Whoever asks for another language first has read nothing else yet.
  if (Object.keys(draft.session.answers).length === 0) sayProgramme(draft);
  conclude(draft);
}

function questionName(draft: Draft, question: QuestionId) {
  return phrase(draft, `question.${question}.short`);
}

/** Why this step is needed, and which answers led to the verdict. */
function tellWhy(draft: Draft): void {
  const position = positionOf(draft);
  const pending = pendingOf(draft, position);
  const asked = pending.kind === 'question' ? pending.question : null;
  const requirement = position.verdict?.requirement ?? aboutWhat(draft, asked);
  if (requirement === undefined) return say(draft, 'say.why.nothing');
  say(draft, `requirement.${requirement}.why`);
  const state = position.states.find((candidate) => candidate.requirement === requirement)!;
  for (const question of questionsBehind(draft, state.signs)) {
    const answer = answerLabel(draft, question, draft.session.answers[question]!.answerId);
    say(draft, 'say.why.because', { question: questionName(draft, question), answer });
  }
  saySource(draft, requirementOf(draft, requirement).source);
}

/** The step a question is asked for; a question about time belongs to the step that waits. */
function aboutWhat(draft: Draft, asked: QuestionId | null): RequirementId | undefined {
  const { questions, requirements } = draft.knowledge.checklist;
  const about = questions.find(({ id }) => id === asked)?.about[0];
  return about ?? requirements.find(({ wait }) => wait !== null && wait.question === asked)?.id;
}

/** Whoever writes no more than "pelatihan lain" may ask how to take one, or mean one of theirs that is to be looked at. */
const NEAR_NEW_CASE = 'next-training';

/** The answer to one of the fifteen questions, its source and date, then what was pending or an offer to check the step. */
function answerTopic(draft: Draft, id: string): void {
  const topic = draft.knowledge.topics.find((candidate) => candidate.id === id);
  if (topic === undefined) return conclude(draft, { lead: true });
  const { verdict } = positionOf(draft);
  if (
    verdict !== null &&
    verdict.requirement === topic.requirement &&
    verdictKey(verdict) === draft.session.told
  ) {
    say(draft, 'say.same-cause', { requirement: requirementName(draft, verdict.requirement) });
  }
  say(draft, `topic.${id}.answer`);
  saySource(draft, topic.clauses);
  if (id === NEAR_NEW_CASE && Object.keys(draft.session.answers).length > 0) {
    say(draft, 'say.cases.or-another');
    draft.offers.push({ kind: 'control', control: 'restart-other' });
  }
  const pending = pendingOf(draft);
  if (
    pending.kind === 'nothing' &&
    topic.requirement !== null &&
    topic.requirement !== verdict?.requirement
  ) {
    const step: Pick = { kind: 'act', action: 'check-step', requirement: topic.requirement };
    say(draft, 'say.offer-check');
    return sendBubbles(draft, [
      step,
      { kind: 'control', control: 'status' },
      { kind: 'control', control: 'menu' },
    ]);
  }
  conclude(draft, { lead: true });
}

/** "Sudah saya lakukan", or a reminder's "Sudah": what showed the step missing is asked once more. */
export function lookAgain(draft: Draft, requirement: RequirementId): void {
  update(draft, { dialogue: null, meanwhile: false, focus: questionToLookAt(draft, requirement) });
  conclude(draft);
}
