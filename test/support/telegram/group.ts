import { chatIdOf, checkedText } from './checks.ts';
import type { Platform } from './methods.ts';
import { CONTENT, type ContentKind } from './payloads.ts';
import { ApiError, type Params, type TelegramMessage } from './protocol.ts';

type Topic = { readonly name: string; closed: boolean; readonly said: string[]; readonly ids: number[] };

/** A supergroup with topics, as the platform keeps it: it counts its messages itself. */
export type GroupState = {
  readonly id: number;
  readonly topics: Map<number, Topic>;
  /** Whether the bot may manage topics. */
  isAdmin: boolean;
  nextId(): number;
};

/** The group in which people of ours answer. */
export type Group = {
  /** For `OPERATOR_TELEGRAM_CHAT`. */
  readonly id: string;
  /** Topics in the order in which they were made, those that were deleted left out. */
  topics(): readonly (Readonly<Topic> & { readonly thread: number })[];
  /** Writes in a topic; what is answered to is told by the thread alone. */
  writes(thread: number | null, text: string, extra?: Readonly<Record<string, unknown>>): TelegramMessage;
  sends(thread: number, kind: ContentKind): void;
  edits(message: TelegramMessage, text: string): void;
  /** By hand, as an administrator can. */
  closes(thread: number): void;
  deletes(thread: number): void;
  /** Whether the bot may manage topics from now on. */
  makesAdmin(isAdmin: boolean): void;
};

const groups = new WeakMap<Platform, Map<number, GroupState>>();

function groupsOf(platform: Platform): Map<number, GroupState> {
  const known = groups.get(platform) ?? new Map<number, GroupState>();
  groups.set(platform, known);
  return known;
}

export function createGroup(platform: Platform, id: number): Group {
  const { queue, now } = platform;
  let lastId = 0;
  const state: GroupState = { id, topics: new Map(), isAdmin: true, nextId: () => ++lastId };
  groupsOf(platform).set(id, state);
  const rina = { id: 600_000_001, is_bot: false, first_name: 'Rina' };
  const chat = { id, type: 'supergroup', title: 'Petugas Pandu', is_forum: true } as const;

  function write(
    thread: number | null,
    content: Readonly<Record<string, unknown>>,
    kind = 'message',
  ): TelegramMessage {
    const message: TelegramMessage = {
      message_id: state.nextId(),
      date: Math.floor(now() / 1000),
      chat,
      from: rina,
      ...(thread === null ? {} : { message_thread_id: thread, is_topic_message: true }),
      ...content,
    };
    queue.add(kind, message);
    return message;
  }

  const topics = () => [...state.topics].map(([thread, topic]) => ({ ...topic, thread }));
  return {
    id: String(id),
    topics,
    writes: (thread, text, extra = {}) => write(thread, { text, ...extra }),
    sends: (thread, kind) => void write(thread, CONTENT[kind]),
    edits: (message, text) =>
      void queue.add('edited_message', { ...message, text, edit_date: Math.floor(now() / 1000) }),
    closes(thread) {
      state.topics.get(thread)!.closed = true;
      write(thread, { forum_topic_closed: {} });
    },
    deletes: (thread) => void state.topics.delete(thread),
    makesAdmin(isAdmin) {
      state.isAdmin = isAdmin;
    },
  };
}

/** The methods as they work in a group; null when the chat is none. */
export function sayInGroup(platform: Platform, params: Params): TelegramMessage | null {
  const group = groupsOf(platform).get(chatIdOf(params));
  if (group === undefined) return null;
  const text = checkedText(params);
  const thread = Number(params.message_thread_id);
  const topic = group.topics.get(thread);
  if (topic === undefined) throw new ApiError(400, 'Bad Request: message thread not found');
  topic.said.push(text);
  const id = group.nextId();
  topic.ids.push(id);
  return {
    message_id: id,
    date: Math.floor(platform.now() / 1000),
    chat: { id: group.id, type: 'supergroup', title: 'Petugas Pandu' },
    from: platform.account.bot,
    message_thread_id: thread,
    is_topic_message: true,
    text,
  };
}

type TopicMethod = (platform: Platform, params: Params) => unknown;

export const TOPIC_METHODS: Readonly<Record<string, TopicMethod>> = {
  createForumTopic(platform, params) {
    const group = managedGroup(platform, params);
    const name = String(params.name ?? '');
    if (name === '' || name.length > 128) throw new ApiError(400, 'Bad Request: topic name is invalid');
    const thread = group.nextId();
    group.topics.set(thread, { name, closed: false, said: [], ids: [] });
    return { message_thread_id: thread, name, icon_color: 0x6fb9f0 };
  },
  closeForumTopic: (platform, params) => setClosed(platform, params, true),
  reopenForumTopic: (platform, params) => setClosed(platform, params, false),
  deleteForumTopic(platform, params) {
    const group = managedGroup(platform, params);
    if (!group.topics.delete(Number(params.message_thread_id)))
      throw new ApiError(400, 'Bad Request: TOPIC_ID_INVALID');
    return true;
  },
};

function setClosed(platform: Platform, params: Params, closed: boolean): true {
  const topic = managedGroup(platform, params).topics.get(Number(params.message_thread_id));
  if (topic === undefined) throw new ApiError(400, 'Bad Request: TOPIC_ID_INVALID');
  if (topic.closed === closed) throw new ApiError(400, 'Bad Request: TOPIC_NOT_MODIFIED');
  topic.closed = closed;
  return true;
}

function managedGroup(platform: Platform, params: Params): GroupState {
  const group = groupsOf(platform).get(chatIdOf(params));
  if (group === undefined) throw new ApiError(400, 'Bad Request: chat not found');
  if (!group.isAdmin) throw new ApiError(400, 'Bad Request: not enough rights to create a topic');
  return group;
}
