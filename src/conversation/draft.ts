import { lookupOf } from '../checklist/lookup.ts';
import type { Position } from '../checklist/position.ts';
import { walk } from '../checklist/walk.ts';
import type { Card, Choice, Outgoing, SpokenText } from '../message.ts';
import { labelText, ready } from './case-label.ts';
import { casesOf } from './cases.ts';
import { choiceId, type Pick } from './choice.ts';
import { fill, join } from './fill.ts';
import type { Knowledge, Words } from './knowledge.ts';
import type { CaseState, Effect, Session } from './session.ts';

/** One reply in the making. Lives for one step only; the session in it is replaced, never changed. */
export type Draft = {
  readonly knowledge: Knowledge;
  /** Epoch milliseconds of the event. */
  readonly at: number;
  session: Session;
  /** Paragraphs of the messages to send; the last one gets the choices. */
  readonly bubbles: SpokenText[][];
  readonly effects: Effect[];
  /** Whether the message held names: its words go with the turn unless they are still needed. */
  holdsNames: boolean;
  /** Of the bubbles those that hold a name of the participant. */
  readonly passing: Set<SpokenText[]>;
  /** Of the bubbles those that say in words what a picture above them shows. */
  readonly pictures: Map<SpokenText[], Card>;
  /** Choices that come with whatever menu ends this reply. */
  readonly offers: Pick[];
  /** Where consent is given, when this step brings it; null for events that no participant made. */
  readonly channel: string | null;
  /** The words of the message that this step is about; '' when there are none. */
  readonly said: string;
  /** The position last derived, and from what. */
  walked: {
    readonly answers: Session['answers'];
    readonly settled: Session['settled'];
    readonly position: Position;
  } | null;
  /** Whether this reply says already which case it is about. */
  isCaseSaid: boolean;
};

export type Values = Parameters<typeof fill>[2];

export function words(draft: Draft): Words {
  return draft.knowledge.words[draft.session.language];
}

export function phrase(draft: Draft, id: string, values?: Values): SpokenText {
  return fill(words(draft), id, values);
}

/** Adds a paragraph to the message being written. */
export function say(draft: Draft, id: string, values?: Values): void {
  addParagraph(draft, phrase(draft, id, values));
}

export function addParagraph(draft: Draft, text: SpokenText): void {
  const bubble = draft.bubbles.at(-1);
  if (bubble === undefined) draft.bubbles.push([text]);
  else bubble.push(text);
}

/** What follows goes into a message of its own. */
export function newBubble(draft: Draft): void {
  if (draft.bubbles.at(-1)?.length !== 0) draft.bubbles.push([]);
}

export function update(draft: Draft, change: Partial<Session>): void {
  draft.session = { ...draft.session, ...change };
}

/** Asked for many times in a step, and the same as long as the answers are. */
export function positionOf(draft: Draft): Position {
  const { answers, settled } = draft.session;
  const last = draft.walked;
  if (last !== null && last.answers === answers && last.settled === settled) return last.position;
  const position = walk(draft.knowledge.checklist, answers, draft.at, settled);
  draft.walked = { answers, settled, position };
  return position;
}

/** The text on a choice; null when flows no longer have what it stands for. */
export function labelOf(knowledge: Knowledge, texts: Words, pick: Pick): SpokenText | null {
  const id = labelId(pick);
  return texts.has(id) && isCurrent(knowledge, pick) ? fill(texts, id) : null;
}

/** The text on a choice of the present menu: cases are called what the participant calls them. */
export function ownLabelOf(draft: Draft, pick: Pick): SpokenText | null {
  if (pick.kind !== 'switch-case' && pick.kind !== 'close-case')
    return labelOf(draft.knowledge, words(draft), pick);
  const found = casesOf(draft.session).find(({ caseId }) => caseId === pick.case);
  return found === undefined ? null : caseText(draft, found);
}

/** What a case is called. */
export function caseText(draft: Draft, { label }: CaseState): SpokenText {
  return labelText(words(draft), label ?? ready('training-1'));
}

function isCurrent(knowledge: Knowledge, pick: Pick): boolean {
  const { question, requirement } = lookupOf(knowledge.checklist);
  if (pick.kind === 'answer') return question.get(pick.question)?.options.has(pick.answer) ?? false;
  if (pick.kind === 'question') return question.has(pick.question);
  if (pick.kind === 'act') return requirement.has(pick.requirement);
  if (pick.kind === 'topic') return knowledge.topics.some(({ id }) => id === pick.topic);
  return true;
}

function labelId(pick: Pick): string {
  switch (pick.kind) {
    case 'answer':
      return `question.${pick.question}.answers.${pick.answer}`;
    case 'control':
      return `control.${pick.control}.label`;
    case 'topic':
      return `topic.${pick.topic}.label`;
    case 'act':
      return `choice.${pick.action}`;
    case 'dialogue':
      return `dialogue.${pick.dialogue}.${pick.answer}`;
    case 'question':
      return `question.${pick.question}.short`;
    case 'switch-case':
    case 'close-case':
      return '';
  }
}

/** A step whose answers count and whose words nobody is to read. */
export function silently(draft: Draft, act: (silent: Draft) => void): void {
  const silent: Draft = {
    ...draft,
    bubbles: [],
    passing: new Set(),
    pictures: new Map(),
    effects: [],
    offers: [],
  };
  act(silent);
  const { answers, order, focus, consent, dialogue } = silent.session;
  update(draft, { answers, order, focus, consent, dialogue });
}

/** Turns the draft into messages: the last one carries `picks` as its menu. */
export function sendBubbles(
  draft: Draft,
  picks: readonly Pick[],
  priority: 'reply' | 'reminder' = 'reply',
  labels: ReadonlyMap<Pick, SpokenText> = new Map(),
): void {
  const revision = draft.session.revision + 1;
  const choices: Choice[] = [];
  for (const pick of [...picks, ...draft.offers]) {
    const label = labels.get(pick) ?? ownLabelOf(draft, pick);
    if (label !== null) choices.push({ id: choiceId(pick, revision), label });
  }
  const bubbles = draft.bubbles.filter((paragraphs) => paragraphs.length > 0);
  for (const [index, paragraphs] of bubbles.entries()) {
    const isLast = index === bubbles.length - 1;
    const withMenu = isLast && choices.length > 0;
    const picture = draft.pictures.get(paragraphs);
    send(draft, {
      kind: 'say',
      text: join(paragraphs, '\n\n'),
      ...(picture === undefined ? {} : { picture }),
      choices: withMenu ? choices : [],
      menu: withMenu ? revision : null,
      priority,
      ...(draft.passing.has(paragraphs) ? { passing: true as const } : {}),
      ...(withMenu && draft.session.language === 'en' ? { language: 'en' as const } : {}),
    });
  }
  // Plain words belong to what is shown now; whoever shows a question says so after this.
  if (choices.length > 0) update(draft, { revision, menu: choices.map(({ id }) => id), asked: null });
}

export function send(draft: Draft, outgoing: Outgoing): void {
  draft.effects.push({ kind: 'send', outgoing });
}
