import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'dotenv';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Environment, readConfig, readEnvironment, SETTINGS } from '../src/config.ts';
import { problemsOf } from './support/config-problems.ts';

const TOKEN = '123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOpp-_1';

describe('readConfig() refuses', () => {
  const refused: readonly [Environment, string, RegExp][] = [
    [{ PORT: 'http' }, 'PORT', /not http/],
    [{ PORT: '65536' }, 'PORT', /0 to 65535/],
    [{ PORT: '-1' }, 'PORT', /not -1/],
    [{ PORT: '3000.5' }, 'PORT', /whole number/],
    [{ PORT: '0x10' }, 'PORT', /whole number/],
    [{ HOST: 'http://0.0.0.0' }, 'HOST', /without a scheme/],
    [{ TRUST_PROXY: 'maybe' }, 'TRUST_PROXY', /on or off, not maybe/],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL', /one of debug, info, warn, error, silent, not loud/],
    [{ OPERATOR_TELEGRAM_CHAT: '@petugas' }, 'OPERATOR_TELEGRAM_CHAT', /begins with -100/],
    [{ OPERATOR_TELEGRAM_CHAT: '6281234' }, 'OPERATOR_TELEGRAM_CHAT', /begins with -100/],
    [{ OPERATOR_NAME: 'x'.repeat(61) }, 'OPERATOR_NAME', /at most 60/],
    [{ OPERATOR_NAME: 'Desa\u202eakeD' }, 'OPERATOR_NAME', /control characters/],
    [{ OPERATOR_NAME: 'Desa {count}' }, 'OPERATOR_NAME', /braces/],
    [{ OPERATOR_NAME: 'https://prakerja.vip' }, 'OPERATOR_NAME', /links/],
    [{ TELEGRAM_BOT_TOKEN: 'my-bot' }, 'TELEGRAM_BOT_TOKEN', /digits, a colon/],
    [{ TELEGRAM_BOT_TOKEN: `bot${TOKEN}` }, 'TELEGRAM_BOT_TOKEN', /digits, a colon/],
    [{ TELEGRAM_API_ROOT: 'api.telegram.org' }, 'TELEGRAM_API_ROOT', /begins with https/],
    [{ TELEGRAM_API_ROOT: 'ftp://api.telegram.org' }, 'TELEGRAM_API_ROOT', /begins with https/],
    [{ TELEGRAM_API_ROOT: 'http://bot.example.org' }, 'TELEGRAM_API_ROOT', /this machine itself/],
    [{ TELEGRAM_API_ROOT: 'http://127.0.0.1.example.org' }, 'TELEGRAM_API_ROOT', /this machine itself/],
    [{ TELEGRAM_API_ROOT: 'http://localhost@example.org' }, 'TELEGRAM_API_ROOT', /without user name/],
    [{ TELEGRAM_API_ROOT: 'https://example.org/?a=1' }, 'TELEGRAM_API_ROOT', /without user name/],
    [
      { TELEGRAM_WEBHOOK_URL: 'http://pandu.example.org', TELEGRAM_WEBHOOK_SECRET: 's' },
      'TELEGRAM_WEBHOOK_URL',
      /this machine/,
    ],
    [
      { TELEGRAM_WEBHOOK_URL: 'https://pandu.example.org:3000', TELEGRAM_WEBHOOK_SECRET: 's' },
      'TELEGRAM_WEBHOOK_URL',
      /8443/,
    ],
    [
      { TELEGRAM_WEBHOOK_URL: 'https://pandu.example.org' },
      'TELEGRAM_WEBHOOK_SECRET',
      /together with TELEGRAM_WEBHOOK_URL/,
    ],
    [{ TELEGRAM_WEBHOOK_SECRET: 'has spaces in it' }, 'TELEGRAM_WEBHOOK_SECRET', /letters, digits, hyphens/],
    [{ TELEGRAM_WEBHOOK_SECRET: 'x'.repeat(257) }, 'TELEGRAM_WEBHOOK_SECRET', /1 to 256/],
    [{ DATABASE_URL: 'postgres://pandu@localhost/pandu' }, 'DATABASE_URL', /PostgreSQL.*cannot use yet/],
    [{ DATABASE_URL: 'postgresql://pandu@localhost/pandu' }, 'DATABASE_URL', /PostgreSQL.*cannot use yet/],
    [{ DATABASE_URL: 'pandu.db' }, 'DATABASE_URL', /sqlite: followed by/],
    [{ DATABASE_URL: 'sqlite:' }, 'DATABASE_URL', /sqlite: followed by/],
    [{ DATABASE_URL: 'sqlite://host/pandu.db' }, 'DATABASE_URL', /sqlite: followed by/],
    [{ DATABASE_URL: 'sqlite::memory:' }, 'DATABASE_URL', /forget everybody/],
  ];
  for (const [environment, name, fault] of refused) {
    it(
      Object.entries(environment)
        .map(([key, value]) => `${key}=${value?.slice(0, 40)}`)
        .join(' '),
      () => {
        const problems = problemsOf(environment);
        expect(problems.map((problem) => problem.name)).toEqual([name]);
        expect(problems[0]!.fault).toMatch(fault);
        expect(problems[0]!.example).toMatch(new RegExp(`^${name}=.`));
      },
    );
  }

  it('all that is wrong at once, each with its name, fault and an example', () => {
    const environment = {
      PORT: 'x',
      LOG_LEVEL: 'x',
      TRUST_PROXY: 'x',
      DATABASE_URL: 'x',
      TELEGRAM_BOT_TOKEN: 'x',
    };
    expect(() => readConfig(environment)).toThrow(
      [
        'Cannot use these settings:',
        '  TELEGRAM_BOT_TOKEN does not look like a bot token: digits, a colon, then at least 30 letters and digits',
        '    for example: TELEGRAM_BOT_TOKEN=123456789:the-token-that-BotFather-gave-you',
        '  DATABASE_URL must be sqlite: followed by the path of a file',
        '    for example: DATABASE_URL=sqlite:./data/pandu.db',
        '  PORT must be a whole number from 0 to 65535, not x',
        '    for example: PORT=3000',
        '  TRUST_PROXY must be on or off, not x',
        '    for example: TRUST_PROXY=on',
        '  LOG_LEVEL must be one of debug, info, warn, error, silent, not x',
        '    for example: LOG_LEVEL=info',
      ].join('\n'),
    );
  });

  it('S31 without repeating a secret, also one that landed in the wrong line', () => {
    const secret = 'AAbbCCddEEffGGhhIIjjKK';
    for (const name of SETTINGS) {
      for (const value of [
        `${secret} ${secret}\u0007`,
        `postgres://u:${secret}@h/d`,
        `http://u:${secret}@example.org?${secret}`,
      ]) {
        let message = '';
        try {
          message = readConfig({ [name]: value }).warnings.join();
        } catch (error) {
          message = String(error);
        }
        expect(message, name).not.toContain(secret);
      }
    }
  });
});

