// Over 300 lines: what a participant can do wrong stands in one place, so that a new way is tried beside its neighbours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INCOMING_KINDS } from '../../src/message.ts';
import { shippedKnowledge, Talk } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const say = (id: string): string => knowledge.words.id.get(id)!;
const begun = (): Talk => new Talk(knowledge).says('halo');
const HOUR_MS = 3_600_000;

describe('first contact', () => {
  test.each(['/start', 'halo', 'P', '😀', 'sertifikat saya belum muncul', '', 'ا', 'x'.repeat(10_000)])(
    'answers %j with the notice and the first question, in two small messages',
    (text) => {
      const talk = new Talk(knowledge).says(text);
      expect(talk.replies).toHaveLength(2);
      expect(talk.replies[0]!.text).toBe(say('notice.text'));
      expect(talk.asking).toBe('dashboard');
      expect(talk.replies[1]!.text).toContain(say('question.dashboard.text'));
      expect(talk.text.length).toBeLessThan(1_400);
    },
  );

  test('P01 takes no answer before the notice was shown, and records consent with the first one after it', () => {
    const talk = new Talk(knowledge).says('belum ada apa-apa');
    expect(talk.session!.answers).toEqual({});
    expect(talk.session!.consent).toBeNull();
    talk.answers('dashboard', 'nothing');
    expect(talk.session!.consent).toMatchObject({ notice: knowledge.noticeHash, channel: 'web' });
  });

  test('STOP as the very first word is obeyed', () => {
    const talk = new Talk(knowledge).says('STOP');
    expect(talk.session!.stopped).toBe('yes');
    expect(talk.effects).toContain('forget-reminders');
  });
});

/** Nothing the participant wrote. */
const UNANSWERED: ReadonlySet<string> = new Set([
  'left',
  'returned',
  'operator',
  'handed-back',
  'desk',
  'desk-edit',
  'desk-other',
]);

describe('wrong inputs', () => {
  test.each(INCOMING_KINDS.filter((kind) => knowledge.words.id.has(`say.cannot-read.${kind}`)))(
    'a %s is met with a kind sentence and the pending question, and answers nothing',
    (kind) => {
      const talk = begun().sends(kind);
      expect(talk.text).toContain(say(`say.cannot-read.${kind}`));
      expect(talk.text).toContain(say('question.dashboard.text'));
      expect(talk.session!.answers).toEqual({});
    },
  );

  test('an edited message does not answer what is asked now', () => {
    const talk = begun().sends('edit', 'belum ada apa-apa');
    expect(talk.session!.answers).toEqual({});
    expect(talk.asking).toBe('dashboard');
  });

  test('the caption of a photo is read like words', () => {
    const talk = begun().answers('dashboard', 'nothing').sends('photo', 'sudah selesai');
    expect(talk.session!.answers.training?.answerId).toBe('finished');
  });

  test('S13 ten thousand characters are not read, and say so', () => {
    const talk = begun().says('sudah '.repeat(2_000));
    expect(talk.text).toContain(say('say.cannot-read.long'));
    expect(talk.asking).toBe('dashboard');
  });

  test('after two misunderstandings choices are numbered, after three a person is named', () => {
    const talk = begun().says('qwerty');
    expect(talk.text).toContain(say('say.not-understood.first'));
    talk.says('asdfgh');
    expect(talk.text).toContain(say('say.not-understood.second'));
    expect(talk.text).toContain(`1. ${say('question.dashboard.answers.nothing')}`);
    talk.says('zxcvbn');
    expect(talk.text).toContain(say('say.not-understood.third'));
    talk.says('1');
    expect(talk.session!.answers.dashboard?.answerId).toBe('nothing');
    expect(talk.session!.misunderstood).toBe(0);
  });

  test('"saya belum tahu" is never a yes', () => {
    const talk = begun().answers('dashboard', 'nothing').says('saya belum tahu');
    expect(talk.session!.answers.training?.answerId).toBe('unknown');
    talk.says('blm tau');
    expect(talk.session!.answers.rating?.answerId).toBe('unknown');
  });

  test('two answers in one message are asked about and neither is taken', () => {
    const talk = begun().answers('dashboard', 'nothing').says('1 dan 2');
    expect(talk.text).toContain(say('say.two-answers'));
    expect(talk.session!.answers.training).toBeUndefined();
    talk.says('sudah tapi belum');
    expect(talk.session!.answers.training).toBeUndefined();
  });

  test('a plain "belum" to the rating asks whether the menu is there, since that decides whose turn it is', () => {
    const talk = begun().answers('dashboard', 'nothing').answers('training', 'finished').says('belum');
    expect(talk.session!.answers.rating).toBeUndefined();
    expect(talk.replies.at(-1)!.choices.map(({ id }) => id.split(':')[2])).toEqual(['not-yet', 'no-menu']);
    talk.says('2');
    expect(talk.session!.answers.rating?.answerId).toBe('no-menu');
  });

  test('S07 a secret is warned about first, never echoed, and the platform is asked to remove it', () => {
    const talk = begun().says('NIK saya 3171234567890123');
    expect(talk.replies[0]!.text).toBe(say('say.secret.number'));
    expect(talk.text).not.toContain('3171234567890123');
    expect(JSON.stringify(talk.last)).not.toContain('3171234567890123');
    expect(talk.effects).toContain('send');
    expect(
      talk.last!.effects.some((effect) => effect.kind === 'send' && effect.outgoing.kind === 'delete'),
    ).toBe(true);
    talk.says('3171234567890123');
    expect(talk.text).not.toContain(say('say.secret.number'));
    talk.waits(25 * HOUR_MS).says('3171234567890123');
    expect(talk.text).toContain(say('say.secret.number'));
  });
});

