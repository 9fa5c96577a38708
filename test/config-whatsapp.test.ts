import { describe, expect, it } from 'vitest';
import { type Environment, readConfig } from '../src/config.ts';
import { problemsOf } from './support/config-problems.ts';

describe('readConfig() refuses of WhatsApp and its key', () => {
  const refused: readonly [Environment, string, RegExp][] = [
    [{ WHATSAPP: 'maybe' }, 'WHATSAPP', /on or off, not maybe/],
    [{ WHATSAPP_PAIRING_NUMBER: '081234567890' }, 'WHATSAPP_PAIRING_NUMBER', /without a leading 0/],
    [{ WHATSAPP_PAIRING_NUMBER: '+62' }, 'WHATSAPP_PAIRING_NUMBER', /whole number/],
    [{ WHATSAPP_PAIRING_NUMBER: '6281234567890123' }, 'WHATSAPP_PAIRING_NUMBER', /whole number/],
    [{ WHATSAPP_PAIRING_NUMBER: '++6281234567890' }, 'WHATSAPP_PAIRING_NUMBER', /whole number/],
    [{ WHATSAPP_PAIRING_NUMBER: '62812-345-678x' }, 'WHATSAPP_PAIRING_NUMBER', /whole number/],
    [{ WHATSAPP_PAIRING_NUMBER: 'on' }, 'WHATSAPP_PAIRING_NUMBER', /whole number/],
    [{ WHATSAPP_WS_URL: 'web.whatsapp.com' }, 'WHATSAPP_WS_URL', /begins with wss/],
    [{ WHATSAPP_WS_URL: 'https://web.whatsapp.com/ws/chat' }, 'WHATSAPP_WS_URL', /begins with wss/],
    [{ WHATSAPP_WS_URL: 'ws://web.whatsapp.com/ws/chat' }, 'WHATSAPP_WS_URL', /this machine itself/],
    [{ WHATSAPP_WS_URL: 'ws://192.168.1.2:8080/' }, 'WHATSAPP_WS_URL', /this machine itself/],
    [{ WHATSAPP_WS_URL: 'ws://127.0.0.1.example.org/' }, 'WHATSAPP_WS_URL', /this machine itself/],
    [{ WHATSAPP_WS_URL: 'ws://localhost@example.org/' }, 'WHATSAPP_WS_URL', /without user name/],
    [{ WHATSAPP_WS_URL: 'wss://u:p@example.org/' }, 'WHATSAPP_WS_URL', /without user name/],
    [{ WHATSAPP_WS_URL: 'wss://example.org/#a' }, 'WHATSAPP_WS_URL', /without .*#/],
    [{ WHATSAPP_VERSION: '2.3000' }, 'WHATSAPP_VERSION', /three numbers with dots between them, not 2\.3000/],
    [{ WHATSAPP_VERSION: '2.3000.1043857760.1' }, 'WHATSAPP_VERSION', /three numbers/],
    [{ WHATSAPP_VERSION: 'latest' }, 'WHATSAPP_VERSION', /not latest/],
    [{ WHATSAPP_VERSION: '2,3000,1043857760' }, 'WHATSAPP_VERSION', /three numbers/],
    [{ WHATSAPP_PER_MINUTE: '0' }, 'WHATSAPP_PER_MINUTE', /from 1 upwards, not 0/],
    [{ WHATSAPP_PER_MINUTE: '-5' }, 'WHATSAPP_PER_MINUTE', /from 1 upwards/],
    [{ WHATSAPP_PER_MINUTE: '1.5' }, 'WHATSAPP_PER_MINUTE', /whole number/],
    [{ WHATSAPP_PER_MINUTE: '1e3' }, 'WHATSAPP_PER_MINUTE', /whole number/],
    [{ WHATSAPP_PER_MINUTE: '10000000' }, 'WHATSAPP_PER_MINUTE', /whole number/],
    [{ WHATSAPP_PER_CHAT_PER_MINUTE: '0' }, 'WHATSAPP_PER_CHAT_PER_MINUTE', /from 1 upwards, not 0/],
    [{ WHATSAPP_PER_CHAT_PER_MINUTE: 'many' }, 'WHATSAPP_PER_CHAT_PER_MINUTE', /not many/],
    [{ WHATSAPP_TYPING: 'sometimes' }, 'WHATSAPP_TYPING', /on or off, not sometimes/],
    [{ DATA_KEY: '64-hexadecimal-digits' }, 'DATA_KEY', /64 hex digits or base64 of 32 bytes/],
    [{ DATA_KEY: '0'.repeat(63) }, 'DATA_KEY', /very key it was paired with/],
    [{ DATA_KEY: '0'.repeat(65) }, 'DATA_KEY', /64 hex digits/],
    [{ DATA_KEY: `${'A'.repeat(44)}=` }, 'DATA_KEY', /64 hex digits/],
  ];
  for (const [environment, name, fault] of refused) {
    it(Object.entries(environment).join(' ').replace(',', '='), () => {
      // Also while WhatsApp is off: who turns it on should not find the next mistake then.
      for (const more of [{}, { WHATSAPP: environment.WHATSAPP ?? 'on' }]) {
        const problems = problemsOf({ ...environment, ...more });
        expect(problems.map((problem) => problem.name)).toEqual([name]);
        expect(problems[0]!.fault).toMatch(fault);
        expect(problems[0]!.example).toMatch(new RegExp(`^${name}=.`));
      }
    });
  }
});

describe('readConfig() accepts of WhatsApp and its key', () => {
  it('WhatsApp as soon as it is on, with what is usual', () => {
    for (const on of ['on', 'ON', 'true', '1']) {
      expect(readConfig({ WHATSAPP: on }).whatsapp).toEqual({
        pairingNumber: null,
        url: null,
        version: null,
        perMinute: 60,
        perChatPerMinute: 20,
        typing: true,
      });
    }
    for (const off of ['off', 'OFF', 'false', '0']) expect(readConfig({ WHATSAPP: off }).whatsapp).toBeNull();
  });

  it('everything of WhatsApp set', () => {
    const config = readConfig({
      WHATSAPP: 'on',
      WHATSAPP_PAIRING_NUMBER: '6281234567890',
      WHATSAPP_WS_URL: 'ws://127.0.0.1:8080/ws/chat',
      WHATSAPP_VERSION: '2.3000.1043857760',
      WHATSAPP_PER_MINUTE: '1',
      WHATSAPP_PER_CHAT_PER_MINUTE: '999999',
      WHATSAPP_TYPING: 'off',
    });
    expect(config.whatsapp).toEqual({
      pairingNumber: '6281234567890',
      url: 'ws://127.0.0.1:8080/ws/chat',
      version: [2, 3000, 1_043_857_760],
      perMinute: 1,
      perChatPerMinute: 999_999,
      typing: false,
    });
    expect(config.warnings).toEqual([]);
  });

  it.each(['+62 812-3456-7890', '62 812 3456 7890', '62-812-3456-7890', ' +6281234567890 '])(
    'a number as people write it: %s',
    (number) => {
      const { whatsapp } = readConfig({ WHATSAPP: 'on', WHATSAPP_PAIRING_NUMBER: number });
      expect(whatsapp?.pairingNumber).toBe('6281234567890');
    },
  );

  it.each(['ws://localhost:1/', 'ws://[::1]:1/', 'ws://127.9.9.9/', 'wss://example.org/ws?a=1'])(
    'a server at %s',
    (url) => expect(readConfig({ WHATSAPP: 'on', WHATSAPP_WS_URL: url }).whatsapp?.url).toBe(url),
  );

  it('a number to pair with while WhatsApp is off, and says why it stays off', () => {
    const config = readConfig({ WHATSAPP_PAIRING_NUMBER: '6281234567890' });
    expect(config.whatsapp).toBeNull();
    expect(config.warnings).toEqual([expect.stringMatching(/stays off: WHATSAPP=on is missing/)]);
  });

  it.each([
    '0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789',
    'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
    'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
    'A-ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh_',
  ])('the data key %s', (key) => expect(readConfig({ DATA_KEY: key }).dataKey).toBe(key));
});