describe('readConfig() accepts', () => {
  it('nothing at all: the web chat on this machine, a file under ./data, no Telegram and no WhatsApp', () => {
    expect(readConfig({})).toEqual({
      telegram: null,
      whatsapp: null,
      databasePath: resolve('data/pandu.db'),
      dataDir: resolve('data'),
      dataKey: null,
      port: 3000,
      host: '127.0.0.1',
      trustProxy: false,
      operatorName: 'pengelola Pandu',
      logLevel: 'info',
      flowsDir: resolve('flows'),
      warnings: [],
    });
  });

  it('empty values and blanks as not set', () => {
    expect(readConfig(Object.fromEntries(SETTINGS.map((name) => [name, '  '])))).toEqual(readConfig({}));
  });

  it('everything set, without a slash at the end of an address', () => {
    const config = readConfig({
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/',
      TELEGRAM_WEBHOOK_URL: 'http://localhost:3000/telegram/',
      TELEGRAM_WEBHOOK_SECRET: 'a-b_C',
      OPERATOR_TELEGRAM_CHAT: '-1001234567890',
      DATABASE_URL: 'sqlite:/srv/pandu/pandu.db',
      DATA_DIR: '/srv/pandu',
      PORT: '0',
      HOST: '::1',
      TRUST_PROXY: 'on',
      OPERATOR_NAME: 'Relawan Desa Sukamaju',
      LOG_LEVEL: 'debug',
      FLOWS_DIR: '/srv/flows',
    });
    expect(config.telegram).toEqual({
      token: TOKEN,
      apiRoot: 'http://127.0.0.1:8081',
      webhook: { url: 'http://localhost:3000/telegram', secret: 'a-b_C' },
      operatorChat: '-1001234567890',
    });
    expect(config).toMatchObject({
      databasePath: '/srv/pandu/pandu.db',
      port: 0,
      host: '::1',
    });
    expect(config).toMatchObject({
      trustProxy: true,
      logLevel: 'debug',
      flowsDir: '/srv/flows',
      warnings: [],
    });
  });

  it('S32 a host that others can reach, with a warning unless a proxy stands in front', () => {
    expect(readConfig({ HOST: '0.0.0.0' }).warnings).toEqual([expect.stringMatching(/HOST=0\.0\.0\.0.*TLS/)]);
    expect(readConfig({ HOST: '0.0.0.0', TRUST_PROXY: 'on' }).warnings).toEqual([]);
  });

  it('a webhook without a token, and says why Telegram stays off', () => {
    const config = readConfig({
      TELEGRAM_WEBHOOK_URL: 'https://pandu.example.org',
      TELEGRAM_WEBHOOK_SECRET: 's',
    });
    expect(config.telegram).toBeNull();
    expect(config.warnings).toEqual([expect.stringMatching(/TELEGRAM_BOT_TOKEN is missing/)]);
  });
});

