/** A piece of a folded text: from `start` up to, not including, `end`. */
export type Span = { readonly start: number; readonly end: number };

const PASSWORD =
  /(?<![\p{L}\d])(?:kata\s?sandi|sandi|pass?words?|passw|passwd|paswd|pass|pwd|pswd|psw|pw|pin)(?:nya|ku)?(?![\p{L}\d])/gu;
/** What people put between the word and the secret. */
const OF_WHAT =
  'saya|aku|gue|akun|prakerja|kemnaker|sisnaker|siapkerja|skillhub|email|gmail|dashboard|gopay|ovo|dana|linkaja|atm|baru|lama|untuk|login|my|the|for|account|nya|ku';
const BETWEEN = new RegExp(
  String.raw`^\s*(?:(?:${OF_WHAT})\s+){0,4}(?:(?:${OF_WHAT})(?![\p{L}\d]))?\s*`,
  'u',
);
const SEPARATOR = /^[:=]+>?\s*/;
const COPULA = /^(?:adalah|ialah|yaitu|is)\s+/;
const WORD = /^\S+/u;
/** After one of these no password follows: they tell what is the matter with it. */
const TROUBLE =
  /^(?:lupa|salah|hilang|gagal|error|eror|tidak|tdk|gak|ga|gk|ngga|nggak|enggak|belum|blm|sudah|udah|apa|mana|bagaimana|gimana|gmn|kenapa|knp|kapan|bisa|harus|ganti|reset|ubah|kok|kak|min|pak|bu|ya|dong|di|ke|dan|atau|atm|lama|baru|saya|aku|akun|prakerja|forgot|wrong|reset|not|and|or)(?![\p{L}\d])/u;
/** More of them, which count only where no mark says that a password comes: they could be one. */
const TROUBLE_OR_REQUEST =
  /^(?:bermasalah|masalah|kelupaan|lupaan|terlupa|terkunci|kekunci|dikunci|terblokir|keblokir|diblokir|ditolak|diganti|direset|diubah|dihapus|dikirim|diminta|dibuat|berubah|kedaluwarsa|kadaluarsa|benar|bener|betul|sama|beda|berbeda|aman|ketinggalan|tertukar|susah|sulit|sering|selalu|terus|lagi|dulu|dl|tolong|bantu|mohon|minta|please|pls|segera|dimana|dmn|bagaimana|bgmn|berapa|siapa|mau|ingin|pengen|gabisa|gbisa|ndak|tak|kagak|itu|ini|expired|locked|blocked|invalid|incorrect|has|does|was|now)(?![\p{L}\d])/u;
/** Whom the message is for, behind everything else. */
const ADDRESSED =
  /^(?:\s+(?:kak|kakak|min|mimin|admin|pak|bu|mas|mbak|gan|ya|nih|terima kasih|makasih|thanks))*[\s.!]*$/u;
/** "Sandi" is also a name, and "pass" and "pin" are words of their own; "sandiku" is none of these. */
const COMMON_WORD = /^(?:sandi|pass|pin)(?:nya)?$/;
const HOLDS_DIGIT_AND_LETTER = /^(?=\S*\d)(?=\S*\p{L})\S{4,}/u;
const HIDDEN_ALREADY = /^\[(?:nomor|kode|sandi|email)\]/;
const CODE = /^\d{4,}\P{L}*$/u;
/** More than this is not looked at behind the word: every search stays short. */
const MOST_AHEAD = 120;

/** What follows "password:", "kata sandi =", "pin:" (faults.md S06): to the end of the line, because passwords hold spaces. */
export function findPasswords(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { index, 0: word } of text.matchAll(PASSWORD)) {
    const behind = index + word.length;
    if (behind < (spans.at(-1)?.end ?? 0)) continue;
    const span = secretAfter(text, behind, word);
    if (span !== null) spans.push(span);
  }
  return spans;
}

function secretAfter(text: string, behind: number, word: string): Span | null {
  const ahead = text.slice(behind, behind + MOST_AHEAD);
  const between = BETWEEN.exec(ahead)?.[0] ?? '';
  const rest = ahead.slice(between.length);
  const mark = SEPARATOR.exec(rest)?.[0] ?? '';
  const start = behind + between.length + mark.length;
  const value = rest.slice(mark.length);
  const first = WORD.exec(value)?.[0] ?? '';
  if (first === '' || HIDDEN_ALREADY.test(first) || TROUBLE.test(value)) return null;
  // The digits of a PIN are a code, which is found as such.
  if (word.startsWith('pin') && CODE.test(first)) return null;
  if (mark !== '')
    return { start, end: word.startsWith('pin') ? start + first.length : endOfLine(text, start) };
  const copula = COPULA.exec(value)?.[0] ?? '';
  const named = WORD.exec(value.slice(copula.length))?.[0] ?? '';
  const isCertain = copula !== '' && named !== '' && !TROUBLE.test(value.slice(copula.length));
  const from = start + copula.length;
  if (isCertain || HOLDS_DIGIT_AND_LETTER.test(named)) return { start: from, end: from + named.length };
  const end = from + named.length;
  const isLast = ADDRESSED.test(text.slice(end, Math.min(endOfLine(text, end), from + MOST_AHEAD)));
  const isTheirs = between.trim() !== '' || /(?:nya|ku)$/.test(word);
  const isWord = /[\p{L}\d]/u.test(named) && !TROUBLE_OR_REQUEST.test(named);
  return isLast && isTheirs && isWord && !COMMON_WORD.test(word) ? { start: from, end } : null;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
