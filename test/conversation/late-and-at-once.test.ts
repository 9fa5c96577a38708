import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const say = (id: string): string => knowledge.words.id.get(id)!;
const begun = (): Talk => new Talk(knowledge).says('halo');

describe('choices pressed late, twice or forged', () => {
  test('F20 an old choice corrects its own question and says so', () => {
    const talk = begun();
    const old = talk.shown.find(({ id }) => id.startsWith('a:dashboard:schedule:'))!;
    talk.answers('dashboard', 'nothing').answers('training', 'finished').pressesId(old.id);
    expect(talk.session!.answers.dashboard?.answerId).toBe('schedule');
    expect(talk.session!.answers.training?.answerId).toBe('finished');
    expect(talk.text).toContain(say('question.dashboard.answers.schedule'));
  });

  test('F19 the same choice pressed twice answers once', () => {
    const talk = begun();
    const choice = talk.shown.find(({ id }) => id.startsWith('a:dashboard:nothing:'))!;
    talk.pressesId(choice.id);
    const once = talk.session!.answers;
    talk.pressesId(choice.id);
    expect(talk.session!.answers).toEqual(once);
    expect(talk.asking).toBe('training');
    expect(talk.text).toContain(say('question.training.text'));
  });

  test('F20 a choice of a question that is no longer on the path is refused with the pending question', () => {
    const talk = begun().answers('dashboard', 'status');
    const old = talk.shown.find(({ id }) => id.startsWith('a:status:held:'))!;
    talk.says('kembali').answers('dashboard', 'nothing').pressesId(old.id);
    expect(talk.session!.answers.status).toBeUndefined();
    expect(talk.text).toContain(say('say.old-choice'));
    expect(talk.asking).toBe('training');
  });

  test('S21 a choice of the present menu that was never offered answers nothing', () => {
    const talk = begun();
    const revision = talk.shown[0]!.id.split(':').at(-1)!;
    talk.pressesId(`a:wallet:linked:${revision}`);
    expect(talk.session!.answers).toEqual({});
    expect(talk.text).toContain(say('say.old-choice'));
  });

  test('choices from before a restart, or before the data was deleted, are refused', () => {
    const talk = begun();
    const old = talk.shown.find(({ id }) => id.startsWith('a:dashboard:nothing:'))!;
    talk
      .answers('dashboard', 'certificate')
      .says('ulang dari awal')
      .presses(say('dialogue.restart.yes'))
      .pressesId(old.id);
    expect(talk.session!.answers).toEqual({});
    talk.says('hapus data').presses(say('dialogue.delete-data.yes'));
    expect(talk.effects).toContain('erase');
    talk.says('halo').pressesId(old.id);
    expect(talk.session!.answers).toEqual({});
  });

  test('S21 any bytes as a choice are refused kindly and change nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.stringMatching(/^[actvdq]:[a-z-]{1,12}(:[a-z-]{1,12})?:[0-9a-z]{1,9}$/),
        ),
        (id) => {
          const talk = begun().pressesId(id);
          expect(talk.session!.answers).toEqual({});
          expect(talk.replies.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('several messages at once', () => {
  test('F25 ten at once get one reply, and what was certain is not lost', () => {
    const talk = begun();
    const choice = talk.shown.find(({ id }) => id.startsWith('a:dashboard:nothing:'))!;
    talk.pressesId(choice.id, { moreWaiting: true });
    expect(talk.replies).toEqual([]);
    for (let count = 0; count < 8; count += 1)
      expect(talk.says('hmm', { moreWaiting: true }).replies).toEqual([]);
    talk.says('hmm');
    expect(talk.replies.length).toBeGreaterThan(0);
    expect(talk.session!.answers.dashboard?.answerId).toBe('nothing');
    expect(talk.asking).toBe('training');
  });

  test('a plain word sent before the next question was seen never answers it', () => {
    const talk = begun().answers('dashboard', 'nothing');
    talk.says('sudah', { moreWaiting: true }).says('sudah', { moreWaiting: true }).says('sudah');
    expect(talk.session!.answers.training?.answerId).toBe('finished');
    expect(talk.session!.answers.rating).toBeUndefined();
    expect(talk.asking).toBe('rating');
  });

  test('a number for a menu that is still on its way is asked about', () => {
    const talk = begun();
    const seen = talk.deliveredMenu;
    talk.answers('dashboard', 'nothing');
    talk.deliveredMenu = seen;
    talk.says('2');
    expect(talk.session!.answers.training).toBeUndefined();
    expect(talk.text).toContain(say('say.which-number'));
  });

  test('STOP among many messages is obeyed', () => {
    const talk = begun().says('STOP', { moreWaiting: true }).says('menu', { moreWaiting: true }).says('eh');
    expect(talk.session!.stopped).toBe('yes');
  });

  test('S07 the warning about a secret does not wait for the last of many messages', () => {
    const talk = begun().says('otp saya 123456', { moreWaiting: true });
    expect(talk.text).toContain(say('say.secret.code'));
  });
});
