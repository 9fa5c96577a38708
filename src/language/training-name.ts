import { linksIn, plainForm } from './links.ts';
import { requestedData } from './requests.ts';
import { hideSecrets } from './secrets.ts';

/** Why what was typed is not taken as the name of a training. */
export type TrainingProblem = 'blank' | 'secret' | 'link' | 'sentence';

/** Names of trainings are long; what is behind this helps nobody to find one. Counted in UTF-16 units. */
export const LONGEST_TRAINING = 100;
/** Nobody's training is called that: it is a story. */
const LONGEST_READ = 300;
const MOST_WORDS = 30;

const BEFORE_NAME =
  /^(?:(?:nama|judul)(?:nya)?\s+(?:pelatihan|kursus|kelas|training|course)(?:nya|ku)?(?:\s+saya)?\s*(?:(?:adalah|yaitu|itu|ialah|is)\s+|:\s*)?|(?:pelatihan|kursus|kelas|training|course)(?:nya|ku)?(?:\s+saya)?\s*(?:(?:adalah|yaitu|itu|ialah|is)\s+|:\s*)|(?:namanya|judulnya)\s+)/iu;
const BEHIND_NAME =
  /(?:[\s,]+(?:kak|kakak|min|mimin|admin|pak|bu|ya|nih|gan|bang|mas|mbak|makasih|terima kasih))+[\s.!]*$/iu;
/** Pictures, marks that a platform makes bold or slanted letters of, and what would end the quotation. */
const NOT_IN_A_NAME =
  /\p{Extended_Pictographic}|[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}*_~`{}<>[\]"“”„«»\\|^]/gu;
const HIDDEN = /\[(?:nomor|kode|sandi|email|nama)\]/i;
/** Five digits or more are no "2" and no "2026". */
const LONG_NUMBER = /\d(?:[ .-]?\d){4,}/u;
/** A full stop between letters makes some endings a link ("ASP.NET"). */
const STOP_BETWEEN_LETTERS = /(?<=\p{L})\.(?=\p{L})/gu;
const TALK =
  /(?<![\p{L}\p{N}])(?:saya|aku|gue|gw|anda|kamu|kalian|belum|blm|sudah|udah|tidak|tdk|nggak|gak|ga|kenapa|kapan|gimana|bagaimana|lupa|bingung|tolong|mohon|kirim|kirimkan|transfer|klik|i|my|not|please|forgot)(?![\p{L}\p{N}])/iu;

/**
 * The name of a training as somebody typed it, fit to stand in a message to others: one line, no link, no secret, at
 * most LONGEST_TRAINING characters (cut behind a whole word, with "…").
 */
export function readTrainingName(
  typed: string,
): { readonly training: string } | { readonly problem: TrainingProblem } {
  if (HIDDEN.test(typed) || hideSecrets(typed).hidden.length > 0) return { problem: 'secret' };
  if (
    linksIn(plainForm(typed)).some(
      ({ written, kind }) => kind !== 'address' || /[/:?#\\]|^www\./i.test(written),
    )
  )
    return { problem: 'link' };
  const name = typed
    .normalize('NFKC')
    .replace(NOT_IN_A_NAME, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(BEFORE_NAME, '')
    .replace(BEHIND_NAME, '')
    .replace(STOP_BETWEEN_LETTERS, '. ')
    .replace(/^[\s\p{P}]+|[\s,;:.!?-]+$/gu, '')
    .toWellFormed();
  if (LONG_NUMBER.test(name)) return { problem: 'secret' };
  if (!/\p{L}{2}/u.test(name)) return { problem: 'blank' };
  if (name.length > LONGEST_READ || name.split(' ').length > MOST_WORDS) return { problem: 'sentence' };
  if (TALK.test(name) || requestedData(name) !== null) return { problem: 'sentence' };
  return { training: cut(name) };
}

function cut(name: string): string {
  if (name.length <= LONGEST_TRAINING) return name;
  const end = name.lastIndexOf(' ', LONGEST_TRAINING - 1);
  return `${name
    .slice(0, end > LONGEST_TRAINING / 2 ? end : LONGEST_TRAINING - 1)
    .toWellFormed()
    .replace(/[\s\p{P}�]+$/gu, '')}…`;
}
