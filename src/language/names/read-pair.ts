import type { Account, Mention } from './mentions.ts';
import {
  isLoneWord,
  nameBefore,
  nameInCapitals,
  nameWithin,
  type PartedMessage,
  partsOfMessage,
  readName,
} from './read-name.ts';

export type NamePair = { readonly kemnaker: string | null; readonly prakerja: string | null };

/** An account, or both, and the tokens around the place where a message names it. */
type Label = { readonly from: number; readonly to: number; readonly mentions: readonly Mention[] };

const NOTHING: NamePair = { kemnaker: null, prakerja: null };
/** Two accounts, the card, corrections; who names more of them is telling something else. */
const MOST_LABELS = 8;
const AND = new Set(['dan', 'dn', 'and', 'sama', 'serta', 'maupun', 'atau', 'karo', 'sareng']);
const AND_SIGN = /[/&+]/;

/**
 * Both names from one message, as people write them: label first ("di kemnaker … di prakerja …") or behind. What the
 * message does not say stays as it is in `known`; a name without a label is the one that is still missing.
 */
export function readNamePair(message: string, known: Partial<NamePair> = NOTHING): NamePair {
  const before = { ...NOTHING, ...known };
  const parted = partsOfMessage(message);
  if (parted.mentions.length === 0) return withLoneName(message, before);
  const labels = labelsOf(parted).slice(0, MOST_LABELS);
  const ahead = labels.map(({ to }, index) => {
    const end = labels[index + 1]?.from ?? parted.tokens.length;
    return nameWithin(parted, to, end) ?? nameInCapitals(parted, to, end);
  });
  const behind = labels.map(({ from }, index) => nameBefore(parted, labels[index - 1]?.to ?? 0, from));
  const names = count(ahead) >= count(behind) ? ahead : behind;
  // One small word is a name beside another name: "kemnaker siti doang prakerja siti aminah".
  const isEnough = count(names) > 1 || names.every((name) => name === null || !isLoneWord(parted, name));
  return isEnough ? { ...before, ...assign(labels, names) } : before;
}

function withLoneName(message: string, known: NamePair): NamePair {
  const missing = (['kemnaker', 'prakerja'] as const).filter((account) => known[account] === null);
  const name = missing.length === 1 ? readName(message) : null;
  return name === null ? known : { ...known, [missing[0]!]: name };
}

/** Mentions that only an "and" parts are one label: "di kemnaker dan prakerja", "KTP/prakerja". */
function labelsOf(message: PartedMessage): readonly Label[] {
  const labels: Label[] = [];
  for (const mention of message.mentions) {
    const last = labels.at(-1);
    if (last !== undefined && isOneLabel(message, last, mention)) {
      labels[labels.length - 1] = { ...last, to: mention.to, mentions: [...last.mentions, mention] };
    } else labels.push({ from: mention.from, to: mention.to, mentions: [mention] });
  }
  return labels;
}

function isOneLabel({ tokens, parts }: PartedMessage, last: Label, next: Mention): boolean {
  if (next.from < last.to) return true;
  const between = tokens.slice(last.to, next.from);
  if (between.some(({ word }, index) => parts[last.to + index] !== 'linking' && !AND.has(word))) return false;
  const isSameAccount = last.mentions.every(({ account }) => account === next.account);
  const hasAnd = between.some(({ word }) => AND.has(word));
  const hasSign = [...between, tokens[next.from]!].some((token) => AND_SIGN.test(token.before));
  return hasAnd || hasSign || (isSameAccount && between.length === 0);
}

function count(names: readonly (string | null)[]): number {
  return names.filter((name) => name !== null).length;
}

/** The account's own mention beats the card's; of two the first. */
function assign(labels: readonly Label[], names: readonly (string | null)[]): Partial<NamePair> {
  const found: Partial<Record<Account, string>> = {};
  const isProper: Partial<Record<Account, boolean>> = {};
  labels.forEach(({ mentions }, index) => {
    const name = names[index];
    if (name === null || name === undefined) return;
    for (const mention of mentions) {
      const account = mention.account ?? otherOf(labels);
      if (account === null) continue;
      if (found[account] !== undefined && (isProper[account] === true || !mention.isProper)) continue;
      found[account] = name;
      isProper[account] = mention.isProper;
    }
  });
  return found;
}

/** What "the other one" is, when one account is named and the other is not. */
function otherOf(labels: readonly Label[]): Account | null {
  const accounts = new Set(
    labels.flatMap(({ mentions }) => mentions.flatMap(({ account }) => account ?? [])),
  );
  if (accounts.size !== 1) return null;
  return accounts.has('kemnaker') ? 'prakerja' : 'kemnaker';
}
