/** @returns the fields of the JSON object on a line, or what is wrong with the line */
export function readFields(line: string): Readonly<Record<string, unknown>> | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'the line is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'the line is not a JSON object';
  return value as Record<string, unknown>;
}
