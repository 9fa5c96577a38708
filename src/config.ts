import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'dotenv';
import { isLoopback, type Read, type Refuse, readKey, readRoot, readSwitch, shown } from './config/values.ts';
import { readWhatsapp, type WhatsappConfig } from './config/whatsapp.ts';

/** The settings this program knows, each with a value that would be accepted. `.env.example` explains them. */
const EXAMPLES = {
  TELEGRAM_BOT_TOKEN: '123456789:the-token-that-BotFather-gave-you',
  TELEGRAM_API_ROOT: 'https://api.telegram.org',
  TELEGRAM_WEBHOOK_URL: 'https://pandu.example.org/telegram',
  TELEGRAM_WEBHOOK_SECRET: 'letters-digits-hyphens-and_underscores',
  WHATSAPP: 'on',
  WHATSAPP_PAIRING_NUMBER: '6281234567890',
  WHATSAPP_WS_URL: 'wss://web.whatsapp.com/ws/chat',
  WHATSAPP_VERSION: '2.3000.1043857760',
  WHATSAPP_PER_MINUTE: '60',
  WHATSAPP_PER_CHAT_PER_MINUTE: '20',
  WHATSAPP_TYPING: 'on',
  DATABASE_URL: 'sqlite:./data/pandu.db',
  DATA_DIR: './data',
  DATA_KEY: '64-hexadecimal-digits',
  PORT: '3000',
  HOST: '127.0.0.1',
  TRUST_PROXY: 'on',
  OPERATOR_TELEGRAM_CHAT: '-1001234567890',
  OPERATOR_NAME: 'Relawan Desa Sukamaju',
  LOG_LEVEL: 'info',
  FLOWS_DIR: './flows',
} as const;

export type SettingName = keyof typeof EXAMPLES;
export const SETTINGS = Object.keys(EXAMPLES) as readonly SettingName[];

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Config = {
  /** Null when no token is set: Telegram stays off. */
  readonly telegram: TelegramConfig | null;
  /** Null: WhatsApp stays off. */
  readonly whatsapp: WhatsappConfig | null;
  /** Absolute path of the SQLite file. */
  readonly databasePath: string;
  /** Absolute path of the folder for everything that is kept. */
  readonly dataDir: string;
  /** As it was given; null: the key is kept in a file of `dataDir`. */
  readonly dataKey: string | null;
  /** 0 lets the system choose a free port. */
  readonly port: number;
  readonly host: string;
  /** Requests come through a proxy of ours, so its X-Forwarded-* headers say who asks. */
  readonly trustProxy: boolean;
  readonly operatorName: string;
  readonly logLevel: LogLevel;
  /** Absolute path of the folder with the words and rules. */
  readonly flowsDir: string;
  /** Sentences for the operator about settings that are accepted but deserve a second look. */
  readonly warnings: readonly string[];
};

export type { WhatsappConfig };

export type TelegramConfig = {
  readonly token: string;
  /** Without a slash at the end. */
  readonly apiRoot: string;
  /** Null: messages are fetched by long polling. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  /** The id of the group in which people of ours answer; null: nobody does. */
  readonly operatorChat: string | null;
};

/** One setting that cannot be used. `fault` never repeats a secret. */
export type ConfigProblem = { readonly name: string; readonly fault: string; readonly example: string };

/** Names every unusable setting at once, so that nobody has to start ten times to learn of ten mistakes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(
      ({ name, fault, example }) => `  ${name} ${fault}\n    for example: ${example}`,
    );
    super(`Cannot use these settings:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/** The settings of this process, with a .env file in its working directory behind them. */
export function loadConfig(): Config {
  return readConfig(readEnvironment(process.env, '.env'));
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment with the settings of a .env file behind it: a variable that is really set wins, also when it is empty.
 * @throws {ConfigError} when the file exists and cannot be read
 */
export function readEnvironment(environment: Environment, envFile: string): Environment {
  try {
    return { ...parse(readFileSync(envFile)), ...environment };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return environment;
    const fault = `cannot be read (${code ?? 'unknown reason'})`;
    throw new ConfigError([
      { name: envFile, fault, example: `chmod 600 ${envFile}, owned by whoever runs Pandu` },
    ]);
  }
}

/**
 * Checks all settings and turns them into values. Reads nothing but its argument; an empty value counts as not set.
 * @throws {ConfigError} with every problem there is
 */
export function readConfig(environment: Environment): Config {
  const problems: ConfigProblem[] = [];
  const warnings: string[] = [];
  const read = (name: SettingName): string => environment[name]?.trim() ?? '';
  const refuse = (name: SettingName, fault: string): void => {
    problems.push({ name, fault, example: `${name}=${EXAMPLES[name]}` });
  };

  const telegram = readTelegram(read, refuse, warnings);
  const whatsapp = readWhatsapp(read, refuse, warnings);
  const dataDir = resolve(read('DATA_DIR') || './data');
  const databasePath = readDatabasePath(read('DATABASE_URL'), dataDir, refuse);
  const dataKey = read('DATA_KEY');
  if (dataKey !== '' && readKey(dataKey) === null) {
    refuse(
      'DATA_KEY',
      'must be 64 hex digits or base64 of 32 bytes. If an account is paired already, it needs the very key it was paired with',
    );
  }

  const portText = read('PORT') || '3000';
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port <= 65_535)) refuse('PORT', `must be a whole number from 0 to 65535, not ${shown(portText)}`);

  const host = read('HOST') || '127.0.0.1';
  if (!/^[\w.:-]+$/.test(host))
    refuse('HOST', 'must be a host name or an address, without a scheme, port or path');
  const trustProxy = readSwitch('TRUST_PROXY', read, refuse);
  if (!isLoopback(host) && !trustProxy) {
    warnings.push(
      `HOST=${host}: the web chat can be reached from other machines, and nothing encrypts it. ` +
        'Put a proxy with TLS in front and set TRUST_PROXY=on, or use HOST=127.0.0.1.',
    );
  }

  const operatorName = read('OPERATOR_NAME') || 'pengelola Pandu';
  if (operatorName.length > 60 || /\p{C}|[{}]|:\/\//u.test(operatorName)) {
    refuse(
      'OPERATOR_NAME',
      'must be a plain name of at most 60 characters, without links, braces or control characters',
    );
  }

  const levelText = read('LOG_LEVEL') || 'info';
  const logLevel = LOG_LEVELS.find((level) => level === levelText);
  if (logLevel === undefined)
    refuse('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}, not ${shown(levelText)}`);

  const flowsDir = read('FLOWS_DIR')
    ? resolve(read('FLOWS_DIR'))
    : fileURLToPath(new URL('../flows', import.meta.url));

  if (problems.length > 0) throw new ConfigError(problems);
  return {
    telegram,
    whatsapp,
    databasePath,
    dataDir,
    dataKey: dataKey || null,
    port,
    host,
    trustProxy,
    operatorName,
    logLevel: logLevel!,
    flowsDir,
    warnings,
  };
}

