import { describe, expect, test } from 'vitest';
import type { Address } from '../../src/message.ts';
import type { Projection } from '../../src/store/store.ts';
import type { StoreWorld } from './contract.ts';
import { budi, message, NOON, NOWHERE, sari, session, talk } from './samples.ts';

const GRADE: Partial<Projection> = {
  verdict: 'blocked',
  requirement: 'graded-in-sisnaker',
  owner: 'provider',
  since: NOON,
};

/** The promises of src/store/store.ts about providers that hold people up; part of the one suite (contract.ts). */
export function bottlenecksContract(world: StoreWorld): void {
  const stands = (address: Address, projection: Partial<Projection>) =>
    talk(world.store, message(address, 'x'), {
      session: session(),
      projection: { ...NOWHERE, ...projection },
    });
  const others = (count: number): Address[] =>
    Array.from({ length: count }, (_, index) => ({ channel: 'web', chat: `w${index}` }));

  describe('bottlenecks()', () => {
    test('counts who is blocked by one provider at one requirement, the most first', async () => {
      for (const address of [sari, budi]) await stands(address, { ...GRADE, provider: 'majujaya' });
      const [one, two, three] = others(3) as [Address, Address, Address];
      await stands(one, { ...GRADE, provider: 'blksurabaya' });
      await stands(two, { ...GRADE, provider: 'majujaya', requirement: 'certificates' });
      await stands(three, GRADE);
      expect(await world.store.bottlenecks(NOON)).toEqual([
        { provider: 'majujaya', requirement: 'graded-in-sisnaker', count: 2 },
        { provider: 'blksurabaya', requirement: 'graded-in-sisnaker', count: 1 },
        { provider: 'majujaya', requirement: 'certificates', count: 1 },
      ]);
    });

    test('leaves out who waits for somebody else, and what began after the moment asked about', async () => {
      const [one, two, three] = others(3) as [Address, Address, Address];
      await stands(one, { ...GRADE, provider: 'majujaya', owner: 'participant' });
      await stands(two, { ...GRADE, provider: 'majujaya', verdict: 'waiting' });
      await stands(three, { ...GRADE, provider: 'majujaya', since: NOON + 1 });
      expect(await world.store.bottlenecks(NOON)).toEqual([]);
      expect(await world.store.bottlenecks(NOON + 1)).toMatchObject([{ count: 1 }]);
    });

    test('forgets whose verdict changed', async () => {
      await stands(sari, { ...GRADE, provider: 'majujaya' });
      await stands(sari, { ...GRADE, owner: 'nobody', provider: 'majujaya' });
      expect(await world.store.bottlenecks(NOON)).toEqual([]);
    });

    test('P04 forgets who had everything erased', async () => {
      await stands(sari, { ...GRADE, provider: 'majujaya' });
      await talk(world.store, message(sari, 'hapus'), {
        erase: true,
        projection: { ...NOWHERE, ...GRADE, provider: 'majujaya' },
      });
      expect(await world.store.bottlenecks(NOON)).toEqual([]);
    });

    test('P09 forgets who did not come back in time', async () => {
      await stands(sari, { ...GRADE, provider: 'majujaya' });
      await world.store.forgetOld({
        messagesBefore: NOON + 1,
        conversationsBefore: NOON + 1,
        seenBefore: 0,
        unresolvedBefore: 0,
        afterMessage: 0,
        afterConversation: 0,
        afterSeen: null,
      });
      expect(await world.store.bottlenecks(NOON)).toEqual([]);
    });
  });
}
