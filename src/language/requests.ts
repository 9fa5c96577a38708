/** What no step needs and nobody may be asked for (faults.md S01). */
const DATA =
  'nik|nomor induk kependudukan|(?:nomor|no) (?:kk|kartu keluarga)|kk|nomor ktp|no ktp|(?:foto|selfie|scan|salinan) (?:[a-z]+ )?ktp|' +
  'otp|kode otp|kode verifikasi|kode (?:sms|keamanan)|kode yang (?:masuk|dikirim|diterima|(?:anda|kamu) terima)|cvv|cvc|pin|kata sandi|sandi|password|passcode|ibu kandung|' +
  '(?:nomor|no) (?:rekening|rek|kartu|dompet|e-wallet|gopay|ovo|linkaja|dana)|' +
  'family card(?: number)?|id (?:card )?number|verification code|one-time (?:code|password)|mother.s maiden name|maiden name|' +
  '(?:photo|picture|scan|copy) of (?:your |the )?(?:ktp|id card)|ktp photo|' +
  '(?:account|card|wallet|bank account|e-wallet) number';

/** Verbs that bid somebody hand something over, and questions for it. */
const ASK =
  'kirim|kirimkan|kirimi|mengirim|mengirimkan|tulis|tuliskan|menulis|ketik|ketikkan|mengetik|sebut|sebutkan|menyebutkan|' +
  'masukkan|masukan|memasukkan|isi|isikan|mengisi|beri|berikan|memberi|memberikan|beritahu|beritahukan|balas|lampirkan|unggah|upload|' +
  'bagikan|membagikan|serahkan|sampaikan|minta|meminta|diminta|berapa|butuh|membutuhkan|perlu|memerlukan|' +
  'send|type|enter|tell|give|share|reply|write|provide|upload|attach|submit|state|ask|asks|asking|need|needs|require|requires|what is your|what.s your';

/** Verbs that leave the data where it is: the participant looks at it, or compares it. */
const LOOK =
  'pastikan|cek|periksa|samakan|cocokkan|bandingkan|sambungkan|menyambungkan|tersambung|terhubung|sama|sesuai|terdaftar|ganti|ubah|' +
  'make sure|check|compare|link|linked|connect|connected|match|matches|same|registered|change';

const DENY =
  'jangan|tidak|tak|nggak|gak|bukan|tanpa|dilarang|never|not|no|without|nor|neither|nobody|cannot|can.t|don.t|doesn.t|won.t|isn.t';

/** Negations that encourage. */
const URGE =
  '(?:jangan|tidak perlu|tidak usah|tak perlu) (?:ragu|lupa|khawatir|takut|sungkan|malu)|(?:do not|don.t|never) (?:hesitate|forget|worry|be (?:afraid|shy))';

/** Somebody else asks: a warning. Denies only the verb that follows. */
const WARN =
  'jika|kalau|bila|apabila|siapa pun|siapapun|yang|pihak|orang|waspada|waspadai|hati-hati|if|anyone|anybody|someone|who|whoever|beware';

const TOKEN = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:(?<data>${DATA})|(?<urge>${URGE})|(?<deny>${DENY})|(?<warn>${WARN})|(?<look>${LOOK})|(?<ask>${ASK}))(?:nya|mu|ku|lah|kah)?(?![\\p{L}\\p{N}])|(?<comma>,)`,
  'giu',
);
/** Most sentences hold no such word at all; this finds that out cheaply. */
const MENTION = new RegExp(`(?:${DATA})`, 'iu');
const SENTENCE = /[^.!?;:\n]+[.!?;:]*/gu;
/** A form field, or a question that is nothing but the thing itself: "NIK?", "Nomor rekening Anda:". */
const BARE = /^[\s\p{P}\p{N}]*(?:(?:anda|kamu|your|dan|and|atau|or)[\s\p{P}]*)*[?:]\s*$/iu;

/** The first forbidden thing that a text asks for, null when it asks for none. */
export function requestedData(text: string): string | null {
  for (const [sentence] of text.matchAll(SENTENCE)) {
    if (!MENTION.test(sentence)) continue;
    const requested = requestedIn(sentence);
    if (requested !== null) return requested;
  }
  return null;
}

/**
 * Reads a sentence from left to right. A verb holds until the next one, so that lists stay under it; a negation or a
 * warning turns the next verb of its clause, or the data right after it. Data named before any verb waits for the
 * first one.
 */
function requestedIn(sentence: string): string | null {
  let mood: 'none' | 'asks' | 'harmless' = 'none';
  let turned: 'no' | 'denied' | 'warned' = 'no';
  let waiting: string | null = null;
  for (const { groups } of sentence.matchAll(TOKEN)) {
    const { data, deny, warn, look, ask, comma } = groups!;
    if (comma !== undefined) turned = 'no';
    else if (deny !== undefined) turned = 'denied';
    else if (warn !== undefined && turned === 'no' && mood !== 'asks') turned = 'warned';
    else if (data !== undefined) {
      if (mood === 'asks' && turned !== 'denied') return data;
      if (mood === 'none') waiting ??= data;
    } else if (look !== undefined || ask !== undefined) {
      mood = look !== undefined || turned !== 'no' ? 'harmless' : 'asks';
      if (mood === 'asks' && waiting !== null) return waiting;
      turned = 'no';
      waiting = null;
    }
  }
  const around = sentence.replaceAll(TOKEN, (token, ...rest) =>
    rest.at(-1).data === undefined ? token : '',
  );
  return waiting !== null && BARE.test(around) ? waiting : null;
}
