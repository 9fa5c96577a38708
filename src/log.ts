import { writeSync } from 'node:fs';
import { pino } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * What every part may tell the operator. Fields carry ids, numbers and errors; anything else is left out of the line,
 * so that a whole message handed in by mistake does not put a participant's words on a disk.
 */
export type Log = {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
};
export type LogFields = Readonly<Record<string, unknown>>;

/** JSON lines on stderr, from `level` upwards; stdout belongs to the protocol of the command that runs. */
export function createLog(level: LogLevel, write: (line: string) => void = writeToStderr): Log {
  guardOutput();
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (name) => ({ level: name }), log: harmless },
      // Errors are described by `harmless`; pino's own description would copy every property of theirs.
      serializers: { err: (value: unknown) => value, error: (value: unknown) => value },
    },
    // The whole finished line, so that no way into it is forgotten: fields, message, stack, cause.
    { write: (line) => write(hideTokens(line)) },
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

/** Bot tokens in `text` replaced; they stand in every address of the Bot API, after `bot`, at times percent-encoded. */
export function hideTokens(text: string): string {
  return text.replace(/(?<!\d)\d+(?::|%3A)[\w-]{30,}/gi, '[token]');
}

/** Fields in which words travel elsewhere in the program. */
const WORDS: ReadonlySet<string> = new Set(['text', 'caption', 'label', 'words']);

function harmless(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, harmlessValue(name, value)]),
  );
}

function harmlessValue(name: string, value: unknown): unknown {
  if (value instanceof Error) return describeError(value, 0);
  if (WORDS.has(name)) return '[hidden]';
  if (Array.isArray(value)) return value.map((item) => harmlessValue(name, item));
  return typeof value === 'object' && value !== null ? '[hidden]' : value;
}

/** Named properties only: others can hold what was being sent, and to whom. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const described: Record<string, unknown> = { type: error.name, message: error.message, stack: error.stack };
  if ('code' in error) described.code = String(error.code);
  // A cause can lead back to itself.
  if (error.cause instanceof Error && depth < 5) described.cause = describeError(error.cause, depth + 1);
  else if (typeof error.cause === 'string') described.cause = error.cause;
  return described;
}

let outputGuarded = false;

/**
 * Straight to the descriptor: lines keep their order and none is lost when the process dies.
 * A log that cannot be written (its reader gone, its disk full) is no reason to stop helping people.
 */
function writeToStderr(line: string): void {
  try {
    writeSync(2, line);
  } catch {
    // The next line may succeed again, for instance after the disk was cleared.
  }
}

/** Without a listener, one failed write to stdout or stderr by anybody would end the process. */
function guardOutput(): void {
  if (outputGuarded) return;
  outputGuarded = true;
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}