describe('readEnvironment()', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pandu-config-'));
  const file = join(folder, '.env');
  afterEach(() => rmSync(file, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes from the file what the environment does not set, also when it is set to nothing', () => {
    writeFileSync(file, '\ufeff# comment\r\nPORT=4000\r\nHOST=::1\r\nOPERATOR_NAME="Desa # Satu"\r\n');
    const environment = readEnvironment({ PORT: '5000', HOST: '' }, file);
    expect(readConfig(environment)).toMatchObject({
      port: 5000,
      host: '127.0.0.1',
      operatorName: 'Desa # Satu',
    });
  });

  it('does without the file', () => {
    expect(readEnvironment({ PORT: '1' }, file)).toEqual({ PORT: '1' });
  });

  it('reports a file that is there and cannot be read', () => {
    expect(() => readEnvironment({}, folder)).toThrow(/cannot be read \(EISDIR\)/);
  });
});

describe('.env.example', () => {
  const text = readFileSync('.env.example', 'utf8');

  it('explains exactly the settings that are read, each once', () => {
    const named = [...text.matchAll(/^#([A-Z_]+)=/gm)].map((match) => match[1]);
    expect([...named].sort()).toEqual([...SETTINGS].sort());
  });

  it('changes nothing when it is copied as it is', () => {
    expect(parse(text)).toEqual({});
  });

  it('is accepted with every line switched on', () => {
    const everything = parse(text.replace(/^#([A-Z_]+=)/gm, '$1'));
    expect(problemsOf({ ...everything, TELEGRAM_BOT_TOKEN: TOKEN, DATA_KEY: '0'.repeat(64) })).toEqual([]);
  });

  it('names the default that is used', () => {
    const defaults = [...text.matchAll(/^# Default: (.*)\n(?:#.*\n)*?#([A-Z_]+)=/gm)];
    const config = readConfig({});
    const stated = Object.fromEntries(defaults.map((match) => [match[2], match[1]]));
    expect(stated).toMatchObject({
      PORT: String(config.port),
      HOST: config.host,
      LOG_LEVEL: config.logLevel,
    });
    expect(stated).toMatchObject({
      OPERATOR_NAME: config.operatorName,
      DATA_DIR: './data',
      TRUST_PROXY: 'off',
    });
  });
});
