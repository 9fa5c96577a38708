import { allPaths } from '../../src/checklist/paths.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import type { Session } from '../../src/conversation/session.ts';
import { step } from '../../src/conversation/step.ts';
import type { Card, Language, Saying } from '../../src/message.ts';
import { Talk } from './conversation.ts';

/** A Sunday and a Wednesday in September: the longest days there are in the two languages. */
const LONGEST_DAY: Readonly<Record<Language, number>> = {
  id: Date.parse('2026-09-27T03:00:00Z'),
  en: Date.parse('2026-09-23T03:00:00Z'),
};

/** What STATUS answers first wherever somebody can stand, each different standing once. */
export function allStatuses(knowledge: Knowledge, language: Language): readonly Saying[] {
  const at = LONGEST_DAY[language];
  const talk = new Talk(knowledge, { at, language }).says('/start');
  const seen = new Set<string>();
  const found: Saying[] = [];
  for (const { answers, settled, position } of allPaths(knowledge.checklist, at)) {
    const standing = JSON.stringify([
      position.states.map(({ state }) => state),
      position.verdict?.kind,
      position.verdict?.requirement,
      position.verdict?.owner,
      answers.goal?.answerId,
    ]);
    if (seen.has(standing)) continue;
    seen.add(standing);
    const session: Session = { ...talk.session!, answers, settled, told: null };
    found.push(statusOf(knowledge, session, at));
  }
  return found;
}

function statusOf(knowledge: Knowledge, session: Session, at: number): Saying {
  const { effects } = step(knowledge, session, {
    kind: 'message',
    at,
    moreWaiting: false,
    deliveredMenu: null,
    message: {
      channel: 'terminal',
      chat: 'uji',
      sender: 'uji',
      messageId: 'm1',
      kind: 'text',
      text: 'STATUS',
      choice: null,
      language: session.language,
      sentAt: at,
      hidden: [],
    },
  });
  const sayings = effects.flatMap((effect) =>
    effect.kind === 'send' && effect.outgoing.kind === 'say' ? [effect.outgoing] : [],
  );
  return sayings[0]!;
}

/** Every picture that people can be shown, each once. */
export function allCards(knowledge: Knowledge, language: Language): readonly Card[] {
  const cards = allStatuses(knowledge, language).flatMap(({ picture }) => picture ?? []);
  return [...new Map(cards.map((card) => [JSON.stringify(card), card])).values()];
}

/** One picture as it goes out, with the words below it. */
export function someSaying(
  knowledge: Knowledge,
  language: Language = 'id',
): Saying & { readonly picture: Card } {
  const found = allStatuses(knowledge, language).find(({ picture }) => picture?.current?.index === 3)!;
  return { ...found, picture: found.picture! };
}
