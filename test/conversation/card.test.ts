import { describe, expect, it } from 'vitest';
import type { Language, Saying } from '../../src/message.ts';
import { allStatuses } from '../support/cards.ts';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const HOUR_MS = 3_600_000;

function pictured(talk: Talk): readonly Saying[] {
  return talk.replies.filter(({ picture }) => picture !== undefined);
}

/** As far as the verdict that the provider has not graded. */
function notGraded(language: Language = 'id'): Talk {
  return new Talk(knowledge, { language })
    .says('/start')
    .answers('dashboard', 'nothing')
    .answers('training', 'finished')
    .answers('rating', 'no-menu');
}

describe('the picture of the path', () => {
  it('comes with a new verdict, as a message of its own before the words', () => {
    const talk = notGraded();
    expect(talk.replies.map(({ picture }) => picture !== undefined)).toEqual([true, false]);
    const [shown, told] = talk.replies as [Saying, Saying];
    expect(shown.choices).toEqual([]);
    expect(shown.menu).toBeNull();
    expect(told.choices.length).toBeGreaterThan(0);
    expect(shown.text).toBe(
      'Langkah 4 dari 11: Dinilai lembaga di Sisnaker. Giliran lembaga pelatihan.\n✅ beres: 1, 2 · ❗ belum: 4 · ❔ belum tahu: 3, 5–11',
    );
    expect(shown.picture).toMatchObject({
      title: 'Giliran lembaga pelatihan',
      subtitle: 'Langkah 4 dari 11',
      current: { index: 3 },
    });
  });

  it('does not come again with what is said about the same verdict later', () => {
    const talk = notGraded();
    expect(pictured(talk.says('terima kasih'))).toEqual([]);
    expect(pictured(talk.presses('Kenapa?'))).toEqual([]);
    expect(pictured(talk.says('BANTUAN'))).toEqual([]);
  });

  it('comes with STATUS above the list of steps, which is its own alternative, and the menu stays below the words', () => {
    const talk = notGraded().says('STATUS');
    expect(talk.replies.map(({ picture }) => picture !== undefined)).toEqual([true, false]);
    const [shown, rest] = talk.replies as [Saying, Saying];
    expect(shown.text).toContain('4. Dinilai lembaga di Sisnaker: ❗ belum');
    expect(shown.choices).toEqual([]);
    expect(rest.text).not.toContain('❗');
    expect(rest.choices.length).toBeGreaterThan(0);
  });

  it('comes once, whatever somebody wrote in one breath', () => {
    const talk = new Talk(knowledge, { language: 'id' })
      .says('/start')
      .says('belum ada apa-apa', { moreWaiting: true })
      .says('pelatihan sudah selesai', { moreWaiting: true })
      .says('menu ulasan tidak ada', { moreWaiting: true })
      .says('STATUS');
    expect(pictured(talk)).toHaveLength(1);
  });

  it('does not come with a reminder of a verdict that was told', () => {
    const talk = notGraded()
      .presses('Ingatkan saya')
      .waits(24 * 14 * HOUR_MS);
    expect(talk.replies.length).toBeGreaterThan(0);
    expect(pictured(talk)).toEqual([]);
  });

  it('does not come for a training from elsewhere: the path is not theirs', () => {
    const talk = new Talk(knowledge, { language: 'id' })
      .says('/start')
      .answers('dashboard', 'nothing')
      .answers('training', 'elsewhere');
    expect(talk.verdict?.kind).toBe('elsewhere');
    expect(pictured(talk)).toEqual([]);
    expect(pictured(talk.says('STATUS'))).toEqual([]);
  });

  it('shows every step as done when the money has arrived', () => {
    const talk = new Talk(knowledge, { language: 'id' }).says('/start').answers('dashboard', 'received');
    expect(talk.verdict?.kind).toBe('finished');
    const [{ picture }] = pictured(talk) as [Saying];
    expect(new Set(picture!.steps.map(({ state }) => state))).toEqual(new Set(['met']));
    expect(picture!.current).toBeNull();
  });

  it('holds nothing that the participant wrote, not even a name that was just compared', () => {
    const talk = notGraded().says('saya Siti Nurhaliza, lembaga saya Cipta Karya').says('STATUS');
    expect(JSON.stringify(pictured(talk))).not.toMatch(/Siti|Nurhaliza|Cipta/);
    const known = new Set(knowledge.words.id.values());
    const [{ picture }] = pictured(talk) as [Saying];
    for (const { name } of picture!.steps) expect(known).toContain(name);
  });

  it.each<Language>(['id', 'en'])(
    'has under it, in %s, words that fit under a picture on every platform, wherever somebody stands',
    (language) => {
      for (const { text } of allStatuses(knowledge, language)) {
        // Telegram takes 1,024 characters below a photo (MessageMediaCaptionTooLong).
        expect([text, text.length <= 1024]).toEqual([text, true]);
      }
    },
  );
});
