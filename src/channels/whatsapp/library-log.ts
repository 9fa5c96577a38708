import type { Log } from '../../log.ts';

/** Shaped like pino, as Baileys wants its logger. */
export type LibraryLog = {
  level: string;
  child(fields: Record<string, unknown>): LibraryLog;
  trace(fields: unknown, message?: string): void;
  debug(fields: unknown, message?: string): void;
  info(fields: unknown, message?: string): void;
  warn(fields: unknown, message?: string): void;
  error(fields: unknown, message?: string): void;
};

/**
 * What Baileys says of itself: only its own sentences, at our debug level. Its fields hold stanzas, keys and phone
 * numbers, and some sentences hold numbers, too: of those only the fact that there was one is kept.
 */
export function libraryLog(log: Log): LibraryLog {
  const silent = (): void => {};
  const tell = (fields: unknown, message?: string): void => {
    const sentence = typeof fields === 'string' ? fields : (message ?? 'said nothing');
    log.debug({}, `whatsapp: library: ${withoutNumbers(sentence)}`);
  };
  const library: LibraryLog = {
    level: 'warn',
    child: () => library,
    trace: silent,
    debug: silent,
    info: silent,
    warn: tell,
    error: tell,
  };
  return library;
}

function withoutNumbers(sentence: string): string {
  return sentence.slice(0, 200).replace(/[\d@:._-]*\d{4,}[\d@:._-]*/g, '#');
}
