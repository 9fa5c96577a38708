import { expect, test } from 'vitest';
import { type Channel, SendError } from '../../src/channels/channel.ts';
import { assemble } from '../../src/command/assemble.ts';
import { createVirtualClock } from '../../src/command/virtual-clock.ts';
import type { Incoming } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { openChannel } from '../support/channel.ts';
import { attendedKnowledge, MONDAY_MORNING } from '../support/conversation.ts';

const knowledge = attendedKnowledge();
const clock = createVirtualClock(MONDAY_MORNING);
const say = (id: string): string => knowledge.words.id.get(id)!;

/** A participant and a desk, with a whole program between them and no platform. */
async function talkAtTheDesk() {
  const store = await openSqliteStore({ path: ':memory:' });
  const heard: string[] = [];
  const posts: string[] = [];
  const state = { isBlocked: false };
  const participants: Channel = {
    ...openChannel(() => {}),
    send: async (_, outgoing) => {
      if (state.isBlocked) throw new SendError('blocked', 'the bot was blocked');
      if (outgoing.kind === 'say') heard.push(outgoing.text);
      return null;
    },
  };
  const desk: Channel = {
    ...openChannel((_, outgoing) => {
      if (outgoing.kind === 'say') posts.push(outgoing.text);
    }),
    name: 'desk',
  };
  const program = assemble({
    store,
    clock,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    knowledge: () => knowledge,
    channels: () => [participants, desk],
  });
  let count = 0;
  const receive = async (more: Pick<Incoming, 'channel' | 'chat' | 'kind' | 'text'>): Promise<void> => {
    count += 1;
    await program.intake.receive([
      { sender: 'x', messageId: `m${count}`, choice: null, language: null, sentAt: clock.now(), ...more },
    ]);
    await program.idle();
  };
  return {
    store,
    heard,
    posts,
    state,
    says: (text: string) => receive({ channel: 'telegram', chat: 'siti', kind: 'text', text }),
    answers: (chat: string, text: string) => receive({ channel: 'desk', chat, kind: 'desk', text }),
    async end() {
      await program.stop();
      await store.close();
    },
  };
}

test('a page can list who waits, answer by the number of the conversation, and hand back', async () => {
  const talk = await talkAtTheDesk();
  await talk.says('halo');
  await talk.says('bicara dengan orang');
  const [request] = await talk.store.requests();
  expect(request).toMatchObject({ state: 'open', address: { channel: 'telegram', chat: 'siti' } });
  await talk.answers(`#${request!.conversation}`, 'Halo Bu, saya Rina.');
  expect(talk.heard.at(-1)).toBe('👤 Petugas:\nHalo Bu, saya Rina.');
  expect(await talk.store.requests()).toMatchObject([{ state: 'taken', takenAt: clock.now() }]);
  await talk.end();
});

test('F54 words that the participant cannot get are reported at the desk at once', async () => {
  const talk = await talkAtTheDesk();
  await talk.says('halo');
  await talk.says('bicara dengan orang');
  const [request] = await talk.store.requests();
  talk.state.isBlocked = true;
  await talk.answers(`#${request!.conversation}`, 'Halo Bu.');
  await expect.poll(() => talk.posts.at(-1)).toBe(say('page.desk.undelivered'));
  expect(talk.posts.filter((text) => text === say('page.desk.undelivered'))).toHaveLength(1);
  await talk.end();
});
