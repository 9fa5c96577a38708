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

/** Answers each question as soon as it is there: by its number, or with what stands beside it. */
async function walk(participant: Participant, { steps }: PathPosition, typesNumbers: boolean): Promise<void> {
  let heard = 0;
  const says = (text: string): Promise<string> => {
    // What comes from now on is the answer to this; a menu is always the last of a reply.
    heard = participant.inbox.length;
    return participant.send(text);
  };
  await says('halo');
  for (const { question, answer } of steps) {
    const label = words.id.get(`question.${question}.answers.${answer}`)!;
    const line = new RegExp(`^(\\d+)\\. ${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`, 'm');
    const fits = (one: Received): boolean => participant.inbox.indexOf(one) >= heard && line.test(one.text);
    const menu = await participant.waitFor(fits, 20_000).catch(() => {
      throw new Error(`${question}/${answer} was not offered in: ${participant.texts.at(-1)}`);
    });
    await says(typesNumbers ? line.exec(menu.text)![1]! : label);
  }
  await participant.waitFor(heard + 1, 20_000);
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
