import { expect, it } from 'vitest';
import { startLinked } from '../../support/linked.ts';
import { settled } from '../../support/whatsapp-store.ts';

it('F22 messages that a participant sends at once, by one name and by the other, are kept in the order of sending', async () => {
  // Only the first few get an answer of their own; what counts is what is kept, and in which order.
  const linked = await startLinked({ timing: { unreadableMs: 10_000 } });
  const people = Array.from({ length: 15 }, () => linked.server.participant());
  const numbers = ['satu', 'dua', 'tiga', 'empat', 'lima', 'enam'];
  await Promise.all(
    people.map(async (participant, person) => {
      await new Promise((resolve) => setTimeout(resolve, person * 7));
      for (const [index, word] of numbers.entries()) {
        await participant.send(word, { as: (index + person) % 2 === 0 ? 'lid' : 'phone' });
      }
    }),
  );
  await settled(linked, 15_000);
  for (const { lid, phone } of people) {
    const lines = await Promise.all(
      [lid, phone].map((chat) => linked.store.history({ channel: 'whatsapp', chat }, 0, 100)),
    );
    const written = lines.flat().filter(({ from }) => from === 'participant');
    expect(written.map(({ text }) => text)).toEqual(numbers);
  }
}, 30_000);
