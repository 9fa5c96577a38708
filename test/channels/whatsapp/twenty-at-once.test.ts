import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { allPaths, type PathPosition, type PathStep, verdictName } from '../../../src/checklist/paths.ts';
import { shippedKnowledge } from '../../support/conversation.ts';
import { startLinked } from '../../support/linked.ts';
import type { Received } from '../../support/whatsapp/mailbox.ts';
import type { Participant } from '../../support/whatsapp/participant.ts';

const PARTICIPANTS = 20;
const { checklist, words } = shippedKnowledge();

/** To each verdict the way that is found first, each a different one. */
function ways(): PathPosition[] {
  const found = new Map<string, PathPosition>();
  for (const path of allPaths(checklist, Date.now())) {
    const { verdict } = path.position;
    if (verdict === null || path.wished > 0 || path.settled.length > 0) continue;
    if (path.steps.some(isOnlyAgain)) continue;
    if (path.askedBeforeVerdict !== path.steps.length || found.has(verdictName(verdict))) continue;
    // Kept: the walk goes on with the same object.
    found.set(verdictName(verdict), structuredClone(path));
    if (found.size === PARTICIPANTS) break;
  }
  return [...found.values()];
}

/** Nobody is offered it the first time. */
function isOnlyAgain({ question, answer }: PathStep): boolean {
  const asked = checklist.questions.find(({ id }) => id === question)!;
  return asked.answers.some(({ id, onlyAgain }) => id === answer && onlyAgain);
}

/**
 * Answers each question as soon as it is there: by its number, or with what stands beside it. A number that comes before
 * Pandu knows that its question arrived, as happens on a busy machine, may be meant for another one: the question is then
 * asked once more, and answered once more.
 */
async function walk(participant: Participant, { steps }: PathPosition, typesNumbers: boolean): Promise<void> {
  let heard = 0;
  let last: string | null = null;
  const says = (text: string): Promise<string> => {
    // What comes from now on is the answer to this; a menu is always the last of a reply.
    heard = participant.inbox.length;
    return participant.send(text);
  };
  const isNew = (one: Received): boolean => participant.inbox.indexOf(one) >= heard;
  const choose = async ({ text }: Received, label: string): Promise<void> => {
    last = label;
    await says(typesNumbers ? numberOf(label, text)! : label);
  };
  const offers = (one: Received, label: string | null): boolean =>
    label !== null && numberOf(label, one.text) !== undefined;
  await says('halo');
  for (const { question, answer } of steps) {
    const label = words.id.get(`question.${question}.answers.${answer}`)!;
    for (;;) {
      const fits = (one: Received): boolean => isNew(one) && (offers(one, label) || offers(one, last));
      const menu = await participant.waitFor(fits, 20_000).catch(() => {
        throw new Error(`${question}/${answer} was not offered in: ${participant.texts.at(-1)}`);
      });
      const isAsked = offers(menu, label);
      await choose(menu, isAsked ? label : last!);
      if (isAsked) break;
    }
  }
  for (;;) {
    const reply = await participant.waitFor(heard + 1, 20_000);
    if (!offers(reply, last)) return;
    await choose(reply, last!);
  }
}

/** What stands before a label in a menu, undefined when it is not offered there. */
function numberOf(label: string, text: string): string | undefined {
  return new RegExp(`^(\\d+)\\. ${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm').exec(text)?.[1];
}

it('twenty participants walk to as many verdicts at once, and every reply can be read', {
  timeout: 60_000,
}, async () => {
  const linked = await startLinked();
  const paths = ways();
  expect(paths).toHaveLength(PARTICIPANTS);
  const walkers = paths.map((path) => ({ path, participant: linked.server.participant() }));
  await Promise.all(walkers.map(({ path, participant }, index) => walk(participant, path, index % 2 === 0)));
  await linked.program.idle();
  await linked.stop();

  const database = new DatabaseSync(linked.path, { readOnly: true });
  for (const { path, participant } of walkers) {
    const row = database
      .prepare("SELECT verdict, requirement, owner FROM conversation WHERE channel = 'whatsapp' AND chat = ?")
      .get(participant.lid);
    const { kind, requirement, owner } = path.position.verdict!;
    expect({ ...row }).toEqual({ verdict: kind, requirement, owner });
    expect(participant.inbox.filter(({ message, repeated }) => message === null || repeated)).toEqual([]);
  }
  database.close();
});
