import { describe, expect, test } from 'vitest';
import { Talk } from '../support/conversation.ts';
import { begun, knowledge, say } from '../support/paused-talk.ts';

const paused = (): Talk => begun().sends('operator');
const MINUTE_MS = 60_000;

/** What works at once although a person is writing to the participant. */
describe('STOP in the pause', () => {
  test('is obeyed and confirmed at once, and the pause goes on', () => {
    const talk = paused().says('STOP');
    expect(talk.text).toBe(say('dialogue.stop.done'));
    expect(talk.effects).toContain('forget-reminders');
    expect(talk.session!.stopped).toBe('yes');
    expect(talk.says('baik').replies).toEqual([]);
  });

  test('is confirmed once among many messages', () => {
    const talk = paused().says('STOP', { moreWaiting: true });
    expect(talk.replies).toEqual([]);
    talk.says('stop', { moreWaiting: true }).says('dengar ga sih');
    expect(talk.text).toBe(say('dialogue.stop.done'));
    expect(talk.session).toMatchObject({ stopped: 'yes', owed: null });
  });

  test.each([
    ['stop', 'hapus data'],
    ['hapus data', 'stop'],
  ])('is obeyed when %j and %j come at once', (first, second) => {
    const talk = paused().says(first, { moreWaiting: true }).says(second);
    expect(talk.text).toBe(say('dialogue.stop.done'));
  });

  test('is obeyed when the person wrote in the same moment', () => {
    const talk = new Talk(knowledge).says('halo').says('STOP', { moreWaiting: true }).sends('operator');
    expect(talk.text).toBe(say('dialogue.stop.done'));
    expect(talk.session!.stopped).toBe('yes');
  });

  test('is obeyed when the chat was handed back in the same moment', () => {
    const talk = paused().says('STOP', { moreWaiting: true }).sends('handed-back');
    expect(talk.session!.stopped).toBe('yes');
    expect(talk.text).not.toContain(say('question.dashboard.text'));
  });

  test('is obeyed from somebody who never met Pandu, whose notice is still to come', () => {
    const talk = new Talk(knowledge).sends('operator').says('stop');
    expect(talk.text).toBe(say('dialogue.stop.done'));
    expect(talk.waits(121 * MINUTE_MS).says('halo').text).toContain(say('notice.text'));
  });
});

describe('HAPUS DATA in the pause', () => {
  test.each(['1', 'ya', 'ya, hapus', '1. Ya, hapus'])(
    'is asked about, and done when %j confirms it',
    (text) => {
      const talk = paused().says('hapus data');
      expect(talk.text).toBe(say('dialogue.delete-data.text'));
      expect(talk.says(text).text).toBe(say('dialogue.delete-data.done'));
      expect(talk.effects).toContain('erase');
    },
  );

  test('is done when the button confirms it', () => {
    const talk = paused().says('hapus data').presses(say('dialogue.delete-data.yes'));
    expect(talk.effects).toContain('erase');
  });

  test('is let go by a no, without a question of Pandu behind it', () => {
    const talk = paused().says('hapus data').says('tidak');
    expect(talk.text).toBe(say('dialogue.delete-data.kept'));
    expect(talk.session!.dialogue).toBeNull();
  });

  test('is not confirmed by a yes to what the person asked', () => {
    const before = new Talk(knowledge).says('halo').says('hapus data').sends('operator');
    expect(before.says('ya').replies).toEqual([]);
    expect(before.says('1').replies).toEqual([]);
    const between = paused().says('hapus data').sends('operator').says('ya');
    expect(between.replies).toEqual([]);
    const later = paused().says('hapus data').says('maaf bu, sudah dijawab').says('ya');
    expect(later.effects).not.toContain('erase');
  });

  test('is not confirmed by a yes that was written before the question was seen', () => {
    const talk = paused().says('hapus data', { moreWaiting: true }).says('ya');
    expect(talk.text).toBe(say('dialogue.delete-data.text'));
    const unseen = paused();
    const seen = unseen.deliveredMenu;
    unseen.says('hapus data');
    unseen.deliveredMenu = seen;
    expect(unseen.says('ya').effects).not.toContain('erase');
  });

  test('is asked once more when its button is pressed after the person wrote again', () => {
    const talk = paused().says('hapus data').sends('operator').presses(say('dialogue.delete-data.yes'));
    expect(talk.text).toBe(say('dialogue.delete-data.text'));
    expect(talk.says('ya').effects).toContain('erase');
  });
});

describe('a secret in the pause', () => {
  test('S07 is warned about before anything else, and its message is deleted', () => {
    const talk = paused().says('otp saya 123456');
    expect(talk.text).toBe(say('say.secret.code'));
    expect(talk.last!.effects[0]).toMatchObject({ kind: 'send', outgoing: { kind: 'delete' } });
    expect(talk.says('kode saya 998877').replies).toEqual([]);
    expect(talk.last!.effects[0]).toMatchObject({ kind: 'send', outgoing: { kind: 'delete' } });
  });

  test('S07 is warned about among many messages', () => {
    const talk = paused().says('pin saya 123456', { moreWaiting: true });
    expect(talk.text).toBe(say('say.secret.code'));
  });

  test('is warned about before Pandu says that it is back', () => {
    const talk = paused()
      .waits(121 * MINUTE_MS)
      .says('otp saya 123456');
    expect(talk.replies[0]!.text).toBe(say('say.secret.code'));
    expect(talk.replies[1]!.text.startsWith(say('say.here-again'))).toBe(true);
  });
});

describe('names in the pause', () => {
  const half = (): Talk =>
    new Talk(knowledge).says('halo').says('bantu cek nama').says('Zubkrama Tjitroqolo').sends('operator');

  test('are not compared, and are forgotten with the first one when the quarter of an hour is over', () => {
    const talk = half().says('Zubkrama Citroqolo');
    expect(talk.replies).toEqual([]);
    expect(JSON.stringify(talk.session)).not.toContain('Citroqolo');
    talk.waits(16 * MINUTE_MS);
    expect(talk.effects).toContain('forget-words');
    expect(JSON.stringify(talk.session)).not.toContain('Tjitroqolo');
  });

  test('are forgotten at once when the second one comes late', () => {
    const talk = half()
      .waits(20 * MINUTE_MS)
      .says('Zubkrama Citroqolo');
    expect(talk.replies).toEqual([]);
    expect(talk.effects).toEqual(['forget-words']);
  });

  test('are forgotten at once when both come together', () => {
    const talk = paused().says('nama di kemnaker: Zubkrama Tjitroqolo\nnama di prakerja: Zubkrama Citroqolo');
    expect(talk.replies).toEqual([]);
    expect(talk.effects).toEqual(['forget-words']);
    expect(JSON.stringify(talk.session)).not.toContain('Zubkrama');
  });

  test('are asked for again where it was when the chat is handed back', () => {
    const talk = half().sends('handed-back');
    expect(talk.text).toContain(say('say.here-again'));
    expect(talk.text).toContain(say('dialogue.names.ask.prakerja'));
  });

  test('that both came before the person wrote are compared when the chat is handed back', () => {
    const talk = new Talk(knowledge).says('halo').says('bantu cek nama');
    talk.says('Zubkrama Tjitroqolo', { moreWaiting: true }).says('Zubkrama Citroqolo', { moreWaiting: true });
    talk.sends('operator').sends('handed-back');
    expect(talk.text).toContain(say('dialogue.names.differs'));
    expect(talk.effects).toContain('forget-words');
  });
});