function readTelegram(read: Read, refuse: Refuse, warnings: string[]): TelegramConfig | null {
  const token = read('TELEGRAM_BOT_TOKEN');
  // A token of another shape would also slip through the redaction of logs (log.ts).
  if (token !== '' && !/^\d+:[\w-]{30,}$/.test(token)) {
    refuse(
      'TELEGRAM_BOT_TOKEN',
      'does not look like a bot token: digits, a colon, then at least 30 letters and digits',
    );
  }

  const apiRoot = readRoot(
    'TELEGRAM_API_ROOT',
    read('TELEGRAM_API_ROOT') || EXAMPLES.TELEGRAM_API_ROOT,
    refuse,
  );
  const urlText = read('TELEGRAM_WEBHOOK_URL');
  const secret = read('TELEGRAM_WEBHOOK_SECRET');
  const url = urlText === '' ? null : readRoot('TELEGRAM_WEBHOOK_URL', urlText, refuse);
  // core.telegram.org/bots/api#setwebhook names both the shape of the secret and the four ports.
  if (secret !== '' && !/^[\w-]{1,256}$/.test(secret)) {
    refuse(
      'TELEGRAM_WEBHOOK_SECRET',
      'may hold 1 to 256 letters, digits, hyphens and underscores, nothing else',
    );
  }
  if (urlText !== '' && secret === '') {
    refuse(
      'TELEGRAM_WEBHOOK_SECRET',
      'must be set together with TELEGRAM_WEBHOOK_URL, so that nobody can forge messages',
    );
  }
  if (
    url !== null &&
    apiRoot === EXAMPLES.TELEGRAM_API_ROOT &&
    !['', '443', '80', '88', '8443'].includes(new URL(url).port)
  ) {
    refuse(
      'TELEGRAM_WEBHOOK_URL',
      'has a port that Telegram does not deliver to; it must be 443, 80, 88 or 8443',
    );
  }
  if (urlText !== '' && token === '') {
    warnings.push('TELEGRAM_WEBHOOK_URL is set, but Telegram stays off: TELEGRAM_BOT_TOKEN is missing.');
  }
  const operatorChat = read('OPERATOR_TELEGRAM_CHAT');
  if (operatorChat !== '' && !/^-100\d{5,16}$/.test(operatorChat)) {
    refuse(
      'OPERATOR_TELEGRAM_CHAT',
      `must be the id of a supergroup, which begins with -100, not ${shown(operatorChat)}`,
    );
  }
  if (operatorChat !== '' && token === '') {
    warnings.push(
      'OPERATOR_TELEGRAM_CHAT is set, but nobody can answer there: TELEGRAM_BOT_TOKEN is missing.',
    );
  }
  if (token === '' || apiRoot === null) return null;
  return {
    token,
    apiRoot,
    webhook: url === null ? null : { url, secret },
    operatorChat: operatorChat || null,
  };
}

function readDatabasePath(text: string, dataDir: string, refuse: Refuse): string {
  if (text === '') return join(dataDir, 'pandu.db');
  const path = /^sqlite:(?!\/\/)(.+)$/.exec(text)?.[1] ?? '';
  if (/^postgres(ql)?:/.test(text)) {
    refuse(
      'DATABASE_URL',
      'names a PostgreSQL database, which this version cannot use yet; leave it out to keep a file in DATA_DIR',
    );
  } else if (path === '') {
    refuse('DATABASE_URL', 'must be sqlite: followed by the path of a file');
  } else if (path === ':memory:') {
    refuse('DATABASE_URL', 'must name a file: a database in memory would forget everybody at the next start');
  }
  return resolve(path);
}