describe('controls', () => {
  test('back takes one answer at a time, to the start', () => {
    const talk = begun().answers('dashboard', 'nothing').answers('training', 'finished');
    expect(talk.says('kembali').asking).toBe('training');
    expect(talk.says('kembali').asking).toBe('dashboard');
    expect(talk.says('kembali').text).toContain(say('say.back.start'));
  });

  test('P03 STOP forgets reminders and withdraws what is unsent, and a later message is still answered', () => {
    const talk = begun().says('stop');
    expect(talk.effects).toEqual(expect.arrayContaining(['forget-reminders', 'withdraw-unsent']));
    talk.says('menu');
    expect(talk.text).toContain(say('say.stopped-reply'));
    expect(talk.says('mulai').session!.stopped).toBe('no');
  });

  test('P04 deleting is confirmed first, and a no keeps everything', () => {
    const talk = begun().answers('dashboard', 'nothing').says('HAPUS DATA');
    expect(talk.effects).not.toContain('erase');
    talk.says('tidak');
    expect(talk.session!.answers.dashboard?.answerId).toBe('nothing');
    talk.says('HAPUS DATA').says('ya');
    expect(talk.effects).toContain('erase');
  });

  test('a correction keeps the other answers', () => {
    const talk = begun()
      .answers('dashboard', 'nothing')
      .answers('training', 'finished')
      .answers('rating', 'sisnaker');
    talk.says('ubah jawaban').presses(say('question.training.short')).answers('training', 'not-finished');
    expect(talk.session!.answers.rating?.answerId).toBe('sisnaker');
    expect(talk.session!.answers.training?.answerId).toBe('not-finished');
  });

  test('English is spoken after asking for it, and Indonesian again', () => {
    const talk = begun().says('english');
    expect(talk.text).toContain(knowledge.words.en.get('question.dashboard.text'));
    expect(talk.says('bahasa indonesia').text).toContain(say('question.dashboard.text'));
  });
});

describe('verdicts', () => {
  const blockedByProvider = (): Talk =>
    begun().answers('dashboard', 'nothing').answers('training', 'finished').answers('rating', 'no-menu');

  test("a missing rating menu is the provider's turn, told once, and what else can be checked is offered", () => {
    const talk = blockedByProvider();
    expect(talk.verdict).toMatchObject({
      kind: 'blocked',
      requirement: 'graded-in-sisnaker',
      owner: 'provider',
    });
    expect(talk.verdict!.meanwhile).toEqual(['names-match', 'wallet-linked']);
    expect(talk.text).toContain(say('verdict.graded-in-sisnaker.no-menu'));
    talk.presses(say('choice.check-meanwhile'));
    expect(talk.asking).toBe('wallet');
    talk.answers('wallet', 'not-linked');
    expect(talk.text).toContain(say('verdict.wallet-linked.not-linked'));
    expect(talk.asking).toBe('names');
    talk.answers('names', 'same');
    expect(talk.asking).toBeNull();
    expect(talk.verdict!.meanwhile).toEqual(['wallet-linked']);
  });

  test('"Sudah saya lakukan" asks once more what showed that the provider had to act', () => {
    const talk = blockedByProvider().presses(say('choice.done'));
    expect(talk.asking).toBe('rating');
    talk.answers('rating', 'sisnaker');
    expect(talk.verdict).toBeNull();
  });

  test('a wait ends with the call centre as the operator set it', () => {
    const talk = begun()
      .answers('dashboard', 'nothing')
      .answers('training', 'finished')
      .answers('rating', 'sisnaker')
      .answers('certificates', 'both')
      .answers('wallet', 'linked')
      .answers('names', 'same')
      .answers('when', 'today');
    expect(talk.verdict).toMatchObject({
      kind: 'waiting',
      requirement: 'reported-and-synced',
      owner: 'nobody',
    });
    talk.waits(6 * 24 * HOUR_MS).says('status');
    expect(talk.verdict?.kind).toBe('waiting');
    talk.waits(3 * 24 * HOUR_MS).says('status');
    expect(talk.verdict).toMatchObject({ kind: 'blocked', owner: 'call-centre' });
  });

  test('a reminder asks whether it changed, once, and is silent when the participant has moved on', () => {
    const talk = blockedByProvider().presses(say('choice.remind'));
    expect(talk.reminders).toHaveLength(1);
    talk.waits(26 * HOUR_MS);
    expect(talk.replies).toHaveLength(1);
    expect(talk.replies[0]!.priority).toBe('reminder');
    expect(talk.presses(say('choice.changed')).asking).toBe('rating');

    const moved = blockedByProvider().presses(say('choice.remind')).says('ubah jawaban');
    moved
      .presses(say('question.rating.short'))
      .answers('rating', 'sisnaker')
      .waits(26 * HOUR_MS);
    expect(moved.replies).toEqual([]);
  });
});

