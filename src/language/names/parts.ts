import { type Mention, mentionsIn } from './mentions.ts';
import { isTalking } from './problem.ts';
import type { Token } from './tokens.ts';
import {
  ADDRESS,
  COURTESIES,
  COURTESY_OR_NAME,
  LINKING,
  LINKING_AND_NAME,
  LINKING_OR_NAME,
  PAIRS,
  PARTICLES,
  SAME,
  TALK_OR_NAME,
} from './words.ts';

/** What each word of a message does in it. */
export type Part = 'name' | 'linking' | 'courtesy' | 'talk' | 'mention';

/** What a word is when it is no part of a name, and whether it may be one. */
type Role = { readonly part: Part; readonly doubt: 'none' | 'common-name' | 'rare-name' };

const ON_BEHALF = /^(?:a\.\s?n\.?|a\/n|an\.)$/i;
const LIST_NUMBER = /^\d{1,2}\.?$/;
const VOWELS = /[aeiou]+/g;
const CAPITAL = /^\P{L}*\p{Lu}/u;
/** A name that goes on longer is none. */
const MOST_NEIGHBOURS = 12;
const PARTS = /[,;\n:=()]/;
/** A degree, and otherwise short for "mbak". */
const DEGREE = /^M\.?B\.?A\.?$/;
/** Where "Sonya" is a name, "akunnya" is none. */
const CLITIC = /(?<=\p{L}{4})nya$/u;
/** They never end a name. */
const SIR_OR_MADAM: ReadonlySet<string> = new Set(['pak', 'bu', 'bapak', 'ibu']);
const ELONGATED = /(\p{L})\1+$/u;

export type Message = {
  readonly tokens: readonly Token[];
  readonly parts: readonly Part[];
  readonly mentions: readonly Mention[];
};

/** @param textBehind what stands in the message behind a token */
export function readParts(tokens: readonly Token[], textBehind: (token: Token) => string): Message {
  const mentions = mentionsIn(tokens);
  const mentioned = new Set(
    mentions.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, offset) => from + offset)),
  );
  const roles = tokens.map((token, index): Role => {
    if (mentioned.has(index)) return certain('mention');
    return roleInPlace(tokens, index, textBehind(token)) ?? roleOfWord(token.word);
  });
  const parts = roles.map(({ part, doubt }, index) => {
    if (doubt === 'none') return part;
    return belongsToName({ tokens, roles, mentions }, index) ? 'name' : part;
  });
  return { tokens, parts, mentions };
}

function isMixed(text: string): boolean {
  return text !== text.toUpperCase();
}

function certain(part: Part): Role {
  return { part, doubt: 'none' };
}

/** What is known of a word by its signs and neighbours. */
function roleInPlace(tokens: readonly Token[], index: number, textBehind: string): Role | null {
  const { text, word } = tokens[index]!;
  const isNumbered = LIST_NUMBER.test(text) && (text.endsWith('.') || textBehind.startsWith(')'));
  if (ON_BEHALF.test(text) || isNumbered) return certain('linking');
  if (DEGREE.test(text) && (PARTS.test(tokens[index]!.before) || tokens.some((other) => isMixed(other.text))))
    return certain('name');
  const [before, behind] = [tokens[index - 1]?.word, tokens[index + 1]?.word];
  if (PAIRS.has(`${word}_${behind}`) || PAIRS.has(`${before}_${word}`)) return certain('courtesy');
  // An initial, whatever else one letter may be short for.
  return word.length === 1 ? certain('name') : null;
}

function roleOfWord(word: string): Role {
  if (LINKING_AND_NAME.has(word)) return { part: 'linking', doubt: 'common-name' };
  if (LINKING_OR_NAME.has(word)) return { part: 'linking', doubt: 'rare-name' };
  if (COURTESY_OR_NAME.has(word) || ADDRESS.has(word)) return { part: 'courtesy', doubt: 'rare-name' };
  const short = word.replace(ELONGATED, '$1');
  if (LINKING.has(word) || LINKING.has(short)) return certain('linking');
  if (COURTESIES.has(word) || COURTESIES.has(short)) return certain('courtesy');
  if (TALK_OR_NAME.has(word)) return { part: 'talk', doubt: 'rare-name' };
  return certain(SAME.has(word) || isTalking(word) || isTalking(word.replace(CLITIC, '')) ? 'talk' : 'name');
}

type Context = Pick<Message, 'tokens' | 'mentions'> & { readonly roles: readonly Role[] };

/**
 * Whether a word that means something else belongs to the name beside it. Capitals decide where the message has both
 * sizes; otherwise a word of one syllable goes with others of one syllable ("tan ah min").
 */
function belongsToName(context: Context, index: number): boolean {
  const { tokens, roles } = context;
  const { text, word } = tokens[index]!;
  const { part, doubt } = roles[index]!;
  const isCapital = CAPITAL.test(text);
  const isCommon = doubt === 'common-name';
  const names = runAround(context, index).filter((at) => roles[at]!.doubt === 'none');
  if (names.length === 0) return isCommon && (isCapital || !isBeforeLabel(context, index));
  const others = names.map((at) => tokens[at]!);
  if (others.some((token) => CAPITAL.test(token.text)) !== isCapital) return false;
  const isFirst = index < names[0]!;
  const isLast = index > names.at(-1)!;
  if (isLast && SIR_OR_MADAM.has(word)) return false;
  const next = roles[index + 1];
  const isParticle = PARTICLES.has(word) && next?.part === 'courtesy' && next.doubt === 'none';
  if (isParticle && !isCapital) return false;
  if (isCommon) return isCapital || !isPreposition(context, index);
  // The article of "An-Nisa", "An Nur"; otherwise it is short for "atas nama".
  if (word === 'an' && tokens[index + 1]?.word.startsWith('n') === true) return true;
  if (others.every((token) => (token.word.match(VOWELS)?.length ?? 0) <= 1)) return true;
  if (ADDRESS.has(word)) return isCapital && isFirst;
  // "Min Siti Aminah" begins with a call, "Tan Siu Lan Min" ends with a name.
  return isCapital && (!isFirst || part === 'talk');
}

function isBeforeLabel({ tokens, mentions }: Context, index: number): boolean {
  return mentions.some(({ from }) => from === index + 1) || LINKING.has(tokens[index + 1]?.word ?? '');
}

/** "ari dina prakerja"; a lone "dina" before one account is a name unless it stands before the others too. */
function isPreposition(context: Context, index: number): boolean {
  const { tokens, mentions } = context;
  if (tokens[index]!.word !== 'dina') {
    return isBeforeLabel(context, index) || tokens[index + 1]?.word === 'dina';
  }
  const isMentionNext = mentions.some(({ from }) => from === index + 1);
  return isMentionNext && mentions.every(({ from }) => tokens[from - 1]?.word === 'dina');
}

/** Neighbours that are names or may be, not parted by a comma or a line. */
function runAround({ tokens, roles }: Context, index: number): readonly number[] {
  const may = (at: number): boolean => {
    const role = roles[at];
    return role !== undefined && (role.part === 'name' || role.doubt !== 'none');
  };
  const isJoined = (at: number): boolean => !PARTS.test(tokens[at]!.before);
  let from = index;
  while (index - from < MOST_NEIGHBOURS && may(from - 1) && isJoined(from)) from -= 1;
  let to = index;
  while (to - index < MOST_NEIGHBOURS && may(to + 1) && isJoined(to + 1)) to += 1;
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}
