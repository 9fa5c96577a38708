import { ApiError, type InlineKeyboard, type Params } from './protocol.ts';

/** Characters after entities are parsed, counted as UTF-16 units (https://core.telegram.org/bots/api#sendmessage). */
export const TEXT_LIMIT = 4096;
const CALLBACK_DATA_BYTES = 64;
const BUTTONS_IN_ALL = 100;

export function chatIdOf(params: Params): number {
  const id = Number(params.chat_id);
  if (params.chat_id === undefined || params.chat_id === '')
    throw new ApiError(400, 'Bad Request: chat_id is empty');
  if (!Number.isSafeInteger(id)) throw new ApiError(400, 'Bad Request: chat not found');
  return id;
}

/** The text as the platform keeps it: trimmed, never empty, never too long. */
export function checkedText(params: Params): string {
  const given = params.text;
  if (typeof given !== 'string') throw new ApiError(400, 'Bad Request: message text is empty');
  if (!given.isWellFormed()) throw new ApiError(400, 'Bad Request: strings must be encoded in UTF-8');
  // With a parse mode, text of a participant could become markup. Nothing here may use one.
  if (params.parse_mode !== undefined) {
    throw new ApiError(400, "Bad Request: can't parse entities: parse modes are not taken here");
  }
  const text = given.trim();
  if (text.replace(/[\p{Cf}\p{White_Space}]/gu, '') === '') {
    throw new ApiError(400, 'Bad Request: message text is empty');
  }
  if (text.length > TEXT_LIMIT) throw new ApiError(400, 'Bad Request: message is too long');
  return text;
}

const CAPTION_LIMIT = 1024;

/** What stands below a photo; nothing is as good as none. */
export function checkedCaption(params: Params): string | undefined {
  if (params.caption === undefined) return undefined;
  if (params.parse_mode !== undefined) {
    throw new ApiError(400, "Bad Request: can't parse entities: parse modes are not taken here");
  }
  const caption = String(params.caption).trim();
  if (caption.length > CAPTION_LIMIT) throw new ApiError(400, 'Bad Request: message caption is too long');
  return caption === '' ? undefined : caption;
}

const PNG_SIGNATURE = '89504e470d0a1a0a';

/** A photo as the platform looks at one that was uploaded (https://core.telegram.org/bots/api#sendphoto). */
export function checkedPhoto(params: Params): { readonly width: number; readonly height: number } {
  const { photo } = params;
  if (!(photo instanceof Uint8Array))
    throw new ApiError(400, 'Bad Request: there is no photo in the request');
  const file = Buffer.from(photo);
  if (file.length > 10 * 1024 * 1024) throw new ApiError(413, 'Request Entity Too Large');
  if (file.subarray(0, 8).toString('hex') !== PNG_SIGNATURE)
    throw new ApiError(400, 'Bad Request: IMAGE_PROCESS_FAILED');
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  if (width + height > 10_000 || Math.max(width / height, height / width) > 20) {
    throw new ApiError(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS');
  }
  return { width, height };
}

export function checkedEntities(params: Params, text: string): readonly unknown[] | undefined {
  const entities = params.entities;
  if (entities === undefined) return undefined;
  if (!Array.isArray(entities)) throw new ApiError(400, "Bad Request: can't parse entities JSON object");
  for (const entity of entities as Params[]) {
    const offset = Number(entity.offset);
    const length = Number(entity.length);
    const fits = offset >= 0 && length > 0 && offset + length <= text.length;
    if (!fits || typeof entity.type !== 'string') {
      throw new ApiError(400, 'Bad Request: entity has invalid bounds');
    }
  }
  return entities;
}

export function checkedKeyboard(params: Params): InlineKeyboard | undefined {
  const markup = params.reply_markup as InlineKeyboard | undefined;
  if (markup === undefined) return undefined;
  const rows = markup.inline_keyboard;
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw new ApiError(400, 'Bad Request: object expected as reply markup');
  }
  const buttons = rows.flat();
  if (buttons.length > BUTTONS_IN_ALL) throw new ApiError(400, 'Bad Request: reply markup is too long');
  for (const button of buttons) checkButton(button);
  return buttons.length === 0 ? undefined : { inline_keyboard: rows.filter((row) => row.length > 0) };
}

function checkButton(button: Params): void {
  if (typeof button.text !== 'string' || button.text.trim() === '') {
    throw new ApiError(400, 'Bad Request: button text must be non-empty');
  }
  const data = button.callback_data;
  if (data === undefined && button.url === undefined) {
    throw new ApiError(
      400,
      "Bad Request: can't parse inline keyboard button: text buttons are unallowed in the inline keyboard",
    );
  }
  if (data === undefined) return;
  const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0;
  if (bytes < 1 || bytes > CALLBACK_DATA_BYTES) throw new ApiError(400, 'Bad Request: BUTTON_DATA_INVALID');
}
