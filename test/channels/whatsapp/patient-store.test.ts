import { describe, expect, it } from 'vitest';
import type { AccountChange, AccountStore } from '../../../src/channels/channel.ts';
import { createPatientStore } from '../../../src/channels/whatsapp/patient-store.ts';

/** A disk that refuses so many writes, or all of them. */
function patientOver(refusals: number) {
  const written: string[] = [];
  const told: string[] = [];
  const stopping = new AbortController();
  let left = refusals;
  const account: AccountStore = {
    read: async () => new Map(),
    clear: async () => {},
    outgoing: async () => null,
    wasKept: async () => false,
    async transaction({ put }) {
      await new Promise((resolve) => setImmediate(resolve));
      left -= 1;
      if (left >= 0) throw new Error('full');
      written.push(put[0]!.id);
    },
  };
  const store = createPatientStore(account, {
    timing: { retryFirstMs: 2, retryMostMs: 5 },
    signal: stopping.signal,
    onFailure: () => told.push('failed'),
    onRecovery: () => told.push('recovered'),
  });
  return { store, written, told, stopping };
}

function change(id: string): AccountChange {
  return { put: [{ kind: 'session', id, value: null }], incoming: [], same: [] };
}

describe('what WhatsApp keeps while the disk is full', () => {
  it('F36 F16 is given up at a stop, and what comes after that is tried once', async () => {
    const { store, written, stopping } = patientOver(Number.POSITIVE_INFINITY);
    const changes = [store.transaction(change('a')), store.transaction(change('b'))];
    setTimeout(() => stopping.abort(), 20);
    const outcomes = await Promise.allSettled([...changes, store.transaction(change('c'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(store.transaction(change('d'))).rejects.toThrow('full');
    expect(written).toEqual([]);
  });

  it('F36 is written in order once there is room: what is older never overwrites what is newer', async () => {
    const { store, written, told } = patientOver(3);
    await Promise.all(['a', 'b', 'c'].map((id) => store.transaction(change(id))));
    expect(written).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['failed', 'failed', 'failed', 'recovered']);
  });

  it('is written at once, and nothing is told, while all is well', async () => {
    const { store, written, told } = patientOver(0);
    await store.transaction(change('a'));
    expect([written, told]).toEqual([['a'], []]);
  });
});
