import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Voice } from '../../../src/language/learning/examples.ts';
import { learn } from '../../../src/language/learning/learn.ts';
import { rankAnswers, rankTopics } from '../../../src/language/learning/rank.ts';

const VOICE: Voice = {
  name: 'ani',
  topics: {
    'wallet-link': ['cara sambung gopay', 'gopay gagal tersambung', 'cara pakai ovo', 'rekening mana'],
    survey: ['survei di mana', 'cara isi survei', 'survei belum muncul', 'isi di mana'],
    'how-to-rate': ['cara isi ulasan', 'ulasan di mana', 'isi bintang di mana', 'cara kasih bintang'],
  },
  controls: { stop: ['berhenti', 'stop'], yes: ['sudah', 'iya sudah'] },
  outOfScope: {
    chat: ['kamu siapa', 'lagu apa ini', 'cuaca hari ini', 'siapa presiden'],
    abuse: ['dasar bodoh', 'goblok kamu', 'bodoh banget'],
  },
  answers: { wallet: { linked: ['sudah tersambung', 'gopay sudah'], fails: ['gagal terus', 'error terus'] } },
};
const learned = learn([VOICE], { forms: new Map(), normal: (text) => text })!;
const NOTHING: ReadonlySet<string> = new Set();
const NEAR: ReadonlySet<string> = new Set(['survey']);

const SOME_WORDS = fc.array(
  fc.constantFrom('cara', 'isi', 'gopay', 'survei', 'ulasan', 'bodoh', 'sudah', 'zzz', 'di', 'mana'),
  { maxLength: 20 },
);

function confidenceOf(topic: string, words: string, near: ReadonlySet<string>): number {
  return rankTopics(learned, words.split(' '), near, 1).inScope.find(({ id }) => id === topic)!.confidence;
}

describe('what a message is about', () => {
  it('is ranked with confidences that sum to one, the likeliest first, at any temperature and beside any question', () => {
    fc.assert(
      fc.property(
        SOME_WORDS,
        fc.constantFrom(0.3, 0.8, 1, 3),
        fc.constantFrom(NOTHING, NEAR),
        (words, heat, near) => {
          const { inScope, outOfScope } = rankTopics(learned, words, near, heat);
          const sum = inScope.reduce((all, { confidence }) => all + confidence, outOfScope.confidence);
          expect(sum).toBeCloseTo(1, 6);
          const confidences = inScope.map(({ confidence }) => confidence);
          expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
          expect(inScope.map(({ id }) => id).sort()).toEqual([
            'how-to-rate',
            'stop',
            'survey',
            'wallet-link',
            'yes',
          ]);
        },
      ),
      { numRuns: 200, seed: 20_261_124 },
    );
  });

  it('counts all kinds of what is out of scope together, and names the likeliest of them', () => {
    expect(rankTopics(learned, ['dasar', 'bodoh'], NOTHING, 1).outOfScope.id).toBe('abuse');
    expect(rankTopics(learned, ['siapa', 'presiden'], NOTHING, 1).outOfScope.id).toBe('chat');
    // As much about one kind as about the other, and yet out of scope.
    const { inScope, outOfScope } = rankTopics(learned, ['siapa', 'bodoh'], NOTHING, 1);
    expect(outOfScope.confidence).toBeGreaterThan(inScope[0]!.confidence);
  });

  it('is likelier what was just asked about, when it is said in few words', () => {
    for (const words of ['isi di mana', 'cara', 'di mana']) {
      expect(confidenceOf('survey', words, NEAR)).toBeGreaterThan(confidenceOf('survey', words, NOTHING));
    }
  });

  it('gains less from what was asked the more words there are, and nothing from eight on', () => {
    const gain = (words: string): number => {
      const logit = (near: ReadonlySet<string>): number => {
        const confidence = confidenceOf('survey', words, near);
        return Math.log(confidence / (1 - confidence));
      };
      return logit(NEAR) - logit(NOTHING);
    };
    const gains = [4, 6, 7, 8, 12].map((count) => gain(Array.from({ length: count }, () => 'isi').join(' ')));
    expect(gains.slice(0, 4)).toEqual(gains.slice(0, 4).toSorted((a, b) => b - a));
    expect(gains[0]).toBeCloseTo(1.5, 5);
    expect(gain('isi')).toBeCloseTo(gains[0]!, 5);
    expect(gains.slice(3).map((value) => Math.abs(value) < 1e-9)).toEqual([true, true]);
  });

  it('is not turned round by what was asked when it says clearly what it is about', () => {
    expect(rankTopics(learned, ['cara', 'sambung', 'gopay'], NEAR, 1).inScope[0]!.id).toBe('wallet-link');
  });
});

describe('what a message answers', () => {
  it('is ranked with confidences that sum to one, "no answer" among them', () => {
    fc.assert(
      fc.property(SOME_WORDS, (words) => {
        const { answers, none } = rankAnswers(learned, 'wallet', words, 1);
        expect(answers.map(({ id }) => id).sort()).toEqual(['fails', 'linked']);
        expect(answers.reduce((sum, { confidence }) => sum + confidence, none)).toBeCloseTo(1, 6);
        expect(answers[0]!.confidence).toBeGreaterThanOrEqual(answers[1]!.confidence);
      }),
      { numRuns: 100, seed: 20_261_124 },
    );
  });

  it('is nothing where no example says how the question is answered', () => {
    expect(rankAnswers(learned, 'training', ['sudah'], 1)).toEqual({ answers: [], none: 1 });
  });
});
