import { UsageError } from './usage.ts';

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** What stands behind `--at`, epoch milliseconds. A time without a zone is one in WIB, on every machine. */
export function readMoment(text: string): number {
  const [, date, time = '00:00', zone = '+07:00'] = MOMENT.exec(text) ?? [];
  const at = date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone}`);
  if (Number.isNaN(at))
    throw new UsageError(`--at needs an ISO time such as 2026-11-23T09:00:00+07:00, not ${text}`);
  return at;
}
