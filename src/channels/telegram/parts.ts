import type { Saying } from '../../message.ts';
import { keyboardOf } from './keyboard.ts';
import { CAPTION_LIMIT, splitText } from './split.ts';

/** What goes out as one message of Telegram's. The words of a photo are its caption, '' for none. */
export type Part = { readonly kind: 'text' | 'photo'; readonly words: string };

/** A picture comes first, and takes the words with it when they fit below it. */
export function partsOf(text: string, isPictured: boolean): readonly Part[] {
  const texts = splitText(text).map((words): Part => ({ kind: 'text', words }));
  if (!isPictured) return texts;
  const [only] = texts;
  if (only !== undefined && texts.length === 1 && only.words.length <= CAPTION_LIMIT)
    return [{ kind: 'photo', words: only.words }];
  return [{ kind: 'photo', words: '' }, ...texts];
}

/** Never a parse mode: whatever a participant typed stays text (faults.md S15). */
const PLAIN = { link_preview_options: { is_disabled: true } } as const;

/** Of a photo there is no link to be previewed. */
export function captioned({ words }: Part, { link_preview_options: _, ...how }: Look) {
  return words === '' ? how : { ...how, caption: words };
}

/** How part `index` of `parts` is sent: the buttons are on the last one. */
export function look(saying: Saying, index: number, parts: number) {
  const keyboard = index === parts - 1 ? keyboardOf(saying.choices) : undefined;
  return { ...PLAIN, ...(keyboard === undefined ? {} : { reply_markup: keyboard }) };
}
export type Look = ReturnType<typeof look>;
