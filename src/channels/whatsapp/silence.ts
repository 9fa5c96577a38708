/**
 * libsignal prints whole sessions, private keys and chain keys included, through the console on ordinary traffic
 * (session_record.js, session_cipher.js, session_builder.js of libsignal 6; decision 21). Imported before anything
 * else that could load it.
 */
const LIBSIGNAL_LINES = [
  'Closing session',
  'Opening session',
  'Removing old closed session',
  'Session already',
  'Migrating session',
  'V1 session storage migration error',
  'Closing open session',
  'Closing stale open session',
  'Failed to decrypt message',
  'Session error',
  'Decrypted message with closed session',
  'Unhandled bucket type',
  'WARNING: Expected pubkey',
];

const LEVELS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;

for (const level of LEVELS) {
  const print = console[level].bind(console);
  console[level] = (...words: unknown[]): void => {
    if (!isLibsignals(words)) print(...words);
  };
}

function isLibsignals([first, ...rest]: readonly unknown[]): boolean {
  if (typeof first === 'string' && LIBSIGNAL_LINES.some((line) => first.startsWith(line))) return true;
  return [first, ...rest].some(isSession);
}

/** Whatever text it comes with. */
function isSession(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ['SessionEntry', 'SessionRecord'].includes(value.constructor?.name);
}
