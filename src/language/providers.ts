import { clean } from './clean.ts';
import { linksIn, plainForm } from './links.ts';
import { hideSecrets } from './secrets.ts';

/** A training provider as it is counted (`key`) and as it is shown back to who typed it (`name`). */
export type Provider = { readonly key: string; readonly name: string };

/** Why what was typed is not taken as the name of a provider. */
export type ProviderProblem = 'blank' | 'generic' | 'person' | 'number' | 'link' | 'sentence';

const LONGEST_NAME = 80;
const MOST_WORDS = 10;

/** Words that say what kind of body it is; the same one is written with and without them. Longest first. */
const FORMS: readonly (readonly string[])[] = [
  'lembaga pelatihan kerja dan produktivitas',
  'lembaga pelatihan kerja swasta',
  'lembaga pelatihan dan kursus',
  'lembaga kursus dan pelatihan',
  'lembaga pendidikan dan pelatihan',
  'lembaga pelatihan kerja',
  'lembaga pelatihan',
  'lembaga kursus',
  'perseroan terbatas',
  'lpk swasta',
  'lembaga',
  'yayasan',
  'kursus',
  'pelatihan',
  'persero',
  'tbk',
  'lpks',
  'lpk',
  'lkp',
  'yys',
  'pt',
  'cv',
].map((form) => form.split(' '));
/** Offices of the state that differ by their place alone: what they are stays part of the key. */
const OFFICES: readonly (readonly [words: readonly string[], key: string])[] = (
  [
    ['balai latihan kerja komunitas', 'blkk'],
    ['blk komunitas', 'blkk'],
    ['balai besar pelatihan vokasi dan produktivitas', 'bbpvp'],
    ['balai pelatihan vokasi dan produktivitas', 'bpvp'],
    ['unit pelaksana teknis daerah', ''],
    ['balai latihan kerja', 'blk'],
    ['balai pelatihan kerja', 'blk'],
    ['uptd', ''],
    ['upt', ''],
  ] as const
).map(([words, key]) => [words.split(' '), key]);
const SAME_WORDS: Readonly<Record<string, string>> = {
  and: 'dan',
  n: 'dan',
  kab: 'kabupaten',
  jatim: 'jawatimur',
  jabar: 'jawabarat',
  jateng: 'jawatengah',
  ii: '2',
  iii: '3',
  iv: '4',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
};
/** Single letters count as numbers only where a number stands: at the end. */
const LAST_NUMBERS: Readonly<Record<string, string>> = { i: '1', v: '5' };
/** Letter by letter: "L P K", "P. T.". */
const SPELT_OUT = /(?<![\p{L}\p{N}])(?:l p k s|l p k|l k p|b l k|p t|c v)(?![\p{L}\p{N}])/gu;

const AROUND_BEFORE =
  /^(?:(?:nama|namanya|lembaganya|nama lembaganya|nama lembaga|pelatihannya|saya|kursusnya|ikut|di|dari|itu|adalah|yaitu|oleh)[\s:,]+)+/iu;
