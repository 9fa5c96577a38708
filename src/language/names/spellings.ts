/**
 * Spellings of one name that people hold for the same, and offices do not: the spelling of before 1972 (oe, tj,
 * dj, j, nj, sj, ch), and the usual ways to write Arabic and Christian names.
 */
export type SpellingDetail = 'old-spelling' | 'variant-spelling';

export type SpellingRule = { readonly left: string; readonly right: string; readonly detail: SpellingDetail };

const OLD = 'oe/u dj/j tj/c j/y nj/ny sj/sy ch/kh';
const VARIANTS = [
  'y/i ie/i ij/i iy/i ee/i uw/u oo/u ou/u ai/ae ai/ay ae/ay',
  'f/p f/v p/v ph/f ph/p dz/z dz/d dz/j dz/dh dl/d dl/dh ts/s z/s z/j',
  'kh/h kh/k ch/h ch/k c/k ck/k q/k x/ks sy/s sy/sh',
  // The article of Arabic names, as it is written and as it is spoken: Abdul Rahman, Abdurrahman.
  'lr/rr lr/r ls/ss ls/s lsy/ssy ld/dd ln/nn lz/zz',
];

/** Names whose usual spellings follow no rule of letters. */
const FAMILIES: readonly RegExp[] = [
  /^m[ou](?:h|ch|kh|k)a?mm?[ae]?d$/,
  /^a(?:h|ch|kh)m[ae]d$/,
  /^n(?:u|o|oo|oe)r$/,
  /^y[ou]s[ou][fp]h?$/,
  /^s[hy]?[ao]l[ei]h$/,
  /^r[ao](?:h|ch|kh)?mat$/,
  /^(?:k|kh|ch|h)[ao][iey]r(?:[uo]l?)?$/,
  /^(?:h|kh|ch)[ou]sn[uo]l$/,
  /^a[iy]s[hy]?i?y?ah?$/,
  /^ma(?:h|ch|kh)m[ou]d$/,
  /^abd(?:u|oe)[lr]$/,
  /^r[ao]hman$/,
  /^abdurr?[ao]hman$/,
  /^fat(?:h|kh)urr?[ao]hman$/,
  /^abdull?[ao]h$/,
  /^r[ao]ma(?:d|dh|dl|dz)[ao]n$/,
  /^r[ao](?:s|sy|sh)id$/,
  /^[ou]mar$/,
  /^[ou]t?sman$/,
  /^(?:h|kh)[ou]s[ae]i?n$/,
];

/** Last letters of both sides → the rules that end so. */
const RULES: ReadonlyMap<string, readonly SpellingRule[]> = rulesByEnd();
const NONE: readonly SpellingRule[] = [];

export function rulesEnding(left: string, right: string): readonly SpellingRule[] {
  return RULES.get(left + right) ?? NONE;
}

/** Whether both are usual spellings of one name. */
export function areOneName(one: string, other: string): boolean {
  return FAMILIES.some((family) => family.test(one) && family.test(other));
}

function rulesByEnd(): ReadonlyMap<string, readonly SpellingRule[]> {
  const rules = new Map<string, SpellingRule[]>();
  const add = (pairs: string, detail: SpellingDetail): void => {
    for (const pair of pairs.split(' ')) {
      const [one, other] = pair.split('/') as [string, string];
      for (const [left, right] of [
        [one, other],
        [other, one],
      ] as const) {
        const end = left.at(-1)! + right.at(-1)!;
        rules.set(end, [...(rules.get(end) ?? []), { left, right, detail }]);
      }
    }
  };
  add(OLD, 'old-spelling');
  for (const pairs of VARIANTS) add(pairs, 'variant-spelling');
  return rules;
}
