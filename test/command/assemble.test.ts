import { afterEach, beforeEach, expect, test } from 'vitest';
import { assemble } from '../../src/command/assemble.ts';
import { createVirtualClock } from '../../src/command/virtual-clock.ts';
import type { Incoming } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type Store, StoreBusy } from '../../src/store/store.ts';
import { openChannel } from '../support/channel.ts';
import { MONDAY_MORNING, shippedKnowledge } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const clock = createVirtualClock(MONDAY_MORNING);
let store: Store;
let sent: string[];

beforeEach(async () => {
  store = await openSqliteStore({ path: ':memory:' });
  sent = [];
});
afterEach(() => store.close());

function program(over: Store) {
  return assemble({
    store: over,
    clock,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    knowledge: () => knowledge,
    channels: () => [
      openChannel((address, outgoing) => {
        if (outgoing.kind === 'say') sent.push(address.chat);
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
