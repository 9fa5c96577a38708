import type { Token } from './tokens.ts';
import { BOTH, OTHER_ONE } from './words.ts';

export type Account = 'kemnaker' | 'prakerja';

/** Where a message speaks of an account: tokens `from` up to `to`. */
export type Mention = {
  readonly from: number;
  readonly to: number;
  /** Null for "the other one". */
  readonly account: Account | null;
  /** The identity card stands for Prakerja, whose name follows it (decision 20), unless Prakerja is named too. */
  readonly isProper: boolean;
};

const ACCOUNTS = ['kemnaker', 'prakerja'] as const;
const NAMES: Readonly<Record<Account, readonly string[]>> = {
  kemnaker: [
    'kemnaker',
    'sisnaker',
    'siapkerja',
    'kemenaker',
    'kemennaker',
    'naker',
    'menaker',
    'skillhub',
    'karirhub',
    'kemenakertrans',
    'kementerianketenagakerjaan',
    'kementrianketenagakerjaan',
    'kementeriantenagakerja',
    'kementriantenagakerja',
    'siapkrja',
    'siapkeja',
  ],
  prakerja: ['prakerja', 'kartuprakerja', 'prakrja', 'prakeja', 'prkja'],
};
const CARD = /^(?:e?ktp|kartutandapenduduk|dashboard|dasbor|dukcapil)$/;
const BEFORE = /^di(?=\p{L}{5})/u;
const BEHIND = /(?:nya|ku|ne|na)$/u;
/** Nearest to the accounts' names, and something else. */
const NOT_MEANT: ReadonlySet<string> = new Set([
  'pekerja',
  'kerja',
  'bekerja',
  'kinerja',
  'kerjaan',
  'pekerjaan',
]);
const MOST_TOKENS = 3;
const LONGEST_OTHER = 3;
/** Two slips in eight letters: "prkrja", "kmnaker". */
const SHORTEST_WITH_SLIPS = 6;
const MOST_SLIPS = 2;

export function mentionsIn(tokens: readonly Token[]): readonly Mention[] {
  const found: Mention[] = [];
  for (let at = 0; at < tokens.length; ) {
    const mentions = mentionsAt(tokens, at);
    found.push(...mentions);
    at = mentions[0]?.to ?? at + 1;
  }
  // "The other one" is one only beside a named account.
  return found.some(({ account }) => account !== null) ? found : [];
}

function mentionsAt(tokens: readonly Token[], from: number): readonly Mention[] {
  const words = tokens.slice(from, from + MOST_TOKENS).map(({ word }) => word);
  for (let count = words.length; count > 0; count -= 1) {
    const joined = words.slice(0, count).join('');
    const account = accountOf(joined, count === 1 ? MOST_SLIPS : 0);
    if (account !== null) return [{ from, to: from + count, account, isProper: true }];
    if (CARD.test(joined.replace(BEFORE, '').replace(BEHIND, '')))
      return [{ from, to: from + count, account: 'prakerja', isProper: false }];
    if (BOTH.has(joined))
      return ACCOUNTS.map((one) => ({ from, to: from + count, account: one, isProper: false }));
  }
  for (let count = LONGEST_OTHER; count > 0; count -= 1) {
    if (OTHER_ONE.includes(words.slice(0, count).join(' ')))
      return [{ from, to: from + count, account: null, isProper: true }];
  }
  return [];
}

function accountOf(word: string, most: number): Account | null {
  const forms = [
    word,
    word.replace(BEFORE, ''),
    word.replace(BEHIND, ''),
    word.replace(BEFORE, '').replace(BEHIND, ''),
  ];
  for (const account of ACCOUNTS) {
    if (forms.some((form) => NAMES[account].includes(form))) return account;
  }
  if (most === 0) return null;
  for (const account of ACCOUNTS) {
    if (forms.some((form) => NAMES[account].some((name) => isNear(form, name, most)))) return account;
  }
  return null;
}

function isNear(word: string, name: string, most: number): boolean {
  if (word.length < SHORTEST_WITH_SLIPS || name.length < SHORTEST_WITH_SLIPS + most) return false;
  if (Math.abs(word.length - name.length) > most || word[0] !== name[0] || NOT_MEANT.has(word)) return false;
  return slips(word, name) <= most;
}

/** Letters added, left out, changed, or swapped with their neighbour. */
function slips(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isEqual = one[row - 1] === other[column - 1];
      const isSwap =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          rows[row - 1]![column]! + 1,
          current[column - 1]! + 1,
          rows[row - 1]![column - 1]! + (isEqual ? 0 : 1),
          isSwap ? rows[row - 2]![column - 2]! + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(current);
  }
  return rows[one.length]![other.length]!;
}
