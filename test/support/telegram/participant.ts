import type { Chat } from './account.ts';
import type { Platform } from './methods.ts';
import { CONTENT, type ContentKind } from './payloads.ts';
import type { InlineButton, TelegramMessage } from './protocol.ts';

/** A message as the participant sees it on the phone. */
export type Seen = {
  readonly id: number;
  readonly from: 'bot' | 'participant';
  readonly text: string;
  /** Rows of button labels. */
  readonly buttons: readonly (readonly string[])[];
  readonly edited: boolean;
  /** The size of the picture above the text. */
  readonly photo?: { readonly width: number; readonly height: number };
};

/** Somebody with a phone. Whatever they do becomes an update; what they see is what the platform kept. */
export type Participant = {
  readonly id: number;
  readonly chat: string;
  says(text: string, extra?: Readonly<Record<string, unknown>>): TelegramMessage;
  sends(kind: ContentKind, caption?: string): TelegramMessage;
  /** Presses a button of a message, by label or by place (0 is the first). */
  presses(message: Seen, button: string | number): string;
  /** Presses with any data, as a manipulated client can; the message may be out of the bot's reach by now. */
  forges(data: string, options?: { readonly inaccessible?: boolean }): string;
  edits(message: TelegramMessage, text: string): TelegramMessage;
  deletes(messageId: number): void;
  blocks(): void;
  unblocks(): void;
  saysInGroup(text: string): void;
  messages(): readonly Seen[];
  /** The bot's messages alone. */
  heard(): readonly Seen[];
  /** Waits until the bot has said at least this many messages in all. */
  hears(count: number, withinMs?: number): Promise<readonly Seen[]>;
  readonly sees: string | null;
};

export type ParticipantOptions = {
  readonly name?: string;
  /** Language of the phone; null sends none, as some clients do. */
  readonly language?: string | null;
  readonly isBot?: boolean;
};

export function createParticipant(platform: Platform, id: number, options: ParticipantOptions): Participant {
  const { account, queue, now } = platform;
  const language = options.language === undefined ? 'id' : options.language;
  const user = {
    id,
    is_bot: options.isBot ?? false,
    first_name: options.name ?? 'Siti',
    ...(language === null ? {} : { language_code: language }),
  };
  const chat: Chat = account.openChat(user);
  const seconds = (): number => Math.floor(now() / 1000);
  let callbacks = 0;

  function write(content: Readonly<Record<string, unknown>>): TelegramMessage {
    chat.started = true;
    const message = {
      message_id: account.nextMessageId(),
      date: seconds(),
      chat: chat.chat,
      from: user,
      ...content,
    };
    chat.messages.set(message.message_id, message);
    account.changed(chat);
    queue.add('message', message);
    return message;
  }

  function press(message: unknown, data: string | undefined): string {
    callbacks += 1;
    const queryId = `${id}${String(callbacks).padStart(9, '0')}`;
    account.openCallbacks.add(queryId);
    queue.add('callback_query', { id: queryId, from: user, chat_instance: `-${id}7`, message, data });
    return queryId;
  }

  function membership(from: string, to: string): void {
    queue.add('my_chat_member', {
      chat: chat.chat,
      from: user,
      date: seconds(),
      old_chat_member: { user: account.bot, status: from },
      new_chat_member: { user: account.bot, status: to, ...(to === 'kicked' ? { until_date: 0 } : {}) },
    });
  }

  const seen = (): Seen[] => [...chat.messages.values()].map((message) => asSeen(message, account.bot.id));
  const heard = (): Seen[] => seen().filter((message) => message.from === 'bot');

  return {
    id,
    chat: String(id),
    says: (text, extra = {}) => write({ text, ...commandEntity(text), ...extra }),
    sends: (kind, caption) => write({ ...CONTENT[kind], ...(caption === undefined ? {} : { caption }) }),
    presses(message, button) {
      const kept = chat.messages.get(message.id);
      const buttons: readonly InlineButton[] = kept?.reply_markup?.inline_keyboard.flat() ?? [];
      const pressed =
        typeof button === 'number' ? buttons[button] : buttons.find(({ text }) => text === button);
      if (pressed === undefined)
        throw new RangeError(`message ${message.id} has no button ${JSON.stringify(button)}`);
      return press(kept, pressed.callback_data);
    },
    forges(data, { inaccessible = false } = {}) {
      chat.started = true;
      const ours = [...chat.messages.values()].findLast((message) => message.from.id === account.bot.id);
      const gone = { chat: chat.chat, message_id: ours?.message_id ?? 1, date: 0 };
      return press(inaccessible ? gone : (ours ?? gone), data);
    },
    edits(message, text) {
      const edited = { ...message, text, edit_date: seconds() };
      chat.messages.set(message.message_id, edited);
      account.changed(chat);
      queue.add('edited_message', edited);
      return edited;
    },
    deletes(messageId) {
      chat.messages.delete(messageId);
      account.changed(chat);
    },
    blocks() {
      chat.blocked = true;
      membership('member', 'kicked');
    },
    unblocks() {
      chat.blocked = false;
      membership('kicked', 'member');
    },
    saysInGroup(text) {
      const group = { id: -1_001_000_000_000 - id, type: 'supergroup', title: 'Alumni' };
      // Groups of this kind count their messages themselves.
      queue.add('message', { message_id: 7, date: seconds(), chat: group, from: user, text });
    },
    messages: seen,
    heard,
    async hears(count, withinMs = 5_000) {
      const signal = AbortSignal.timeout(withinMs);
      for (;;) {
        const changes = chat.changes;
        const sofar = heard();
        if (sofar.length >= count) return sofar;
        await account.nextChange(chat, changes, signal).catch(() => {
          throw new Error(`the bot said ${heard().length} messages within ${withinMs} ms, expected ${count}`);
        });
      }
    },
    get sees() {
      return chat.action;
    },
  };
}

function asSeen(message: TelegramMessage, botId: number): Seen {
  return {
    id: message.message_id,
    from: message.from.id === botId ? 'bot' : 'participant',
    text: message.text ?? String(message.caption ?? ''),
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) => row.map(({ text }) => text)),
    edited: message.edit_date !== undefined,
    ...(message.photo === undefined ? {} : { photo: sizeOf(message.photo) }),
  };
}

function sizeOf(photo: unknown): { width: number; height: number } {
  const { width, height } = (photo as { width: number; height: number }[]).at(-1)!;
  return { width, height };
}

function commandEntity(text: string): Readonly<Record<string, unknown>> {
  const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
  return command === undefined
    ? {}
    : { entities: [{ type: 'bot_command', offset: 0, length: command.length }] };
}
