import type { AnswerId, Question, QuestionId } from '../checklist/checklist.ts';
import { problemOf } from '../language/names/problem.ts';
import { normalise } from '../language/normalise.ts';
import { isOnlyAgreement } from '../language/polarity.ts';
import { readZone } from '../language/read-zone.ts';
import { type Reader, type Reading, read } from '../language/reader.ts';
import { type Guess, understand } from '../language/understand.ts';
import { findQuestion } from './answer.ts';
import { menuLabel, offeredAnswers, type Pending, pendingOf } from './ask.ts';
import { type Action, parseChoice } from './choice.ts';
import { type Draft, positionOf, words } from './draft.ts';
import { caseCalled, hearLabel, withPerson } from './hear-case.ts';
import { hearPolarity, isRatherNo } from './hear-plain.ts';
import { hearTyped, isHiding } from './hear-typed.ts';
import { type Given, type Heard, isDelivered, type MessageEvent, type Seen, type TopicId } from './heard.ts';
import type { Knowledge } from './knowledge.ts';
import { questionToLookAt } from './look-at.ts';
import { isLateName, namesIn } from './names.ts';
import { daysToRemind } from './reminders.ts';
import type { Order, Owed } from './session.ts';
import { isTyping } from './typed.ts';

/** Longer messages are not read: nobody's answer is longer, and reading must stay cheap (faults.md S13). */
export const LONGEST_READ = 2_000;

/** After an order that is not carried out yet, a plain word may be meant for what that order will ask. */
export function hear(draft: Draft, event: MessageEvent, owed: Owed | null): Heard {
  const { message } = event;
  if (message.kind === 'choice') {
    const choice = parseChoice(message.choice ?? '');
    return choice === null
      ? { kind: 'pick', pick: { kind: 'question', question: '' }, revision: -1 }
      : { kind: 'pick', ...choice };
  }
  if (!READABLE.has(message.kind) || message.text.length > LONGEST_READ) return { kind: 'nothing-to-read' };
  const deliveredMenu = owed?.order == null ? event.deliveredMenu : null;
  return hearText(draft, message.text, { deliveredMenu });
}

/** What carries words of the participant. An edit rewrites what was said before; it is not an answer to what is asked now. */
const READABLE: ReadonlySet<string> = new Set(['text', 'photo', 'video', 'document']);

function hearText(draft: Draft, text: string, seen: Seen): Heard {
  const { knowledge } = draft;
  const pair = isTyping(draft.session.dialogue) ? null : namesIn(draft, text);
  if (pair !== null) draft.holdsNames = true;
  if (pair !== null && (draft.session.dialogue?.kind !== 'names' || !isOrder(draft, text, seen)))
    return { kind: 'names', pair };
  if (isLateName(draft, text) && !isOrder(draft, text, seen)) return { kind: 'late-name' };
  const pending = pendingOf(draft);
  const about = questionAbout(draft, pending);
  const light = {
    question: about?.id ?? null,
    answers: about === null ? [] : possibleAnswers(draft, about, pending),
  };
  const { reading, guess } = understand(knowledge.reader, text, {
    ...light,
    answersAre: howClear(draft, pending, seen),
    near: topicsNear(knowledge, about),
  });
  if (reading.words === '' && !(isTyping(draft.session.dialogue) && isHiding(text)))
    return (text.trim() === '' ? null : hearLabel(draft, text)) ?? { kind: 'nothing-to-read' };
  // Despair, or somebody about to be robbed, comes before everything else that is in the message.
  if (guess.isUrgent) return hearGuess(draft, guess);
  const labelled = byLabel(draft, reading);
  if (labelled !== null && isDelivered(draft, seen)) return labelled;
  const typed = hearTyped(draft, text, reading);
  if (typed !== null) return typed;
  if (reading.numbers.length > 0) return hearNumbers(draft, reading, pending, seen);
  const label = hearLabel(draft, text);
  if (label?.kind === 'label') return label;
  const days = daysNamed(draft, text, reading);
  if (days !== null) return { kind: 'remind', days };
  const called = label === null ? caseCalled(draft, text, light) : null;
  if (called !== null) return { kind: 'order', order: called, also: null };
  const order = withPerson(draft, orderOf(reading), reading);
  const topic = topicByLabel(draft, reading);
  if (topic !== null && pending.kind !== 'question')
    return { kind: 'order', order: { kind: 'topic', id: topic }, also: null };
  // Beside a verdict "tidak tahu" is a plain word: it takes back nothing that was said before.
  const isUnsure =
    pending.kind !== 'question' && reading.answers.some(({ answer }) => answer === about?.unsure);
  if (reading.answers.length > 0 && !isUnsure)
    return hearAnswers(draft, text, reading, { order, also: guess.also });
  if (isUnsure) return hearPolarity(draft, 'unsure', pending, seen, order);
  // "Not yet, one moment" is no refusal: only a plain word ends the comparison.
  if (draft.session.dialogue?.kind === 'names' && reading.polarity !== null && !isOrder(draft, text, seen))
    return { kind: 'no-name', problem: problemOf(text) };
  if (reading.polarity !== null) return hearPolarity(draft, reading.polarity, pending, seen, order);
  const isOrderly = reading.control !== null && !COURTESIES.has(reading.control);
  if (draft.session.dialogue?.kind === 'names' && !isOrderly)
    return { kind: 'no-name', problem: problemOf(text) };
  if (order !== null) return { kind: 'order', order, also: guess.also };
  if (pending.kind !== 'dialogue' && isOnlyAgreement(knowledge.reader.lexicon, reading.words.split(' ')))
    return { kind: 'agreed' };
  if (label !== null && guess.act !== 'answer') return label;
  if (readZone(knowledge.places, text) !== null) return { kind: 'zone' };
  if (isRatherNo(draft, reading, guess, pending)) return hearPolarity(draft, 'no', pending, seen, order);
  return hearGuess(draft, guess);
}

