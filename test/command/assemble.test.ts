import { afterEach, beforeEach, expect, test } from 'vitest';
import { assemble } from '../../src/command/assemble.ts';
import { createVirtualClock } from '../../src/command/virtual-clock.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import { newSession } from '../../src/conversation/step.ts';
import type { Incoming, SpokenText } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type Store, StoreBusy } from '../../src/store/store.ts';
import { openChannel } from '../support/channel.ts';
import { MONDAY_MORNING, shippedKnowledge } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const clock = createVirtualClock(MONDAY_MORNING);
let store: Store;
let sent: string[];
let texts: string[];

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:' });
  sent = [];
  texts = [];
});
afterEach(() => store.close());

function program(over: Store, known: Knowledge = knowledge) {
  return assemble({
    store: over,
    clock,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    knowledge: () => known,
    channels: () => [
      openChannel((address, outgoing) => {
        if (outgoing.kind !== 'say') return;
        sent.push(address.chat);
        texts.push(outgoing.text);
      }),
    ],
  });
}

function greeting(chat: string): Incoming {
  return {
    channel: 'telegram',
    chat,
    sender: chat,
    messageId: `${chat} halo`,
    kind: 'text',
    text: 'halo',
    choice: null,
    language: null,
    sentAt: clock.now(),
  };
}

test('a message is claimed in the moment it is received, not a commit later', async () => {
  const calls: string[] = [];
  const running = program({
    ...store,
    receive: async (...args) => {
      calls.push('receive');
      const added = await store.receive(...args);
      calls.push('kept');
      return added;
    },
    claimTurns: (...args) => {
      calls.push('claim');
      return store.claimTurns(...args);
    },
  });
  await running.idle();
  calls.length = 0;
  await running.intake.receive([greeting('siti')]);
  expect(calls.slice(0, 3)).toEqual(['receive', 'claim', 'kept']);
  await running.idle();
  expect(sent).toContain('siti');
  await running.stop();
});

test('F36 a message that could not be kept is refused and not answered; when it comes again, it is', async () => {
  let isFull = true;
  const running = program({
    ...store,
    receive: async (...args) => {
      if (isFull) throw new StoreBusy('full');
      return store.receive(...args);
    },
  });
  await expect(running.intake.receive([greeting('siti')])).rejects.toThrow(StoreBusy);
  await running.idle();
  expect(sent).toEqual([]);
  isFull = false;
  await running.intake.receive([greeting('siti')]);
  await expect.poll(() => sent).toContain('siti');
  await running.stop();
});

test('what is being kept when the stop begins is answered before it ends', async () => {
  const running = program(store);
  await running.idle();
  const received = running.intake.receive([greeting('siti')]);
  await running.stop();
  await received;
  expect(sent).toContain('siti');
});

test('S18 a reply with a foreign link is not kept: the participant gets the apology instead', async () => {
  const { words } = knowledge;
  const trap = new Map(words.id).set('say.greeting', 'Klik bit.ly/x');
  const running = program(store, { ...knowledge, words: { ...words, id: trap } });
  await running.intake.receive([greeting('siti')]);
  await running.idle();
  await running.intake.receive([{ ...greeting('siti'), messageId: 'again' }]);
  await running.idle();
  await running.stop();
  expect(texts.join('\n')).not.toContain('bit.ly');
  expect(texts.at(-1)).toContain(words.id.get('say.failed'));
  expect((await store.parked()).map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^ForeignLink at src\/command\/assemble/),
  ]);
});

test('S18 what came into the outbox by another way is looked at once more before it leaves', async () => {
  await store.receive([{ ...greeting('siti'), hidden: [] }], clock.now());
  const [turn] = await store.claimTurns(clock.now(), 1);
  const saying = (text: string) =>
    ({ kind: 'say', text: text as SpokenText, choices: [], menu: null, priority: 'reply' }) as const;
  await store.finishTurn(turn!, {
    session: newSession(turn!.event),
    projection: { verdict: null, requirement: null, owner: null, asking: null, since: null, flowHash: '' },
    outgoing: [saying('Isi di prakerja.vip'), saying('Isi di https://prakerja.go.id')],
    remind: [],
    forgetReminders: false,
    request: null,
    posts: [],
    forgetWordsSince: null,
    withdrawUnsent: false,
    erase: false,
  });
  const running = program(store);
  await running.idle();
  await running.stop();
  expect(texts).toEqual(['Isi di https://prakerja.go.id']);
  expect(running.counters().get('telegram')).toMatchObject({ sent: 1, dead: 1 });
});
