import { describe, expect, it } from 'vitest';
import { isOwnPage, isSecure, visitorNetwork } from '../../../src/channels/web/origin.ts';

const headers = (values: Record<string, string>) => new Headers(values);

describe('isOwnPage()', () => {
  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'nonsense' }, false],
    [{ 'sec-fetch-site': '' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ origin: 'null', host: 'chat.example' }, false],
    [{ origin: 'not an address', host: 'chat.example' }, false],
    [{ origin: 'https://evil.example', host: 'chat.example' }, false],
    [{ origin: 'https://chat.example.evil.example', host: 'chat.example' }, false],
    [{ origin: 'http://chat.example:8080', host: 'chat.example' }, false],
    [{ origin: 'https://chat.example', host: 'chat.example' }, true],
    [{ host: 'chat.example' }, true],
  ])('S34 %o: %s', (values, expected) => {
    expect(isOwnPage(headers(values), false)).toBe(expected);
  });

  it('S34 believes in a forwarded host only from a proxy of ours', () => {
    const values = {
      origin: 'https://chat.example',
      host: '127.0.0.1:3000',
      'x-forwarded-host': 'chat.example',
    };
    expect(isOwnPage(headers(values), true)).toBe(true);
    expect(isOwnPage(headers(values), false)).toBe(false);
  });
});

describe('isSecure()', () => {
  it.each([
    [{ 'x-forwarded-proto': 'https' }, true, true],
    [{ 'x-forwarded-proto': 'http, https' }, true, true],
    [{ 'x-forwarded-proto': 'https, http' }, true, false],
    [{ 'x-forwarded-proto': 'https' }, false, false],
    [{}, true, false],
  ])('%o with a proxy of ours %s: %s', (values, trustProxy, expected) => {
    expect(isSecure(headers(values as Record<string, string>), trustProxy)).toBe(expected);
  });
});

describe('visitorNetwork()', () => {
  it('takes what our own proxy saw, and nothing that a visitor claims', () => {
    const claimed = headers({ 'x-forwarded-for': '1.1.1.1, 203.0.113.9' });
    expect(visitorNetwork(claimed, '127.0.0.1', true)).toBe('203.0.113.9');
    expect(visitorNetwork(claimed, '127.0.0.1', false)).toBe('127.0.0.1');
    expect(visitorNetwork(headers({ 'x-forwarded-for': ' , ' }), '127.0.0.1', true)).toBe('127.0.0.1');
  });

  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:a:b:1:2:3:4', '2001:db8:a:b'],
    ['2001:DB8:000a:b::9', '2001:db8:a:b'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('counts %s as the network %s', (address, network) => {
    expect(visitorNetwork(headers({}), address, false)).toBe(network);
  });
});
