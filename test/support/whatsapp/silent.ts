import type { DEFAULT_CONNECTION_CONFIG } from '@whiskeysockets/baileys';

export type BaileysLogger = (typeof DEFAULT_CONNECTION_CONFIG)['logger'];

const nothing = (): void => undefined;

/** A logger for code that must have one. */
export const SILENT: BaileysLogger = {
  level: 'silent',
  child: () => SILENT,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
