import type { Account } from './account.ts';
import {
  chatIdOf,
  checkedCaption,
  checkedEntities,
  checkedKeyboard,
  checkedPhoto,
  checkedText,
} from './checks.ts';
import { sayInGroup, TOPIC_METHODS } from './group.ts';
import { ApiError, type Params, type TelegramMessage } from './protocol.ts';
import type { UpdateQueue } from './update-queue.ts';
import type { Webhook } from './webhook.ts';

export type Platform = {
  readonly account: Account;
  readonly queue: UpdateQueue;
  readonly webhook: Webhook;
  /** Epoch milliseconds. */
  readonly now: () => number;
};
type Method = (platform: Platform, params: Params, signal: AbortSignal) => unknown;

/** Every method this server knows; any other is 404, as on the platform. */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: ({ account }) => ({ ...account.bot, can_join_groups: true, can_read_all_group_messages: false }),

  getUpdates({ queue, webhook }, params, signal) {
    if (webhook.active) {
      throw new ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    return queue.getUpdates(params, signal);
  },

  setWebhook({ webhook }, params) {
    webhook.set(params);
    return true;
  },

  deleteWebhook({ webhook, queue }, params) {
    webhook.remove();
    if (params.drop_pending_updates === true) queue.forgetPending();
    return true;
  },

  getWebhookInfo: ({ webhook }) => webhook.info(),

  ...TOPIC_METHODS,

  sendMessage(platform, params) {
    const { account, now } = platform;
    const inGroup = sayInGroup(platform, params);
    if (inGroup !== null) return inGroup;
    const chat = account.writableChat(chatIdOf(params));
    const text = checkedText(params);
    const message: TelegramMessage = {
      message_id: account.nextMessageId(),
      date: Math.floor(now() / 1000),
      chat: chat.chat,
      from: account.bot,
      text,
      ...optional('entities', checkedEntities(params, text)),
      ...optional('reply_markup', checkedKeyboard(params)),
    };
    chat.messages.set(message.message_id, message);
    chat.action = null;
    account.changed(chat);
    return message;
  },

  sendPhoto({ account, now }, params) {
    const chat = account.writableChat(chatIdOf(params));
    const size = checkedPhoto(params);
    const message: TelegramMessage = {
      message_id: account.nextMessageId(),
      date: Math.floor(now() / 1000),
      chat: chat.chat,
      from: account.bot,
      photo: [{ file_id: 'AgACAgUAAxkDOwn', file_unique_id: 'AQADOwn', ...size }],
      ...optional('caption', checkedCaption(params)),
      ...optional('reply_markup', checkedKeyboard(params)),
    };
    chat.messages.set(message.message_id, message);
    chat.action = null;
    account.changed(chat);
    return message;
  },

  editMessageCaption({ account, now }, params) {
    const chat = account.writableChat(chatIdOf(params));
    const old = editable(account, chat.messages, params);
    if (old.photo === undefined) {
      throw new ApiError(400, 'Bad Request: there is no caption in the message to edit');
    }
    const { caption: _, reply_markup: __, ...kept } = old;
    return replace(account, chat, old, {
      ...kept,
      edit_date: Math.floor(now() / 1000),
      ...optional('caption', checkedCaption(params)),
      ...optional('reply_markup', checkedKeyboard(params)),
    } as TelegramMessage);
  },

  editMessageText({ account, now }, params) {
    const chat = account.writableChat(chatIdOf(params));
    const old = editable(account, chat.messages, params);
    if (old.photo !== undefined)
      throw new ApiError(400, 'Bad Request: there is no text in the message to edit');
    const text = checkedText(params);
    const { entities: _, reply_markup: __, ...kept } = old;
    return replace(account, chat, old, {
      ...kept,
      message_id: old.message_id,
      text,
      edit_date: Math.floor(now() / 1000),
      ...optional('entities', checkedEntities(params, text)),
      ...optional('reply_markup', checkedKeyboard(params)),
    } as TelegramMessage);
  },

  editMessageReplyMarkup({ account, now }, params) {
    const chat = account.writableChat(chatIdOf(params));
    const old = editable(account, chat.messages, params);
    const { reply_markup: _, ...kept } = old;
    const keyboard = optional('reply_markup', checkedKeyboard(params));
    return replace(account, chat, old, {
      ...kept,
      edit_date: Math.floor(now() / 1000),
      ...keyboard,
    } as TelegramMessage);
  },

  deleteMessage({ account }, params) {
    const chat = account.writableChat(chatIdOf(params));
    if (!chat.messages.delete(Number(params.message_id))) {
      throw new ApiError(400, 'Bad Request: message to delete not found');
    }
    account.changed(chat);
    return true;
  },

  answerCallbackQuery({ account }, params) {
    if (!account.openCallbacks.delete(String(params.callback_query_id))) {
      throw new ApiError(
        400,
        'Bad Request: query is too old and response timeout expired or query ID is invalid',
      );
    }
    return true;
  },

  sendChatAction({ account }, params) {
    const chat = account.writableChat(chatIdOf(params));
    chat.action = String(params.action);
    account.changed(chat);
    return true;
  },

  setMyCommands({ account }, params) {
    const commands = params.commands;
    if (!Array.isArray(commands)) throw new ApiError(400, "Bad Request: can't parse commands JSON object");
    for (const { command, description } of commands as Params[]) {
      if (!/^[a-z0-9_]{1,32}$/.test(String(command))) {
        throw new ApiError(400, 'Bad Request: BOT_COMMAND_INVALID');
      }
      const length = typeof description === 'string' ? description.length : 0;
      if (length < 1 || length > 256) throw new ApiError(400, 'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
    }
    account.commands.set(String(params.language_code ?? ''), commands);
    return true;
  },
};

function editable(
  account: Account,
  messages: ReadonlyMap<number, TelegramMessage>,
  params: Params,
): TelegramMessage {
  const message = messages.get(Number(params.message_id));
  if (message === undefined) throw new ApiError(400, 'Bad Request: message to edit not found');
  if (message.from.id !== account.bot.id) throw new ApiError(400, "Bad Request: message can't be edited");
  return message;
}

function replace(
  account: Account,
  chat: Parameters<Account['changed']>[0],
  old: TelegramMessage,
  edited: TelegramMessage,
): TelegramMessage {
  if (sameContent(old, edited)) {
    throw new ApiError(
      400,
      'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  chat.messages.set(old.message_id, edited);
  account.changed(chat);
  return edited;
}

function sameContent(one: TelegramMessage, other: TelegramMessage): boolean {
  const content = ({ text, caption, entities, reply_markup }: TelegramMessage): string =>
    JSON.stringify([text ?? null, caption ?? null, entities ?? [], reply_markup ?? null]);
  return content(one) === content(other);
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}
