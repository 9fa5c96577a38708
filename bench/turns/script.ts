import type { Position } from '../../src/checklist/position.ts';
import { parseChoice } from '../../src/conversation/choice.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import type { Session } from '../../src/conversation/session.ts';
import { step } from '../../src/conversation/step.ts';
import { loadFlows } from '../../src/flow/load.ts';
import type { Choice, HiddenIncoming, IncomingKind, Saying } from '../../src/message.ts';
import type { TurnResult } from '../../src/store/store.ts';
import { type Decide, decideTurn, type Project } from '../../src/turn/turn.ts';

/** A Tuesday, 12.00 WIB; the same for everybody, so that the choices of one talk are those of every other. */
export const NOON = Date.UTC(2026, 10, 24, 5);

export type Line = {
  readonly kind: IncomingKind;
  readonly text: string;
  readonly choice: string | null;
  /** How many messages answer it. */
  readonly replies: number;
};

/** What one participant says, from the first contact on. */
export type Script = readonly Line[];

/** The same with what the engine writes for each line: the raw loop writes it too. */
export type Recorded = readonly (Line & { readonly result: TurnResult })[];

export function loadKnowledge(): Knowledge {
  const loaded = loadFlows(new URL('../../flows', import.meta.url).pathname, { operatorName: 'Bench' });
  if (loaded.knowledge === null)
    throw new Error(`flows/ does not pass its check: ${loaded.issues[0]!.reason}`);
  return loaded.knowledge;
}

export type Deciding = { readonly decide: Decide; readonly project: Project };

export function realEngine(knowledge: Knowledge): Deciding {
  return {
    decide: (session, event) => step(knowledge, session, event),
    project: ({ position, asking }) => ({
      verdict: position.verdict?.kind ?? null,
      requirement: position.verdict?.requirement ?? null,
      owner: position.verdict?.owner ?? null,
      asking,
      since: position.verdict?.since ?? null,
      flowHash: knowledge.flowHash,
    }),
  };
}

/** Decides nothing and says what was decided before: what is left is the cost of everything around the decision. */
export function playedBack(all: readonly Recorded[]): Deciding {
  return {
    decide: (_session, event) => {
      if (event.kind !== 'message') throw new Error('Only messages are played back');
      const [script, number] = event.message.messageId.split('/').slice(1).map(Number) as [number, number];
      const { result } = all[script]![number]!;
      const effects = [
        ...result.outgoing.map((outgoing) => ({ kind: 'send' as const, outgoing })),
        ...result.remind.map((reminder) => ({ kind: 'remind' as const, reminder })),
      ];
      return { session: result.session, effects, position: NOWHERE, asking: null };
    },
    project: () => ({
      verdict: null,
      requirement: null,
      owner: null,
      asking: null,
      since: null,
      flowHash: 'f'.repeat(64),
    }),
  };
}

const NOWHERE: Position = { states: [], verdict: null, next: null, contradiction: null, path: [] };

/** Talks of at most `turns` turns, made by pressing (or typing) answers that were offered; the same in every run. */
export function scripts(
  knowledge: Knowledge,
  how: 'choice' | 'text',
  count: number,
  turns: number,
): Recorded[] {
  const engine = realEngine(knowledge);
  return Array.from({ length: count }, (_, number) => script(engine, how, number + 1, turns));
}

function script(engine: Deciding, how: 'choice' | 'text', seed: number, turns: number): Recorded {
  const lines: Recorded[number][] = [];
  let session: Session | null = null;
  let offered: readonly Choice[] = [];
  let menu: number | null = null;
  for (let number = 0; number < turns; number += 1) {
    const picked: Choice | null = pick(offered, seed + number);
    if (picked === null && number > 0) break;
    const said =
      picked === null ? { kind: 'text' as const, text: '/start', choice: null } : words(picked, how);
    const event = {
      kind: 'message' as const,
      at: NOON,
      message: incoming('script', seed, number, said),
      moreWaiting: false,
      deliveredMenu: menu,
    };
    const result: TurnResult = decideTurn(
      {
        id: 0,
        source: 'inbox',
        address: event.message,
        conversation: 0,
        sessionVersion: 0,
        session,
        failures: 0,
        event,
      },
      engine.decide,
      engine.project,
    );
    lines.push({ ...said, replies: result.outgoing.length, result });
    session = JSON.parse(JSON.stringify(result.session)) as Session;
    const menus = result.outgoing.filter((one): one is Saying => one.kind === 'say' && one.menu !== null);
    menu = menus.at(-1)?.menu ?? menu;
    offered = menus.at(-1)?.choices ?? [];
  }
  return lines;
}

/** An answer to what is asked, or going on with the other steps; null when the talk has come to its end. */
function pick(offered: readonly Choice[], seed: number): Choice | null {
  const answers = offered.filter(({ id }) => parseChoice(id)?.pick.kind === 'answer');
  const further = offered.filter(({ id }) => id.startsWith('v:check-meanwhile:'));
  const usable = answers.length > 0 ? answers : further;
  return usable[(seed * 2_654_435_761) % Math.max(usable.length, 1)] ?? null;
}

function words(choice: Choice, how: 'choice' | 'text'): Omit<Line, 'replies'> {
  return how === 'choice'
    ? { kind: 'choice', text: '', choice: choice.id }
    : { kind: 'text', text: choice.label.toLowerCase(), choice: null };
}

export function incoming(
  chat: string,
  script: number,
  number: number,
  said: Omit<Line, 'replies'>,
): HiddenIncoming {
  return {
    channel: 'telegram',
    chat,
    sender: chat,
    messageId: `${chat}/${script}/${number}`,
    language: 'id',
    sentAt: NOON,
    hidden: [],
    kind: said.kind,
    text: said.text,
    choice: said.choice,
  };
}
