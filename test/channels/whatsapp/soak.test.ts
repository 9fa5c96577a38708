import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { type Linked, startLinked } from '../../support/linked.ts';
import type { Participant } from '../../support/whatsapp/participant.ts';
import { settled } from '../../support/whatsapp-store.ts';

const PEOPLE = 25;
const PER_ROUND = 20;
const EARLY = 500;
const ALL = 2_000;
/** If one kilobyte and a half stayed of each message, it would be more. */
const MOST_GROWTH_BYTES = 2 * 1024 * 1024;

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Without what the test itself remembers of every message. */
async function heapOf(linked: Linked, people: readonly Participant[]): Promise<number> {
  const remembered: readonly (readonly unknown[])[] = [
    linked.server.heard,
    linked.server.phone.inbox,
    linked.log.lines,
    ...people.map(({ inbox }) => inbox),
  ];
  for (const list of remembered) (list as unknown[]).length = 0;
  for (let times = 0; times < 3; times += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    collect();
  }
  return process.memoryUsage().heapUsed;
}

it('F86 two thousand messages leave the memory as five hundred did', async () => {
  const linked = await startLinked();
  const people = Array.from({ length: PEOPLE }, () => linked.server.participant());
  const words = ['STATUS', 'halo', 'BANTUAN', 'sudah lulus', 'terima kasih'];
  let sent = 0;
  let early = 0;
  while (sent < ALL) {
    await Promise.all(
      people.map(async (participant) => {
        for (let index = 0; index < PER_ROUND; index += 1)
          await participant.send(words[index % words.length]!);
      }),
    );
    await settled(linked, 30_000);
    sent += PEOPLE * PER_ROUND;
    if (sent === EARLY) early = await heapOf(linked, people);
  }
  const late = await heapOf(linked, people);
  expect(late - early).toBeLessThan(MOST_GROWTH_BYTES);
}, 120_000);
