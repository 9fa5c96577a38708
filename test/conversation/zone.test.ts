import { expect, it } from 'vitest';
import { loadFlows } from '../../src/flow/load.ts';
import { Talk } from '../support/conversation.ts';

const { knowledge } = loadFlows('flows', { operatorName: 'Relawan Uji' });

function talkAt(time: string): Talk {
  return new Talk(knowledge!, { at: Date.parse(time), language: 'id' });
}

it('a place told in any message is kept as a zone, also from the first message and from one of many at once', () => {
  const talk = talkAt('2026-11-24T10:00:00+07:00');
  talk.says('halo, saya di Manado');
  expect(talk.session?.zone).toBe('WITA');
  talk.says('belum ada apa-apa');
  expect(talk.session?.zone).toBe('WITA');
  talk.says('sekarang saya tinggal di Sorong');
  expect(talk.session?.zone).toBe('WIT');
  talk.says('mulai dari awal');
  talk.says('ya');
  expect(talk.session?.zone).toBe('WIT');
  expect(JSON.stringify(talk.session)).not.toMatch(/manado|sorong/i);
});

it('without a place, days are those of WIB', () => {
  const talk = talkAt('2026-11-24T10:00:00+07:00');
  talk.says('halo');
  expect(talk.session?.zone).toBeUndefined();
});
