import type { SecretKind } from '../message.ts';
import { type DigitGroup, digitGroupsOf, type Unit, unitsOf } from './digit-groups.ts';
import { findEmails } from './emails.ts';
import { type Folded, fold } from './folded.ts';
import { isHarmless } from './harmless-numbers.ts';
import { findPasswords, type Span } from './passwords.ts';

type Mask = 'nomor' | 'kode' | 'sandi' | 'email';
type Found = Span & { readonly mask: Mask };

/** An e-mail address is hidden without a warning: nobody can be robbed with it. */
const KIND_OF: Readonly<Record<Mask, SecretKind | null>> = {
  nomor: 'number',
  kode: 'code',
  sandi: 'password',
  email: null,
};

/** From here on digits are a NIK, a family card, a Prakerja number or a bank card; they all look alike (S04). */
const LEAST_IDENTITY = 13;
const LEAST_ACCOUNT = 9;
const LEAST_CODE = 4;
const LEAST_CARD_CODE = 3;
const MOBILE = /^(?:0|62)8/;

const CODE_WORDS = words('otp kode kodenya code verifikasi verification pin pinnya');
const CARD_CODE_WORDS = words('cvv cvc');
const ACCOUNT_WORDS = words(
  'nik ktp kk rekening rek norek va kartu nomor nomer nmr no hp handphone telepon telpon telp tlp wa whatsapp gopay ovo dana linkaja bni bca bri mandiri nip npwp',
);
/** Around a number that is a message of its own. */
const WORDS_BESIDE_A_LONE_NUMBER = words(
  'ini itu kak kakak min mimin admin pak bu mas mbak mba gan ya nih nomor no nya saya adalah',
);
const WORDS_BEFORE_A_YEAR = words('tahun thn th sejak dari since year in gelombang');
const WORDS_BEFORE_AN_AMOUNT = words('rp idr');
const WORDS_BEHIND_AN_AMOUNT = words('ribu rb rbu juta jt rupiah');
const WORDS_BEFORE_A_TIME = words('jam pukul pk tanggal tgl');
/** How many words away "kode" or "rekening" still speak of a number. */
const NEAR_BEFORE = 4;
const NEAR_BEHIND = 3;

/**
 * Hides what nobody should send: numbers as `[nomor]`, codes as `[kode]`, passwords as `[sandi]`, e-mail addresses as
 * `[email]` (decision 10, faults.md S02–S06). Total, and linear in the length of the text. The rest stays as it was.
 */
export function hideSecrets(text: string): { text: string; hidden: SecretKind[] } {
  const folded = fold(text);
  const found: Found[] = [
    ...findPasswords(folded.text).map((span): Found => ({ ...span, mask: 'sandi' })),
    ...findEmails(folded.text).map((span): Found => ({ ...span, mask: 'email' })),
    ...findNumbers(folded.text),
  ];
  if (found.length === 0) return { text, hidden: [] };
  const kinds = found.flatMap(({ mask }) => KIND_OF[mask] ?? []);
  return { text: mask(text, folded, found), hidden: [...new Set(kinds)] };
}

function mask(text: string, folded: Folded, found: readonly Found[]): string {
  let result = '';
  let end = 0;
  let behind = 0;
  for (const span of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // What begins inside something hidden is hidden with it.
    if (span.start < behind) {
      if (span.end <= behind) continue;
    } else {
      result += `${text.slice(end, folded.from(span.start))}[${span.mask}]`;
    }
    behind = span.end;
    end = folded.behind(span.end - 1);
  }
  return result + text.slice(end);
}

function findNumbers(text: string): Found[] {
  const units = unitsOf(text);
  const isAlone = units.every(
    ({ digits, text: word }) => digits !== null || WORDS_BESIDE_A_LONE_NUMBER.has(word),
  );
  return digitGroupsOf(text, units).flatMap((group) => {
    const mask = maskOf(text, group, units, isAlone);
    return mask === null ? [] : { start: group.units[0]!.start, end: group.units.at(-1)!.end, mask };
  });
}

function maskOf(text: string, group: DigitGroup, units: readonly Unit[], isAlone: boolean): Mask | null {
  const { digits } = group;
  if (isNear(CARD_CODE_WORDS, group, units) && digits.length === LEAST_CARD_CODE) return 'kode';
  if (digits.length < LEAST_CODE) return null;
  const isCertain = digits.length >= LEAST_IDENTITY;
  if (!isCertain && isAmountOrYear(group, units)) return null;
  const isNearCode = isNear(CODE_WORDS, group, units) && !isTime(group, units);
  if (digits.length < LEAST_ACCOUNT && isNearCode) return 'kode';
  if (isHarmless(text, group)) return null;
  if (digits.length < LEAST_ACCOUNT) return isAlone ? 'kode' : null;
  const isUnbroken = group.units.length === 1;
  const isSuspect =
    isUnbroken || isAlone || isNearCode || MOBILE.test(digits) || isNear(ACCOUNT_WORDS, group, units);
  return isCertain || isSuspect ? 'nomor' : null;
}

/** "Rp2.400.000.000", "1500 ribu", "tahun 2021". */
function isAmountOrYear({ digits, first, last }: DigitGroup, units: readonly Unit[]): boolean {
  const before = units[first - 1]?.text ?? '';
  const behind = units[last + 1]?.text ?? '';
  const isYear = digits.length === 4 && /^(?:19|20)/.test(digits) && WORDS_BEFORE_A_YEAR.has(before);
  return isYear || WORDS_BEFORE_AN_AMOUNT.has(before) || WORDS_BEHIND_AN_AMOUNT.has(behind);
}

function isTime({ first }: DigitGroup, units: readonly Unit[]): boolean {
  return WORDS_BEFORE_A_TIME.has(units[first - 1]?.text ?? '');
}

function isNear(wanted: ReadonlySet<string>, { first, last }: DigitGroup, units: readonly Unit[]): boolean {
  const near = [
    ...units.slice(Math.max(0, first - NEAR_BEFORE), first),
    ...units.slice(last + 1, last + 1 + NEAR_BEHIND),
  ];
  return near.some(({ text }) => wanted.has(text));
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
