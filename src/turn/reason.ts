/**
 * What may be kept and logged of an error: its kind and the place in the code. Never its message, which may quote
 * what a participant wrote.
 */
export function whereItFailed(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = /(?:src|test)\/[\w./-]+:\d+/.exec(placesOf(error));
  return place === null ? error.name : `${error.name} at ${place[0]}`;
}

/** The stack without the message it begins with. */
function placesOf(error: Error): string {
  const lines = (error.stack ?? '').replace(error.message, '').split('\n');
  return lines.filter((line) => /^\s+at /.test(line)).join('\n');
}
