import { ApiError, type TelegramChat, type TelegramMessage, type TelegramUser } from './protocol.ts';

/** One private chat as the platform keeps it. */
export type Chat = {
  readonly chat: TelegramChat;
  readonly user: TelegramUser;
  readonly messages: Map<number, TelegramMessage>;
  /** The participant wrote first; before that a bot may not. */
  started: boolean;
  /** The participant blocked the bot. */
  blocked: boolean;
  /** What the bot does at this moment, as the participant sees it. */
  action: string | null;
  /** Grows with everything the participant can see change. */
  changes: number;
};

export type Account = {
  readonly bot: TelegramUser;
  readonly chats: Map<number, Chat>;
  /** Callback queries that wait for their answer. */
  readonly openCallbacks: Set<string>;
  readonly commands: Map<string, readonly unknown[]>;
  /** One counter for all private chats of the account, as on the platform. */
  nextMessageId(): number;
  openChat(user: TelegramUser): Chat;
  /** @throws {ApiError} in the platform's words when the bot cannot write there */
  writableChat(chatId: number): Chat;
  changed(chat: Chat): void;
  /** Resolves when anything a participant can see changes. */
  nextChange(chat: Chat, sinceChanges: number, signal: AbortSignal): Promise<void>;
};

export function createAccount(bot: TelegramUser, firstMessageId: number): Account {
  const chats = new Map<number, Chat>();
  const watchers = new Map<number, Set<() => void>>();
  let lastMessageId = firstMessageId - 1;

  return {
    bot,
    chats,
    openCallbacks: new Set(),
    commands: new Map(),
    nextMessageId: () => ++lastMessageId,
    openChat(user) {
      const chat: Chat = {
        chat: { id: user.id, type: 'private', first_name: user.first_name },
        user,
        messages: new Map(),
        started: false,
        blocked: false,
        action: null,
        changes: 0,
      };
      chats.set(user.id, chat);
      return chat;
    },
    writableChat(chatId) {
      const chat = chats.get(chatId);
      if (chat === undefined) throw new ApiError(400, 'Bad Request: chat not found');
      if (chat.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
      if (!chat.started) throw new ApiError(403, "Forbidden: bot can't initiate conversation with a user");
      return chat;
    },
    changed(chat) {
      chat.changes += 1;
      const waiting = watchers.get(chat.chat.id);
      watchers.delete(chat.chat.id);
      for (const wake of waiting ?? []) wake();
    },
    nextChange(chat, sinceChanges, signal) {
      if (chat.changes > sinceChanges) return Promise.resolve();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiting = watchers.get(chat.chat.id) ?? new Set();
      waiting.add(resolve);
      watchers.set(chat.chat.id, waiting);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      return promise;
    },
  };
}
