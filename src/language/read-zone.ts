import { clean } from './clean.ts';
import { ZONES, type Zone } from './dates.ts';

/** Names of places as `clean` leaves them (`nusa tenggara timur`) → the zone their clocks show; from flows/zones.yaml. */
export type Places = ReadonlyMap<string, Zone>;

/** Most words in the name of a place. */
const LONGEST_NAME = 3;

/** What stands between "saya" and the place when somebody says where they are. */
const SELF = '(?:saya|aku|sy|gw|gue|gua|ak|kami|kulo|abdi|ambo|i|im|i am|posisi|lokasi)';
const STATE =
  '(?:ini|sekarang|skrg|lagi|lg|orang|org|warga|asli|asal|asalnya|dan|tinggal|tggl|tgl|domisili|berdomisili|menetap|merantau|peserta|now|live|living|based|am|currently)';
const AT = '(?:di|d|dari|dr|ti|saka|neng|in|from|at|daerah|kota|kab|kabupaten|provinsi|prov|pulau)';
const LIVES = '(?:tinggal|tggl|domisili|berdomisili|menetap|merantau|alamat|live|living|based)';

const SAID: readonly RegExp[] = [
  // Where one lives counts before where one comes from.
  new RegExp(`\\b${LIVES}(?:nya|ku)?(?: (?:saya|aku|sekarang|skrg))*(?: ${AT})* `, 'g'),
  new RegExp(`\\b${SELF}(?: ${STATE})*(?: ${AT})+ `, 'g'),
  /^(?:(?:halo|hai|hi|hello|min|kak|permisi|selamat|pagi|siang|sore|malam|assalamualaikum) )*(?:dari|from) /g,
];

/** After a place these go on with something else; any other word may belong to a name ("Bali Digital School"). */
const GOES_ON = new Set(
  (
    'min kak kk mas mbak mba bu pak bang admin mau ingin pengen tanya sertifikat sertif insentif belum blm udah sudah sdh ' +
    'yang yg ya nih ini sini sana kok dan tapi tp jadi jd sekarang skrg lagi ikut daftar jam pukul waktu wib wita wit ' +
    'indonesia and but my so now want'
  ).split(' '),
);

/**
 * The zone that somebody says they are in: by a place ("saya di Makassar", "tinggal di Bali"), or by its name ("jam 10
 * WITA"). Null when nothing is said, or two zones are. A place that only stands in the name of something else ("kursus di
 * Bali Digital School") says nothing. WIB beside a time says nothing either: so the call centre's hours are written.
 *
 * @param isAnswer somebody was asked where they are: then the place alone says it
 */
export function readZone(places: Places, text: string, { isAnswer = false } = {}): Zone | null {
  const clauses = text.split(/[.,;!?\n]+/).map((clause) => clean(clause));
  for (const said of SAID) {
    const zones = new Set(clauses.flatMap((clause) => zonesBehind(places, clause, said)));
    if (zones.size > 0) return only(zones);
  }
  const named = new Set(clauses.flatMap(zonesNamed));
  if (named.size > 0) return only(named);
  const words = clean(text);
  const isZone = ZONES.find((zone) => zone.toLowerCase() === words);
  if (isZone !== undefined) return isZone;
  return isAnswer ? (places.get(words.replace(/^(?:di|d|dari|kota|daerah|in|from) /, '')) ?? null) : null;
}

function zonesBehind(places: Places, clause: string, said: RegExp): readonly Zone[] {
  return [...clause.matchAll(said)].flatMap((match) => {
    const words = clause.slice(match.index + match[0].length).split(' ');
    for (let length = Math.min(LONGEST_NAME, words.length); length > 0; length -= 1) {
      const zone =
        places.get(words.slice(0, length).join(' ')) ??
        (length === 1 ? ZONES.find((candidate) => candidate.toLowerCase() === words[0]) : undefined);
      const next = words[length];
      if (zone !== undefined && (next === undefined || GOES_ON.has(next) || places.has(next))) return zone;
    }
    return [];
  });
}

/** "WIT" is also a word of English and of Javanese, so it needs a time or the word for one beside it. */
const NAMED =
  /(?:\b(?:zona|waktu|jam|pukul|pkl)(?: saya)?(?: \d{1,2})?(?: \d{2})?|\d) (wita|wit)\b|\b(wita)\b|\b(?:zona|zona waktu|waktu saya|jam saya) (wib)\b/g;

function zonesNamed(clause: string): readonly Zone[] {
  return [...clause.matchAll(NAMED)].flatMap(([, timed, alone, wib]) => {
    const name = (timed ?? alone ?? wib)!.toUpperCase();
    return ZONES.find((zone) => zone === name) ?? [];
  });
}

function only(zones: ReadonlySet<Zone>): Zone | null {
  return zones.size === 1 ? [...zones][0]! : null;
}
