import type { DigitGroup } from './digit-groups.ts';

/** Call centres of Prakerja, Kemnaker, Dukcapil, wallets and banks: everybody may know and repeat them. */
const SERVICE_NUMBERS: ReadonlySet<string> = new Set([
  '02125541246',
  '08001503001',
  '02150816000',
  '1500630',
  '1500537',
  '08118005373',
  '1500696',
  '150911',
  '1500445',
  '1500046',
  '1500888',
]);

const DATE = /^(\d{1,2})([./-])(\d{1,2})\2(\d{2}|(?:19|20)\d{2})$/;
const DATE_FROM_YEAR = /^((?:19|20)\d{2})([./-])(\d{1,2})\2(\d{1,2})$/;
const DAY_AND_MONTH = /^(\d{1,2})\/(\d{1,2})$/;
const TIME = /^(?:[01]?\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?(?:-(?:[01]?\d|2[0-4])[.:][0-5]\d)?$/;
/** Amounts of this programme are round: 600.000, 3.550.000. */
const ROUND_AMOUNT = /^\d{1,3}(?:\.\d{3})*\.[05]00(?:,00)?$/;

/** What people write between two numbers, not inside one. */
const BETWEEN_NUMBERS = /,\s+|\s[-–—/&|]\s/u;

/** Whether everything in the group is a date, a time, a round amount or a public service number. */
export function isHarmless(text: string, group: DigitGroup): boolean {
  const written = text.slice(group.units[0]!.start, group.units.at(-1)!.end);
  return written
    .split(BETWEEN_NUMBERS)
    .every((number) => isService(number) || number.split(/\s+/u).every(isHarmlessItem));
}

function isHarmlessItem(item: string): boolean {
  return TIME.test(item) || ROUND_AMOUNT.test(item) || isService(item) || isDate(item);
}

function isService(number: string): boolean {
  return SERVICE_NUMBERS.has(number.replace(/\D/g, ''));
}

function isDate(item: string): boolean {
  const full = DATE.exec(item);
  if (full !== null) return isDayOfMonth(full[1]!, full[3]!);
  const fromYear = DATE_FROM_YEAR.exec(item);
  if (fromYear !== null) return isDayOfMonth(fromYear[4]!, fromYear[3]!);
  const short = DAY_AND_MONTH.exec(item);
  return short !== null && isDayOfMonth(short[1]!, short[2]!);
}

function isDayOfMonth(day: string, month: string): boolean {
  return Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
}
