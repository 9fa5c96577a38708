import type { proto } from '@whiskeysockets/baileys';
import type { Language, Saying } from '../../message.ts';

/** The line under a menu, in the words of flows/; one choice reads otherwise than several. */
export type MenuWords = { readonly one: string; readonly several: string };

/**
 * A message as WhatsApp shows it: the choices numbered below the text, in the order a bare number means
 * (conversation/session.ts, `menu`). Buttons of ordinary numbers do not reach everybody (decision 21).
 */
export function contentOf(saying: Saying, words: (language: Language) => MenuWords): proto.IMessage {
  return { extendedTextMessage: { text: textOf(saying, words(saying.language ?? 'id')) } };
}

function textOf({ text, choices }: Saying, hint: MenuWords): string {
  const words = withoutFormatting(text);
  if (choices.length === 0) return words;
  const lines = choices.map(({ label }, index) => `${index + 1}. ${label}`);
  return [words, '', ...lines, '', choices.length === 1 ? hint.one : hint.several].join('\n');
}

/** WhatsApp makes bold, slanted, struck or spaced letters of these, also where a participant's own words are repeated. */
const MARKS: Readonly<Record<string, string>> = { '*': '＊', _: '＿', '~': '～', '`': '｀' };

/**
 * Pandu's texts carry no formatting, so whatever looks like it was typed by somebody (faults.md S16): its marks become
 * their wide forms, which mean nothing to WhatsApp. Inside a word and in links they are no formatting and stay.
 */
function withoutFormatting(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 1 ? part : widened(part)))
    .join('');
}

function widened(text: string): string {
  return text
    .replace(/(?<![\p{L}\p{N}])[*_~`]+|[*_~`]+(?![\p{L}\p{N}])/gu, (marks) =>
      [...marks].map((mark) => MARKS[mark]!).join(''),
    )
    .replace(/^> /gm, '› ');
}
