import { describe, expect, it } from 'vitest';
import { endingOf } from '../../../src/channels/whatsapp/disconnect.ts';

describe('what is done when a connection of a linked account ends', () => {
  it.each([
    ['F66', 440, 'stop', /another program uses this linked device/],
    ['F68', 403, 'stop', /blocked this number.*nothing is tried until/],
    ['F68', 405, 'stop', /no longer accepts this version.*WHATSAPP_VERSION/],
    ['F67', 401, 'pair-again', /logged this device out.*Link it again/],
    ['F65', 515, 'at-once', /asked for a new connection/],
    ['F69', 428, 'later', /connection was closed/],
    ['F69', 408, 'later', /cannot be reached or does not answer/],
    ['F69', 411, 'later', /refuses linked devices/],
    ['F69', 500, 'later', /fault of its own/],
    ['F69', 503, 'later', /not available just now/],
    ['F69', 418, 'later', /ended the connection \(code 418\)/],
    ['F69', 0, 'later', /ended the connection \(code 0\)/],
    ['F69', undefined, 'later', /ended the connection \(code unknown\)/],
  ] as const)('%s %s is: %s', (_, code, next, reason) => {
    for (const couldBeLinked of [true, false]) {
      const ending = endingOf(code, true, couldBeLinked);
      expect(ending.next).toBe(next);
      expect(ending.reason).toMatch(reason);
    }
  });
});

describe('what is done when a connection ends and no phone has linked the account', () => {
  it.each([401, 408])('F67 %i after a code was shown is no logout: a new code follows', (code) => {
    expect(endingOf(code, false, true)).toEqual({
      next: 'later',
      reason: 'not linked in time: a new code follows',
    });
  });

  it('F67 401 before any code was shown is no logout either', () => {
    expect(endingOf(401, false, false).next).toBe('later');
  });

  it('F69 a platform that cannot be reached is told as such, and not as a phone that came late', () => {
    expect(endingOf(408, false, false)).toEqual(endingOf(408, true, false));
  });

  it.each([
    [403, 'stop'],
    [405, 'stop'],
    [440, 'stop'],
    [515, 'at-once'],
    [503, 'later'],
  ] as const)('F68 %i is the same as for a linked account: %s', (code, next) => {
    expect(endingOf(code, false, true).next).toBe(next);
  });
});
