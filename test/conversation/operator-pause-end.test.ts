import { describe, expect, test } from 'vitest';
import { Talk } from '../support/conversation.ts';
import { begun, knowledge, PAUSE_MS, reminded, say } from '../support/paused-talk.ts';

describe('Pandu comes back', () => {
  test('when the chat is handed back, with the line and the pending question', () => {
    const talk = begun().sends('operator').says('iya bu').sends('handed-back');
    expect(talk.replies).toHaveLength(1);
    expect(talk.text.startsWith(say('say.here-again'))).toBe(true);
    expect(talk.text).toContain(say('question.dashboard.text'));
    expect(talk.says('1').text).not.toContain(say('say.here-again'));
  });

  test('when the chat is handed back, with the short form of a verdict that was read', () => {
    const talk = reminded().sends('operator').sends('handed-back');
    expect(talk.text).toContain(say('say.verdict.unchanged').split('{')[0]);
    expect(talk.text).not.toContain(say('say.verdict.turn.provider'));
  });

  test('F78 with the whole verdict when it was withdrawn before it arrived', () => {
    const talk = begun().answers('dashboard', 'nothing').answers('training', 'finished');
    const seen = talk.deliveredMenu;
    talk.answers('rating', 'no-menu');
    talk.deliveredMenu = seen;
    talk.sends('operator').sends('handed-back');
    expect(talk.text).toContain(say('say.verdict.turn.provider'));
  });

  test('F80 by itself when time is up: the next message is answered behind the line, and is an answer', () => {
    const talk = begun().sends('operator').waits(PAUSE_MS);
    expect(talk.replies).toEqual([]);
    talk.says('1');
    expect(talk.text.startsWith(say('say.here-again'))).toBe(true);
    expect(talk.asking).toBe('training');
    expect(talk.says('1').text).not.toContain(say('say.here-again'));
  });

  test.each(['MENU', 'menu kak', '/menu', 'MULAI'])('when somebody writes %j', (text) => {
    const talk = begun().sends('operator').says(text);
    expect(talk.text.startsWith(say('say.here-again'))).toBe(true);
    expect(talk.says('tidak tahu').replies).not.toEqual([]);
  });

  test('with one reply to a burst that calls for it', () => {
    const talk = begun().sends('operator').says('menu', { moreWaiting: true });
    expect(talk.replies).toEqual([]);
    expect(talk.says('hmm').text).toContain(say('say.here-again'));
    expect(talk.text).toContain(say('say.menu'));
  });

  test('without a word of its own when more is waiting behind the handing back', () => {
    const talk = begun().sends('operator').says('', { kind: 'handed-back', moreWaiting: true });
    expect(talk.replies).toEqual([]);
    expect(talk.says('1').text.startsWith(say('say.here-again'))).toBe(true);
  });

  test('with the notice, and no other line, for whoever it never met', () => {
    for (const end of ['time', 'handed-back', 'menu'] as const) {
      const talk = new Talk(knowledge).sends('operator').says('iya pak');
      expect(talk.replies).toEqual([]);
      if (end === 'time') talk.waits(PAUSE_MS);
      if (end === 'handed-back') expect(talk.sends('handed-back').replies).toEqual([]);
      talk.says(end === 'menu' ? 'menu' : 'halo');
      expect(talk.replies[0]!.text).toBe(say('notice.text'));
      expect(talk.text).not.toContain(say('say.here-again'));
    }
  });

  test('with the notice again when that was withdrawn before it arrived', () => {
    const talk = begun();
    talk.deliveredMenu = null;
    expect(talk.sends('operator').waits(PAUSE_MS).says('1').text).toContain(say('notice.text'));
    expect(talk.session!.answers).toEqual({});
  });

  test('in silence after STOP: nobody who stopped hears anything unasked', () => {
    const talk = begun().says('stop').sends('operator');
    expect(talk.session!.operatorAt).toBe(talk.now);
    expect(talk.says('halo').replies).toEqual([]);
    expect(talk.sends('handed-back').replies).toEqual([]);
    expect(talk.says('halo').text.startsWith(say('say.here-again'))).toBe(true);
  });
});