const AROUND_BEHIND = /(?:[\s,]+(?:kak|kakak|min|mimin|admin|ya|nih|makasih|terima kasih))+[\s.!]*$/iu;
const HIDDEN = /\[(?:nomor|kode|sandi|email|nama)\]/i;
const NUMBER = /\d(?:[ .-]?\d){4,}/u;
const NOT_SHOWN = /\p{Extended_Pictographic}|[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}*_~`{}<>[\]"“”\\|^]/gu;

/** Words by which a body is known from a person. */
const BODY =
  /^(?:yys|lpk|lpks|lkp|pt|cv|yayasan|blk|blkk|bpvp|bbpvp|balai|lembaga|kursus|pelatihan|akademi|academy|institut|institute|pusat|center|centre|training|school|sekolah|universitas|politeknik|college|edukasi|education|learning|studio|digital|indonesia|nusantara|mandiri|jaya|sejahtera|makmur|group|koperasi|pkbm|smk|stmik|lp3i|media|kreatif|teknologi|tech|komputer|komunitas)$/;
const TITLE_BEFORE =
  /^(?:bapak|bpk|ibu|pak|bu|sdr|sdri|mas|mbak|kak|haji|hajjah|h|hj|dr|drs|dra|ir|prof|mr|mrs|ms)$/;
const TITLE_BEHIND =
  /(?:^|[\s,.])(?:s\.?\s?pd|s\.?\s?e|s\.?\s?h|s\.?\s?kom|s\.?\s?t|s\.?\s?ag|s\.?\s?sos|a\.?\s?md|m\.?\s?pd|m\.?\s?si|m\.?\s?m|bin|binti)\.?(?:\s|$)/iu;
/** Given names that most people in Indonesia share with somebody; who writes one alone wrote a person's. */
const GIVEN: ReadonlySet<string> = new Set(
  'abdul abdullah achmad adi aditya agung agus ahmad aisyah ali aminah amir ana andi andika andri anggi ani anita anton ari arief arif aris asep astuti ayu bagus bambang bayu budi cahyo candra cici citra dani dedi deni desi dewi dian dimas dina dini dwi dyah edi eka eko endang erna eti evi fajar farid fatimah febri fitri galih gita hadi hani hari hasan hendra heri herman husein ika ikhsan ilham imam indah indra intan irfan irma iwan jajang joko kartika ketut komang kurnia lestari lilis lina linda lukman made mahmud maria maya mega meri mohamad mohammad muhamad muhammad mulyadi mulyono nanang nani nia nina ningsih novi nur nurul nyoman putri putra putu rahmat rani ratna reni retno rina rini riska rizal rizki rizky rohman rosa rudi rudy sandi santi santoso saputra sari siti slamet sofyan sri suci sugeng suharto sulaiman sumarni supri suryani susanti susi sutrisno suwarni taufik tini titin tono tri tuti udin umar utami vina wahyu wati wawan wayan widodo wulan yanti yanto yogi yudi yuli yulia yuliana yuni yusuf zainal'.split(
    ' ',
  ),
);
const TALK =
  /(?<![\p{L}\p{N}])(?:saya|aku|gue|gw|anda|kamu|belum|blm|sudah|udah|tidak|tdk|nggak|gak|ga|kenapa|kapan|gimana|bagaimana|lupa|bingung|tolong|mohon|kok|apa|siapa|mana|untuk apa|buat apa|my|not|please|forgot|why|what)(?![\p{L}\p{N}])/iu;

/**
 * The provider whose name was typed, the same for every usual way of writing it: legal forms, case, spacing,
 * punctuation and Roman numbers do not count. A letter more or less does: two institutions never become one (see
 * `areNearProviders` for what a person may look at).
 */
export function readProvider(typed: string): Provider | { readonly problem: ProviderProblem } {
  if (/\[email\]/i.test(typed) || linksIn(plainForm(typed)).some(isLink)) return { problem: 'link' };
  if (HIDDEN.test(typed) || hideSecrets(typed).hidden.length > 0 || NUMBER.test(typed))
    return { problem: 'number' };
  const name = displayed(typed);
  if (!/\p{L}{2}/u.test(name)) return { problem: 'blank' };
  const words = clean(name).split(' ');
  if (name.length > LONGEST_NAME || words.length > MOST_WORDS || TALK.test(name) || /[?؟]/u.test(typed))
    return { problem: 'sentence' };
  if (isPerson(name, words)) return { problem: 'person' };
  const key = providerKey(name);
  if (key === '' || (key.length < 2 && !/\d/.test(key)) || OFFICE_ALONE.has(key))
    return { problem: 'generic' };
  return { key, name };
}

const OFFICE_ALONE: ReadonlySet<string> = new Set(['blk', 'blkk', 'bpvp', 'bbpvp']);

/** What all spellings of one provider have in common: letters and digits only, '' when nothing is left. */
export function providerKey(name: string): string {
  const dotted = name.replace(
    /(?<![\p{L}\p{N}])(?:\p{L}\.\s?){2,}/gu,
    (letters) => `${letters.replace(/[.\s]/g, '')} `,
  );
  const words = clean(dotted.replace(/&/g, ' dan '))
    .replace(SPELT_OUT, (letters) => letters.replaceAll(' ', ''))
    .split(' ')
    .filter((word) => word !== '');
  const kept: string[] = [];
  for (let index = 0; index < words.length; ) {
    const office = OFFICES.find(([form]) => startsAt(words, index, form));
    const form = office?.[0] ?? FORMS.find((candidate) => startsAt(words, index, candidate));
    if (form === undefined) {
      kept.push(words[index]!);
      index += 1;
    } else {
      if (office !== undefined && office[1] !== '') kept.push(office[1]);
      index += form.length;
    }
  }
  const isLast = (index: number): boolean => index > 0 && index === kept.length - 1;
  return kept
    .map(
      (word, index) =>
        (isLast(index) ? LAST_NUMBERS[word] : undefined) ??
        (index > 0 ? SAME_WORDS[word] : undefined) ??
        word,
    )
    .join('');
}

/** Whether two keys are so alike that a person may ask if they are one. Never true for the same key, or for numbers that differ. */
export function areNearProviders(one: string, other: string): boolean {
  if (one === other || one.replace(/\D/g, '') !== other.replace(/\D/g, '')) return false;
  const shorter = Math.min(one.length, other.length);
  return shorter >= 6 && editDistance(one, other, 2) <= (shorter >= 12 ? 2 : 1);
}

function isLink({ written, kind }: { readonly written: string; readonly kind: string }): boolean {
  return kind !== 'address' || /[/:?#\\]|^www\.|\.(?:com|net|org|id|co|info|xyz|me|ly)$/i.test(written);
}

function displayed(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(NOT_SHOWN, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(AROUND_BEFORE, '')
    .replace(AROUND_BEHIND, '')
    .replace(/^[\s\p{P}]+|[\s,;:.!?-]+$/gu, '')
    .toWellFormed();
}

function isPerson(name: string, words: readonly string[]): boolean {
  if (words.some((word) => BODY.test(word)) || /\d/.test(name)) return false;
  if (TITLE_BEFORE.test(words[0]!) || TITLE_BEHIND.test(name)) return true;
  return words.length <= 4 && words.some((word) => GIVEN.has(word));
}

function startsAt(words: readonly string[], at: number, form: readonly string[]): boolean {
  return form.every((word, index) => words[at + index] === word);
}

/** Letters added, lost, changed or swapped with a neighbour; `most` and one more is all that is told apart. */
function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(last[column]! + 1, now[column - 1]! + 1, last[column - 1]! + change);
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, before[column - 2]! + 1);
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[other.length]!;
}
