import type { Incoming, IncomingKind } from '../../message.ts';
import { asInteger, asObject, type Json, secondsOf, withoutBotName, wordsOf } from './json.ts';

/** A topic of the group, as it is kept in the store: nobody mistakes it for a topic of another group. */
export function topicName(group: string, thread: number): string {
  return `${group}/${thread}`;
}

/** The thread of a topic that `topicName` named; null when it is of another group. */
export function threadOf(group: string, topic: string): number | null {
  const [chat, thread] = topic.split('/');
  return chat === group ? Number(thread) : null;
}

/**
 * What somebody wrote in a topic of the desk; null for all else: other chats, whatever thread they claim, messages outside
 * topics, notices of the platform, and bots. Telegram delivers from a group what its members wrote, and nothing else.
 */
export function readDesk(message: Json, group: string, how: 'message' | 'edit'): Incoming | null {
  const chat = asObject(message.chat);
  const thread = asInteger(message.message_thread_id);
  const id = asInteger(message.message_id);
  const sender = senderOf(message, chat);
  if (String(chat.id) !== group || message.is_topic_message !== true) return null;
  if (thread === null || id === null || sender === null) return null;
  const text = withoutBotName(wordsOf(message)).trim();
  const kind = how === 'edit' ? 'desk-edit' : kindOf(message, text);
  if (kind === null) return null;
  const sentAt = secondsOf(message.edit_date ?? message.date);
  return {
    channel: 'desk',
    chat: topicName(group, thread),
    sender,
    messageId: how === 'edit' ? `e${id}.${sentAt / 1000}` : `g${id}`,
    kind,
    // What is not passed on is not kept either.
    text: kind === 'desk' ? text : '',
    choice: null,
    language: null,
    sentAt,
  };
}

function kindOf(message: Json, text: string): IncomingKind | null {
  // Whoever closes the topic by hand has finished.
  if (message.forum_topic_closed !== undefined || text === HAND_BACK) return 'handed-back';
  if (NOTICES.some((notice) => message[notice] !== undefined)) return null;
  return message.text === undefined || text.startsWith('/') ? 'desk-other' : 'desk';
}

const HAND_BACK = '/selesai';

const NOTICES: readonly string[] = [
  ...['forum_topic_created', 'forum_topic_edited', 'forum_topic_reopened', 'pinned_message'],
  ...['new_chat_members', 'left_chat_member', 'new_chat_title', 'new_chat_photo', 'delete_chat_photo'],
  ...['message_auto_delete_timer_changed', 'video_chat_started', 'video_chat_ended', 'boost_added'],
];

/** Who writes as the group itself is one of its administrators, unnamed. */
function senderOf(message: Json, chat: Json): string | null {
  if (message.sender_chat !== undefined && asObject(message.sender_chat).id === chat.id) return 'admin';
  const from = asObject(message.from);
  const id = asInteger(from.id);
  return id === null || from.is_bot === true ? null : String(id);
}
