/** How long a talk may be moved ahead at once; far beyond any reminder, far below the end of calendars. */
const LONGEST_MS = 100 * 366 * 86_400_000;

const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d{1,3})?)S)?)?$/;
const ISO_UNITS_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000];

/**
 * Milliseconds of an ISO 8601 duration such as `PT26H`. Years and months are refused: nobody can say how long they are.
 * @returns null when it is no such duration
 */
export function readIsoDuration(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null || match.slice(1).every((part) => part === undefined)) return null;
  const ms = ISO_UNITS_MS.reduce(
    (sum, unitMs, index) => sum + Number((match[index + 1] ?? '0').replace(',', '.')) * unitMs,
    0,
  );
  return ms <= LONGEST_MS ? Math.round(ms) : null;
}

const WORDS_MS: Readonly<Record<string, number>> = {
  detik: 1_000,
  second: 1_000,
  menit: 60_000,
  minute: 60_000,
  jam: 3_600_000,
  hour: 3_600_000,
  hari: 86_400_000,
  day: 86_400_000,
  minggu: 604_800_000,
  week: 604_800_000,
};

/** Milliseconds of `26 jam`, `26 hours`, `2 hari`; null when it is not understood. */
export function readSpokenDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:[.,]\d{1,3})?) ?([a-z]+)$/.exec(text.trim().toLowerCase());
  if (match === null) return null;
  const unit = match[2]!;
  const unitMs = Object.hasOwn(WORDS_MS, unit) ? WORDS_MS[unit] : WORDS_MS[unit.replace(/s$/, '')];
  const ms = Number(match[1]!.replace(',', '.')) * (unitMs ?? Number.NaN);
  return ms <= LONGEST_MS ? Math.round(ms) : null;
}
