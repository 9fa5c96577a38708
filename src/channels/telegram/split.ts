/** Telegram counts UTF-16 units after entities are parsed (https://core.telegram.org/bots/api#sendmessage). */
export const TEXT_LIMIT = 4096;

/** For words below a photo (https://core.telegram.org/bots/api#sendphoto). */
export const CAPTION_LIMIT = 1024;

const BREAKS = ['\n\n', '\n', ' '];
/** What Telegram takes for nothing at all. */
const INVISIBLE = /^[\p{Cf}\p{Cc}\p{White_Space}]*$/u;

/**
 * The parts in which a text is sent: cut between paragraphs, else between lines, else between words, else between code
 * points; white space at a cut is lost. Never a part that Telegram would find empty; no part at all for an empty text.
 */
export function splitText(text: string, limit: number = TEXT_LIMIT): readonly string[] {
  const parts: string[] = [];
  let rest = text.toWellFormed().trim();
  while (rest.length > limit) {
    const end = cut(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  parts.push(rest);
  return parts.filter((part) => !INVISIBLE.test(part));
}

function cut(text: string, limit: number): number {
  for (const separator of BREAKS) {
    const at = text.lastIndexOf(separator, limit);
    // A break far ahead of the limit would make many small messages.
    if (at > limit / 2) return at;
  }
  const before = text.charCodeAt(limit - 1);
  const splitsPair = before >= 0xd800 && before <= 0xdbff;
  return splitsPair ? limit - 1 : limit;
}