/** Days are read where one was asked for or offered to be chosen, and beside the wish to be reminded. */
function daysNamed(draft: Draft, text: string, reading: Reading): readonly number[] | null {
  if (reading.control === 'remind') return daysToRemind(draft, text);
  const days = daysToRemind(draft, text);
  if (days.length > 0 && isWish(draft, reading)) return days;
  const asked = draft.session.dialogue?.kind;
  if (asked !== 'remind-day') {
    const isBeside = asked === 'changed' || isOffered(draft, 'other-day');
    const isPlain = reading.polarity === null && reading.answers.length === 0;
    if (!isBeside || !isPlain || reading.words.split(' ').length > LONGEST_DAY_WORDS) return null;
  }
  return days.length > 0 ? days : null;
}

/** "Tolong ingatkan saya" before or behind the day. */
function isWish({ knowledge: { reader } }: Draft, { words }: Reading): boolean {
  const all = words.split(' ');
  const parts = [1, 2, 3, 4].flatMap((count) => [all.slice(0, count), all.slice(-count)]);
  return parts.some(
    (part) => read(reader, part.join(' '), { question: null, answers: [] }).control === 'remind',
  );
}

/** "Hari Jumat minggu depan saja" */
const LONGEST_DAY_WORDS = 5;

function isOffered({ session }: Draft, action: Action): boolean {
  return session.menu
    .map(parseChoice)
    .some((choice) => choice?.pick.kind === 'act' && choice.pick.action === action);
}

/** No orders, so not what ends a side question. */
const COURTESIES: ReadonlySet<string> = new Set(['greeting', 'thanks']);

/** While names are asked for, "Menu" and "Batal" are no names. */
function isOrder(draft: Draft, text: string, seen: Seen): boolean {
  const reading = read(draft.knowledge.reader, text, { question: null, answers: [] });
  const labelled = byLabel(draft, reading) !== null && isDelivered(draft, seen);
  return labelled || reading.control !== null || reading.polarity !== null;
}

/** Nothing was clear: what is likely is asked about, what Pandu cannot help with is named. */
function hearGuess({ knowledge, session }: Draft, guess: Guess): Heard {
  const texts = knowledge.words[session.language];
  if (guess.act === 'ask') {
    const ids = guess.offered.filter(
      (id) => texts.has(`topic.${id}.label`) || texts.has(`control.${id}.label`),
    );
    if (ids.length > 0) return { kind: 'which-topic', ids };
  }
  const { about } = guess;
  if (about !== null && about !== SMALL_TALK && knowledge.matters.includes(about))
    return { kind: 'order', order: { kind: 'matter', id: about }, also: null };
  return { kind: 'not-understood', isSmallTalk: about === SMALL_TALK };
}

/** The matter of whatever is beyond Pandu. */
const SMALL_TALK = 'chat';

/** Only who saw a question answers it in passing; beside a verdict it takes more to change what was said before. */
function howClear(draft: Draft, pending: Pending, seen: Seen): 'clear' | 'certain' | 'never' {
  if (pending.kind !== 'question') return 'certain';
  return draft.session.asked === pending.question && isDelivered(draft, seen) ? 'clear' : 'never';
}

/** Beside a verdict what it rests on is looked at once more, whatever was offered the first time. */
function possibleAnswers(draft: Draft, about: Question, pending: Pending): readonly AnswerId[] {
  const possible = pending.kind === 'question' ? offeredAnswers(draft, about) : about.answers;
  return possible.map(({ id }) => id);
}

/** Topics about the steps that a question is asked for. */
export function topicsNear({ topics }: Knowledge, about: Question | null): ReadonlySet<TopicId> {
  const near = topics.filter(({ requirement }) => requirement !== null && about?.about.includes(requirement));
  return new Set(near.map(({ id }) => id));
}

