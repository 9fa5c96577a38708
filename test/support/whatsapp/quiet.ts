/** How the lines begin that libsignal prints on ordinary traffic, private keys among them. */
const LIBSIGNAL = [
  'Closing session:',
  'Opening session:',
  'Removing old closed session:',
  'Migrating session to:',
  'Session already',
  'Session error:',
  'Closing open session in favor of incoming prekey bundle',
  'Decrypted message with closed session.',
  'Failed to decrypt message with any known session...',
];
const METHODS = ['info', 'warn', 'error', 'log'] as const;

/** Keeps what libsignal prints out of the output of a test. Call the answer to print again. */
export function silenceLibsignal(): () => void {
  const restores = METHODS.map((method) => {
    const before = console[method];
    const quiet = (...values: unknown[]): void => {
      const first = values[0];
      if (typeof first === 'string' && LIBSIGNAL.some((start) => first.startsWith(start))) return;
      before(...values);
    };
    console[method] = quiet;
    return () => {
      if (console[method] === quiet) console[method] = before;
    };
  });
  return () => {
    for (const restore of restores) restore();
  };
}
