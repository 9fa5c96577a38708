/** The shapes of the Bot API that this server speaks; only what a bot in private chats meets. */

export type TelegramUser = {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly username?: string;
  readonly language_code?: string;
};

export type TelegramChat = {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup' | 'channel';
  readonly first_name?: string;
  readonly title?: string;
};

export type InlineButton = { readonly text: string; readonly callback_data?: string; readonly url?: string };
export type InlineKeyboard = { readonly inline_keyboard: readonly (readonly InlineButton[])[] };

export type TelegramMessage = {
  readonly message_id: number;
  readonly date: number;
  readonly chat: TelegramChat;
  readonly from: TelegramUser;
  readonly text?: string;
  readonly entities?: readonly unknown[];
  readonly reply_markup?: InlineKeyboard;
  readonly edit_date?: number;
  /** Voice, photo, location and so on: see payloads.ts. */
  readonly [content: string]: unknown;
};

export type TelegramUpdate = { readonly update_id: number; readonly [kind: string]: unknown };

/** A refusal in the Bot API's own words. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
  constructor(code: number, description: string, parameters?: Readonly<Record<string, unknown>>) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export type Params = Readonly<Record<string, unknown>>;
