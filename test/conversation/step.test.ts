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

describe('wrong inputs', () => {
  test.each(INCOMING_KINDS.filter((kind) => !['text', 'choice', 'left', 'returned'].includes(kind)))(
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
        if (happening.kind === 'says') talk.says(happening.text, { moreWaiting: happening.moreWaiting });
        else if (happening.kind === 'press') {
          const choice = talk.shown[happening.index % talk.shown.length]!;
          talk.pressesId(choice.id, { moreWaiting: happening.moreWaiting });
        } else if (happening.kind === 'sends') talk.sends(happening.what);
        else talk.waits(happening.hours * HOUR_MS);
        const silent =
          happening.kind === 'waits' ||
          ('moreWaiting' in happening && happening.moreWaiting) ||
          (happening.kind === 'sends' && (happening.what === 'left' || happening.what === 'returned'));
        if (!silent) expect(talk.replies.length).toBeGreaterThan(0);
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

describe('flows edited under a running conversation', () => {
  const renamed = {
    ...knowledge,
    checklist: {
      ...knowledge.checklist,
      requirements: knowledge.checklist.requirements.filter(({ id }) => id !== 'next-training'),
      questions: knowledge.checklist.questions.filter(({ id }) => id !== 'money'),
    },
  };

  test('F76 a pending side question about something that is gone silences nobody', () => {
    const settling = begun().answers('dashboard', 'schedule').says('belum rating');
    settling.says('1');
    const session = {
      ...settling.session!,
      dialogue: { kind: 'settle', requirement: 'payout', said: 'money', suggested: 'dashboard' } as const,
      owed: { messages: 1, recorded: [{ question: 'money', answer: 'received' }], order: null },
      asked: 'money',
      focus: 'money',
    };
    const changed = {
      ...settling.session!,
      dialogue: { kind: 'changed', requirement: 'next-training' } as const,
    };
    for (const stored of [session, changed]) {
      for (const text of ['halo', 'status', 'saya bingung', 'sudah', '1', 'kenapa', 'kembali', 'menu']) {
        const talk = new Talk(renamed);
        talk.session = stored;
        talk.deliveredMenu = stored.revision;
        expect(talk.says(text).replies.length).toBeGreaterThan(0);
      }
    }
  });
});

describe('out of a side question', () => {
  test('"kembali" leaves the question about deleting, and deletes nothing', () => {
    const talk = begun().answers('dashboard', 'nothing').says('hapus data').says('kembali');
    expect(talk.asking).toBe('training');
    expect(talk.session!.answers.dashboard?.answerId).toBe('nothing');
    expect(talk.text).not.toContain(say('say.back.start'));
  });

  test('"kembali" at a contradiction takes back what brought it about', () => {
    const talk = begun().answers('dashboard', 'schedule');
    talk.says('menu rating ada, belum isi');
    expect(talk.session!.dialogue?.kind).toBe('settle');
    talk.says('kembali');
    expect(talk.session!.answers.rating).toBeUndefined();
    expect(talk.session!.dialogue).toBeNull();
  });

  test('a contradiction is asked about once, and what is chosen stands', () => {
    const talk = begun().answers('dashboard', 'schedule').says('menu rating ada, belum isi');
    expect(talk.text).toContain(say('question.dashboard.answers.schedule'));
    talk.says('1');
    expect(talk.verdict).toMatchObject({
      kind: 'blocked',
      requirement: 'rated-in-sisnaker',
      owner: 'participant',
    });
    expect(talk.says('status').session!.dialogue).toBeNull();
  });
});

describe('reminders', () => {
  const asked = (): Talk =>
    begun().answers('dashboard', 'nothing').answers('training', 'finished').answers('rating', 'no-menu');

  test('asking for one after STOP turns them on again and says so, so that what is promised happens', () => {
    const talk = asked().says('stop').presses(say('choice.remind'));
    expect(talk.text).toContain(say('say.resumed'));
    expect(talk.waits(26 * HOUR_MS).replies).toHaveLength(1);
  });

  test('F32 one that is overdue in the night waits for the morning', () => {
    const talk = asked().presses(say('choice.remind'));
    const [reminder] = talk.reminders;
    talk.now = Date.parse('2026-11-24T20:00:00Z'); // 03.00 WIB
    talk.reminders.splice(0, 1, { ...reminder!, dueAt: talk.now });
    expect(talk.waits(HOUR_MS).replies).toEqual([]);
    expect(talk.reminders[0]!.dueAt).toBe(Date.parse('2026-11-25T02:00:00Z'));
    expect(talk.waits(6 * HOUR_MS).replies).toHaveLength(1);
  });
});

describe('what a verdict asks to be told', () => {
  const provider = (): Talk =>
    begun().answers('dashboard', 'nothing').answers('training', 'finished').answers('rating', 'no-menu');
  const wallet = (): Talk => begun().answers('dashboard', 'certificate').answers('wallet', 'not-linked');

  test.each([
    ['menunya sudah ada', 'not-yet'],
    ['menu rating sudah muncul', 'not-yet'],
    ['kata lembaga sudah dinilai', 'told-graded'],
  ])('%j after the provider had to act is read as news about the rating', (text, answer) => {
    expect(provider().says(text).session!.answers.rating?.answerId).toBe(answer);
  });

  test('"sudah tersambung" after a missing wallet is the answer that was asked for', () => {
    expect(wallet().says('sudah tersambung').session!.answers.wallet?.answerId).toBe('linked');
  });

  test('a plain "sudah" is looked into, never taken for the result itself', () => {
    const talk = wallet().says('sudah');
    expect(talk.asking).toBe('wallet');
    expect(talk.session!.answers.wallet?.answerId).toBe('not-linked');
  });

  test('"tidak tahu" beside a verdict takes nothing back', () => {
    expect(wallet().says('tidak tahu').session!.answers.wallet?.answerId).toBe('not-linked');
  });

  test('F34 a reminder still comes after an answer that left the verdict as it was', () => {
    const talk = provider().presses(say('choice.remind')).presses(say('choice.check-meanwhile'));
    talk
      .answers('wallet', 'linked')
      .answers('names', 'same')
      .waits(26 * HOUR_MS);
    expect(talk.replies).toHaveLength(1);
  });

  test('going back out of a correction touches no answer', () => {
    const talk = provider().says('ganti jawaban').presses(say('question.training.short')).says('kembali');
    expect(talk.session!.answers.rating?.answerId).toBe('no-menu');
    expect(talk.verdict?.requirement).toBe('graded-in-sisnaker');
  });

  test('S21 a forged wish to be asked what is not on the path is refused', () => {
    const talk = begun().answers('dashboard', 'nothing');
    talk.pressesId(`q:money:${talk.session!.revision.toString(36)}`);
    expect(talk.asking).toBe('training');
  });
});

test('"sudah" to the rating asks where, since the rating in Sisnaker is the one that counts (1e)', () => {
  const talk = begun().answers('dashboard', 'nothing').answers('training', 'finished').says('sudah');
  expect(talk.session!.answers.rating).toBeUndefined();
  expect(talk.labels).toEqual([
    say('question.rating.answers.sisnaker'),
    say('question.rating.answers.partner-only'),
  ]);
});