test('F77 whatever arrives, in whatever order, is answered without a throw and with one pending thing', () => {
  const texts = [
    'sudah',
    'belum',
    'gatau',
    '1',
    '9',
    'menu',
    'status',
    'kembali',
    'stop',
    'mulai',
    'hapus data',
    'ya',
    'tidak',
    'kenapa',
    'english',
    'bantuan',
    'ubah jawaban',
    'ulang',
    'dana tertahan',
    'e-wallet belum kyc',
    'udah rating',
    '\u202Eabc',
    '\uD800',
    '',
    '🙏',
  ];
  const event = fc.oneof(
    fc.record({
      kind: fc.constant('says' as const),
      text: fc.constantFrom(...texts),
      moreWaiting: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('press' as const), index: fc.nat(400), moreWaiting: fc.boolean() }),
    fc.record({ kind: fc.constant('sends' as const), what: fc.constantFrom(...INCOMING_KINDS) }),
    fc.record({ kind: fc.constant('waits' as const), hours: fc.integer({ min: 0, max: 400 }) }),
  );
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
      const talk = begun();
      for (const happening of events) {
        // While a person writes there may be no reply to anything (operator-pause.test.ts).
        const isAlone = talk.session?.operatorAt === undefined;
        if (happening.kind === 'says') talk.says(happening.text, { moreWaiting: happening.moreWaiting });
        else if (happening.kind === 'press') {
          const choice = talk.shown[happening.index % talk.shown.length]!;
          talk.pressesId(choice.id, { moreWaiting: happening.moreWaiting });
        } else if (happening.kind === 'sends') talk.sends(happening.what);
        else talk.waits(happening.hours * HOUR_MS);
        const silent =
          happening.kind === 'waits' ||
          ('moreWaiting' in happening && happening.moreWaiting) ||
          (happening.kind === 'sends' && UNANSWERED.has(happening.what));
        if (!silent && isAlone) expect(talk.replies.length).toBeGreaterThan(0);
        for (const reply of talk.replies) {
          expect(reply.text.length).toBeLessThanOrEqual(3_500);
          for (const { id, label } of reply.choices) {
            expect(Buffer.byteLength(id)).toBeLessThanOrEqual(64);
            expect([...label].length).toBeLessThanOrEqual(20);
          }
        }
        expect(JSON.stringify(talk.session).length).toBeLessThan(4_000);
      }
    }),
    { numRuns: 400 },
  );
});

test.each(['telegram', 'web'] as const)(
  'a phone set to English is greeted in Indonesian on %s',
  (channel) => {
    const talk = new Talk(knowledge, { language: 'en' });
    talk.channel = channel;
    expect(talk.says('halo').replies[0]!.text).toBe(say('notice.text'));
    expect(talk.says('ENGLISH').text).toContain(knowledge.words.en.get('question.dashboard.text'));
  },
);

test('STOP is obeyed whatever follows it in the same moment, also before anything was said', () => {
  const talk = begun();
  const choice = talk.shown.find(({ id }) => id.startsWith('a:dashboard:nothing:'))!;
  talk.says('STOP', { moreWaiting: true }).pressesId(choice.id);
  expect(talk.session!.stopped).toBe('yes');
  expect(talk.session!.answers.dashboard?.answerId).toBe('nothing');
  const first = new Talk(knowledge).says('STOP', { moreWaiting: true }).says('halo');
  expect(first.session!.stopped).toBe('yes');
});