/**
 * What words are read in the light of: the pending question; else the one a reminder or the standing verdict is about,
 * since its text asks to be told when that has changed.
 */
function questionAbout(draft: Draft, pending: Pending): Question | null {
  if (pending.kind === 'question') return findQuestion(draft, pending.question);
  const { verdict } = positionOf(draft);
  if (verdict === null || (pending.kind === 'dialogue' && pending.dialogue.kind !== 'changed')) return null;
  return findQuestion(draft, questionToLookAt(draft, verdict.requirement));
}

/** The label of a topic is a question about it, not a statement, unless just that is being asked. */
function topicByLabel(draft: Draft, reading: Reading): string | null {
  const texts = words(draft);
  const named = draft.knowledge.topics.find(
    ({ id }) => normalLabel(draft, texts.get(`topic.${id}.label`) ?? '') === reading.words,
  );
  return named?.id ?? null;
}

/** Typing what stands on a button is pressing it, with or without the number before it. */
function byLabel(draft: Draft, reading: Reading): Heard | null {
  for (const [index, id] of draft.session.menu.entries()) {
    const choice = parseChoice(id);
    const label = choice === null ? null : menuLabel(draft, choice.pick);
    if (choice === null || label === null) continue;
    const normal = normalLabel(draft, label);
    if (reading.words === normal || reading.words === `${index + 1} ${normal}`) {
      return { kind: 'pick', pick: choice.pick, revision: choice.revision };
    }
  }
  return null;
}

/** Labels as the reader sees them, by reader: they are few, and every message is compared with some of them. */
const normalLabels = new WeakMap<Reader, Map<string, string>>();

function normalLabel({ knowledge: { reader } }: Draft, label: string): string {
  const known = normalLabels.get(reader) ?? new Map<string, string>();
  normalLabels.set(reader, known);
  const normal = known.get(label) ?? normalise(reader.lexicon, label);
  known.set(label, normal);
  return normal;
}

function hearNumbers(draft: Draft, reading: Reading, pending: Pending, seen: Seen): Heard {
  if (!isDelivered(draft, seen)) return { kind: 'too-early' };
  const choices = reading.numbers.map((number) => draft.session.menu[number - 1]);
  if (choices.some((choice) => choice === undefined)) return { kind: 'not-understood', isSmallTalk: false };
  if (choices.length > 1) {
    const picks = choices.map((choice) => parseChoice(choice!)?.pick);
    const answers = picks.flatMap((pick) => (pick?.kind === 'answer' ? pick.answer : []));
    if (pending.kind !== 'question' || answers.length !== picks.length)
      return { kind: 'not-understood', isSmallTalk: false };
    return { kind: 'which', question: pending.question, answers, why: 'two' };
  }
  const choice = parseChoice(choices[0]!);
  return choice === null ? { kind: 'not-understood', isSmallTalk: false } : { kind: 'pick', ...choice };
}

/** Statements about several questions are all taken; two about one question are asked about. */
function hearAnswers(
  draft: Draft,
  text: string,
  reading: Reading,
  beside: { readonly order: Order | null; readonly also: TopicId | null },
): Heard {
  const first = reading.answers[0]!;
  const rivals = reading.answers.filter(({ question }) => question === first.question);
  if (rivals.length > 1) {
    return {
      kind: 'which',
      question: first.question,
      answers: rivals.map(({ answer }) => answer),
      why: 'vague',
    };
  }
  const byQuestion = new Map<QuestionId, AnswerId[]>();
  for (const { question, answer } of reading.answers) {
    byQuestion.set(question, [...(byQuestion.get(question) ?? []), answer]);
  }
  const certain = [...byQuestion].flatMap(([question, answers]) =>
    answers.length === 1 ? { question, answer: answers[0]! } : [],
  );
  const told = certain.map((given) => followUp(draft, text, given));
  const answers = told.filter(
    ({ question }, index) => told.findIndex((other) => other.question === question) === index,
  );
  return { kind: 'answers', answers, ...beside };
}

/**
 * The same words may answer what would be asked next ("gagal" says that the dashboard shows a status, and which). The
 * answer to the later question implies the earlier one.
 */
function followUp(draft: Draft, text: string, given: Given): Given {
  for (const { id, onlyAfter, answers } of draft.knowledge.checklist.questions) {
    if (!(onlyAfter[given.question] ?? []).includes(given.answer)) continue;
    const context = { question: id, answers: answers.map((option) => option.id) };
    const told = read(draft.knowledge.reader, text, context).answers.filter(
      ({ question }) => question === id,
    );
    if (told.length === 1) return told[0]!;
  }
  return given;
}

function orderOf(reading: Reading): Order | null {
  if (reading.control !== null) return { kind: 'control', id: reading.control };
  if (reading.topic !== null) return { kind: 'topic', id: reading.topic };
  return null;
}
