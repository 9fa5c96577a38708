/** Anything in a text that a messenger would turn into a link, or that somebody could take for one. */
export type Link = {
  /** As it is written, without the punctuation behind it. */
  readonly written: string;
  readonly kind: 'address' | 'mail' | 'mention';
};

/** Two-letter endings of countries (ISO 3166-1, and eu, su, uk). */
const COUNTRIES =
  'ac|ad|ae|af|ag|ai|al|am|ao|aq|ar|as|at|au|aw|ax|az|ba|bb|bd|be|bf|bg|bh|bi|bj|bm|bn|bo|br|bs|bt|bv|bw|by|bz|ca|cc|cd|cf|cg|ch|ci|ck|cl|cm|cn|co|cr|cu|cv|cw|cx|cy|cz|de|dj|dk|dm|do|dz|ec|ee|eg|er|es|et|eu|fi|fj|fk|fm|fo|fr|ga|gb|gd|ge|gf|gg|gh|gi|gl|gm|gn|gp|gq|gr|gs|gt|gu|gw|gy|hk|hm|hn|hr|ht|hu|id|ie|il|im|in|io|iq|ir|is|it|je|jm|jo|jp|ke|kg|kh|ki|km|kn|kp|kr|kw|ky|kz|la|lb|lc|li|lk|lr|ls|lt|lu|lv|ly|ma|mc|md|me|mg|mh|mk|ml|mm|mn|mo|mp|mq|mr|ms|mt|mu|mv|mw|mx|my|mz|na|nc|ne|nf|ng|ni|nl|no|np|nr|nu|nz|om|pa|pe|pf|pg|ph|pk|pl|pm|pn|pr|ps|pt|pw|py|qa|re|ro|rs|ru|rw|sa|sb|sc|sd|se|sg|sh|si|sj|sk|sl|sm|sn|so|sr|ss|st|su|sv|sx|sy|sz|tc|td|tf|tg|th|tj|tk|tl|tm|tn|to|tr|tt|tv|tw|tz|ua|ug|uk|us|uy|uz|va|vc|ve|vg|vi|vn|vu|wf|ws|ye|yt|za|zm|zw';
/** Other endings that are common, or cheap enough for swindlers. */
const OTHERS =
  'com|net|org|info|biz|edu|gov|mil|int|name|mobi|pro|tel|asia|xyz|top|site|online|shop|store|club|vip|app|dev|page|live|link|links|click|icu|fun|space|website|web|tech|cloud|world|life|today|work|works|email|help|support|center|digital|services|service|blog|news|bid|loan|loans|win|men|date|download|cash|money|finance|financial|bank|pay|fund|gold|global|group|company|agency|media|social|chat|solutions|systems|network|host|hosting|press|rest|cam|buzz|monster|quest|bond|sbs|cfd|lol|zip|mov|foo|ink|wiki|art|mobile|bio|best|plus|one|zone|run|team|tips|fit|games|game|bet|casino|poker|credit|creditcard|claims|gift|gifts|promo|sale|deals|express|dad|day|new|onion|kim|wang|tokyo|ninja|guru|rocks|review|trade|science|party|racing|stream|faith|accountant|cricket|webcam|jobs|careers|academy|training|education|school|courses|university|college|foundation|charity|community|directory';
const ENDINGS: ReadonlySet<string> = new Set(`${COUNTRIES}|${OTHERS}`.split('|'));

/** Schemes that work without slashes. */
const BARE_SCHEMES = 'mailto|tel|sms|smsto|javascript|tg|whatsapp|ftp|https?';
const LABEL = String.raw`[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*`;
const LINK = new RegExp(
  [
    String.raw`(?<url>[a-z][a-z0-9+.-]{0,30}:[\\/]{2}\S*|(?<![\p{L}\p{N}])(?:${BARE_SCHEMES}):(?=\S)\S*)`,
    String.raw`(?<mail>[\p{L}\p{N}._%+-]{1,64}@${LABEL}(?:\.${LABEL})+)`,
    String.raw`(?<![\p{L}\p{N}._-])(?<host>${LABEL}(?:\.${LABEL})+\.?(?::\d{1,5})?(?<path>[/?#⁄∕\\]\S*)?)`,
    String.raw`(?<![\p{L}\p{N}._/-])(?<mention>@[a-z]\w{3,31})(?![\w.])`,
  ].join('|'),
  'giu',
);
const PUNCTUATION_BEHIND = /[).,;:!?'"”’»›\]}>*_~…]+$/u;
const NUMBER_ONLY = /^[\d.]+$/;
const OCTET = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;

/**
 * The text as a browser would see its links: other forms of letters and dots are plain, and what cannot be
 * seen is gone (faults.md S03, S18). The case stays.
 */
export function plainForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[。․]/gu, '.');
}

/** In the order of a text in its plain form; total, and linear in the length of the text. */
export function linksIn(text: string): readonly Link[] {
  return [...text.matchAll(LINK)].flatMap(({ groups }) => {
    const { url, mail, host, path, mention } = groups!;
    if (url !== undefined) return { written: url.replace(PUNCTUATION_BEHIND, ''), kind: 'address' };
    if (mail !== undefined) return { written: mail, kind: 'mail' };
    if (mention !== undefined) return { written: mention, kind: 'mention' };
    return isHost(host!, path) ? { written: host!.replace(PUNCTUATION_BEHIND, ''), kind: 'address' } : [];
  });
}

/** "S.Ag" and "selesai.Kalau" are none, and neither is "Rp1.500.000". */
function isHost(host: string, path: string | undefined): boolean {
  const bare = host.slice(0, host.length - (path?.length ?? 0)).replace(/\.?(?::\d+)?$/, '');
  const labels = bare.toLowerCase().split('.');
  if (NUMBER_ONLY.test(bare)) return labels.length === 4 && labels.every((label) => OCTET.test(label));
  const ending = labels.at(-1)!;
  if (labels[0] === 'www') return true;
  if (/[^a-z]/.test(ending))
    return /^xn--/.test(ending) || /^[^\p{ASCII}\p{N}]{2,}$/u.test(ending) || hasForeign(ending);
  if (!ENDINGS.has(ending)) return false;
  return path !== undefined || labels.slice(0, -1).some((label) => label.length > 1);
}

/** Letters of two scripts in one ending: made to be mistaken. */
function hasForeign(ending: string): boolean {
  return /^\p{L}+$/u.test(ending) && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(ending);
}
