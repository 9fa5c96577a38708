import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Choice } from '../../message.ts';

/** Two labels of this many characters fit side by side on a narrow phone; a cut label is no answer. */
const HALF_WIDTH = 14;

/** Choices in the order given, two in a row where both are short. */
export function keyboardOf(choices: readonly Choice[]): InlineKeyboardMarkup | undefined {
  if (choices.length === 0) return undefined;
  const rows: Choice[][] = [];
  for (const choice of choices) {
    const row = rows.at(-1);
    if (row?.length === 1 && isShort(row[0]!) && isShort(choice)) row.push(choice);
    else rows.push([choice]);
  }
  return {
    inline_keyboard: rows.map((row) => row.map(({ id, label }) => ({ text: label, callback_data: id }))),
  };
}

function isShort(choice: Choice): boolean {
  return [...choice.label].length <= HALF_WIDTH;
}
