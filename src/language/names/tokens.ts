import { clean } from '../clean.ts';

/** One word of a message, where it stands, and what it is compared by. */
export type Token = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between it and the token before. */
  readonly before: string;
  /** Cleaned, without gaps: "S.Pd" is `spd`, "a.n." is `an`. */
  readonly word: string;
};

/** A "/" parts tokens, but for the one in "a/n". */
const TOKEN = /a\/n(?![\p{L}\p{N}])|[^\s:=()"“”„«»;,/|→>&+]+/giu;
const READABLE = /[\p{L}\p{N}]/u;

export function tokensOf(message: string): readonly Token[] {
  const tokens: Token[] = [];
  let behind = 0;
  for (const match of message.matchAll(TOKEN)) {
    const text = match[0];
    if (!READABLE.test(text)) continue;
    // A placeholder cleans to nothing; it must not be skipped, or "[nomor]" would be no number.
    const word = clean(text).replaceAll(' ', '') || text.toLowerCase();
    tokens.push({
      text,
      start: match.index,
      end: match.index + text.length,
      before: message.slice(behind, match.index),
      word,
    });
    behind = match.index + text.length;
  }
  return tokens;
}
