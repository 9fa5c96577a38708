import type { HiddenIncoming, Saying } from '../message.ts';
import { parseChoice } from './choice.ts';
import { type Draft, labelOf, phrase, positionOf, type Values } from './draft.ts';
import { fill, join, quoted } from './fill.ts';
import { foreignLink } from './guard.ts';
import type { RequestSummary } from './session.ts';
import { day } from './tell.ts';

/** Said to those who answer, in their language, in the topic of this conversation. */
export function post(
  draft: Draft,
  id: string,
  values: Values = {},
  more: Pick<Saying, 'topic' | 'passing'> = {},
): void {
  send(draft, fill(draft.knowledge.words.id, id, values), more);
}

function send(draft: Draft, text: Saying['text'], more: Pick<Saying, 'topic' | 'passing'>): void {
  const outgoing: Saying = { kind: 'say', text, choices: [], menu: null, priority: 'reply', ...more };
  draft.effects.push({ kind: 'post', outgoing });
}

/** Those who answer read Indonesian, and go by the clocks of their own hours. */
export function atDesk(draft: Draft): Draft {
  const { zone: _, ...session } = draft.session;
  return { ...draft, session: { ...session, language: 'id' } };
}

/** What is known when somebody asks for a person. */
export function summaryOf(draft: Draft): RequestSummary {
  const { verdict, path } = positionOf(draft);
  return {
    verdict:
      verdict === null
        ? null
        : {
            kind: verdict.kind,
            requirement: verdict.requirement,
            telling: verdict.telling,
            owner: verdict.owner,
            since: verdict.since,
          },
    answers: path.flatMap((question) => {
      const given = draft.session.answers[question];
      return given === undefined ? [] : [{ question, answer: given.answerId, at: given.at }];
    }),
    lastWords: draft.said.slice(0, LONGEST_QUOTED),
  };
}

/** Whoever answers need not read a novel to know what it is about. */
const LONGEST_QUOTED = 500;

/** Opens the topic: where the participant stands, what they answered, how they asked. */
export function postRequest(draft: Draft, { verdict, answers, lastWords }: RequestSummary): void {
  const desk = atDesk(draft);
  const lines = [
    phrase(desk, 'page.desk.asked', {
      language: phrase(desk, `page.desk.language.${draft.session.language}`),
    }),
  ];
  if (verdict === null) lines.push(phrase(desk, 'page.desk.no-verdict'));
  else {
    const requirement = phrase(desk, `requirement.${verdict.requirement}.name`);
    const owner = phrase(desk, `say.owner.${verdict.owner}`);
    const state = phrase(desk, `page.desk.state.${verdict.kind}`);
    lines.push(phrase(desk, 'page.desk.verdict', { requirement, owner, state }));
    if (verdict.since !== null)
      lines.push(phrase(desk, 'page.desk.since', { date: day(desk, verdict.since) }));
  }
  for (const { question, answer, at } of answers) {
    lines.push(
      phrase(desk, 'page.desk.answer', {
        question: phrase(desk, `question.${question}.short`),
        answer: phrase(desk, `question.${question}.answers.${answer}`),
        date: day(desk, at),
      }),
    );
  }
  if (lastWords !== '')
    lines.push(phrase(desk, 'page.desk.last-words', { words: quotedFor(draft, lastWords) }));
  lines.push(phrase(desk, 'page.desk.how'));
  send(draft, join(lines, '\n'), { topic: 'opens' });
}

/** Nobody's link is repeated, neither to people of ours (faults.md S18). */
function quotedFor({ knowledge }: Draft, words: string): Saying['text'] {
  const { facts } = knowledge.checklist;
  let left = words;
  for (let count = 0; count < MOST_LINKS; count += 1) {
    const link = foreignLink(facts, left);
    if (link === null) return quoted(left);
    const without = left.replaceAll(link, LINK_WAS_HERE);
    if (without === left) break;
    left = without;
  }
  return quoted(LINK_WAS_HERE);
}

/** Beyond this it is no message any more. */
const MOST_LINKS = 20;
const LINK_WAS_HERE = '[tautan]';

/** What the participant does while a person has the conversation, for that person to see. */
export function forward(draft: Draft, message: HiddenIncoming): void {
  const words = quotedFor(draft, message.text);
  const more = draft.holdsNames ? { passing: true as const } : {};
  if (message.kind === 'choice') {
    const pick = parseChoice(message.choice ?? '')?.pick;
    const label = pick === undefined ? null : labelOf(draft.knowledge, draft.knowledge.words.id, pick);
    if (label !== null) post(draft, 'page.desk.pressed', { choice: label });
    return;
  }
  if (message.kind === 'edit') return post(draft, 'page.desk.edited', { words }, more);
  if (message.kind !== 'text') post(draft, 'page.desk.not-text');
  if (message.text.trim() !== '') post(draft, 'page.desk.words', { words }, more);
}
