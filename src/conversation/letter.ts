import type { Verdict } from '../checklist/position.ts';
import { factValue } from '../checklist/walk.ts';
import { wallClock } from '../language/dates.ts';
import type { SpokenText } from '../message.ts';
import { addParagraph, type Draft, newBubble, phrase, positionOf, say } from './draft.ts';
import { echo, fill, join } from './fill.ts';
import type { Words } from './knowledge.ts';
import type { ForLetter } from './session.ts';
import { mailLink, telegramLink, whatsAppLink } from './share-links.ts';
import { sayHours } from './tell.ts';

/** Who a message is written to: the participant's provider, or Prakerja's mailbox (source clause 5). */
export type Recipient = 'provider' | 'prakerja';

const NOTHING: ForLetter = { training: null, finishedAt: null };

/** Whether there is a message to this recipient about what the verdict says. */
export function hasLetter(draft: Draft, to: Recipient, verdict: Verdict | null): verdict is Verdict {
  return verdict !== null && draft.knowledge.words.id.has(matterId(verdict, to));
}

/**
 * Adds to the reply: what to do with it, the message alone in a bubble of its own, and links that open it ready to send.
 * What follows goes into another bubble. Whoever must act according to the verdict, both recipients can be written to:
 * a reminder may offer Prakerja's mail for a provider that stays silent.
 *
 * @returns false, and nothing is said, when the standing verdict has no such message
 */
export function letterTo(draft: Draft, to: Recipient): boolean {
  const { verdict } = positionOf(draft);
  if (!hasLetter(draft, to, verdict)) return false;
  // Who reads it reads Indonesian, whatever the participant speaks.
  const letter = letterText(draft.knowledge.words.id, verdict, to, draft.session.letter ?? NOTHING);
  newBubble(draft);
  say(draft, `letter.intro.${to}`);
  if (draft.session.language !== 'id')
    addParagraph(draft, letterText(draft.knowledge.words.en, verdict, to, draft.session.letter ?? NOTHING));
  newBubble(draft);
  addParagraph(draft, letter);
  newBubble(draft);
  sayLinks(draft, verdict, to, letter);
  newBubble(draft);
  return true;
}

/** What to say on the phone, what they will ask, and what not to give. */
export function tellCall(draft: Draft): boolean {
  const { verdict } = positionOf(draft);
  if (!hasLetter(draft, 'prakerja', verdict)) return false;
  const matter = fill(draft.knowledge.words.id, matterId(verdict, 'prakerja'));
  newBubble(draft);
  say(draft, 'letter.call', { matter });
  sayHours(draft);
  newBubble(draft);
  return true;
}

function matterId({ requirement, telling }: Verdict, to: Recipient): string {
  return `letter.matter.${requirement}.${telling}.${to}`;
}

function letterText(texts: Words, verdict: Verdict, to: Recipient, about: ForLetter): SpokenText {
  return join(
    [
      fill(texts, `letter.greeting.${to}`),
      fill(texts, `letter.opening.${openingOf(about)}`, valuesOf(texts, about)),
      fill(texts, matterId(verdict, to)),
      fill(texts, `letter.closing.${to}`),
    ],
    '\n\n',
  );
}

function openingOf({ training, finishedAt }: ForLetter): 'none' | 'training' | 'finished' | 'both' {
  if (training !== null) return finishedAt === null ? 'training' : 'both';
  return finishedAt === null ? 'none' : 'finished';
}

function valuesOf(texts: Words, { training, finishedAt }: ForLetter): Record<string, SpokenText> {
  return {
    ...(training === null ? {} : { training: typedName(training) }),
    ...(finishedAt === null ? {} : { date: fullDate(texts, finishedAt) }),
  };
}

/** A name as language/ has cleaned it, told back to who typed it. */
export function typedName(name: string): SpokenText {
  return echo([{ text: name, kind: 'same' }], 'plain');
}

/** "12 November 2026" */
export function fullDate(texts: Words, at: number): SpokenText {
  const { day, month, year } = wallClock(at);
  return fill(texts, 'date.full', { day, month: fill(texts, `date.month.${month}`), year });
}

function sayLinks(draft: Draft, verdict: Verdict, to: Recipient, letter: SpokenText): void {
  const { facts } = draft.knowledge.checklist;
  if (to === 'prakerja') {
    const subject = fill(draft.knowledge.words.id, 'letter.subject', {
      requirement: fill(draft.knowledge.words.id, `requirement.${verdict.requirement}.name`),
    });
    const address = factValue(facts, 'prakerja.email');
    const link = mailLink(address, subject, letter);
    say(draft, 'letter.mail', { subject });
    if (link !== null) say(draft, 'letter.link.mail', { link });
    return;
  }
  const whatsApp = whatsAppLink(letter);
  const telegram = telegramLink(factValue(facts, 'kemnaker.help'), letter);
  const lines = [
    ...(whatsApp === null ? [] : [phrase(draft, 'letter.link.whatsapp', { link: whatsApp })]),
    ...(telegram === null ? [] : [phrase(draft, 'letter.link.telegram', { link: telegram })]),
  ];
  if (lines.length > 0) addParagraph(draft, join(lines, '\n\n'));
}
